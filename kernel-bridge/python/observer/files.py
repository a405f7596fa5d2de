"""The files that a cell reads and writes, each by the version of it that was used."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from .cell import Cell
from .descriptors import opening, placed
from .elsewhere import Elsewhere, news
from .folders import folders_of, write_list
from .forks import Forks
from .held import Held
from .journal import Journal
from .places import CODE, DATA
from .stamps import Stamp, fields_of, stamp_in, stamp_of
from .versions import Versions
from .which_files import WhichFiles
from .wording import listed

# What one cell may tell one by one: a loop over a million small files must neither fill the journal nor slow the loop.
MOST_FILES = 5_000
MOST_TOLD_AT_ONCE = 200
MOST_VERSIONS = 8
WRITES = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT

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

    def __init__(self, journal: Journal, cell: Cell, which: WhichFiles, versions: Versions, forks: Forks) -> None:
        self.journal = journal
        self.cell = cell
        self.which = which
        self.versions = versions
        self.forks = forks
        self.elsewhere = Elsewhere(cell, self.write_event)
        self.uses: dict[tuple[str, str], Use] = {}
        self.databases: dict[str, tuple[Stamp | None, ...]] = {}
        self.lists = 0
        self.held = Held()
        self.said_mapped: set[str] = set()

    def begin(self) -> None:
        self.uses.clear()
        between = list(self.held.changed())
        if between:
            message = f"{listed(between)} changed while no cell ran: what was written then is no cell's."
            self.journal.note(self.cell.id, "observer/between-cells", message)
        self.which.begin()
        self.elsewhere.begin()
        self.versions.begin()

    def opened(self, path: Any, mode: str | None, flags: int | None) -> None:
        """The audit hook's `open`: every file that Python opens passes here, before it is opened."""
        path = placed(path, getattr(opening, "within", None)) if mode is None else path
        if not isinstance(path, (str, bytes)):
            return
        name = os.fsdecode(path)
        if name.endswith(CODE) or self.versions.is_reading():
            return
        flags = flags or 0
        writes = any(letter in mode for letter in "wax+") if mode else bool(flags & WRITES)
        access = "write" if writes else "read"
        name = os.path.abspath(name)
        if self.which.is_passed(access, name):
            return
        if (access, name) not in self.uses and not self.which.is_data(access, name, by_hand=False):
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
            self.elsewhere.used(access, name, {"kind": "address", **facts})
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
        if (access, path) not in self.uses and not self.which.is_data(access, path, by_hand=True):
            return
        if access == "read":
            self.read(path, facts)
        else:
            self.wrote(path, facts)

    def read(self, path: str, facts: dict[str, Any]) -> None:
        try:
            status = os.stat(path)
        except OSError:
            return
        if not stat.S_ISDIR(status.st_mode):
            self.was_read(path, stamp_in(status), facts, is_of_bytes=stat.S_ISREG(status.st_mode))

    def was_read(self, path: str, stamp: Stamp, facts: dict[str, Any], *, is_of_bytes: bool) -> None:
        use = self.use("read", path)
        is_known = use.told or self.cell.is_forked
        if is_known and use.stamp == stamp and not news(use.facts, facts):
            return
        same = use.stamp == stamp
        if use.stamp is not None and not same and not is_known:
            self.write_event("read", path, use.stamp, use.facts)
        use.facts = {**use.facts, **facts} if same else facts
        use.stamp = stamp
        self.tell("read", path, use, stamp)
        if is_of_bytes:
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
            self.tell("write", path, self.use("write", path), None, pending=True)

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
            self.tell("write", path, use, stamp, pending=True)
            self.versions.remember(path, stamp)

    def will_go(self, path: Any) -> None:
        """Before a file, or all that lies in a folder, is removed."""
        if not isinstance(path, (str, bytes)):
            return
        name = os.path.abspath(os.fsdecode(path))
        written = self.uses.get(("write", name))
        if written is not None:
            self.tell_version(name, written)
        for each in list(self.versions.within(name)):
            self.versions.settle(each)

    def will_move(self, source: Any, target: Any) -> None:
        """What is written beside its place and then put there was written there."""
        if not isinstance(source, (str, bytes)) or not isinstance(target, (str, bytes)):
            return
        old, new = (os.path.abspath(os.fsdecode(path)) for path in (source, target))
        written = self.written_in(old)
        for each in [*self.versions.within(new), *self.versions.within(old)]:
            if each not in written:
                self.versions.settle(each)
        before = self.uses.get(("write", new))
        if before is not None:
            self.tell_version(new, before)
        if not written and os.path.isfile(old) and self.which.is_data("write", new, by_hand=False):
            self.use("write", new)
        for path in written:
            use = self.uses.pop(("write", path))
            name = new + path[len(old) :]
            if self.which.is_data("write", name, by_hand=True):
                use.stamp = None
                self.add("write", name, use)

    def will_link(self, source: Any, target: Any) -> None:
        """A second name for a file: what there is by that name was written here; the first one only looks new."""
        if not isinstance(source, (str, bytes)) or not isinstance(target, (str, bytes)):
            return
        old, new = (os.path.abspath(os.fsdecode(path)) for path in (source, target))
        self.will_touch(old)
        is_new = os.path.isfile(old) and not os.path.lexists(new)
        if is_new and all(self.which.is_data("write", path, by_hand=False) for path in (old, new)):
            self.use("write", new)

    def will_touch(self, path: Any) -> None:
        """Before a file looks otherwise, though its bytes stay: its rights, its times, its names."""
        if isinstance(path, (str, bytes)):
            self.versions.settle(os.path.abspath(os.fsdecode(path)))

    def written_in(self, path: str) -> list[str]:
        """What the cell wrote of a path: itself, or what lies in it. All are looked through for a folder alone: a loop moves thousands."""
        if not os.path.isdir(path):
            return [path] if self.is_written(path) else []
        folder = os.path.join(path, "")
        return [each for access, each in list(self.uses) if access == "write" and each.startswith(folder)]

    def will_change_somewhere(self) -> None:
        """Before a program runs, which may change anything."""
        self.versions.settle_all()

    def connected(self, path: Any) -> None:
        """To a database of SQLite: what is written through the connection only its file shows."""
        if not isinstance(path, (str, bytes)):
            return
        name = os.fsdecode(path)
        name = os.path.abspath(name[5:].partition("?")[0] if name.startswith("file:") else name)
        if os.path.basename(name) == ":memory:" or not self.which.is_data("read", name, by_hand=False):
            return
        self.databases[name] = looks_of(name)
        if self.cell.is_forked:
            self.forks.tell("connect", name, None, {"looks": self.databases[name]})
        self.read(name, {})
        # What is written through the connection comes unannounced.
        self.versions.settle(name)

    def is_written(self, path: str) -> bool:
        return ("write", path) in self.uses

    def queried(self, access: str, path: str, facts: dict[str, Any]) -> None:
        """A query of a database that is a file here; a write of it is told when the cell ends."""
        name = os.path.abspath(path)
        if (access, name) not in self.uses and not self.which.is_data(access, name, by_hand=True):
            return
        if access == "write":
            self.use("write", name).facts = facts
        else:
            self.read(name, {})
            self.elsewhere.queried(access, name, stamp_of(name), facts)

    def use(self, access: str, path: str) -> Use:
        use = self.uses.get((access, path))
        if use is None:
            use = Use()
            self.add(access, path, use)
        return use

    def add(self, access: str, path: str, use: Use) -> None:
        self.uses[(access, path)] = use
        if access == "write" and self.cell.is_forked:
            self.forks.tell(access, path, None, use.facts)

    def tell(self, access: str, path: str, use: Use, stamp: Stamp | None, *, pending: bool = False) -> None:
        """At once for the first, so that they are known if the kernel dies; the others when it is known how many they are."""
        is_held = len(self.uses) > MOST_TOLD_AT_ONCE and (self.cell.is_forked or not use.told)
        if self.cell.is_forked:
            self.forks.tell(access, path, stamp, use.facts)
        if not is_held:
            use.told = True
            self.write_event(access, path, stamp, {**use.facts, "pending": pending})

    def write_event(self, access: str, path: str, stamp: Stamp | None, facts: dict[str, Any]) -> None:
        fields = {**EVENT, **fields_of(stamp), **facts}
        self.journal.write(access, cell=self.cell.id, path=path, **fields)

    def take_in_forked(self) -> None:
        for access, path, stamp, facts in self.forks.take_in():
            if access == "connect":
                looks = [None if each is None else tuple(each) for each in facts["looks"]]
                self.databases.setdefault(path, tuple(looks))
            elif access == "read":
                if stamp is not None:
                    self.was_read(path, stamp, facts, is_of_bytes=True)
            else:
                use = self.use("write", path)
                use.facts = facts or use.facts

    def tell_rest(self) -> None:
        """At the end of a cell: what was written by what it is now, and what was held back."""
        for name, before in list(self.databases.items()):
            now = looks_of(name)
            if now != before:
                self.databases[name] = now
                self.use("write", name)
            elif ("read", name) in self.uses:
                self.versions.settle(name)
        for path in self.held.changed():
            self.use("write", path)
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
        self.hold()

    def hold(self) -> None:
        """What stays open is hashed as the cell leaves it: nobody says when more goes into it."""
        if self.cell.is_forked:
            return
        written = [path for access, path in self.uses if access == "write" and path not in self.databases]
        held, mapped = self.held.hold(written)
        for path in held:
            self.versions.settle(path)
        new = [path for path in mapped if path not in self.said_mapped]
        self.said_mapped.update(new)
        if new:
            names = listed(new)
            message = f"Mapped for writing when the cell ended: {names}. What later cells change there without a new time is not told."
            self.journal.note(self.cell.id, "observer/mapped", message)

    def tell_folders(self, access: str, uses: list[tuple[str, Use, Stamp | None]]) -> None:
        stamps = {path: stamp for path, _, stamp in uses}
        folders = folders_of(stamps, self.which.places.root)
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
