"""The files that a cell reads and writes."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from .cell import Cell
from .journal import Journal
from .places import CODE, DATA, Places
from .wording import counted, listed

# What one cell may tell: a loop over a million small files must neither fill the journal nor slow the loop.
MOST_FILES = 5_000
QUOTED = re.compile(r"'([^'\n]+)'|\"([^\"\n]+)\"")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT
UNRECORDED = {
    "unnamed": (
        "file whose name is no text was",
        "files whose names are no text were",
        "used and not recorded, for the record names files in UTF-8",
    ),
    "credential": ("credential file was", "credential files were", "opened and not recorded"),
    "temporary": ("temporary file was", "temporary files were", "opened and not recorded"),
    "hidden": ("hidden file was", "hidden files were", "opened and not recorded"),
    "outside": (
        "file was",
        "files were",
        "opened outside the workspace and not recorded, for no ending says that it is data",
    ),
}

Columns = list[list[str]]


class Files:
    """Tells each file once a cell and access, however many layers open it; once more where a later one knows its rows."""

    def __init__(self, journal: Journal, cell: Cell, places: Places) -> None:
        self.journal = journal
        self.cell = cell
        self.places = places
        self.told: dict[tuple[str, str], bool] = {}
        self.unrecorded: dict[str, dict[str, None]] = {}

    def begin(self) -> None:
        self.told.clear()
        self.unrecorded.clear()

    def opened(self, path: Any, mode: str | None, flags: int | None) -> None:
        """The audit hook's `open`: every file that Python opens passes here."""
        if not isinstance(path, (str, bytes)):
            return
        name = os.fsdecode(path)
        if name.endswith(CODE):
            return
        writes = any(letter in mode for letter in "wax+") if mode else bool((flags or 0) & WRITES)
        name = os.path.abspath(name)
        if not os.path.isdir(name):
            self.tell("write" if writes else "read", name, None, None)

    def used(self, access: str, path: Any, rows: int | None = None, columns: Columns | None = None) -> None:
        """What a library says that it used: a file, an address, or a folder, whose data files are meant."""
        if self.cell.id is None:
            return
        name = local_path(os.fsdecode(os.fspath(path)))
        if "://" in name:
            self.write_once(access, name, rows, columns, is_local=False)
            return
        name = os.path.abspath(name)
        if os.path.isdir(name):
            for file in data_files_in(name):
                self.tell(access, file, None, None)
        else:
            self.tell(access, name, rows, columns)

    def used_in_text(self, text: Any) -> None:
        """Files named in quotes in some SQL: written by COPY … TO, else read."""
        text = str(text)
        for quoted in QUOTED.finditer(text):
            path = quoted.group(1) or quoted.group(2)
            if DATA.search(path) is None:
                continue
            writes = re.search(r"\bto\s*$", text[: quoted.start()], re.IGNORECASE)
            for file in [path] if "://" in path else sorted(glob.glob(path, recursive=True)):
                self.used("write" if writes else "read", file)

    def tell(self, access: str, path: str, rows: int | None, columns: Columns | None) -> None:
        if self.is_told(access, path, rows, columns):
            return
        kind = self.places.kind_of(path)
        if kind == "data" and not is_text(path):
            kind = "unnamed"
        if kind == "data":
            self.write_once(access, path, rows, columns, is_local=True)
            return
        self.told[(access, path)] = True
        if kind in UNRECORDED and (access == "write" or os.path.isfile(path)):
            self.unrecorded.setdefault(kind, {})[shown(path)] = None

    def is_told(self, access: str, path: str, rows: int | None, columns: Columns | None) -> bool:
        """Whether nothing new would be said: what is told without its rows may be told again with them."""
        described = self.told.get((access, path))
        return described is True or (described is False and rows is None and columns is None)

    def write_once(self, access: str, path: str, rows: int | None, columns: Columns | None, *, is_local: bool) -> None:
        """Size and time are taken now, so that a later change can be told."""
        if self.is_told(access, path, rows, columns):
            return
        size = stamp = None
        if access == "read" and is_local:
            try:
                status = os.stat(path)
            except OSError:
                return
            size, stamp = status.st_size, str(status.st_mtime_ns)
        has_room = (access, path) in self.told or self.cell.room_for("files", MOST_FILES)
        self.told[(access, path)] = rows is not None or columns is not None or not has_room
        if has_room:
            self.journal.write(
                access, cell=self.cell.id, path=path, size=size, mtimeNs=stamp, rows=rows, columns=columns
            )

    def tell_unrecorded(self) -> None:
        for kind, paths in self.unrecorded.items():
            one, many, fate = UNRECORDED[kind]
            message = f"{counted(len(paths), one, many)} {fate}: {listed(paths)}."
            self.journal.note(self.cell.id, f"observer/{kind}-file", message)

    def addresses(self) -> list[str]:
        """What the cell used that is no file here."""
        return [path for _, path in self.told if "://" in path]


def is_text(path: str) -> bool:
    """Not a name of POSIX whose bytes are no UTF-8, which Python gives as halves of characters."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def shown(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace") if not is_text(path) else path


def local_path(name: str) -> str:
    return url2pathname(urlsplit(name).path) if name.lower().startswith("file:") else name


def data_files_in(folder: str) -> Iterable[str]:
    def walked() -> Iterator[str]:
        for at, _, names in os.walk(folder):
            for name in sorted(names):
                if DATA.search(name):
                    yield os.path.join(at, name)

    return walked()
