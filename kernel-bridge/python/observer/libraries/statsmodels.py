"""statsmodels: a model's `fit` answers with its results, which hold its scores and answer for it."""

from __future__ import annotations

import os
from typing import Any

from ..estimators import Estimators
from ..metrics import Tie
from ..models import class_of, plain_of
from ..observer import Observer
from ..shapes import is_path, rows_of
from ..work import Answering, Doing, Fitting, Work
from ..wrapping import wrap_own

FITS = ("fit", "fit_regularized", "fit_constrained", "fit_gradient", "fit_map", "fit_vb")
SCORES = ("rsquared", "rsquared_adj", "aic", "bic")
# Where classes stand that fit and derive from no model of its own.
OF_NO_MODEL = (
    "base.distributed_estimation",
    "emplike.aft_el",
    "emplike.originregress",
    "gam.gam_cross_validation.gam_cross_validation",
    "imputation.bayes_mi",
    "imputation.mice",
    "nonparametric.kde",
    "nonparametric.kernel_regression",
    "regression.rolling",
    "robust.covariance",
    "stats.anova",
    "stats.mediation",
    "stats.regularized_covariance",
    "tsa.forecasting.stl",
    "tsa.forecasting.theta",
    "tsa.stl.mstl",
    "tsa.vector_ar.local_proj",
)
MOST_WEIGHTS = 30


def adapt(observer: Observer, module: Any) -> None:
    statsmodels = Statsmodels(observer)
    for base, wrap_class in ((module.Model, statsmodels.wrap_model), (module.Results, statsmodels.wrap_results)):
        follow(observer, base, wrap_class)


def adapt_others(observer: Observer, module: Any) -> None:
    statsmodels = Statsmodels(observer)
    for cls in list(vars(module).values()):
        if isinstance(cls, type) and cls.__module__ == module.__name__:
            statsmodels.wrap_model(cls)


def follow(observer: Observer, base: Any, wrap_class: Any) -> None:
    """Every class that derives from one, now and later."""
    inherited = base.__init_subclass__.__func__ if hasattr(base.__init_subclass__, "__func__") else None

    def init_subclass(cls: type, **keywords: Any) -> None:
        super(base, cls).__init_subclass__(**keywords) if inherited is None else inherited(cls, **keywords)
        observer.cell.guard("subclass", wrap_class, cls)

    base.__init_subclass__ = classmethod(init_subclass)
    wrap_class(base)


class Statsmodels:
    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        self.fits = {name: Fitting(observer.within, name, self.fitted, self.starts) for name in FITS}
        self.answers = Answering(observer.within, "predict", self.answered)
        self.saves = Work(observer.within, "save", self.saved)
        self.estimators = Estimators(observer)

    def wrap_model(self, cls: type) -> None:
        for name, call in self.fits.items():
            wrap_own(cls, name, call)

    def wrap_results(self, cls: type) -> None:
        wrap_own(cls, "predict", self.answers)
        wrap_own(cls, "save", self.saves)

    def starts(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
        model = arguments[0]
        matrices = self.observer.matrices
        given = matrices.given(matrix_of(model))
        # With the constant of the model's own matrix, or without a formula's terms: as its results are asked.
        given.pinned = matrices.pins.pin(
            rows_asked_about(model), getattr(getattr(model, "data", None), "orig_endog", None)
        )
        names = getattr(model, "exog_names", None)
        given.columns = given.columns or ([str(name) for name in names] if isinstance(names, list) else None)
        doing.at_start = given

    def fitted(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        model, name = arguments[0], doing.work.name
        parameters = plain_of({"formula": getattr(model, "formula", None), **keywords})
        if parameters.get("formula") is None:
            parameters.pop("formula", None)
        importances = weights_of(result, doing.at_start)
        told: dict[str, Any] = {"class": class_of(model), "parameters": parameters, "importances": importances}
        fitted = self.observer.models.was_fitted(result, name, doing.at_start, doing.took, doing.inner_fits(), **told)
        self.observer.models.also(fitted, getattr(result, "_results", None))
        self.observer.models.also(fitted, model)
        tie = Tie(doing.at_start.rows, fitted, "train")
        for score in SCORES:
            value = score_of(result, score)
            if value is not None:
                self.observer.metrics.scored(score, value, tie, keeps=False)

    def answered(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        data = arguments[1] if len(arguments) > 1 else keywords.get("exog")
        observer = self.observer
        fitted = observer.models.of(arguments[0])
        if data is None and fitted is not None:
            # Asked about nothing, it answers for what it was fitted on.
            data = matrix_of(arguments[0].model)
        self.estimators.answer(arguments[0], "predict", data, result)

    def saved(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        path = arguments[1] if len(arguments) > 1 else keywords.get("fname")
        if path is not None and is_path(path):
            self.observer.models.saved(arguments[0], os.path.abspath(os.fsdecode(path)))


def matrix_of(model: Any) -> Any:
    exog = getattr(model, "exog", None)
    return exog if exog is not None and rows_of(exog) else getattr(model, "endog", None)


def rows_asked_about(model: Any) -> Any:
    data = getattr(model, "data", None)
    frame = getattr(data, "frame", None) if getattr(model, "formula", None) is not None else None
    given = frame if frame is not None else getattr(data, "orig_exog", None)
    return given if given is not None else getattr(model, "exog", None)


def score_of(result: Any, name: str) -> float | None:
    try:
        return float(getattr(result, name))
    except Exception:  # noqa: BLE001 - not every kind of model has every score
        return None


def params_of(result: Any) -> Any:
    try:
        return result.params
    except Exception:  # noqa: BLE001 - some compute them when they are asked, and cannot
        return None


def weights_of(result: Any, given: Any) -> list[list[Any]] | None:
    values = params_of(result)
    if values is None or not hasattr(values, "shape") or len(values.shape) != 1:
        return None
    names = getattr(values, "index", None)
    names = list(names) if names is not None else given.columns or []
    numbers = [float(value) for value in values]
    named = [str(name) for name in names] if len(names) == len(numbers) else [f"x{at}" for at in range(len(numbers))]
    pairs: list[list[Any]] = [[name, number] for name, number in zip(named, numbers, strict=True) if number == number]
    return sorted(pairs, key=lambda pair: -abs(pair[1]))[:MOST_WEIGHTS]


ADAPTS = {
    "statsmodels.base.model": adapt,
    **{f"statsmodels.{name}": adapt_others for name in OF_NO_MODEL},
}
