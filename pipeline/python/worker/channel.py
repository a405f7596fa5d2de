"""Frames between the pipeline and a worker: eight bytes of length, then that many bytes.

The code of a model prints, and some of it reads. The pipeline's two pipes are taken out of its reach first: what is printed
goes to standard error, and there is nothing to read.
"""

from __future__ import annotations

import ctypes
import json
import os
import queue
import signal
import struct
import sys
import threading
from typing import Any, BinaryIO

LENGTH = struct.Struct(">Q")
MOST_AT_ONCE = 1 << 20


class Channel:
    def __init__(self) -> None:
        self.came: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.source = os.dup(0)
        self.target: BinaryIO = os.fdopen(os.dup(1), "wb")
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        end_with_parent()
        threading.Thread(target=self.listen, daemon=True, name="lookback channel").start()

    def listen(self) -> None:
        """Beside the model, so that the end of the pipeline is seen while it computes, too."""
        while True:
            (size,) = LENGTH.unpack(self.read(LENGTH.size))
            self.came.put(self.read(size))

    def read(self, size: int) -> bytes:
        parts = []
        while size > 0:
            part = os.read(self.source, min(size, MOST_AT_ONCE))
            if part == b"":
                end()
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def next_bytes(self) -> bytes:
        return self.came.get()

    def next(self) -> Any:
        return json.loads(self.next_bytes())

    def send(self, value: Any) -> None:
        body = json.dumps(value, allow_nan=False, separators=(",", ":")).encode()
        try:
            self.target.write(LENGTH.pack(len(body)) + body)
            self.target.flush()
        except OSError:
            end()


def end() -> None:
    """Ends this process and what it started: nobody is there to be answered. Nothing of the model is asked for leave."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def end_with_parent() -> None:
    """Where the system can: code that keeps the interpreter to itself would not let the end of the input be seen."""
    if not sys.platform.startswith("linux"):
        return
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    except (AttributeError, OSError):
        pass


PR_SET_PDEATHSIG = 1
