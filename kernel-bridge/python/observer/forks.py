"""What processes that were forked from a cell use: they list it, and the kernel takes it in as its cell's own."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from .cell import Cell
from .journal import Journal
from .stamps import Stamp
from .wording import counted

ENDING = ".uses"


class Forks:
    """One list a process. Only the kernel knows what its cell used before, what many files of a folder are, and when the cell ends."""

    def __init__(self, journal: Journal, cell: Cell, folder: str) -> None:
        self.journal = journal
        self.cell = cell
        self.folder = folder
        self.list: int | None = None
        # Of each list, up to where it was taken in.
        self.taken_to: dict[str, int] = {}
        self.said: set[str] = set()

    def was_forked(self) -> None:
        self.list = None

    def tell(self, access: str, path: str, stamp: Stamp | None, facts: dict[str, Any]) -> None:
        if self.list is None:
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            path_of_list = os.path.join(self.folder, f"{self.journal.session}.{os.getpid()}{ENDING}")
            self.list = os.open(path_of_list, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        told = json.dumps([access, path, stamp, self.journal.redact.event(facts)], separators=(",", ":"), default=str)
        os.write(self.list, (told + "\n").encode())

    def take_in(self) -> Iterator[tuple[str, str, Stamp | None, dict[str, Any]]]:
        """What was listed since it was last asked: access, path, looks and what else is known."""
        for name in self.lists():
            path = os.path.join(self.folder, name)
            # Before it is read, so that nothing is added behind that.
            is_over = not is_alive(process_of(name))
            with open(os.open(path, os.O_RDONLY), "rb") as lines:
                lines.seek(self.taken_to.get(name, 0))
                data = lines.read()
            whole = data[: data.rfind(b"\n") + 1]
            self.taken_to[name] = self.taken_to.get(name, 0) + len(whole)
            if is_over:
                os.unlink(path)
                self.taken_to.pop(name)
            for line in whole.splitlines():
                access, file, stamp, facts = json.loads(line)
                yield access, file, None if stamp is None else tuple(stamp), facts

    def tell_at_work(self) -> None:
        """Of those that outlive the cell, once."""
        at_work = [name for name in self.lists() if name not in self.said]
        self.said.update(at_work)
        if at_work:
            processes = counted(len(at_work), "process that was forked works on", "processes that were forked work on")
            message = f"{processes} when the cell has ended: what is read and written there from then on is told of the next cell."
            self.journal.note(self.cell.id, "observer/forked", message)

    def lists(self) -> list[str]:
        try:
            names = os.listdir(self.folder)
        except OSError:
            return []
        own = f"{self.journal.session}."
        return sorted(name for name in names if name.endswith(ENDING) and name.startswith(own))


def process_of(name: str) -> int:
    return int(name.removesuffix(ENDING).rpartition(".")[2])


def is_alive(pid: int) -> bool:
    """Not one that has ended and that nobody asked about yet."""
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    except (OSError, AttributeError):
        pass  # No child of this process, but perhaps a child's.
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
