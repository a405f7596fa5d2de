"""What programs that a cell runs do to the workspace's files, told by how they look before and after."""

from __future__ import annotations

import os
import re
import shlex
import sys
import time
from types import FrameType
from typing import Any

from .files import Files
from .stamps import Stamp, stamp_in
from .wording import listed

# What a cell that runs a program may wait for: of its processor's time, for others may have the rest. A busy machine takes several times as long
# for the most files as one that is idle.
MOST_FILES = 10_000
MOST_SECONDS = 0.15
MOST_WORDS = 2_000
SKIPPED = re.compile(r"^(\.|__pycache__$|node_modules$|site-packages$|mlruns$|venv$)")


class Programs:
    """Of the files that a command names, those that stay as they are count as read; those that change meanwhile, as written."""

    def __init__(self, files: Files, root: str) -> None:
        self.files = files
        self.root = root
        self.before: dict[str, Stamp] | None = None
        self.began = False
        self.words: set[str] = set()
        self.source = ""

    def begin(self, source: str) -> None:
        self.before = None
        self.began = False
        self.words.clear()
        self.source = source

    def start(self, arguments: Any = ()) -> None:
        """Before a program runs."""
        self.files.will_change_somewhere()
        if not self.began:
            self.began = True
            self.before = look_at(self.root)
        given = [arguments] if isinstance(arguments, (str, bytes)) else list(arguments or ())
        texts = [os.fsdecode(each) for each in given if isinstance(each, (str, bytes, os.PathLike))]
        if self.source.startswith("%%"):
            texts.append(self.source)
        command = command_of(sys._getframe())
        if command is not None:
            texts.append(command)
        for text in texts:
            for word in words_in(text)[:MOST_WORDS]:
                self.words.add(os.path.abspath(word))

    def tell(self) -> str | None:
        """What of it was recorded, as a part of a sentence; None where nothing could be."""
        before = self.before
        after = look_at(self.root) if before is not None else None
        if before is None or after is None:
            return None
        changed = [
            path for path, stamp in after.items() if before.get(path) != stamp and not self.files.is_written(path)
        ]
        for path in sorted(changed):
            self.files.used("write", path)
        # A path that the kernel's own words lead through is not a file that it reads.
        for path in sorted(self.words):
            if path in before and after.get(path) == before[path] and not self.files.is_written(path):
                self.files.used("read", path)
        names = [os.path.relpath(path, self.root) for path in sorted(changed)]
        return f"what changed in the workspace meanwhile counts as written by it ({listed(names)})" if names else ""


def look_at(root: str) -> dict[str, Stamp] | None:
    """Every file of the workspace but hidden ones; None where they are too many to look at."""
    found: dict[str, Stamp] = {}
    waiting, until = [root], time.thread_time() + MOST_SECONDS
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if SKIPPED.match(entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.is_file(follow_symlinks=False):
                        found[entry.path] = stamp_in(entry.stat(follow_symlinks=False))
        except OSError:
            continue
        if len(found) > MOST_FILES or time.thread_time() > until:
            return None
    return found


def words_in(text: str) -> list[str]:
    try:
        words = shlex.split(text, comments=True)
    except ValueError:
        words = text.split()
    # `--data=d.csv` and `<d.csv` name it, too.
    return [part for word in words for part in (word, word.rpartition("=")[2], word.lstrip("<")) if part]


def command_of(frame: FrameType | None) -> str | None:
    """Of IPython's `!command`, which hands its text to a terminal of which nothing else is told."""
    while frame is not None:
        if frame.f_code.co_name == "system" and (frame.f_globals.get("__name__") or "").startswith("IPython.utils"):
            command = frame.f_locals.get("cmd")
            return command if isinstance(command, str) else None
        frame = frame.f_back
    return None
