"""Adapts a library right after it was imported, before whoever imports it can take a function out of it."""

from __future__ import annotations

import importlib.abc
import importlib.util
import sys
from collections.abc import Callable
from typing import Any

from .observer import Observer

Adapt = Callable[[Observer, Any], object]


def adapt_imports(observer: Observer, libraries: list[Any]) -> None:
    """`libraries` are the adapters: modules with ADAPTS, a library's module to what adapts it; several may adapt one."""
    adapters: dict[str, list[Adapt]] = {}
    for library in libraries:
        for name, adapt in library.ADAPTS.items():
            adapters.setdefault(name, []).append(adapt)
    sys.meta_path.insert(0, Imports(observer, adapters))
    for name, adapts in adapters.items():
        if name in sys.modules:
            for adapt in adapts:
                observer.cell.guard(name, adapt, observer, sys.modules[name])


class Imports(importlib.abc.MetaPathFinder):
    def __init__(self, observer: Observer, adapters: dict[str, list[Adapt]]) -> None:
        self.observer = observer
        self.adapters = adapters
        self.finding: set[str] = set()

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname not in self.adapters or fullname in self.finding:
            return None
        self.finding.add(fullname)
        try:
            spec = importlib.util.find_spec(fullname)
        finally:
            self.finding.discard(fullname)
        execute = getattr(getattr(spec, "loader", None), "exec_module", None)
        if spec is None or execute is None:
            return None
        cell, adapts = self.observer.cell, self.adapters[fullname]

        def exec_module(module: Any) -> None:
            try:
                execute(module)
            except BaseException as error:
                # Without this frame, Python's own frames of the import are one block again, which it hides.
                error.__traceback__ = error.__traceback__.tb_next if error.__traceback__ else None
                raise
            for adapt in adapts:
                cell.guard(fullname, adapt, self.observer, module)

        spec.loader.exec_module = exec_module  # type: ignore[union-attr, method-assign]
        return spec
