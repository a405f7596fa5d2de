"""Wrappers that nobody meets: no frame in a traceback, the signature and source of what they stand for, no luggage.

A wrapper that travels to another process, where nobody observes, takes nothing of the observer along and only calls.
"""

from __future__ import annotations

import functools
import sys
import threading
import types
import weakref
from collections.abc import Callable
from typing import Any

from .cell import Cell

# Called with the positional and keyword arguments, and the result.
Ended = Callable[[tuple[Any, ...], dict[str, Any], Any], object]


class Stays:
    """Is left behind where a class or function that holds it is pickled."""

    def __reduce__(self) -> Any:
        return type(None), ()


class Calls(Stays):
    """Which observed calls are under way: of calls within calls, only the outermost is told."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        self.thread = threading.local()
        self.fitting = False


class Call(Stays):
    """A function of which a thread's outermost call is told when it did not raise."""

    def __init__(self, calls: Calls, name: str, ended: Ended) -> None:
        self.calls = calls
        self.name = name
        self.tell = ended

    def begins(self) -> bool:
        calls = self.calls
        if calls.cell.id is None or calls.fitting or getattr(calls.thread, "inside", False):
            return False
        calls.thread.inside = True
        return True

    def over(self) -> None:
        self.calls.thread.inside = False

    def ended(self, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        self.calls.cell.guard(self.name, self.tell, arguments, keywords, result)


class Around(Call):
    """A call that is told, and so is every call within it."""

    def begins(self) -> bool:
        return self.calls.cell.id is not None and not self.calls.fitting

    def over(self) -> None:
        pass


class Fitting(Call):
    """A call that fits: what is fitted and called within it, in whatever thread, is part of it."""

    def begins(self) -> bool:
        calls = self.calls
        if calls.cell.id is None or calls.fitting:
            return False
        calls.fitting = True
        return True

    def over(self) -> None:
        self.calls.fitting = False


_wrappers: weakref.WeakSet[Any] = weakref.WeakSet()


def wrap(owner: Any, name: str, call: Call, invoke: Any = None) -> None:
    """Puts a wrapper in the place of a function of a module, or a method of a class; `invoke` makes the call in its stead."""
    function = getattr(owner, name, None)
    if not callable(function) or function in _wrappers:
        return
    wrapper = wrapper_of(function, call, invoke)
    _wrappers.add(wrapper)
    try:
        setattr(owner, name, wrapper)
    except (AttributeError, TypeError):
        return  # A class of an extension module: its reads are seen by the audit hook or not at all.
    # Where pickle looks the function up by its name, it must find what it was given.
    home = sys.modules.get(getattr(function, "__module__", None) or "")
    if isinstance(owner, types.ModuleType) and getattr(home, name, None) is function:
        setattr(home, name, wrapper)


def wrapper_of(function: Callable[..., Any], call: Call | None, invoke: Any = None) -> Callable[..., Any]:
    """Uses no name of this module, for those would have to be found in whatever process it travels to."""

    def observed(*arguments, **keywords):  # type: ignore[no-untyped-def]
        __tracebackhide__ = True  # Python 3.10 puts the frame back when it raises again.
        try:
            if call is None or not call.begins():
                return function(*arguments, **keywords) if invoke is None else invoke(function, arguments, keywords)
            try:
                result = function(*arguments, **keywords) if invoke is None else invoke(function, arguments, keywords)
            finally:
                call.over()
            call.ended(arguments, keywords, result)
            return result
        except BaseException as error:
            trace = error.__traceback__
            while trace is not None and trace.tb_frame.f_code.co_filename.startswith("<lookback"):
                trace = trace.tb_next
            error.__traceback__ = trace
            raise

    return functools.wraps(function)(observed)
