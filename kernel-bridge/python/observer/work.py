"""Calls of models and scores: the person's own are told, and what is done within them, or within a library's function, is counted."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from .owners import Owners
from .wording import counted, listed
from .wrapping import Calls, Stays, Watched

Arguments = tuple[Any, ...]
Keywords = dict[str, Any]


class Doing:
    """A call under way; `outer` is the one within which it was made."""

    __slots__ = ("at_start", "began", "fits", "is_told", "is_whole", "outer", "seen", "subject", "took", "work")

    def __init__(self, work: Work, outer: Doing | None, subject: Any, is_told: bool) -> None:
        self.work = work
        self.outer = outer
        self.subject = subject
        self.is_told = is_told
        self.fits = 0
        # Not where processes that nobody observes fit too.
        self.is_whole = True
        self.at_start: Any = None
        self.seen: Any = None
        self.took = 0.0
        self.began = time.perf_counter()

    def inner_fits(self) -> int | None:
        """How many models that answer with predictions were fitted within; None where that is not known."""
        return self.fits if self.is_whole else None


class Within(Stays):
    """What was fitted inside functions of libraries in one cell: one line each at its end."""

    def __init__(self, calls: Calls, owners: Owners) -> None:
        self.calls = calls
        self.cell = calls.cell
        self.owners = owners
        self.fits: dict[str, int] = {}
        self.told: list[Doing] = []

    def begin(self) -> None:
        self.fits.clear()
        self.told.clear()

    def has_processes(self) -> bool:
        """Says of the call of this thread, if there is one, that other processes work for it; that there is none is False."""
        doing: Doing | None = getattr(self.calls.thread, "work", None)
        while doing is not None and doing.outer is not None:
            doing = doing.outer
        if doing is None or not doing.is_told:
            return False
        doing.is_whole = False
        return True

    def count(self, frame: Any) -> None:
        """One more fit that no call of the person's in this thread is around."""
        name = self.owners.outermost(frame)
        if name is None and len(self.told) == 1:
            self.told[0].fits += 1
            return
        name = name or "threads of libraries"
        self.fits[name] = self.fits.get(name, 0) + 1

    def tell(self) -> None:
        cell = self.cell
        if self.fits:
            count = sum(self.fits.values())
            message = f"{counted(count, 'model was', 'models were')} fitted inside {listed(self.fits)}: part of what that answered, and not recorded one by one."
            cell.journal.note(cell.id, "observer/within", message)


class Work(Watched):
    """A call that fits, answers or scores. `told` is called at the end of one that the person made outside of any other.

    `starts` is called before it, with what is under way; what it needs of the arguments must be taken then, for the call may
    change them.
    """

    fits = False

    def __init__(
        self,
        within: Within,
        name: str,
        told: Callable[[Doing, Arguments, Keywords, Any], object],
        starts: Callable[[Doing, Arguments, Keywords], object] | None = None,
    ) -> None:
        self.within = within
        self.name = name
        self.tell = told
        self.starts = starts

    def begins(self, arguments: Arguments, keywords: Keywords) -> Doing | None:
        within = self.within
        if within.cell.id is None:
            return None
        thread = within.calls.thread
        outer: Doing | None = getattr(thread, "work", None)
        subject = arguments[0] if arguments else None
        if outer is not None:
            return self.begins_within(outer, subject)
        # Behind the wrapper and what asks in its stead.
        frame = sys._getframe(3)
        doing = Doing(self, None, subject, within.owners.is_persons(frame))
        if doing.is_told:
            within.told.append(doing)
            if self.starts is not None:
                within.cell.guard(self.name, self.starts, doing, arguments, keywords)
        elif self.fits and predicts(subject):
            within.cell.guard(self.name, within.count, frame)
        thread.work = doing
        doing.began = time.perf_counter()
        return doing

    def begins_within(self, outer: Doing, subject: Any) -> Doing | None:
        return None

    def over(self, doing: Doing) -> None:
        doing.took = time.perf_counter() - doing.began
        self.within.calls.thread.work = doing.outer
        if doing.outer is None and doing.is_told and doing in self.within.told:
            self.within.told.remove(doing)

    def ended(self, doing: Doing, arguments: Arguments, keywords: Keywords, result: Any) -> None:
        if doing.outer is None and doing.is_told:
            self.within.cell.guard(self.name, self.tell, doing, arguments, keywords, result)

    def failed(self, error: Exception) -> None:
        self.within.cell.tell_error(self.name, error)


class Fitting(Work):
    """A call that fits: those within it are counted, but not the same model's own, nor those within the ones counted."""

    fits = True

    def begins_within(self, outer: Doing, subject: Any) -> Doing | None:
        around = outer
        # What a class calls of its base is one fit.
        while around.outer is not None and around.outer.subject is around.subject:
            around = around.outer
        if predicts(subject) and around.subject is not subject and not (around.work.fits and around.outer is not None):
            while around.outer is not None:
                around = around.outer
            around.fits += 1
        doing = Doing(self, outer, subject, is_told=False)
        self.within.calls.thread.work = doing
        return doing


def predicts(subject: Any) -> bool:
    return hasattr(type(subject), "predict")


class Answering(Work):
    """A model's answer. One within the score that the model gives itself is handed to that."""

    def begins_within(self, outer: Doing, subject: Any) -> Doing | None:
        if outer.outer is None and outer.is_told and outer.subject is subject and not outer.work.fits:
            doing = Doing(self, outer, subject, is_told=False)
            self.within.calls.thread.work = doing
            return doing
        return None

    def ended(self, doing: Doing, arguments: Arguments, keywords: Keywords, result: Any) -> None:
        if doing.outer is not None:
            doing.outer.seen = (self.name, arguments, keywords, result)
        else:
            super().ended(doing, arguments, keywords, result)
