"""CatBoost, whose estimators are written as scikit-learn's without its base, and its own `train`, `cv` and `Pool`."""

from __future__ import annotations

import re
from typing import Any

from ..boosting import Boosting, Keywords, Positional, argument, folds_of
from ..estimators import Estimators
from ..observer import Observer
from ..work import Doing, Fitting, Work
from ..wrapping import wrap

CLASSES = ("CatBoost", "CatBoostClassifier", "CatBoostRegressor", "CatBoostRanker")


def adapt(observer: Observer, module: Any) -> None:
    boosting = Boosting(observer)
    estimators = Estimators(observer)
    for name in CLASSES:
        if hasattr(module, name):
            estimators.wrap(getattr(module, name))
    boosting.wrap_saving(module.CatBoost)
    boosting.wrap_holder(module.Pool, "data")

    def trained(doing: Doing, arguments: Positional, keywords: Keywords, result: Any) -> None:
        boosting.trained(doing, result, dict(argument(arguments, keywords, 1, "params") or {}))

    def validated(doing: Doing, arguments: Positional, keywords: Keywords, result: Any) -> None:
        columns = result.items() if hasattr(result, "items") else []
        lines = {str(name): list(values) for name, values in columns if str(name) != "iterations"}
        count = argument(arguments, keywords, 5, "fold_count") or argument(arguments, keywords, 6, "nfold") or 3
        folds = folds_of(keywords.get("folds"), count)
        boosting.validated(doing, "catboost.CatBoost", lines, re.compile("^test-.*-mean$"), "-std", folds)

    starts = boosting.starts(0, "pool")
    wrap(module, "train", Fitting(observer.within, "train", trained, starts))
    wrap(module, "cv", Work(observer.within, "cv", validated, starts))


ADAPTS = {"catboost": adapt}
