"""scikit-learn's metrics and cross-validations."""

from __future__ import annotations

import re
from typing import Any

from ..observer import Observer
from ..shapes import first_of, rows_of
from ..wrapping import Call, Fitting, wrap

SCALAR = re.compile(r"(_score|_error|_loss|_deviance|_coef|^auc)$")


def adapt_metrics(observer: Observer, module: Any) -> None:
    for name in getattr(module, "__all__", []):
        if SCALAR.search(name):
            wrap(module, name, metric(observer, name))


def metric(observer: Observer, name: str) -> Call:
    def scored(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        observer.metrics.scored(name, result, rows_of(first_of(arguments, keywords)))

    return Call(observer.calls, name, scored)


def adapt_model_selection(observer: Observer, module: Any) -> None:
    """The fits within a cross-validation are of models nobody keeps: they are not recorded one by one."""

    def scored(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        observer.metrics.scored("cross_val_score", sum(result) / len(result))

    def validated(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        for name, values in result.items():
            if name.startswith("test_"):
                observer.metrics.scored(f"cross_validate {name[5:]}", sum(values) / len(values))

    def predicted(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        pass

    for name, ended in (("cross_val_score", scored), ("cross_validate", validated), ("cross_val_predict", predicted)):
        wrap(module, name, Fitting(observer.calls, name, ended))


ADAPTS = {"sklearn.metrics": adapt_metrics, "sklearn.model_selection": adapt_model_selection}
