"""scikit-learn's estimators, and every class that is written as one: what is fitted, and the score that a model gives itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..models import Fit, wrap_fit
from ..observer import Observer
from ..shapes import rows_of
from ..wrapping import Call, wrap


def adapt_base(observer: Observer, module: Any) -> None:
    base = module.BaseEstimator
    fit = Fit(observer.calls, observer.models)
    inherited = base.__init_subclass__.__func__

    def init_subclass(cls: type, **keywords: Any) -> None:
        try:
            inherited(cls, **keywords)
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next if error.__traceback__ else None
            raise
        observer.cell.guard("subclass", wrap_fit, cls, fit)

    base.__init_subclass__ = classmethod(init_subclass)
    for cls in subclasses(base):
        wrap_fit(cls, fit)
    for mixin in ("ClassifierMixin", "RegressorMixin"):
        wrap(getattr(module, mixin), "score", score_of(observer))


def adapt_pipeline(observer: Observer, module: Any) -> None:
    wrap(module.Pipeline, "score", score_of(observer))


def score_of(observer: Observer) -> Call:
    def scored(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        observer.metrics.scored("score", result, rows_of(keywords.get("X", arguments[-1])))

    return Call(observer.calls, "score", scored)


def subclasses(cls: type) -> Iterator[type]:
    for each in cls.__subclasses__():
        yield each
        yield from subclasses(each)


ADAPTS = {"sklearn.base": adapt_base, "sklearn.pipeline": adapt_pipeline}
