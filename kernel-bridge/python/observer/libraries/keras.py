"""Keras: the history of a `fit`, and what `evaluate` answers."""

from __future__ import annotations

import os
from typing import Any

from ..boosting import argument
from ..estimators import Estimators
from ..metrics import Tie
from ..models import Fitted, plain_of
from ..observer import Observer
from ..shapes import is_path, rows_of
from ..work import Answering, Doing, Fitting, Work
from ..wrapping import Around, wrap_own


def adapt(observer: Observer, module: Any) -> None:
    keras = Keras(observer)
    calls = {
        "fit": Fitting(observer.within, "fit", keras.fitted, keras.starts),
        "evaluate": Work(observer.within, "evaluate", keras.evaluated, keras.asked),
        "predict": Answering(observer.within, "predict", keras.answered),
    }
    for cls in module.Model.__mro__:
        for name, call in calls.items():
            wrap_own(cls, name, call)
    for name in ("save", "save_weights"):
        wrap_own(module.Model, name, Around(observer.calls, name, keras.saved))


class Keras:
    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        self.estimators = Estimators(observer)

    def starts(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
        doing.at_start = self.observer.matrices.fitted_on(asked_about(arguments, keywords))

    def fitted(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        model = arguments[0]
        history = getattr(result, "history", None) or {}
        optimizer = getattr(model, "optimizer", None)
        parameters = plain_of(
            {
                "optimizer": type(optimizer).__name__ if optimizer is not None else None,
                "learning_rate": learning_rate(optimizer),
                "loss": getattr(model, "loss", None),
                "weights": model.count_params(),
                "epochs": len(getattr(result, "epoch", [])),
                **{name: keywords[name] for name in ("batch_size", "validation_split") if name in keywords},
            }
        )
        fitted = self.observer.models.was_fitted(
            model, "fit", doing.at_start, doing.took, goes_on=True, parameters=parameters
        )
        self.observer.metrics.history("history", history, fitted, "epoch")
        other = self.split_of_others(fitted, arguments, keywords)
        for name, values in history.items():
            split = other if name.startswith("val_") else "train"
            self.observer.metrics.scored(name, values[-1], Tie(None, fitted, split))

    def split_of_others(
        self, fitted: Fitted | None, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> str | None:
        """Rows that Keras set aside itself are held out; those that it was given are looked at."""
        given = argument(arguments, keywords, 8, "validation_data")
        if given is None:
            return "held out"
        data = given[0] if isinstance(given, (list, tuple)) and given else given
        return self.observer.matrices.split(fitted.given, data) if fitted is not None else None

    def asked(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
        fitted = self.observer.models.of(arguments[0])
        if fitted is not None:
            doing.at_start = self.observer.matrices.split(fitted.given, asked_about(arguments, keywords))

    def evaluated(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        model = arguments[0]
        tie = Tie(rows_of(asked_about(arguments, keywords)), self.observer.models.of(model), doing.at_start)
        values = result if isinstance(result, (list, dict)) else [result]
        named = values if isinstance(values, dict) else dict(zip(model.get_metrics_result(), values, strict=False))
        for name, value in named.items():
            self.observer.metrics.scored(name, value, tie)

    def answered(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        self.estimators.answer(arguments[0], "predict", asked_about(arguments, keywords), result)

    def saved(self, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        path = arguments[1] if len(arguments) > 1 else keywords.get("filepath")
        if path is not None and is_path(path):
            self.observer.models.saved(arguments[0], os.path.abspath(os.fsdecode(path)))


def asked_about(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    return arguments[1] if len(arguments) > 1 else keywords.get("x")


def learning_rate(optimizer: Any) -> float | None:
    try:
        return float(optimizer.learning_rate)
    except (AttributeError, TypeError, ValueError):
        return None


ADAPTS = {"keras": adapt}
