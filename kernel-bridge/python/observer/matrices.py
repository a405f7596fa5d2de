"""What a model was given, known again: how many rows of which columns, a digest, and which rows. Bounded, whatever the size."""

from __future__ import annotations

import hashlib
import sys
import weakref
from collections.abc import Callable
from typing import Any

from .pinning import Pinned, Pins
from .shapes import rows_of

# Of more than this every value is not read: 8 MB take some ten milliseconds.
MOST_VALUES = 1_000_000
MOST_OBJECTS = 100_000
MOST_COLUMNS_OF_ROWS = 64
SAMPLED_ROWS = 4_096
# Where many rows are alike, a row that was seen before says nothing of which row it is.
TELLING = 0.9
MOST = 0.95
LAST_KEPT = 20
MOST_HELD_BYTES = 64_000_000


class Given:
    """A matrix as it was at one moment."""

    __slots__ = ("alike", "at", "columns", "digest", "hashes", "more", "pinned", "ref", "rows", "width")

    def __init__(self, data: Any) -> None:
        self.rows = rows_of(data)
        names = names_of(data)
        self.columns = names
        self.width: int | None = len(names) if names is not None else None
        self.digest: str | None = None
        self.at: list[int] = []
        self.hashes: Any = None
        # Those of the pieces that came before, each in order.
        self.more: list[Any] = []
        # The share of rows that no other is like.
        self.alike = 0.0
        self.ref = reference(data)
        # Of what a model is fitted on.
        self.pinned: Pinned | None = None

    def after(self, before: Given | None) -> Given | None:
        """What a model was fitted on that was given this after something else; None where its rows cannot be told any more."""
        if before is None or (self.digest is not None and self.digest == before.digest):
            return before
        if before.hashes is None or self.hashes is None or (before.width, before.at) != (self.width, self.at):
            return None
        numpy: Any = sys.modules.get("numpy")
        both = Given(None)
        both.columns, both.width, both.at = self.columns, self.width, self.at
        both.rows = before.rows + self.rows if before.rows is not None and self.rows is not None else None
        both.alike = min(before.alike, self.alike)
        both.more, both.hashes = [*before.more, before.hashes], self.hashes
        # Each more than twice as long as the next: thousands of pieces take no longer than to sort them once.
        while both.more and len(both.more[-1]) <= 2 * len(both.hashes):
            both.hashes = distinct(numpy, numpy.concatenate([both.more.pop(), both.hashes]))
        return both if sum(each.nbytes for each in (*both.more, both.hashes)) <= MOST_HELD_BYTES else None


