"""What Python itself reports of a cell: the files it opens, the programs it starts, the hosts it looks up."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from .descriptors import placed
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
        started(program, arguments)

    def started(program: Any, arguments: Any = (), *_: Any) -> None:
        if unobserved.ran(program, arguments):
            observer.programs.start(arguments or program)

    heard: dict[str, Callable[..., object]] = {
        "open": files.opened,
        "os.remove": lambda path, within=None, *_: files.will_go(placed(path, within)),
        "os.rename": lambda source, target, of, to, *_: files.will_move(placed(source, of), placed(target, to)),
        "os.link": lambda source, target, of, to, *_: files.will_link(placed(source, of), placed(target, to)),
        "os.truncate": lambda path, *_: files.opened(placed(path), "a", 0),
        "os.chmod": lambda path, _, within=None, *__: files.will_touch(placed(path, within)),
        "os.chown": lambda path, _, __, within=None, *___: files.will_touch(placed(path, within)),
        "os.utime": lambda path, _, __, within=None, *___: files.will_touch(placed(path, within)),
        "os.setxattr": lambda path, *_: files.will_touch(placed(path)),
        "shutil.rmtree": lambda path, within=None, *_: files.will_go(placed(path, within)),
        "mmap.__new__": lambda number, _, access, *__: files.held.will_map(number, access),
        "sqlite3.connect": files.connected,
        "subprocess.Popen": started,
        "os.posix_spawn": spawned,
        "os.spawn": lambda _, program, *__: started(program),
        "os.system": lambda command: started(command),
        # IPython's `!command`, of which nothing else is told.
        "os.forkpty": lambda: started("shell"),
        "socket.getaddrinfo": lambda host, *_: unobserved.asked(host),
    }
    cell = observer.cell

    def told(event: str, arguments: tuple[Any, ...]) -> None:
        if cell.id is not None:
            cell.guard(event, heard[event], *arguments)

    # Of thousands of events a cell all but a few end here: what it needs is its own, which Python finds fastest.
    def hook(event: str, arguments: tuple[Any, ...], heard: frozenset[str] = frozenset(heard)) -> None:
        if event in heard:
            told(event, arguments)

    return hook
