"""Numbers and lists as notes say them."""

from __future__ import annotations

from collections.abc import Iterable

NAMED = 5


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def listed(names: Iterable[str]) -> str:
    """The first names, and an ellipsis for the rest."""
    known = list(names)
    return ", ".join(known[:NAMED]) + (", …" if len(known) > NAMED else "")