class Matrices:
    """Tells whether a model is asked about the rows that it was fitted on."""

    def __init__(self) -> None:
        self.recent: dict[str, Given] = {}
        self.held: dict[int, tuple[Callable[[], Any], Given]] = {}
        self.pins = Pins()

    def fitted_on(self, data: Any, target: Any = None) -> Given:
        """What a model is about to be fitted on, with some of its rows."""
        given = self.given(data)
        if given.pinned is None:
            given.pinned = self.pins.pin(data, target)
        return given

    def hold(self, holder: Any, data: Any) -> None:
        """That an object holds a matrix in a form of its own: what it was made of is known by it."""
        key, held = id(holder), self.held
        self.held[key] = (weakref.ref(holder, lambda _: held.pop(key, None)), self.fitted_on(data))

    def held_by(self, holder: Any) -> Given | None:
        ref, given = self.held.get(id(holder), (None, None))
        return given if ref is not None and ref() is holder else None

    def given(self, data: Any) -> Given:
        known = self.held_by(data)
        if known is not None:
            return known
        given = Given(data)
        numpy: Any = sys.modules.get("numpy")
        parts = parts_of(numpy, data) if numpy is not None else None
        if parts is None or not given.rows:
            return given
        given.width = given.width if given.width is not None else sum(part.shape[1] for part in parts)
        given.digest = digest_of(numpy, parts, given.rows)
        known = self.recent.pop(given.digest, None)
        if known is not None:
            given.at, given.hashes, given.alike = known.at, known.hashes, known.alike
        else:
            given.at = chosen(parts, given.rows)
            hashes = row_hashes(numpy, parts, given.at)
            if hashes is not None:
                given.hashes = distinct(numpy, hashes)
                given.alike = len(given.hashes) / given.rows
        self.recent[given.digest] = given
        self.forget_oldest()
        return given

    def forget_oldest(self) -> None:
        """Its digest still tells it, only its rows do no more."""
        held = sum(given.hashes.nbytes for given in self.recent.values() if given.hashes is not None)
        while len(self.recent) > LAST_KEPT or held > MOST_HELD_BYTES:
            old = self.recent.pop(next(iter(self.recent)))
            held -= old.hashes.nbytes if old.hashes is not None else 0
            old.hashes = None

    def split(self, fitted: Given | None, data: Any) -> str | None:
        """`train`, `held out` or `mixed`; None where it cannot be told."""
        if fitted is None:
            return None
        held = self.held_by(data)
        if held is fitted:
            return "train"
        if held is not None:
            if held.digest is not None and held.digest == fitted.digest:
                return "train"
            data = held.ref()
            if data is None:
                return self.split_of_gone(fitted, held)
        if fitted.ref() is data and data is not None:
            return "train"
        numpy: Any = sys.modules.get("numpy")
        parts = parts_of(numpy, data) if numpy is not None else None
        rows = rows_of(data)
        if parts is None or not rows or fitted.width != sum(part.shape[1] for part in parts):
            return None
        if rows == fitted.rows and digest_of(numpy, parts, rows) == fitted.digest:
            return "train"
        if fitted.hashes is None:
            return None
        hashes = row_hashes(numpy, parts, fitted.at)
        if hashes is None:
            return None
        return judged(fitted, share_in(numpy, hashes, [*fitted.more, fitted.hashes]))

    def split_of_gone(self, fitted: Given, held: Given) -> str | None:
        """Of a matrix that is no more its different rows are known, as long as they were kept."""
        if held.hashes is None or fitted.hashes is None or held.at != fitted.at or held.width != fitted.width:
            return None
        return judged(fitted, share_in(sys.modules["numpy"], held.hashes, [*fitted.more, fitted.hashes]))


def judged(fitted: Given, share: float) -> str | None:
    """What it means that this share of rows was trained on."""
    if share <= 1 - MOST:
        return "held out"
    if fitted.alike < TELLING:
        return None
    return "train" if share >= MOST else "mixed"


def names_of(data: Any) -> list[str] | None:
    columns = getattr(data, "columns", None)
    if columns is None or callable(columns):
        return None
    return [str(name) for name in columns]


def reference(data: Any) -> Callable[[], Any]:
    try:
        return weakref.ref(data)
    except TypeError:
        return nothing


def nothing() -> None:
    return None


def parts_of(numpy: Any, data: Any) -> list[Any] | None:
    """A matrix as blocks of two dimensions, a frame as one for each kind of column; None for what is no matrix in memory."""
    if isinstance(data, numpy.ndarray):
        return [two_dimensional(data)] if data.ndim else None
    if hasattr(data, "tocsr") and hasattr(data, "nnz"):
        return None
    if hasattr(data, "dtypes") and hasattr(data, "columns") and hasattr(data, "iloc"):
        if len({str(kind) for kind in data.dtypes}) == 1:
            return [two_dimensional(data.to_numpy())]
        return [data.iloc[:, at].to_numpy().reshape(-1, 1) for at in range(data.shape[1])]
    if hasattr(data, "get_columns"):
        return [column.to_numpy().reshape(-1, 1) for column in data.get_columns()]
    if hasattr(data, "to_numpy"):
        return [two_dimensional(numpy.asarray(data.to_numpy()))]
    if hasattr(data, "detach") and hasattr(data, "numpy"):
        values = data.detach()
        return (
            [two_dimensional(values.numpy())] if getattr(values.device, "type", "") == "cpu" and values.ndim else None
        )
    if isinstance(data, (list, tuple)) and data:
        first = data[0]
        size = len(data) * (len(first) if isinstance(first, (list, tuple)) else 1)
        if size > MOST_OBJECTS:
            return None
        if isinstance(first, (str, bytes)):
            return [numpy.array(data, dtype=object).reshape(-1, 1)]
        return [two_dimensional(numpy.asarray(data))]
    return None


