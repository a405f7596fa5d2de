"""The files that a cell reads and writes, each by the version of it that was used."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from .cell import Cell
from .folders import folders_of, write_list
from .journal import Journal
from .places import CODE, DATA, Places
from .stamps import Stamp, fields_of, stamp_in, stamp_of
from .versions import Versions
from .who_opened import WhoOpened
from .wording import counted, listed

# What one cell may tell one by one: a loop over a million small files must neither fill the journal nor slow the loop.
MOST_FILES = 5_000
MOST_TOLD_AT_ONCE = 200
MOST_VERSIONS = 8
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
}

Columns = list[list[str]]


class Use:
    """What is told of a file in this cell, of one access."""

    __slots__ = ("facts", "stamp", "told", "versions")

    def __init__(self) -> None:
        self.stamp: Stamp | None = None
        self.facts: dict[str, Any] = {}
        self.told = False
        self.versions = 0


class Files:
    """Tells each version of a file once a cell and access, however many layers open it; once more where a later one knows its rows.

    What is written is told when it is opened, as pending, and when the cell ends, by the name and the content that it has then.
    """

    def __init__(self, journal: Journal, cell: Cell, places: Places, versions: Versions, opened: WhoOpened) -> None:
        self.journal = journal
        self.cell = cell
        self.places = places
        self.versions = versions
        self.who = opened
        self.at_once = False
        self.uses: dict[tuple[str, str], Use] = {}
        self.passed: set[tuple[str, str]] = set()
        self.others: dict[tuple[str, str], dict[str, Any]] = {}
        self.unrecorded: dict[str, dict[str, None]] = {}
        self.databases: dict[str, tuple[Stamp | None, ...]] = {}
        self.lists = 0

    def tell_at_once(self) -> None:
        """In a process that was forked from a cell no cell ends."""
        self.at_once = True

    def begin(self) -> None:
        self.uses.clear()
        self.passed.clear()
        self.others.clear()
        self.unrecorded.clear()
        self.versions.begin()

    def opened(self, path: Any, mode: str | None, flags: int | None) -> None:
        """The audit hook's `open`: every file that Python opens passes here, before it is opened."""
        if not isinstance(path, (str, bytes)):
            return
        name = os.fsdecode(path)
        if name.endswith(CODE) or self.versions.is_reading():
            return
        flags = flags or 0
        writes = any(letter in mode for letter in "wax+") if mode else bool(flags & WRITES)
        access = "write" if writes else "read"
        name = os.path.abspath(name)
        if (access, name) in self.passed:
            return
        if (access, name) not in self.uses and not self.is_data(access, name, by_hand=False):
            return
        truncates = "w" in mode or "x" in mode if mode else bool(flags & os.O_TRUNC)
        is_read_too = "+" in mode if mode else bool(flags & os.O_RDWR)
        if not writes or (is_read_too and not truncates):
            self.read(name, {})
        if not writes:
            return
        self.will_write(name, is_other=truncates)

    def used(
        self, access: str, path: Any, rows: int | None = None, columns: Columns | None = None, **facts: Any
    ) -> None:
        """What a library says that it used: a file, an address, or a folder, whose data files are meant."""
        if self.cell.id is None:
            return
        name = local_path(os.fsdecode(os.fspath(path)))
        facts = {key: value for key, value in {"rows": rows, "columns": columns, **facts}.items() if value is not None}
        if "://" in name:
            self.other(access, name, {"kind": "address", **facts})
            return
        name = os.path.abspath(name)
        if os.path.isdir(name):
            for file in data_files_in(name):
                self.used_file(access, file, {})
        else:
            self.used_file(access, name, facts)

    def will_be_written(self, path: Any) -> None:
        """Before a library writes a file past Python, or what is in a folder."""
        name = local_path(os.fsdecode(os.fspath(path)))
        if "://" not in name:
            self.will_go(name)

    def used_file(self, access: str, path: str, facts: dict[str, Any]) -> None:
        if (access, path) not in self.uses and not self.is_data(access, path, by_hand=True):
            return
        if access == "read":
            self.read(path, facts)
        else:
            self.wrote(path, facts)

    def is_data(self, access: str, path: str, *, by_hand: bool) -> bool:
        """`by_hand`: a call of the person's names it, so that nobody needs to look who opened it."""
        kind = self.places.kind_of(path)
        if kind != "quiet" and not by_hand and not self.who.is_for_user(path, inside=self.places.is_inside(path)):
            return False
        if kind == "data" and is_text(path):
            return True
        kind = "unnamed" if kind == "data" else kind
        self.passed.add((access, path))
        if kind in UNRECORDED and (access == "write" or os.path.isfile(path)):
            self.unrecorded.setdefault(kind, {})[shown(path)] = None
        return False

    def read(self, path: str, facts: dict[str, Any]) -> None:
        try:
            status = os.stat(path)
        except OSError:
            return
        if stat.S_ISDIR(status.st_mode):
            return
        stamp = stamp_in(status)
        use = self.use("read", path)
        if use.told and use.stamp == stamp and not news(use.facts, facts):
            return
        same = use.stamp == stamp
        if use.stamp is not None and not same and not use.told:
            self.write_event("read", path, use.stamp, use.facts)
        use.facts = {**use.facts, **facts} if same else facts
        use.stamp = stamp
        self.tell("read", path, use, stamp)
        if stat.S_ISREG(status.st_mode):
            self.versions.remember(path, stamp)

    def will_write(self, path: str, *, is_other: bool = True) -> None:
        """Before a file is opened for writing; `is_other` where nothing of it stays."""
        if os.path.isdir(path):
            return  # Linux opens a folder so for a file without a name.
        use = self.uses.get(("write", path))
        if use is not None and is_other:
            self.tell_version(path, use)
        self.versions.settle(path)
        if use is None:
            self.tell("write", path, self.use("write", path), None, pending=not self.at_once)

    def tell_version(self, path: str, use: Use) -> None:
        """What a cell wrote, and is about to write again."""
        stamp = stamp_of(path)
        if stamp is None or stamp[0] == 0 or stamp == use.stamp:
            return
        use.versions += 1
        if use.versions > MOST_VERSIONS:
            self.cell.room_for("further versions of a file that was written again and again", 0)
            return
        use.stamp = stamp
        self.tell("write", path, use, stamp)
        self.versions.remember(path, stamp)

    def wrote(self, path: str, facts: dict[str, Any]) -> None:
        stamp = stamp_of(path)
        use = self.use("write", path)
        use.facts = facts or use.facts
        if stamp is not None:
            self.tell("write", path, use, stamp, pending=not self.at_once)
            self.versions.remember(path, stamp)

    def will_go(self, path: Any) -> None:
        """Before a file, or all that lies in a folder, is removed."""
        if not isinstance(path, (str, bytes)):
            return
        name = os.path.abspath(os.fsdecode(path))
        for access, each in [key for key in self.uses if key == ("write", name)]:
            self.tell_version(each, self.uses[(access, each)])
        for each in list(self.versions.within(name)):
            self.versions.settle(each)

    def will_move(self, source: Any, target: Any) -> None:
        """What is written beside its place and then put there was written there."""
        if not isinstance(source, (str, bytes)) or not isinstance(target, (str, bytes)):
            return
        old, new = (os.path.abspath(os.fsdecode(path)) for path in (source, target))
        moved = os.path.join(old, "")
        written = [path for access, path in self.uses if access == "write" and (path == old or path.startswith(moved))]
        for each in [*self.versions.within(new), *self.versions.within(old)]:
            if each not in written:
                self.versions.settle(each)
        before = self.uses.get(("write", new))
        if before is not None:
            self.tell_version(new, before)
        if not written and os.path.isfile(old) and self.is_data("write", new, by_hand=False):
            self.use("write", new)
        for path in written:
            use = self.uses.pop(("write", path))
            name = new + path[len(old) :]
            if self.is_data("write", name, by_hand=True):
                use.stamp = None
                self.uses[("write", name)] = use

    def will_change_somewhere(self) -> None:
        """Before a program runs, which may change anything."""
        self.versions.settle_all()

    def connected(self, path: Any) -> None:
        """To a database of SQLite: what is written through the connection only its file shows."""
        if not isinstance(path, (str, bytes)):
            return
        name = os.fsdecode(path)
        name = os.path.abspath(name[5:].partition("?")[0] if name.startswith("file:") else name)
        if os.path.basename(name) == ":memory:" or not self.is_data("read", name, by_hand=False):
            return
        self.databases[name] = looks_of(name)
        self.read(name, {})
        # What is written through the connection comes unannounced.
        self.versions.settle(name)

    def is_written(self, path: str) -> bool:
        return ("write", path) in self.uses

    def queried(self, access: str, path: str, facts: dict[str, Any]) -> None:
        """A query of a database that is a file here; a write of it is told when the cell ends."""
        name = os.path.abspath(path)
        if (access, name) not in self.uses and not self.is_data(access, name, by_hand=True):
            return
        if access == "write":
            self.use("write", name).facts = facts
        else:
            self.read(name, {})
            key = (access, f"{name} {facts.get('query')}")
            if key not in self.others and self.cell.room_for("files", MOST_FILES):
                self.others[key] = facts
                self.write_event(access, name, stamp_of(name), facts)

    def other(self, access: str, name: str, facts: dict[str, Any]) -> None:
        """What is no file here: an address, what a library made, what a query answered."""
        # What is made anew is another.
        key = (access, f"{name} {facts.get('sha256')}" if facts.get("kind") == "made" else name)
        known = self.others.get(key)
        if known is not None and not news(known, facts):
            return
        if known is None and not self.cell.room_for("files", MOST_FILES):
            return
        self.others[key] = {**(known or {}), **facts}
        self.write_event(access, name, None, self.others[key])

    def use(self, access: str, path: str) -> Use:
        use = self.uses.get((access, path))
        if use is None:
            use = self.uses[(access, path)] = Use()
        return use

    def tell(self, access: str, path: str, use: Use, stamp: Stamp | None, *, pending: bool = False) -> None:
        """At once for the first, so that they are known if the kernel dies; the others when it is known how many they are."""
        if len(self.uses) > MOST_TOLD_AT_ONCE and not use.told and not self.at_once:
            return
        use.told = True
        self.write_event(access, path, stamp, {**use.facts, "pending": pending})

    def write_event(self, access: str, path: str, stamp: Stamp | None, facts: dict[str, Any]) -> None:
        fields = {**EVENT, **fields_of(stamp), **facts}
        self.journal.write(access, cell=self.cell.id, path=path, **fields)

    def tell_rest(self) -> None:
        """At the end of a cell: what was written by what it is now, and what was held back."""
        for name, before in list(self.databases.items()):
            now = looks_of(name)
            if now != before:
                self.databases[name] = now
                self.use("write", name)
            elif ("read", name) in self.uses:
                self.versions.settle(name)
        late: dict[str, list[tuple[str, Use, Stamp | None]]] = {"read": [], "write": []}
        for (access, path), use in list(self.uses.items()):
            if access == "read":
                late["read"].append((path, use, use.stamp))
                continue
            stamp = stamp_of(path)
            if stamp is not None:
                late["write"].append((path, use, stamp))
        for access, uses in late.items():
            self.tell_folders(access, uses)

    def tell_folders(self, access: str, uses: list[tuple[str, Use, Stamp | None]]) -> None:
        stamps = {path: stamp for path, _, stamp in uses}
        folders = folders_of(stamps, self.places.root)
        for folder, files in folders.items():
            self.lists += 1
            name = f"{self.journal.session}.{os.getpid()}-{self.lists}.files"
            write_list(
                os.path.join(self.versions.folder, name), folder, ((file, stamps[file]) for file in sorted(files))
            )
            size = sum((stamps[file] or (0,))[0] for file in files)
            self.write_event(access, folder, None, {"kind": "folder", "size": size, "files": len(files), "list": name})
        gathered = {file for files in folders.values() for file in files}
        for path, use, stamp in uses:
            if access == "write":
                self.versions.remember(path, stamp)
            if path in gathered or (use.told and access == "read") or (access == "write" and use.stamp == stamp):
                continue
            if self.cell.room_for("files", MOST_FILES):
                self.write_event(access, path, stamp, use.facts)

    def tell_unrecorded(self) -> None:
        for kind, paths in self.unrecorded.items():
            one, many, fate = UNRECORDED[kind]
            message = f"{counted(len(paths), one, many)} {fate}: {listed(paths)}."
            self.journal.note(self.cell.id, f"observer/{kind}-file", message)

    def addresses(self) -> list[str]:
        """What the cell used that is no file here."""
        return [path for _, path in self.others if "://" in path]


EVENT: dict[str, Any] = {
    "rows": None,
    "columns": None,
    "kind": None,
    "pending": False,
    "sha256": None,
    "version": None,
    "query": None,
    "rowsDigest": None,
    "files": None,
    "list": None,
}


def looks_of(database: str) -> tuple[Stamp | None, ...]:
    """With the files beside it, which hold what was written last."""
    return tuple(stamp_of(database + ending) for ending in ("", "-wal", ".wal"))


def news(known: dict[str, Any], facts: dict[str, Any]) -> bool:
    return any(known.get(key) is None for key, value in facts.items() if value is not None)


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
    """A path of a `file:` address."""
    return url2pathname(urlsplit(name).path) if name.lower().startswith("file:") else name


def data_files_in(folder: str) -> Iterable[str]:
    def walked() -> Iterator[str]:
        for at, _, names in os.walk(folder):
            for name in sorted(names):
                if DATA.search(name):
                    yield os.path.join(at, name)

    return walked()
