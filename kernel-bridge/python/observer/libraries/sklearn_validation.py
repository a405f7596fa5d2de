"""scikit-learn's cross-validations and what else fits many times to answer once: the fits within are a count of its own line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..answers import Answer
from ..metrics import Tie
from ..models import class_of
from ..observer import Observer
from ..shapes import rows_of
from ..work import Doing, Work
from ..wrapping import wrap

Ended = Callable[[Doing, tuple[Any, ...], dict[str, Any], Any], object]


def adapt(observer: Observer, module: Any) -> None:
    for name, ended in validations(observer).items():
        wrap(module, name, Work(observer.within, name, ended))


def validations(observer: Observer) -> dict[str, Ended]:
    metrics = observer.metrics

    def validated(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Tie:
        estimator, data = asked_of(arguments, keywords)
        truth = observer.truths.of(arguments[2] if len(arguments) > 2 else keywords.get("y"))
        return Tie(rows_of(data), split="cross-validation", estimator=class_of(estimator), truth=truth)

    def cross_val_score(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        metrics.validated("cross_val_score", result, validated(arguments, keywords), doing.inner_fits())

    def cross_validate(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        tie = validated(arguments, keywords)
        for name, values in result.items():
            if name.startswith("test_"):
                metrics.validated(f"cross_validate {name[5:]}", values, tie, doing.inner_fits())

    def cross_val_predict(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        estimator, data = asked_of(arguments, keywords)
        answer = Answer(None, rows_of(data), "cross-validation", class_of(estimator))
        observer.answers.remember(result, answer)

    def permutation_test_score(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        tie = validated(arguments, keywords)
        metrics.scored("permutation_test_score", result[0], tie, innerFits=doing.inner_fits())
        metrics.scored("permutation_test_score p-value", result[2], tie)

    def curve(over: str) -> Ended:
        def curved(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
            estimator, data = asked_of(arguments, keywords)
            if over == "training rows":
                along, train, test = result[:3]
            else:
                train, test = result
                along = keywords.get("param_range", arguments[4] if len(arguments) > 4 else range(len(train)))
            rows = [
                [at, first.mean(), first.std(), second.mean(), second.std()]
                for at, first, second in zip(along, train, test, strict=True)
            ]
            columns = [over, "train", "train sd", "test", "test sd"]
            tie = Tie(rows_of(data), split="cross-validation", estimator=class_of(estimator))
            metrics.table(doing.work.name, "curve", columns, rows, tie, doing.inner_fits())

        return curved

    return {
        "cross_val_score": cross_val_score,
        "cross_validate": cross_validate,
        "cross_val_predict": cross_val_predict,
        "permutation_test_score": permutation_test_score,
        "learning_curve": curve("training rows"),
        "validation_curve": curve("parameter"),
    }


def adapt_inspection(observer: Observer, module: Any) -> None:
    def permuted(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        model, data = asked_of(arguments, keywords)
        fitted = observer.models.of(model)
        split = observer.matrices.split(fitted.given, data) if fitted is not None else None
        tie = Tie(rows_of(data), fitted, split, class_of(model))
        # One result for each scorer, where there are several.
        for name, each in result.items() if "importances" not in result else [("", result)]:
            columns = getattr(data, "columns", range(len(each.importances_mean)))
            rows = [
                list(row) for row in zip(map(str, columns), each.importances_mean, each.importances_std, strict=True)
            ]
            rows.sort(key=lambda row: -row[1])
            title = f"permutation_importance {name}".rstrip()
            observer.metrics.table(title, "table", ["", "mean", "sd"], rows, tie)

    wrap(module, "permutation_importance", Work(observer.within, "permutation_importance", permuted))


def asked_of(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> tuple[Any, Any]:
    estimator = arguments[0] if arguments else keywords.get("estimator")
    data = arguments[1] if len(arguments) > 1 else keywords.get("X")
    return estimator, data


ADAPTS = {"sklearn.model_selection": adapt, "sklearn.inspection": adapt_inspection}
