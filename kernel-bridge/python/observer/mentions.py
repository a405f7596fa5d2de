"""Which models a cell may have changed by hand: those that its names lead to."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from typing import Any

from .made_of import PLAIN, within

NAME = re.compile(r"[^\W\d]\w*")
MOST_NAMES = 2_000
DEEPEST = 2
NONE: tuple[Any, ...] = ()
ALIKE = (*PLAIN, type, types.FunctionType, types.BuiltinFunctionType, types.ModuleType)


def mentioned(source: str, names: dict[str, Any], models: list[Any]) -> set[int]:
    """The identities of those that a cell's text names, by whichever name or by a part: too many rather than too few."""
    touched = {id(value) for value in values_of(source, names)}
    return {id(model) for model in models if not touched.isdisjoint(parts_of(model))}


def values_of(source: str, names: dict[str, Any]) -> Iterator[Any]:
    """What its words are bound to, with what that holds; of the person's functions, what their words are bound to."""
    words = set(NAME.findall(source))
    waiting = list(words)
    while waiting and len(words) < MOST_NAMES:
        value = names.get(waiting.pop())
        for function in functions_of(value):
            more = set(names_of(function.__code__)) - words
            words |= more
            waiting += more
            yield from (cell.cell_contents for cell in function.__closure__ or () if holds(cell))
        yield from reached(value, DEEPEST)


def functions_of(value: Any) -> list[types.FunctionType]:
    """The person's own that can be called by it."""
    owner = value if isinstance(value, (type, types.FunctionType)) else type(value)
    if owner.__module__ != "__main__":
        return []
    candidates = [owner] if isinstance(owner, types.FunctionType) else list(vars(owner).values())
    return [each for each in candidates if isinstance(each, types.FunctionType)]


def names_of(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from names_of(constant)


def holds(cell: types.CellType) -> bool:
    try:
        cell.cell_contents  # noqa: B018 - an empty one raises
    except ValueError:
        return False
    return True


def parts_of(model: Any) -> set[int]:
    return {id(part) for part in reached(model, DEEPEST)}


def reached(value: Any, depth: int) -> Iterator[Any]:
    """What it is and what it holds, so many objects deep; what merely lists others is none."""
    seen: set[int] = set()
    waiting = [(value, depth)]
    while waiting:
        each, left = waiting.pop()
        # What is the same wherever it stands leads nowhere.
        if id(each) in seen or each is NONE or isinstance(each, ALIKE):
            continue
        seen.add(id(each))
        yield each
        left -= 0 if isinstance(each, (list, tuple, dict, set)) else 1
        if left >= 0:
            waiting += [(part, left) for part in within(each)]
