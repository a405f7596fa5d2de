"""What a file looks like without being read: by it two moments tell whether its bytes can be the same."""

from __future__ import annotations

import os
import stat
from typing import Any

# Size, times of the last change of content and of anything in nanoseconds, inode. Nobody sets the third back.
Stamp = tuple[int, int, int, int]


def stamp_of(path: str) -> Stamp | None:
    """None where there is no file of bytes: nothing at all, a folder, a pipe, a device."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return stamp_in(status) if stat.S_ISREG(status.st_mode) else None


def stamp_in(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def fields_of(stamp: Stamp | None) -> dict[str, Any]:
    """As the journal holds it: JSON rounds numbers of nineteen digits."""
    if stamp is None:
        return {"size": None, "mtimeNs": None, "ctimeNs": None, "inode": None}
    size, changed, touched, inode = stamp
    return {"size": size, "mtimeNs": str(changed), "ctimeNs": str(touched), "inode": str(inode)}
