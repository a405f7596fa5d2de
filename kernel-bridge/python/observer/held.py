"""Files that a cell wrote and left open, or mapped: what later goes into them nothing announces."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from typing import Any

from .descriptors import path_of
from .stamps import Stamp, stamp_of

# Of mmap: both reading and writing unless `prot` says otherwise, or writing through to the file.
MAY_WRITE = (0, 2)


class Held:
    def __init__(self) -> None:
        # What each looked like when it was last looked at.
        self.looks: dict[str, Stamp | None] = {}
        # Who never maps a file need not have all that is mapped looked through.
        self.maps = False

    def will_map(self, number: Any, access: Any) -> None:
        self.maps = self.maps or (isinstance(number, int) and number >= 0 and access in MAY_WRITE)

    def changed(self) -> Iterator[str]:
        """Those that look otherwise than before."""
        for path, before in list(self.looks.items()):
            now = stamp_of(path)
            if now != before:
                self.looks[path] = now
                yield path

    def hold(self, written: Iterable[str]) -> tuple[list[str], list[str]]:
        """Of what was written and what was held before: what this process still has open, and what it still has mapped."""
        candidates = {*self.looks, *written}
        opened = set(open_for_writing()) if candidates else set()
        mapped = set(mapped_for_writing()) if candidates and self.maps else set()
        names = {os.path.basename(path) for path in opened | mapped}
        real = {path: os.path.realpath(path) for path in candidates if os.path.basename(path) in names}
        # A link is what it leads to.
        real.update({path: os.path.realpath(path) for path in candidates if os.path.islink(path)})
        held = [path for path, at in real.items() if at in opened or at in mapped]
        self.looks = {path: stamp_of(path) for path in held}
        return held, [path for path in held if real[path] in mapped]


def open_for_writing() -> Iterator[str]:
    try:
        import fcntl

        numbers = [int(name) for name in os.listdir("/dev/fd")]
    except (ImportError, OSError, ValueError):
        return  # Windows: what is written to a file that stays open shows when its cell does not name it again.
    for number in numbers:
        with contextlib.suppress(OSError):
            if fcntl.fcntl(number, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDONLY:
                path = path_of(number)
                if path is not None:
                    yield path


def mapped_for_writing() -> Iterator[str]:
    try:
        with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as maps:
            for line in maps:
                _, rights, _, _, _, *path = line.rstrip("\n").split(maxsplit=5)
                if path and rights[1] == "w" and rights[3] == "s":
                    yield path[0]
    except OSError:
        return
