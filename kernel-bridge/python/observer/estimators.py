"""The methods of an estimator, in scikit-learn's words, whichever library wrote it."""

from __future__ import annotations

from typing import Any

from .answers import Answer
from .metrics import Tie
from .models import class_of
from .observer import Observer
from .shapes import rows_of
from .truths import Truth
from .work import Answering, Doing, Fitting, Work
from .wrapping import wrap_own

FITS = ("fit", "fit_predict", "fit_transform", "fit_resample", "partial_fit")
ANSWERS = ("predict", "predict_proba", "predict_log_proba", "decision_function", "score_samples")


class Estimators:
    """One of each kind of call, for every class."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        within = observer.within
        self.calls: dict[str, Work] = {name: Fitting(within, name, self.fitted, self.starts) for name in FITS}
        self.calls.update({name: Answering(within, name, self.answered) for name in ANSWERS})
        self.calls["score"] = Work(within, "score", self.scored, self.asked)

    def wrap(self, cls: type) -> None:
        for name, call in self.calls.items():
            wrap_own(cls, name, call)

    def starts(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
        target = arguments[2] if len(arguments) > 2 else keywords.get("y")
        doing.at_start = self.observer.matrices.fitted_on(data_of(arguments, keywords), target)

    def fitted(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        model, name = arguments[0], doing.work.name
        fitted = self.observer.models.was_fitted(model, name, doing.at_start, doing.took, doing.inner_fits())
        if hasattr(model, "__dict__"):
            self.observer.models.found(fitted, vars(model).get("best_estimator_"))
        for title, history in histories_of(model):
            self.observer.metrics.history(title, history, fitted)
        if name == "fit_predict" and fitted is not None:
            self.observer.answers.remember(result, Answer(fitted, rows_of(result), "train"))

    def answered(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        self.answer(arguments[0], doing.work.name, data_of(arguments, keywords), result, doing.took)

    def answer(self, model: Any, method: str, data: Any, result: Any, took: float | None = None) -> None:
        """What was asked is taken as it is after the call, which no model changes."""
        observer = self.observer
        fitted = observer.models.of(model)
        split = observer.matrices.split(fitted.given, data) if fitted is not None else None
        answer = Answer(fitted, rows_of(data), split, class_of(model))
        observer.answers.remember(result, answer)
        if fitted is not None:
            observer.answers.sampled(answer, data, method, result)
            observer.evidence.answered(fitted, method, answer, took)

    def asked(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
        fitted = self.observer.models.of(arguments[0])
        if fitted is not None:
            doing.at_start = self.observer.matrices.split(fitted.given, data_of(arguments, keywords))

    def scored(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        truth = self.observer.truths.of(arguments[2] if len(arguments) > 2 else keywords.get("y"))
        self.score(doing, "score", arguments[0], data_of(arguments, keywords), result, truth)

    def score(self, doing: Doing, name: str, model: Any, data: Any, result: Any, truth: Truth | None) -> None:
        """A model's own score, of rows that it was given with it."""
        observer = self.observer
        fitted = observer.models.of(model)
        answer = None
        if fitted is not None and doing.seen is not None:
            method, arguments, keywords, answers = doing.seen
            answer = Answer(fitted, rows_of(data), doing.at_start)
            observer.answers.sampled(answer, data_of(arguments, keywords), method, answers)
        tie = Tie(rows_of(data), fitted, doing.at_start, class_of(model), answer, truth)
        observer.metrics.scored(name, result, tie)


def histories_of(model: Any) -> list[tuple[str, dict[str, Any]]]:
    """How boosted trees did on what they were watched on, round by round."""
    values = (
        vars(model).get("evals_result_") or vars(model).get("_evals_result") if hasattr(model, "__dict__") else None
    )
    return [("evals_result", values)] if isinstance(values, dict) and values else []


def data_of(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    """What a method was given, behind the model itself."""
    if len(arguments) > 1:
        return arguments[1]
    return keywords["X"] if "X" in keywords else next(iter(keywords.values()), None)
