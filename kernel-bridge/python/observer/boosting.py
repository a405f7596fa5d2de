"""What the libraries of boosted trees have in common: matrices of their own, boosters, and scores round by round."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any

from .estimators import Estimators
from .metrics import Tie
from .models import Fitted, plain_of
from .observer import Observer
from .shapes import is_path
from .work import Answering, Doing, Work
from .wrapping import Around, wrap, wrap_own

Positional = tuple[Any, ...]
Keywords = dict[str, Any]


class Boosting:
    def __init__(self, observer: Observer) -> None:
        self.observer = observer

    def starts(self, at: int, name: str) -> Callable[[Doing, Positional, Keywords], object]:
        """Takes what the training's matrix is, which some libraries free while they train."""

        def started(doing: Doing, arguments: Positional, keywords: Keywords) -> None:
            doing.at_start = self.observer.matrices.fitted_on(argument(arguments, keywords, at, name))

        return started

    def trained(
        self,
        doing: Doing,
        booster: Any,
        params: dict[str, Any],
        weights: Callable[[Any], list[list[Any]] | None] | None = None,
    ) -> Fitted | None:
        models = self.observer.models
        fitted = models.was_fitted(booster, "train", doing.at_start, doing.took, parameters=plain_of(params))
        if fitted is not None:
            fitted.weights = weights
        return fitted

    def last_scores(self, scores: Any, sets: dict[str, Any], fitted: Fitted | None) -> None:
        """The last scores on each set that the training was watched on: whether it was trained on is looked at, whatever it is called."""
        for name, values in scores.items() if isinstance(scores, dict) else []:
            split = self.observer.matrices.split(fitted.given, sets.get(name)) if fitted is not None else None
            for metric, value in values.items() if isinstance(values, dict) else []:
                value = value[0] if isinstance(value, tuple) else value
                self.observer.metrics.scored(f"{name} {metric}", value, Tie(None, fitted, split))

    def validated(
        self, doing: Doing, estimator: str, lines: dict[str, list[Any]], mean: re.Pattern[str], sd: str, folds: Any
    ) -> None:
        """The last round's mean over the folds, and the course of all."""
        metrics = self.observer.metrics
        rows = doing.at_start.rows if doing.at_start is not None else None
        tie = Tie(rows, split="cross-validation", estimator=estimator)
        for name, values in lines.items():
            if mean.search(name) and values:
                title = re.sub("-mean$", "", name)
                spread = lines.get(title + sd)
                last = float(spread[-1]) if spread else None
                metrics.scored(f"cv {title}", values[-1], tie, spread=last, folds=folds)
        if lines:
            count = max(map(len, lines.values()))
            points = [[at, *(line[at] if at < len(line) else None for line in lines.values())] for at in range(count)]
            metrics.table("cv", "curve", ["round", *lines], points, tie)

    def wrap_holder(self, cls: type, name: str) -> None:
        """A class of matrices: what the person makes one of is known by it."""

        def made(doing: Doing, arguments: Positional, keywords: Keywords, result: Any) -> None:
            self.observer.matrices.hold(arguments[0], argument(arguments, keywords, 1, name))

        wrap_own(cls, "__init__", Work(self.observer.within, cls.__name__, made))

    def wrap_maker(self, cls: type, method: str, name: str) -> None:
        """A method that makes another such matrix."""

        def made(doing: Doing, arguments: Positional, keywords: Keywords, result: Any) -> None:
            self.observer.matrices.hold(result, argument(arguments, keywords, 1, name))

        wrap_own(cls, method, Work(self.observer.within, method, made))

    def wrap_booster(self, cls: type, name: str) -> None:
        estimators = Estimators(self.observer)

        def answered(doing: Doing, arguments: Positional, keywords: Keywords, result: Any) -> None:
            estimators.answer(arguments[0], "predict", argument(arguments, keywords, 1, name), result)

        wrap(cls, "predict", Answering(self.observer.within, "predict", answered))
        self.wrap_saving(cls)

    def wrap_saving(self, cls: type) -> None:
        def saved(arguments: Positional, keywords: Keywords, result: Any) -> None:
            path = argument(arguments, keywords, 1, "fname", keywords.get("filename"))
            if is_path(path):
                self.observer.models.saved(arguments[0], os.path.abspath(os.fsdecode(path)))

        wrap(cls, "save_model", Around(self.observer.calls, "save_model", saved))


def argument(arguments: Positional, keywords: Keywords, at: int, name: str, default: Any = None) -> Any:
    return arguments[at] if len(arguments) > at else keywords.get(name, default)


def folds_of(folds: Any, count: Any) -> int | None:
    """How many there are: as many as were asked for, or those that the person made in their place; None where nobody knows."""
    if folds is None:
        return int(count)
    if hasattr(folds, "get_n_splits"):
        try:
            return int(folds.get_n_splits())
        except (TypeError, ValueError):
            return None
    return len(folds) if hasattr(folds, "__len__") else None
