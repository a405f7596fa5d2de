"""Whose call it is: the person's, by a cell or a file of the workspace, or a library's own."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from types import FrameType

LIBRARY = re.compile(r"[\\/](site-packages|dist-packages)[\\/]")
# What only hands a call on: threads, pools and decorators call what they were given.
STANDARD = os.path.join(os.path.dirname(os.path.abspath(os.__file__)), "")
HANDS_ON = re.compile(
    r"[\\/]joblib[\\/]|[\\/]sklearn[\\/]utils[\\/]_set_output\.py$"
    # What autologging puts in the place of a library's functions; what it computes for itself lies in other files.
    r"|[\\/]mlflow[\\/](utils[\\/]autologging_utils[\\/]|\w+[\\/]__init__\.py$)"
)
MOST_FILES = 10_000

PERSON, LIBRARIES, PASSED = "person", "libraries", "passed"


class Owners:
    """Walks up from a call, over frames that only hand on what they were given, to whoever made it."""

    def __init__(self, roots: Iterable[str]) -> None:
        self.roots = tuple(roots)
        self.environments = tuple(
            os.path.join(os.path.realpath(path), "") for path in {sys.prefix, sys.base_prefix} if path not in ("", "/")
        )
        self.files: dict[str, str] = {}

    def is_persons(self, frame: FrameType | None) -> bool:
        """A thread whose frames all hand on runs what the person gave it."""
        while frame is not None:
            kind = self.kind_of(frame)
            if kind != PASSED:
                return kind == PERSON
            frame = frame.f_back
        return True

    def outermost(self, frame: FrameType | None) -> str | None:
        """The function that the person called and that led here, with its module; None where no frame here is the person's."""
        inner = None
        while frame is not None:
            kind = self.kind_of(frame)
            if kind == PERSON:
                break
            if kind == LIBRARIES:
                inner = frame
            frame = frame.f_back
        if frame is None or inner is None:
            return None
        module = [part for part in str(inner.f_globals.get("__name__")).split(".") if not part.startswith("_")]
        return ".".join([*module, getattr(inner.f_code, "co_qualname", inner.f_code.co_name)])

    def kind_of(self, frame: FrameType) -> str:
        name = frame.f_code.co_filename
        known = self.files.get(name)
        if known is None:
            known = self.kind_of_file(name)
            if len(self.files) < MOST_FILES:
                self.files[name] = known
        # A kernel's own first frame is called so too.
        if known != PERSON and frame.f_globals.get("__name__") == "__main__" and not LIBRARY.search(name):
            return PASSED if name.startswith((STANDARD, "<lookback")) else PERSON
        return known

    def kind_of_file(self, name: str) -> str:
        if name.startswith("<") or HANDS_ON.search(name):
            return PASSED
        if LIBRARY.search(name):
            return LIBRARIES
        if name.startswith(STANDARD):
            return PASSED
        real = os.path.realpath(name)
        within = real.startswith(self.roots) and not real.startswith(self.environments)
        return PERSON if within else LIBRARIES
