"""Every secret that a text shows: `src/secrets/find/find-secrets.ts`."""

from __future__ import annotations

from typing import Any, Protocol

from .assigned import Assignments
from .colors import without_colors
from .encoded import Encoded
from .fielded import Fields
from .marked_up import MarkedUp
from .shaped import Found, Shapes
from .tabled import Tables
from .values import Values


class Way(Protocol):
    def find(self, text: str) -> list[Found]: ...


class Finder:
    """Finds what the recorder finds, from the table that it hands over. Never raises; costs what the text's length costs."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.values = Values(table["names"])
        self.shapes = Shapes(table["kinds"], self.values)
        self.assignments = Assignments(table["names"], table["forms"], self.values)
        judges = (self.assignments.names, self.values)
        self.ways: tuple[Way, ...] = (
            self.shapes,
            self.assignments,
            Tables(*judges),
            Fields(*judges),
            MarkedUp(*judges),
            Encoded(self.shapes, self.assignments),
        )

    def find(self, text: str) -> list[Found]:
        """In order, none overlapping another; places count code points."""
        plain, place_of = without_colors(text)
        shown = [each for way in self.ways for each in way.find(plain)]
        every = sorted(shown, key=lambda each: (each.start, -each.end))
        found: list[Found] = []
        for each in every:
            if not found or each.start >= found[-1].end:
                found.append(each)
            elif each.end > found[-1].end:
                found[-1] = found[-1]._replace(end=each.end)
        return [Found(place_of(start), place_of(end - 1) + 1, kind) for start, end, kind in found]
