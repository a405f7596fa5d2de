"""scikit-learn's metrics, and those written beside them: numbers, and the tables of those that answer with arrays."""

from __future__ import annotations

import inspect
import re
import sys
from typing import Any

from ..estimators import Estimators
from ..metrics import Tie
from ..observer import Observer
from ..shapes import first_of, rows_of
from ..work import Doing, Work
from ..wrapping import wrap

# What the module offers beside its scores.
OTHERS = re.compile(r"distances?|kernels|^get_scorer|^make_|^check_scoring|_samples$|argmin|^cluster$")
CURVES = {
    "roc_curve": ["fpr", "tpr", "threshold"],
    "precision_recall_curve": ["precision", "recall", "threshold"],
    "confusion_matrix_at_thresholds": [
        "true negatives",
        "false positives",
        "false negatives",
        "true positives",
        "threshold",
    ],
    "det_curve": ["fpr", "fnr", "threshold"],
    "calibration_curve": ["prob_true", "prob_pred"],
}
TUPLES = {
    "precision_recall_fscore_support": ["precision", "recall", "fscore", "support"],
    "homogeneity_completeness_v_measure": ["homogeneity", "completeness", "v_measure"],
    "sensitivity_specificity_support": ["sensitivity", "specificity", "support"],
    "class_likelihood_ratios": ["positive_likelihood_ratio", "negative_likelihood_ratio"],
}
COUNTS = ("true negative", "false positive", "false negative", "true positive")
MOST_LABELLED = 1_000_000


def adapt(observer: Observer, module: Any) -> None:
    for name in getattr(module, "__all__", []):
        function = getattr(module, name, None)
        if inspect.isfunction(function) and not OTHERS.search(name):
            wrap(module, name, metric(observer, name))


def adapt_calibration(observer: Observer, module: Any) -> None:
    wrap(module, "calibration_curve", metric(observer, "calibration_curve"))


def adapt_scorers(observer: Observer, module: Any) -> None:
    scorers = Scorers(observer)
    for name in ("_BaseScorer", "_PassthroughScorer", "_MultimetricScorer"):
        if hasattr(module, name):
            wrap(getattr(module, name), "__call__", Work(observer.within, "scorer", scorers.scored, scorers.asked))


