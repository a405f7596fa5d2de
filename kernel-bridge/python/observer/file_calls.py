"""Calls by which a library reads or writes files that it opens past Python, as the tables of the adapters name them."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable
from typing import Any, NamedTuple

from .observer import Observer
from .shapes import facts_of, is_path
from .wrapping import Around, Call, Stays, wrap


class FileCall(NamedTuple):
    """`function` of a module, or `Class.method`; the path is the argument at `at` (a method's 0th is its object), or called `keyword`."""

    access: str
    function: str
    at: int
    keyword: str
    # Where the frame or table is that tells rows and columns: "answer", or the number of an argument.
    frame: str | int | None = None
    # What a path may also be: a mode beside it says whether it is read or written.
    mode: tuple[int, str] | None = None


def adapts(calls: dict[str, list[FileCall]]) -> dict[str, Callable[[Observer, Any], object]]:
    """For each module of a table, what adapts it."""

    def of(entries: list[FileCall]) -> Callable[[Observer, Any], object]:
        return lambda observer, module: adapt_calls(observer, module, entries)

    return {module: of(entries) for module, entries in calls.items()}


def adapt_calls(observer: Observer, module: Any, calls: list[FileCall]) -> None:
    for call in calls:
        *owners, name = call.function.split(".")
        owner = module
        for each in owners:
            owner = getattr(owner, each, None)
        if owner is None:
            continue
        if name == "__init__" and is_closed(owner):
            # What makes one is called in the place of what it is made by: there is no object before.
            mode = call.mode and (call.mode[0] - 1, call.mode[1])
            call = call._replace(function=owners[0], at=call.at - 1, mode=mode)
            owner, name = module, owners[0]
        observer.cell.guard(call.function, wrap_call, observer, owner, name, call)


def is_closed(cls: type) -> bool:
    """Whether no `__init__` can be put on a class: one of an extension module, where nothing can be set or `__new__` makes all."""
    is_of_heap, is_immutable = 1 << 9, 1 << 8
    is_fixed = not cls.__flags__ & is_of_heap or bool(cls.__flags__ & is_immutable)
    return is_fixed or getattr(cls, "__init__", None) is object.__init__


def wrap_call(observer: Observer, owner: Any, name: str, call: FileCall) -> None:
    def ended(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        paths = paths_in(argument(arguments, keywords, call.at, call.keyword))
        facts: dict[str, Any] = {}
        if call.frame is not None and len(paths) == 1:
            frame = result if call.frame == "answer" else arguments[int(call.frame)] if arguments else None
            facts = facts_of(frame)
        for path in paths:
            for access in accesses(call, arguments, keywords)[-1:]:
                observer.files.used(access, path, **facts)

    kind = Around if name == "__init__" else Call
    wrap(owner, name, kind(observer.calls, name, ended), BeforeWrite(observer, call))


def accesses(call: FileCall, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> list[str]:
    if call.mode is None:
        return [call.access]
    mode = str(argument(arguments, keywords, *call.mode) or call.access)
    if mode in {"read", "write"}:
        return [mode]
    read, write = "r" in mode or "a" in mode, any(letter in mode for letter in "wxa+")
    return [access for access, is_so in (("read", read), ("write", write)) if is_so]


class BeforeWrite(Stays):
    """Makes the call; before one that writes, what is about to be lost is kept."""

    def __init__(self, observer: Observer, call: FileCall) -> None:
        self.observer = observer
        self.call = call

    def __call__(self, function: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        self.observer.cell.guard(self.call.function, self.before, arguments, keywords)
        return function(*arguments, **keywords)

    def before(self, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
        found = accesses(self.call, arguments, keywords)
        if self.observer.cell.id is None or "write" not in found:
            return
        for path in paths_in(argument(arguments, keywords, self.call.at, self.call.keyword)):
            if "read" in found:
                # Afterwards it would be there even if it is new.
                self.observer.files.used("read", path)
            self.observer.files.will_be_written(path)


def argument(arguments: tuple[Any, ...], keywords: dict[str, Any], at: int, keyword: str) -> Any:
    return arguments[at] if len(arguments) > at else keywords.get(keyword)


def paths_in(value: Any) -> list[Any]:
    """The paths in an argument that may be one path, several, a pattern, or no path at all."""
    values = list(value) if isinstance(value, (list, tuple, set)) else [value]
    found: list[Any] = []
    for each in values:
        if not is_path(each):
            continue
        text = os.fspath(each)
        if isinstance(text, str) and "://" not in text and any(sign in text for sign in "*?["):
            # XGBoost says how to read a file behind its name.
            found += sorted(glob.glob(text, recursive=True)) or [text.partition("?")[0]]
        else:
            found.append(each)
    return found
