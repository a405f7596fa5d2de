"""XGBoost's own interface: `train`, `cv`, `DMatrix` and `Booster`."""

from __future__ import annotations

import re
from typing import Any

from ..boosting import Boosting, Keywords, Positional, argument, folds_of
from ..importances import largest
from ..observer import Observer
from ..work import Doing, Fitting, Work
from ..wrapping import wrap


def adapt(observer: Observer, module: Any) -> None:
    boosting = Boosting(observer)

    def trained(doing: Doing, arguments: Positional, keywords: Keywords, result: Any) -> None:
        params = argument(arguments, keywords, 0, "params") or {}
        params = dict(params) if isinstance(params, (dict, list, tuple)) else {}
        params["num_boost_round"] = argument(arguments, keywords, 2, "num_boost_round", 10)
        fitted = boosting.trained(doing, result, params, weights)
        history = keywords.get("evals_result")
        if not isinstance(history, dict):
            return
        observer.metrics.history("evals_result", history, fitted)
        watched = {name: each for each, name in argument(arguments, keywords, 3, "evals") or []}
        last = {name: {key: values[-1] for key, values in each.items()} for name, each in history.items()}
        boosting.last_scores(last, watched, fitted)

    def validated(doing: Doing, arguments: Positional, keywords: Keywords, result: Any) -> None:
        columns = result.items() if hasattr(result, "items") else []
        lines = {str(name): list(values) for name, values in columns}
        folds = folds_of(keywords.get("folds"), argument(arguments, keywords, 3, "nfold", 3))
        boosting.validated(doing, "xgboost.Booster", lines, re.compile("^test-.*-mean$"), "-std", folds)

    starts = boosting.starts(1, "dtrain")
    wrap(module, "train", Fitting(observer.within, "train", trained, starts))
    wrap(module, "cv", Work(observer.within, "cv", validated, starts))
    boosting.wrap_holder(module.DMatrix, "data")
    boosting.wrap_holder(module.QuantileDMatrix, "data")
    boosting.wrap_booster(module.Booster, "data")
    boosting.wrap_saving(module.XGBModel)


def weights(booster: Any) -> list[list[Any]] | None:
    """Each one's share of the gain, as the library's own estimators say it; of a linear booster, which has no gain, its coefficients."""
    try:
        gains = booster.get_score(importance_type="gain")
    except ValueError:
        coefficients = booster.get_score(importance_type="weight")
        several = any(isinstance(each, list) for each in coefficients.values())
        return None if several else largest(list(coefficients), list(coefficients.values()))
    whole = sum(gains.values())
    return largest(list(gains), [gain / whole for gain in gains.values()])


ADAPTS = {"xgboost": adapt}