def metric(observer: Observer, name: str) -> Work:
    def scored(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        tie = observer.answers.tie(arguments, keywords, rows_of(first_of(arguments, keywords)))
        tie.truth = observer.truths.of(truth_among(observer, arguments, keywords))
        if name in CURVES and isinstance(result, (tuple, list)):
            observer.metrics.table(name, "curve", CURVES[name][: len(result)], points(result), tie)
        elif name in TUPLES and isinstance(result, tuple):
            tell_tuple(observer, name, result, tie)
        elif name.startswith("classification_report"):
            report = rows_of_report(result)
            if report is not None:
                observer.metrics.table(name, "table", *report, tie)
        elif getattr(result, "ndim", 0) == 2:
            labels = labels_of(arguments, keywords, len(result))
            rows = [[label, *row.tolist()] for label, row in zip(labels, result, strict=True)]
            observer.metrics.table(name, "matrix", ["", *labels], rows, tie)
        elif getattr(result, "ndim", 0) == 3 and result.shape[1:] == (2, 2):
            labels = labels_of(arguments, keywords, len(result))
            rows = [[label, *counts.ravel().tolist()] for label, counts in zip(labels, result, strict=True)]
            observer.metrics.table(name, "table", ["", *COUNTS], rows, tie)
        elif getattr(result, "ndim", 0) == 1:
            values = result.tolist()
            labels = labels_of(arguments, keywords, len(values))
            observer.metrics.table(
                name, "table", ["", name], [list(row) for row in zip(labels, values, strict=True)], tie
            )
        else:
            observer.metrics.scored(name, result, tie)

    return Work(observer.within, name, scored)


def truth_among(observer: Observer, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    """The first that no model answered, for some give them the wrong way round."""
    given = [keywords[name] for name in ("y_true", "labels_true") if name in keywords] or list(arguments[:2])
    return next((each for each in given if observer.answers.of(each) is None), None)


def tell_tuple(observer: Observer, name: str, result: tuple[Any, ...], tie: Tie) -> None:
    names = TUPLES[name]
    if any(getattr(value, "ndim", 0) for value in result):
        count = max(len(value) for value in result if value is not None)
        rows = [[str(at), *(None if value is None else value[at] for value in result)] for at in range(count)]
        observer.metrics.table(name, "table", ["", *names], rows, tie)
        return
    for each, value in zip(names, result, strict=False):
        if value is not None:
            observer.metrics.scored(each, value, tie)


def points(arrays: Any) -> list[list[Any]]:
    """A curve's arrays side by side; thresholds may be one fewer than points."""
    columns = [array.tolist() if hasattr(array, "tolist") else list(array) for array in arrays]
    count = max(map(len, columns))
    return [[column[at] if at < len(column) else None for column in columns] for at in range(count)]


def rows_of_report(report: Any) -> tuple[list[str], list[list[Any]]] | None:
    if isinstance(report, dict):
        columns = ["precision", "recall", "f1-score", "support"]
        rows = [
            [str(label), *(values.get(column) for column in columns)]
            if isinstance(values, dict)
            else [str(label), None, None, values, None]
            for label, values in report.items()
        ]
        return ["", *columns], rows
    lines = [re.split(r"\s{2,}", line.strip()) for line in str(report).splitlines() if line.strip()]
    if not lines:
        return None
    columns = lines[0]
    # The accuracy stands alone, under the columns of the others.
    rows = [[line[0], *([None] * (len(columns) - len(line) + 1)), *line[1:]] for line in lines[1:] if len(line) > 1]
    return ["", *columns], [[row[0], *map(number, row[1:])] for row in rows]


def number(text: Any) -> Any:
    try:
        return float(text)
    except (TypeError, ValueError):
        return text


def labels_of(arguments: tuple[Any, ...], keywords: dict[str, Any], count: int) -> list[str]:
    """The classes in the order of scikit-learn; numbers where they cannot be told from the arguments."""
    numpy = sys.modules["numpy"]
    given = keywords.get("labels")
    arrays = list(arguments) + [keywords[name] for name in ("y_true", "y_pred") if name in keywords]
    if given is None and len(arrays) >= 2 and (rows_of(arrays[0]) or 0) <= MOST_LABELLED:
        try:
            first, second = numpy.asarray(arrays[0]), numpy.asarray(arrays[1])
            given = numpy.union1d(first, second) if first.ndim == second.ndim == 1 else None
        except (TypeError, ValueError):
            given = None
    labels = [str(label) for label in given] if given is not None else []
    return labels if len(labels) == count else [str(at) for at in range(count)]


class Scorers:
    """`scorer(model, X, y)`: the score has the name of the function that it calls."""

    def __init__(self, observer: Observer) -> None:
        self.estimators = Estimators(observer)

    def asked(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
        doing.subject = arguments[1]
        self.estimators.asked(doing, arguments[1:], keywords)

    def scored(self, doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        scorer, model = arguments[:2]
        data = arguments[2] if len(arguments) > 2 else keywords.get("X")
        name = getattr(getattr(scorer, "_score_func", None), "__name__", "score")
        truth = self.estimators.observer.truths.of(arguments[3] if len(arguments) > 3 else keywords.get("y"))
        for each, value in result.items() if isinstance(result, dict) else [(name, result)]:
            # A scorer of an error turns its sign, so that more is better.
            turned = getattr(scorer, "_sign", 1) == -1
            self.estimators.score(doing, f"neg_{each}" if turned else each, model, data, value, truth)


ADAPTS = {
    "sklearn.metrics": adapt,
    "sklearn.metrics._scorer": adapt_scorers,
    "imblearn.metrics": adapt,
    "sklearn.calibration": adapt_calibration,
}
