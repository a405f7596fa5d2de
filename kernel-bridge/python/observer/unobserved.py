"""What a cell sets going that nobody observes: processes, the network, libraries that open files past Python. It is counted, and said."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Any

from .cell import Cell
from .journal import Journal
from .wording import counted, listed

# What libraries ask the machine about itself.
QUERIES = {
    "arch",
    "fc-list",
    "file",
    "gcc",
    "getconf",
    "ld",
    "ldconfig",
    "locale",
    "lsb_release",
    "lscpu",
    "nvidia-smi",
}
QUERIES |= {"nproc", "objdump", "stty", "sw_vers", "sysctl", "system_profiler", "uname", "which"}
LOOPBACK = ("localhost", "127.", "::1", "0.0.0.0")
# Of these, what they open themselves passes neither Python's `open` nor an adapter.
NATIVE = [
    "av",
    "cudf",
    "datatable",
    "decord",
    "fiona",
    "lance",
    "osgeo",
    "psycopg",
    "psycopg2",
    "pyspark",
    "SimpleITK",
    "tensorflow",
    "tiledb",
    "torchaudio",
    "vaex",
]


class Unobserved:
    def __init__(self, journal: Journal, cell: Cell, compiler: list[str]) -> None:
        self.journal = journal
        self.cell = cell
        self.compiler = compiler
        self.processes: dict[str, int] = {}
        self.done = ""
        self.hosts: dict[str, None] = {}
        self.libraries: set[str] = set()

    def begin(self) -> None:
        self.processes.clear()
        self.done = ""
        self.hosts.clear()

    def ran(self, program: Any, arguments: Any = ()) -> bool:
        """A program was started; through a shell it is the command's first word that counts. Answers whether it may do work."""
        words = [os.fsdecode(word) for word in arguments] if isinstance(arguments, (list, tuple)) else []
        if self.compiler and words[: len(self.compiler)] == self.compiler:
            return False  # Lookback's own, whose files the SDK tells.
        name = os.fsdecode(program if program is not None else words[0] if words else arguments)
        if len(words) > 2 and words[1] in {"-c", "/c", "/C"}:
            name = words[2]
        name = os.path.basename((name.split() or ["?"])[0])
        if name in QUERIES:
            return False
        self.processes[name] = self.processes.get(name, 0) + 1
        self.tell_of_fork(is_new=self.processes[name] == 1)
        return True

    def did(self, told: str | None) -> None:
        """What of the processes' work is recorded all the same, as a part of a sentence."""
        self.done = told or ""

    def worked(self, pool: str, processes: Any) -> None:
        """A pool of processes was given work; however often, it is the same processes."""
        count = processes if isinstance(processes, int) and processes > 0 else os.cpu_count() or 1
        self.processes[pool] = max(self.processes.get(pool, 0), count)

    def asked(self, host: Any) -> None:
        """The address of a host was looked up, which is done before it is asked anything."""
        name = os.fsdecode(host) if isinstance(host, (str, bytes)) else ""
        if name and not name.startswith(LOOPBACK):
            is_new = name not in self.hosts
            self.hosts[name] = None
            self.tell_of_fork(is_new=is_new)

    def tell_of_fork(self, *, is_new: bool) -> None:
        """In a process that was forked no cell ends, with which it could be told."""
        if self.cell.is_forked and is_new:
            self.tell(())

    def tell(self, recorded: Iterable[str]) -> None:
        """`recorded` are the addresses whose reading or writing is told as a file's."""
        if self.processes:
            count = sum(self.processes.values())
            what = "what it read, wrote, fitted or scored" if count == 1 else "what they read, wrote, fitted or scored"
            processes = counted(count, "process that is", "processes that are")
            rest = f"; {self.done}" if self.done else ""
            message = f"{processes} not observed did work ({listed(self.processes)}): {what} is not recorded{rest}."
            self.journal.note(self.cell.id, "observer/process", message)
        known = list(recorded)
        hosts = [host for host in self.hosts if not any(f"//{host}" in path or f"@{host}" in path for path in known)]
        if hosts:
            asked = counted(len(hosts), "host was", "hosts were")
            message = f"{asked} asked over the network ({listed(hosts)}): what came or went is not recorded."
            self.journal.note(self.cell.id, "observer/network", message)
        loaded = [name for name in NATIVE if name in sys.modules and name not in self.libraries]
        if loaded:
            self.libraries.update(loaded)
            message = f"Files that {listed(loaded)} opened may be missing here: not all of that is observed."
            self.journal.note(self.cell.id, "observer/library", message, scope="session")
