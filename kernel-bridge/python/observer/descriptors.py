"""Files that a call names by a number: an open file, or a name in an open folder."""

from __future__ import annotations

import os
import sys
import threading
from typing import Any

# The folder that the call of `os.open` under way in a thread was given: Python's audit event does not say it.
opening = threading.local()


def placed(path: Any, within: Any = None) -> Any:
    """The path that a call means which was given a file's number, or one of a folder (`dir_fd`) beside a name in it; None where that is not known."""
    if isinstance(path, int):
        return path_of(path)
    if not isinstance(within, int) or within < 0:
        return path
    try:
        name = os.fsdecode(path)
    except TypeError:
        return None
    if os.path.isabs(name):
        return name
    folder = path_of(within)
    return None if folder is None else os.path.join(folder, name)


def path_of(number: int) -> str | None:
    try:
        if sys.platform == "darwin":
            import fcntl

            return os.fsdecode(fcntl.fcntl(number, fcntl.F_GETPATH, b"\0" * 1024).rstrip(b"\0"))
        return os.readlink(f"/proc/self/fd/{number}")
    except (OSError, ImportError):
        return None
