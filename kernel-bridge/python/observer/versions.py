"""The versions of files that cells used: what is about to change is hashed, and kept for the recorder, before it does.

Only what would be lost: a file that stays as it is, the recorder reads when the kernel is idle.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator
from typing import Any

from .cell import Cell
from .journal import Journal
from .patience import Moment, Patience
from .stamps import Stamp, fields_of, stamp_in, stamp_of

MOST_HASHED = 64 << 20
MOST_COPIED = 16 << 20
MOST_KEPT = 128 << 20
MOST_KNOWN = 20_000
PIECE = 1 << 20
# Linux's way to have a second name for the same blocks, where the file system can.
FICLONE = 0x40049409


class Versions:
    def __init__(self, journal: Journal, cell: Cell, folder: str) -> None:
        self.journal = journal
        self.cell = cell
        self.folder = folder
        # Path to the version that was used last, and where in the journal that is told.
        self.used: dict[str, tuple[Stamp, int]] = {}
        self.settled: dict[str, Stamp] = {}
        self.kept_bytes = 0
        self.patience = Patience()
        self.reading: int | None = None

    def begin(self) -> None:
        self.patience.begin()

    def was_forked(self) -> None:
        self.reading = None

    def is_reading(self) -> bool:
        """Whether it is this object, and no cell, that opens a file."""
        return self.reading == threading.get_ident()

    def remember(self, path: str, stamp: Stamp | None) -> None:
        self.used.pop(path, None)
        if stamp is None:
            return
        if len(self.used) >= MOST_KNOWN:
            del self.used[next(iter(self.used))]
        self.used[path] = (stamp, self.journal.size())

    def within(self, path: str) -> Iterator[str]:
        """The files used of a path: itself, or what lies in it."""
        if path in self.used:
            yield path
        elif os.path.isdir(path):
            folder = os.path.join(path, "")
            yield from [each for each in list(self.used) if each.startswith(folder)]

    def settle(self, path: str) -> None:
        """To be called before a file changes or goes."""
        stamp, told = self.used.pop(path, (None, 0))
        if stamp is None or self.settled.get(path) == stamp or stamp_of(path) != stamp:
            return
        if told <= self.journal.recorded():
            return
        began = self.patience.start()
        self.reading = threading.get_ident()
        try:
            self.read(path, stamp, began)
        except OSError:
            pass  # The recorder will find another file, and say that it is not known what was read.
        finally:
            self.reading = None
            self.patience.end(began)

    def settle_all(self) -> None:
        """Before something runs of which nobody tells what it changes."""
        for path, known in reversed(list(self.used.items())):
            if self.patience.is_over():
                return
            self.settle(path)
            # Behind it, the file may still be the same.
            self.used.setdefault(path, known)

    def read(self, path: str, stamp: Stamp, began: Moment) -> None:
        if stamp[0] > MOST_HASHED:
            return
        name = f"{self.journal.session}.{stamp[3]:x}-{stamp[2]:x}-{stamp[0]:x}"
        source = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            with Copy(os.path.join(self.folder, name), source, self.may_copy(stamp[0])) as copy:
                digest = hashlib.sha256()
                while piece := os.read(source, PIECE):
                    digest.update(piece)
                    copy.write(piece)
                    if self.patience.is_over(began):
                        return
                if stamp_in(os.fstat(source)) != stamp:
                    return
                kept = copy.keep()
        finally:
            os.close(source)
        if kept:
            self.kept_bytes += stamp[0]
        if len(self.settled) >= MOST_KNOWN:
            self.settled.clear()
        self.settled[path] = stamp
        self.tell(path, stamp, digest.hexdigest(), name if kept else None)

    def may_copy(self, size: int) -> bool:
        return size <= MOST_COPIED and self.kept_bytes + size <= MOST_KEPT

    def tell(self, path: str, stamp: Stamp, sha256: str, kept: str | None) -> None:
        self.journal.write("bytes", cell=self.cell.id, path=path, **fields_of(stamp), sha256=sha256, kept=kept)


class Copy:
    """A file of the same bytes: a clone where the file system can, else what is written to it, where that is allowed."""

    def __init__(self, path: str, source: int, may_write: bool) -> None:
        self.path = path
        self.is_whole = False
        self.file: int | None = None
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        self.temporary = f"{path}.{os.getpid()}.tmp"
        file = os.open(self.temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        self.is_clone = cloned(source, file)
        if self.is_clone or may_write:
            self.file = file
        else:
            os.close(file)

    def __enter__(self) -> Copy:
        return self

    def write(self, piece: bytes) -> None:
        if self.file is not None and not self.is_clone:
            os.write(self.file, piece)

    def keep(self) -> bool:
        self.is_whole = self.file is not None
        return self.is_whole

    def __exit__(self, *_: Any) -> None:
        if self.file is not None:
            os.close(self.file)
        if self.is_whole:
            os.replace(self.temporary, self.path)
        else:
            os.unlink(self.temporary)


def cloned(source: int, target: int) -> bool:
    try:
        import fcntl

        fcntl.ioctl(target, FICLONE, source)
    except (ImportError, OSError, AttributeError):
        return False
    return True
