"""Rows of what a model was fitted on, copied as they were given: it is asked about them, and whoever exports it has their types."""

from __future__ import annotations

import sys
import weakref
from typing import Any

from .shapes import rows_of

MOST_ROWS = 200
MOST_BYTES = 1_000_000
# Of a sparse matrix that is not stored by rows all of it is gone through.
MOST_TURNED = 1_000_000
MOST_HELD = 64_000_000


class Pinned:
    """At most MOST_ROWS evenly spaced rows. `rows` is None when they had to make room for others."""

    __slots__ = ("__weakref__", "of", "rows", "size", "step", "targets")

    def __init__(self, rows: Any, step: int, of: int, size: int, targets: list[str] | None) -> None:
        self.rows = rows
        self.step = step
        self.of = of
        self.size = size
        # The names of the columns that it was to predict, where they have any.
        self.targets = targets


class Pins:
    """All that are held, as long as something holds them; the oldest make room."""

    def __init__(self) -> None:
        self.held: list[weakref.ref[Pinned]] = []
        self.size = 0

    def pin(self, data: Any, target: Any = None) -> Pinned | None:
        """None for what is no matrix, frame or list in memory."""
        count = rows_of(data)
        if not count or isinstance(data, (str, bytes, dict)):
            return None
        row = max(1, bytes_of_row(data, count))
        step = -(-count // max(1, min(MOST_ROWS, MOST_BYTES // row)))
        rows = every(data, step)
        if rows is None:
            return None
        pinned = Pinned(rows, step, count, row * -(-count // step), targets_of(target))
        self.held.append(weakref.ref(pinned))
        self.size += pinned.size
        if self.size > MOST_HELD:
            self.make_room()
        return pinned

    def make_room(self) -> None:
        alive = [pinned for pinned in (ref() for ref in self.held) if pinned is not None and pinned.rows is not None]
        size = sum(pinned.size for pinned in alive)
        while size > MOST_HELD // 2 and len(alive) > 1:
            oldest = alive.pop(0)
            size -= oldest.size
            oldest.rows = None
        self.held = [weakref.ref(pinned) for pinned in alive]
        self.size = size


def bytes_of_row(data: Any, count: int) -> int:
    """About how many it takes; of texts nobody counts them."""
    if hasattr(data, "nnz"):
        return int(data.nnz) * 12 // count
    if not hasattr(data, "columns") and isinstance(getattr(data, "nbytes", None), int):
        return int(data.nbytes) // count
    if isinstance(data, (list, tuple)):
        return 8 * (len(data[0]) if isinstance(data[0], (list, tuple)) else 1)
    shape: tuple[int, ...] = getattr(data, "shape", ())
    return 8 * int(shape[1]) if len(shape) > 1 else 8


def every(data: Any, step: int) -> Any:
    """Every so many rows, copied: what is done to the data later is not done to them."""
    numpy = sys.modules.get("numpy")
    if hasattr(data, "iloc"):
        return data.iloc[::step].copy()
    if numpy is not None and isinstance(data, numpy.ndarray):
        return data[::step].copy()
    if hasattr(data, "tocsr") and hasattr(data, "nnz"):
        if data.format != "csr" and data.nnz > MOST_TURNED:
            return None
        some = data.tocsr()[::step].copy()
        return some.tocsc() if data.format == "csc" else some
    if hasattr(data, "gather_every"):
        return data.gather_every(step)
    if hasattr(data, "detach") and hasattr(data, "numpy"):
        return data[::step].detach().clone()
    if isinstance(data, (list, tuple)):
        some = [list(each) if isinstance(each, list) else each for each in data[::step]]
        return tuple(some) if isinstance(data, tuple) else some
    return None


def targets_of(target: Any) -> list[str] | None:
    columns = getattr(target, "columns", None)
    if columns is not None and not callable(columns):
        return [str(name) for name in columns]
    name = getattr(target, "name", None)
    return [name] if isinstance(name, str) else None
