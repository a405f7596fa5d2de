"""The parts of the observer, put together: what the adapters of libraries are given."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from .answers import Answers
from .cell import Cell
from .evidence import Evidence
from .files import Files
from .forks import Forks
from .journal import Journal
from .keeping import Kept
from .matrices import Matrices
from .metrics import Metrics
from .models import Models
from .owners import Owners
from .places import Places
from .programs import Programs
from .redaction import Redactor
from .remarks import Remarks
from .secrets.files import CredentialFiles
from .truths import Truths
from .unobserved import Unobserved
from .unseen_reads import unseen_reads
from .versions import Versions
from .which_files import WhichFiles
from .who_opened import WhoOpened
from .work import Within
from .wrapping import Calls


class Observer:
    """Raises OSError where the journal cannot be written; nothing in the kernel has been touched then."""

    def __init__(self, settings: dict[str, Any], shell: Any, compiler: list[str]) -> None:
        self.shell = shell
        self.journal = Journal(settings["journal"], Redactor(settings["secrets"]))
        # Those that were opened on this kernel.
        self.notebooks = {settings["notebook"]}
        self.cell = Cell(self.journal)
        self.calls = Calls(self.cell)
        credentials = CredentialFiles(settings["secrets"]["files"])
        places = Places(settings["root"], os.path.dirname(settings["journal"]), credentials)
        store = os.path.dirname(os.path.dirname(settings["journal"]))
        versions = Versions(self.journal, self.cell, os.path.join(store, "kept"))
        self.which = WhichFiles(self.journal, self.cell, places, WhoOpened(places.roots))
        self.forks = Forks(self.journal, self.cell, os.path.join(store, "kept"))
        self.files = Files(self.journal, self.cell, self.which, versions, self.forks)
        self.programs = Programs(self.files, places.root)
        kept = Kept(self.journal, os.path.join(store, "kept"))
        self.models = Models(self.journal, self.cell, shell, kept)
        self.answers = Answers(self.journal, self.cell, kept)
        self.matrices = Matrices()
        self.truths = Truths()
        self.within = Within(self.calls, Owners(places.roots))
        self.evidence = Evidence(self.models, self.within, kept)
        self.metrics = Metrics(self.journal, self.cell)
        self.remarks = Remarks(self.journal, self.cell)
        # What adapters have to tell when a cell ends.
        self.at_end: list[Callable[[], object]] = []
        self.unobserved = Unobserved(self.journal, self.cell, compiler)
        self.unseen: list[str] = []

    def begin(self, cell: str, source: str = "") -> None:
        self.cell.begin(cell)
        self.files.begin()
        self.programs.begin(source)
        self.models.begin()
        self.evidence.begin(source)
        self.metrics.begin()
        self.within.begin()
        self.unobserved.begin()
        self.unseen = list(unseen_reads(source, self.shell.user_ns, bool(self.files.databases)))

    def will_fork(self) -> None:
        """Whoever is forked now need not tell again what others told before."""
        if self.cell.id is not None:
            self.cell.guard("fork", self.files.take_in_forked)

    def was_forked(self) -> None:
        """In the process that was forked: it is no call of the kernel's, and no cell ends there."""
        self.cell.was_forked()
        self.calls.thread.inside = False
        self.forks.was_forked()
        self.files.versions.was_forked()
        self.models.was_forked()

    def tell_rest(self) -> None:
        """What only the end of a cell can tell; the failure of one part costs that part."""
        for tell in self.at_end:
            self.cell.guard("end", tell)
        for where, tell in (
            ("fits", self.models.tell),
            ("scores", self.metrics.tell),
            ("models", self.models.keep),
            ("samples", lambda: self.answers.keep(self.metrics.scored_answers)),
            ("evidence", self.evidence.keep),
            ("within", self.within.tell),
            ("forks", self.files.take_in_forked),
            ("forks at work", self.forks.tell_at_work),
            ("programs", lambda: self.unobserved.did(self.programs.tell())),
            ("unseen", self.tell_unseen),
            ("files", self.files.tell_rest),
            ("files not recorded", self.which.tell),
            ("unobserved", lambda: self.unobserved.tell(self.files.elsewhere.addresses())),
            ("counts", self.cell.tell_left_out),
        ):
            self.cell.guard(where, tell)

    def tell_unseen(self) -> None:
        for says in self.unseen:
            self.journal.note(self.cell.id, "observer/unseen", says)
