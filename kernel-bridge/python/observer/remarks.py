"""What the person says of a run in a cell: parameters, tags, remarks."""

from __future__ import annotations

from typing import Any

from .cell import Cell
from .journal import Journal
from .models import PLAIN, plain

MOST = 1_000
MOST_TEXT = 2_000


class Remarks:
    def __init__(self, journal: Journal, cell: Cell) -> None:
        self.journal = journal
        self.cell = cell

    def parameter(self, name: str, value: Any) -> None:
        if hasattr(value, "item") and getattr(value, "shape", None) == ():
            value = value.item()
        value = plain(value) if isinstance(value, PLAIN) else str(value)
        if self.cell.id is not None and self.cell.room_for("parameters", MOST):
            value = value[:MOST_TEXT] if isinstance(value, str) else value
            self.journal.write("param", cell=self.cell.id, name=str(name), value=value)

    def tag(self, name: str) -> None:
        self.remark("tag", name)

    def note(self, text: str) -> None:
        self.remark("note", text)

    def remark(self, kind: str, text: str) -> None:
        if self.cell.id is not None and self.cell.room_for("remarks", MOST):
            self.journal.write("remark", cell=self.cell.id, kind=kind, text=str(text)[:MOST_TEXT])
