"""What models answered, known again by the array itself: which model it came from, and about which rows."""

from __future__ import annotations

import sys
import weakref
import zlib
from collections.abc import Callable
from typing import Any

from .cell import Cell
from .journal import Journal
from .keeping import Kept, Sample, sample_of
from .metrics import Tie
from .models import Fitted
from .shapes import rows_of

# A slice of an answer is a view of it, and a view may have been made of a view.
MOST_VIEWS = 4
# Samples that wait for a score, in bytes.
MOST_WAITING = 32_000_000
MOST_SAMPLES = 20
# Of a longer answer every so many values tell whether it is as it was.
MOST_MARKED = 1_000_000


class Answer:
    """`fitted` is None where nobody saw the model's fit, `estimator` where it is one of many."""

    __slots__ = ("estimator", "fitted", "is_kept", "rows", "sample", "split")

    def __init__(
        self, fitted: Fitted | None, rows: int | None, split: str | None, estimator: str | None = None
    ) -> None:
        self.fitted = fitted
        self.rows = rows
        self.split = split
        self.estimator = estimator
        self.sample: Sample | None = None
        self.is_kept = False


class Answers:
    def __init__(self, journal: Journal, cell: Cell, kept: Kept) -> None:
        self.journal = journal
        self.cell = cell
        self.kept = kept
        self.known: dict[int, tuple[Any, Answer, int | None]] = {}
        self.waiting: list[Answer] = []

    def remember(self, values: Any, answer: Answer) -> None:
        """As long as the array lives, and holds what the model answered. A list of arrays, one an output, is its arrays."""
        given = list(values) if isinstance(values, (list, tuple)) and len(values) <= 100 else [values]
        # A view's views name the array beneath, not the view.
        for view in list(given):
            beneath = getattr(view, "base", None)
            if beneath is not None and rows_of_array(beneath) and beneath.size == view.size:
                given.append(beneath)
        for each in given:
            key = id(each)
            known = self.known
            try:
                known[key] = (weakref.ref(each, self.forgetting(key)), answer, mark_of(each))
            except TypeError:
                continue

    def forgetting(self, key: int) -> Callable[[Any], object]:
        return lambda _: self.known.pop(key, None)

    def sampled(self, answer: Answer, data: Any, method: str, values: Any) -> None:
        """Some of what was asked and answered, as it was then; the oldest that no score asked for make room."""
        answer.sample = sample_of(data, method, values)
        if answer.sample is None:
            return
        self.waiting.append(answer)
        while sum(each.sample.size for each in self.waiting if each.sample is not None) > MOST_WAITING:
            self.waiting.pop(0).sample = None

    def keep(self, scored: list[Answer]) -> None:
        """The samples of answers that gave a score, each once."""
        told: set[tuple[str, str]] = set()
        for answer in scored:
            sample = answer.sample
            if sample is None or answer.fitted is None or not self.cell.room_for("samples of answers", MOST_SAMPLES):
                continue
            answer.sample = None
            answer.is_kept = True
            data = sample.archive(self.journal.redact.text)
            digest, name = self.kept.put(data)
            if (answer.fitted.key, digest) in told:
                continue
            told.add((answer.fitted.key, digest))
            self.kept.tell_sample(
                self.cell.id, answer.fitted.key, "score", (digest, name, len(data)), sample.rows, answer.rows
            )

    def of(self, values: Any) -> Answer | None:
        """The answer that an array is, or is a part of."""
        for _ in range(MOST_VIEWS):
            if values is None:
                return None
            found = self.known.get(id(values))
            if found is not None and found[0]() is values:
                # What was changed in place, blended with another's for one, is nobody's answer any more.
                return found[1] if found[2] == mark_of(values) else None
            if hasattr(values, "iloc") and hasattr(values, "to_numpy"):
                pandas = sys.modules.get("pandas")
                values = values.values if pandas is not None else None
            else:
                values = getattr(values, "base", None)
        return None

    def among(self, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Answer | None:
        """The one answer among the arguments of a metric; None where there is none, or several of several models."""
        found = [self.of(value) for value in [*arguments, *keywords.values()] if rows_of_array(value)]
        answers = [answer for answer in found if answer is not None]
        if not answers:
            return None
        first = answers[0]
        alone = all(answer.fitted is first.fitted and answer.estimator == first.estimator for answer in answers)
        return first if alone else None

    def tie(self, arguments: tuple[Any, ...], keywords: dict[str, Any], rows: int | None) -> Tie:
        """What a metric of some arrays was computed of."""
        answer = self.among(arguments, keywords)
        if answer is None:
            return Tie(rows)
        return Tie(rows, answer.fitted, answer.split, answer.estimator, answer)


def mark_of(values: Any) -> int | None:
    """By which an array is known to hold what it held; None for what is none of numpy's, of which nothing is known."""
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return None
    if hasattr(values, "iloc") and getattr(values, "ndim", 0) == 1:
        values = values.values
    if not isinstance(values, numpy.ndarray) or values.ndim == 0 or values.size == 0:
        return None
    step = max(1, values.size // MOST_MARKED)
    return zlib.crc32(values[::step].tobytes())


def rows_of_array(value: Any) -> bool:
    return not isinstance(value, (str, bytes, dict)) and bool(rows_of(value))
