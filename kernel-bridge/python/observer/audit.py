"""What Python itself reports of a cell: the files it opens, the programs it starts, the hosts it looks up."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from .observer import Observer


def audit_hook(observer: Observer) -> Callable[[str, tuple[Any, ...]], None]:
    """A hook for `sys.addaudithook`. It is called for thousands of events a cell: most end at the first line."""
    files, unobserved = observer.files, observer.unobserved

    def spawned(program: Any, arguments: Any, *_: Any) -> None:
        frame = sys._getframe()
        while frame.f_back is not None:
            frame = frame.f_back
            if frame.f_globals.get("__name__") == "subprocess":
                return  # Which has said so already.
        unobserved.ran(program, arguments)

    heard: dict[str, Callable[..., object]] = {
        "open": files.opened,
        "sqlite3.connect": lambda path: files.opened(path, "r", 0),
        "subprocess.Popen": lambda program, arguments, *_: unobserved.ran(program, arguments),
        "os.posix_spawn": spawned,
        "os.spawn": lambda _, program, *__: unobserved.ran(program),
        "os.system": lambda command: unobserved.ran(command),
        # IPython's `!command`, of which nothing else is told.
        "os.forkpty": lambda: unobserved.ran("shell"),
        "socket.getaddrinfo": lambda host, *_: unobserved.asked(host),
    }
    cell = observer.cell

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in heard and cell.id is not None:
            cell.guard(event, heard[event], *arguments)

    return hook