def two_dimensional(values: Any) -> Any:
    return values.reshape(values.shape[0], -1) if values.ndim != 2 else values


def digest_of(numpy: Any, parts: list[Any], rows: int) -> str:
    """`sha256:` of every value in its place; `sample:` of evenly spaced rows where there are too many."""
    width = sum(part.shape[1] for part in parts)
    objects = sum(part.size for part in parts if part.dtype.kind not in "biufcmM")
    whole = rows * width <= MOST_VALUES and objects <= MOST_OBJECTS
    hasher = hashlib.sha256(repr([(rows, part.shape[1], part.dtype.kind) for part in parts]).encode())
    step = 1 if whole else max(1, -(-rows // min(SAMPLED_ROWS, max(1, MOST_OBJECTS // max(1, width)))))
    for part in parts:
        some = part[::step]
        if part.dtype.kind in "biufcmM":
            hasher.update(numpy.ascontiguousarray(some).data.cast("B") if some.size else b"")
        else:
            hasher.update("\x1f".join(map(str, some.ravel().tolist())).encode("utf-8", "backslashreplace"))
    return ("sha256:" if whole else "sample:") + hasher.hexdigest()


def chosen(parts: list[Any], rows: int) -> list[int]:
    """The columns by which a row is known again: evenly spaced, and few where there are many rows."""
    width = sum(part.shape[1] for part in parts)
    most = max(1, min(MOST_COLUMNS_OF_ROWS, MOST_VALUES // rows))
    return list(range(0, width, max(1, -(-width // most))))


def row_hashes(numpy: Any, parts: list[Any], at: list[int]) -> Any:
    """One number a row, the same for the same values whatever their order or type; None where that would take long."""
    rows = parts[0].shape[0]
    if rows * len(at) > 4 * MOST_VALUES:
        return None
    total = numpy.zeros(rows, dtype=numpy.uint64)
    begin = 0
    for part in parts:
        columns = [column - begin for column in at if begin <= column < begin + part.shape[1]]
        weights = [weight(begin + column) for column in columns]
        begin += part.shape[1]
        if not columns:
            continue
        if part.dtype.kind in "biuf":
            # Adding zero makes the two zeros one.
            values = numpy.ascontiguousarray(part[:, columns], dtype=numpy.float64) + 0.0
            bits = values.view(numpy.uint64)
        elif part.dtype.kind in "mM":
            bits = numpy.ascontiguousarray(part[:, columns].astype(numpy.int64)).view(numpy.uint64)
        elif rows * len(columns) <= MOST_OBJECTS:
            texts = [hash(str(value)) for value in part[:, columns].ravel().tolist()]
            bits = numpy.array(texts, dtype=numpy.int64).view(numpy.uint64).reshape(rows, len(columns))
        else:
            return None
        mixed = (bits ^ (bits >> numpy.uint64(29))) * numpy.array(weights, dtype=numpy.uint64)
        total += (mixed ^ (mixed >> numpy.uint64(32))).sum(axis=1, dtype=numpy.uint64)
    return total


def distinct(numpy: Any, values: Any) -> Any:
    """In order. By sorting: NumPy's own way is to hash them, which takes seconds for a million of such numbers."""
    values = numpy.sort(values)
    is_new = numpy.ones(len(values), dtype=bool)
    numpy.not_equal(values[1:], values[:-1], out=is_new[1:])
    return values[is_new]


def share_in(numpy: Any, values: Any, pieces: list[Any]) -> float:
    """How many of some values are among those of any piece, each in order."""
    values = numpy.sort(values)
    is_in = numpy.zeros(len(values), dtype=bool)
    for known in pieces:
        at = numpy.minimum(numpy.searchsorted(known, values), len(known) - 1)
        is_in |= known[at] == values
    return float(is_in.mean())


def weight(column: int) -> int:
    """An odd number of its own for each column."""
    value = ((column + 1) * 0x9E3779B97F4A7C15) & (2**64 - 1)
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
    return (value ^ (value >> 27)) | 1
