"""The cells of a printed table under a column whose name says secret: `src/secrets/find/find-tabled.ts`."""

from __future__ import annotations

import re

from .names import Names
from .shaped import Found
from .values import Values

MOST_ROWS = 64
WIDEST = 512
HEADER = re.compile(
    r"\n[ \t]{0,64}[A-Za-z_][A-Za-z0-9_]{0,40}(?:[ ]{1,256}[A-Za-z_][A-Za-z0-9_]{0,40}){1,32}[ ]{0,8}(?=\n)"
)
COLUMN = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,40}")


class Tables:
    """Judges what ends where the name of a secret column ends, in the lines below it."""

    def __init__(self, names: Names, values: Values) -> None:
        self.names = names
        self.values = values

    def find(self, text: str) -> list[Found]:
        found: list[Found] = []
        # By where a column ends: how far down it was read. A row of names is no header of its own.
        read: dict[int, int] = {}
        # A line's end is sought fast, and the first line begins with none.
        for match in HEADER.finditer("\n" + text):
            begin = match.start()
            for name in COLUMN.finditer(match.group()):
                kind = self.names.class_of(name.group())
                edge = name.end() - 1
                if kind in ("password", "made") and read.get(edge, -1) <= begin:
                    read[edge] = self.cells_below(text, match.end() - 1, edge, kind, found)
        return found

    def cells_below(self, text: str, begin: int, edge: int, kind: str, found: list[Found]) -> int:
        """Adds to `found`; answers where it stopped."""
        at = begin + 1
        for _ in range(MOST_ROWS):
            line = text.find("\n", at)
            end = len(text) if line < 0 else line
            if end <= at or end - at > WIDEST:
                break
            place = at + edge
            if place <= end and (place == end or text[place] == " ") and text[place - 1] != " ":
                start = max(at, text.rfind(" ", at, place) + 1)
                if self.values.is_secret(kind, text[start:place], "loose"):
                    found.append(Found(start, place, "password" if kind == "password" else "named-secret"))
            at = end + 1
        return at
