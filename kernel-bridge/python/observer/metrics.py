"""The scores that a cell computes."""

from __future__ import annotations

import math
from typing import Any

from .cell import Cell
from .journal import Journal

MOST_SCORES = 1_000


class Metrics:
    """Tells every score that is a finite number, also one that is the same again; up to MOST_SCORES a name and cell."""

    def __init__(self, journal: Journal, cell: Cell) -> None:
        self.journal = journal
        self.cell = cell

    def scored(self, name: str, value: Any, rows: int | None = None) -> None:
        if self.cell.id is None or isinstance(value, bool):
            return
        try:
            number = float(value)
        except (TypeError, ValueError):
            return
        if not math.isfinite(number):
            # JSON has no such number; that there was one is said with what else was left out.
            self.cell.room_for(f"values of {name} that are NaN or infinite", 0)
        elif self.cell.room_for(f"values of {name}", MOST_SCORES):
            self.journal.write("metric", cell=self.cell.id, name=name, value=number, rows=rows)
