"""Every secret that a text shows: `src/secrets/find-secrets.ts`."""

from __future__ import annotations

from typing import Any

from .assigned import Assignments
from .colors import without_colors
from .shaped import Found, Shapes
from .tabled import Tables
from .values import Values


class Finder:
    """Finds what the recorder finds, from the table that it hands over. Never raises; costs what the text's length costs."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.values = Values(table["names"])
        self.shapes = Shapes(table["kinds"], self.values)
        self.assignments = Assignments(table["names"], table["forms"], self.values)
        self.tables = Tables(self.assignments.names, self.values)

    def find(self, text: str) -> list[Found]:
        """In order, none overlapping another; places count code points."""
        plain, place_of = without_colors(text)
        shown = [*self.shapes.find(plain), *self.assignments.find(plain), *self.tables.find(plain)]
        every = sorted(shown, key=lambda each: (each.start, -each.end))
        found: list[Found] = []
        for each in every:
            if not found or each.start >= found[-1].end:
                found.append(each)
            elif each.end > found[-1].end:
                found[-1] = found[-1]._replace(end=each.end)
        return [Found(place_of(start), place_of(end - 1) + 1, kind) for start, end, kind in found]
