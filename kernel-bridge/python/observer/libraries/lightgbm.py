"""LightGBM's own interface: `train`, `cv`, `Dataset` and `Booster`."""

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
        params = dict(argument(arguments, keywords, 0, "params") or {})
        params["num_boost_round"] = argument(arguments, keywords, 2, "num_boost_round", 100)
        fitted = boosting.trained(doing, result, params, weights)
        for callback in argument(arguments, keywords, 8, "callbacks") or []:
            history = getattr(callback, "eval_result", None)
            if isinstance(history, dict):
                observer.metrics.history("evals_result", history, fitted)
        training = argument(arguments, keywords, 1, "train_set")
        sets = argument(arguments, keywords, 3, "valid_sets") or []
        sets = list(sets) if isinstance(sets, (list, tuple)) else [sets]
        names = argument(arguments, keywords, 4, "valid_names")
        names = names or ["training" if each is training else f"valid_{at}" for at, each in enumerate(sets)]
        names = [names] if isinstance(names, str) else list(names)
        watched = dict(zip(names, sets, strict=False))
        boosting.last_scores(getattr(result, "best_score", None), watched, fitted)

    def validated(doing: Doing, arguments: Positional, keywords: Keywords, result: Any) -> None:
        lines = {name: values for name, values in result.items() if isinstance(values, list)}
        folds = folds_of(argument(arguments, keywords, 3, "folds"), argument(arguments, keywords, 4, "nfold", 5))
        boosting.validated(doing, "lightgbm.Booster", lines, re.compile("-mean$"), "-stdv", folds)

    starts = boosting.starts(1, "train_set")
    wrap(module, "train", Fitting(observer.within, "train", trained, starts))
    wrap(module, "cv", Work(observer.within, "cv", validated, starts))
    boosting.wrap_holder(module.Dataset, "data")
    boosting.wrap_maker(module.Dataset, "create_valid", "data")
    boosting.wrap_booster(module.Booster, "data")


def weights(booster: Any) -> list[list[Any]]:
    return largest(booster.feature_name(), booster.feature_importance().tolist())


ADAPTS = {"lightgbm": adapt}
