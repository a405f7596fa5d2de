"""The cell that runs, and how much of each kind it has told so far."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .journal import Journal

MOST_ERRORS = 20


class Cell:
    """`id` is None between cells: nothing is told then."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.id: str | None = None
        # In a process that was forked from a cell: there no cell ends, and nothing may wait for one.
        self.is_forked = False
        self.counts: dict[str, tuple[int, int]] = {}

    def was_forked(self) -> None:
        self.is_forked = True
        self.counts.clear()

    def begin(self, cell: str) -> None:
        self.id = cell
        self.counts.clear()

    def end(self) -> None:
        self.id = None

    def room_for(self, kind: str, most: int) -> bool:
        """Whether the cell may tell one more of a kind; what it may not is counted, and said at its end."""
        count = self.counts.get(kind, (0, 0))[0] + 1
        self.counts[kind] = (count, most)
        if self.is_forked and count == most + 1:
            self.journal.note(
                self.id, "observer/left-out", f"Not all {kind} of a process that was forked were recorded."
            )
        return count <= most

    def tell_left_out(self) -> None:
        for kind, (count, most) in self.counts.items():
            if count > most:
                message = (
                    f"{count - most} of {count} {kind} in one cell were not recorded."
                    if most > 0
                    else f"In one cell {kind} were not recorded: {count}."
                )
                self.journal.note(self.id, "observer/left-out", message)

    def guard(self, where: str, function: Callable[..., object], *arguments: Any) -> None:
        """Calls a part of the observer; its errors are told in the journal and nowhere else."""
        try:
            function(*arguments)
        except Exception as error:  # noqa: BLE001 - never the person's
            self.tell_error(where, error)

    def tell_error(self, where: str, error: Exception) -> None:
        try:
            if self.room_for("errors of the observer", MOST_ERRORS):
                message = f"{where}: {type(error).__name__}: {error}"
                self.journal.note(self.id, "observer/error", message)
        except Exception:  # noqa: BLE001
            pass  # The journal itself cannot be written: there is nobody left to tell.
