"""scikit-learn's estimators, and every class that is written as one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..estimators import Estimators
from ..observer import Observer


def adapt(observer: Observer, module: Any) -> None:
    base = module.BaseEstimator
    estimators = Estimators(observer)
    inherited = base.__init_subclass__.__func__

    def init_subclass(cls: type, **keywords: Any) -> None:
        try:
            inherited(cls, **keywords)
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next if error.__traceback__ else None
            raise
        observer.cell.guard("subclass", wrap_with_bases, estimators, cls)

    base.__init_subclass__ = classmethod(init_subclass)
    for cls in list(vars(module).values()):
        if isinstance(cls, type) and cls.__module__ == module.__name__:
            estimators.wrap(cls)
    for cls in subclasses(base):
        wrap_with_bases(estimators, cls)


def wrap_with_bases(estimators: Estimators, cls: type) -> None:
    """Methods may be written in a base that is no estimator itself."""
    for each in cls.__mro__:
        if each is not object and each.__module__ != "sklearn.base":
            estimators.wrap(each)


def subclasses(cls: type) -> Iterator[type]:
    for each in cls.__subclasses__():
        yield each
        yield from subclasses(each)


ADAPTS = {"sklearn.base": adapt}
