"""What Python itself reports of a cell: the files it opens."""

from __future__ import annotations

from typing import Any, Callable

from .observer import Observer


def audit_hook(observer: Observer) -> Callable[[str, tuple[Any, ...]], None]:
    """A hook for `sys.addaudithook`. It is called for thousands of events a cell: most end at the first line."""
    files = observer.files
    heard: dict[str, Callable[..., object]] = {
        "open": files.opened,
        "sqlite3.connect": lambda path: files.opened(path, "r", 0),
    }
    cell = observer.cell

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in heard and cell.id is not None:
            cell.guard(event, heard[event], *arguments)

    return hook
