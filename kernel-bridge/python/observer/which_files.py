"""Which of the files that a cell opens are told, and what is said of those that are not."""

from __future__ import annotations

import os

from .cell import Cell
from .journal import Journal
from .places import Places
from .who_opened import WhoOpened
from .wording import counted, listed

UNRECORDED = {
    "unnamed": (
        "file whose name is no text was",
        "files whose names are no text were",
        "used and not recorded, for the record names files in UTF-8",
    ),
    "credential": ("credential file was", "credential files were", "opened and not recorded"),
    "temporary": ("temporary file was", "temporary files were", "opened and not recorded"),
    "hidden": ("hidden file was", "hidden files were", "opened and not recorded"),
}


class WhichFiles:
    def __init__(self, journal: Journal, cell: Cell, places: Places, opened: WhoOpened) -> None:
        self.journal = journal
        self.cell = cell
        self.places = places
        self.who = opened
        self.passed: set[tuple[str, str]] = set()
        self.unrecorded: dict[str, dict[str, None]] = {}

    def begin(self) -> None:
        self.passed.clear()
        self.unrecorded.clear()

    def is_passed(self, access: str, path: str) -> bool:
        """Whether it was asked about in this cell, and is not told."""
        return (access, path) in self.passed

    def is_data(self, access: str, path: str, *, by_hand: bool) -> bool:
        """`by_hand`: a call of the person's names it, so that nobody needs to look who opened it."""
        kind = self.places.kind_of(path)
        # Libraries read what lies with them for themselves, by others' functions too.
        if kind == "shipped" or (kind != "quiet" and not by_hand):
            inside = kind != "shipped" and self.places.is_inside(path)
            if not self.who.is_for_user(path, inside=inside):
                return False
        kind = "data" if kind == "shipped" else kind
        if kind == "data" and is_text(path):
            return True
        kind = "unnamed" if kind == "data" else kind
        self.passed.add((access, path))
        if kind in UNRECORDED and (access == "write" or os.path.isfile(path)):
            self.unrecorded.setdefault(kind, {})[shown(path)] = None
            if self.cell.is_forked:
                self.tell()
                self.unrecorded.clear()
        return False

    def tell(self) -> None:
        for kind, paths in self.unrecorded.items():
            one, many, fate = UNRECORDED[kind]
            message = f"{counted(len(paths), one, many)} {fate}: {listed(paths)}."
            self.journal.note(self.cell.id, f"observer/{kind}-file", message)


def is_text(path: str) -> bool:
    """Not a name of POSIX whose bytes are no UTF-8, which Python gives as halves of characters."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def shown(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace") if not is_text(path) else path
