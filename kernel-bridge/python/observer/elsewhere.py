"""What a cell uses that is no file here: an address, what a library made, what a query answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .cell import Cell
from .stamps import Stamp

# What one cell may tell one by one.
MOST = 5_000


class Elsewhere:
    """Tells each once a cell and access; once more where a later call knows more of it."""

    def __init__(self, cell: Cell, write: Callable[[str, str, Stamp | None, dict[str, Any]], object]) -> None:
        self.cell = cell
        self.write = write
        self.known: dict[tuple[str, str], dict[str, Any]] = {}

    def begin(self) -> None:
        self.known.clear()

    def used(self, access: str, name: str, facts: dict[str, Any]) -> None:
        key = (access, f"{name} {facts['query']}" if "query" in facts else name)
        known = self.known.get(key)
        if known is not None and is_other(known, facts):
            known = None
        if known is not None and not news(known, facts):
            return
        if known is None and not self.cell.room_for("files", MOST):
            return
        self.known[key] = {**(known or {}), **facts}
        self.write(access, name, None, self.known[key])

    def queried(self, access: str, database: str, stamp: Stamp | None, facts: dict[str, Any]) -> None:
        """What a database that is a file here answered."""
        key = (access, f"{database} {facts.get('query')}")
        known = self.known.get(key)
        if (known is None or is_other(known, facts)) and self.cell.room_for("files", MOST):
            self.known[key] = facts
            self.write(access, database, stamp, facts)

    def addresses(self) -> list[str]:
        return [name for _, name in self.known if "://" in name]


def is_other(known: dict[str, Any], facts: dict[str, Any]) -> bool:
    """Whether the same name gave something else: what was made anew, or changed at its address or in its database meanwhile."""
    telling = ("rowsDigest",) if known.get("kind") == "query" or "query" in facts else ("sha256", "version")
    return any(None not in (known.get(key), facts.get(key)) and known[key] != facts[key] for key in telling)


def news(known: dict[str, Any], facts: dict[str, Any]) -> bool:
    return any(known.get(key) is None for key, value in facts.items() if value is not None)
