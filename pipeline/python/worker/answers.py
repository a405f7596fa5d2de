"""What a model answered, as JSON can hold it: one list a row. What is no answer is refused: a number in its place would be one that the model never gave."""

from __future__ import annotations

import math
import sys
from typing import Any

from .fault import Fault

#: Whole numbers beyond it are texts: JSON's readers would round them.
EXACT = 2**53


def read_answers(answer: Any, count: int) -> tuple[list[list[Any]], list[str]]:
    """The values of each of `count` rows, and the type of each place in a row as the Open Inference Protocol names it."""
    rows, kind = as_rows(answer, count)
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        raise Fault("refused", "it gave rows of several lengths")
    told = [[value_of(value) for value in row] for row in rows]
    kinds = [kind or kind_of([row[at] for row in told]) for at in range(width)]
    return told, kinds


def as_rows(answer: Any, count: int) -> tuple[list[list[Any]], str | None]:
    if hasattr(answer, "toarray"):
        answer = answer.toarray()
    numpy = sys.modules.get("numpy")
    if numpy is None:
        rows = [list(each) if isinstance(each, (list, tuple)) else [each] for each in answer]
        return counted(rows, count), None
    if isinstance(answer, (list, tuple)) and any(getattr(each, "ndim", 0) == 2 for each in answer):
        raise Fault("refused", "it answers a table for each of several outputs")
    array = numpy.asarray(answer)
    if array.ndim not in (1, 2):
        raise Fault("refused", f"it answers in {array.ndim} dimensions, where one or two have a meaning")
    if array.dtype.kind in "mM":
        array = array.astype(str)
    return counted(array, count).reshape(count, -1).tolist(), KINDS.get(array.dtype.kind)


def counted(answers: Any, count: int) -> Any:
    if len(answers) == count:
        return answers
    raise Fault("refused", f"it gave {len(answers)} answers for {count} rows")


KINDS = {"b": "BOOL", "i": "INT64", "u": "INT64", "f": "FP64", "U": "BYTES"}


def value_of(value: Any) -> Any:
    if hasattr(value, "item") and not isinstance(value, (str, bytes)):
        value = value.item()
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if -EXACT <= value <= EXACT else str(value)
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        raise Fault("refused", f"it answered {value}, which is not a number")
    raise Fault("refused", f"it answered a {type(value).__name__}, which is neither a number nor a text nor a truth")


def kind_of(values: list[Any]) -> str:
    types = {type(value) for value in values}
    for kind, told in ((bool, "BOOL"), (int, "INT64"), (float, "FP64")):
        if types == {kind}:
            return told
    return "FP64" if types == {int, float} else "BYTES"
