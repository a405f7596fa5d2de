"""Whether a file is opened for the person, or by a library for itself: its fonts, its caches, its own records."""

from __future__ import annotations

import io
import os
import sys
import sysconfig
from types import FrameType
from typing import Any

# Modules that keep files of their own beside what they are asked to do: those are theirs unless the call names them.
KEEPERS = (
    "joblib.memory",
    "joblib._store_backends",
    "numba.core.caching",
    "mlflow",
    "matplotlib.font_manager",
    "matplotlib.texmanager",
    "tensorboard",
    "tensorboardX",
    "lightning.pytorch.loggers",
    "lightning.fabric.loggers",
    "pytorch_lightning.loggers",
    "wandb",
    "filelock",
    "huggingface_hub",
    "diskcache",
    "requests_cache",
    "IPython",
    "ipykernel",
    "debugpy",
    "jedi",
    "torch._inductor",
    "torch._dynamo",
    "triton",
)
DEEPEST = 200
MOST_NAMES = 40


class WhoOpened:
    """Reads frames, which nobody notices; asks nothing of the values in them but whether they are paths."""

    def __init__(self, roots: tuple[str, ...]) -> None:
        self.roots = roots
        standard = sysconfig.get_paths()
        self.standard = tuple({os.path.join(standard[key], "") for key in ("stdlib", "platstdlib")})
        self.known: dict[str, str] = {}

    def side_of(self, frame: FrameType) -> str:
        """`user`, `library`, `standard` (of Python itself) or `own`: whose code runs in a frame."""
        name = frame.f_code.co_filename
        side = self.known.get(name)
        if side is None:
            side = self.known[name] = self.side_named(name)
        return side

    def side_named(self, name: str) -> str:
        if name.startswith("<lookback"):
            return "own"
        if "site-packages" in name or "dist-packages" in name:
            return "library"
        if name.startswith(("<frozen", "<__array_function__", *self.standard)):
            return "standard"
        if name.startswith("<") or os.path.basename(os.path.dirname(name)).startswith("ipykernel_"):
            return "user"
        return "user" if os.path.abspath(name).startswith(self.roots) else "library"

    def is_for_user(self, path: str, inside: bool) -> bool:
        """`inside` the workspace a library is believed unless it is one that keeps files; elsewhere only if a call names the file."""
        frame: FrameType | None = sys._getframe(1)
        passed: list[FrameType] = []
        keeps = False
        while frame is not None and len(passed) < DEEPEST:
            side = self.side_of(frame)
            if side == "user":
                break
            module = frame.f_globals.get("__name__") or ""
            if module.startswith("ipykernel.") or module == "IPython.core.interactiveshell":
                break
            if side == "library":
                keeps = keeps or module.startswith(KEEPERS)
                passed.append(frame)
            elif side == "standard" and module.startswith(KEEPERS):
                keeps = True
            frame = frame.f_back
        if not passed:
            return True
        if not keeps and inside:
            return True
        return any(names(value, path, depth=0) for value in given_to(passed[-1], with_self=not keeps))


def given_to(frame: FrameType, *, with_self: bool) -> list[Any]:
    """What a function was given: its arguments as they are now."""
    code = frame.f_code
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(code.co_flags & 0x04) + bool(code.co_flags & 0x08)
    values = frame.f_locals
    given = [values.get(name) for name in code.co_varnames[:count]]
    # Of an object, what it was made with.
    if with_self and given and code.co_varnames[0] == "self":
        held = getattr(given[0], "__dict__", None)
        given += list(held.values())[:MOST_NAMES] if isinstance(held, dict) else []
    return given


def names(value: Any, path: str, depth: int) -> bool:
    """Whether a value is this path, or a folder it lies in, or holds one that is."""
    if isinstance(value, io.IOBase):
        # Of these alone: to ask another object for a name may run code of the person's.
        value = getattr(value, "name", None)
    if isinstance(value, (str, bytes, os.PathLike)):
        try:
            text = os.fsdecode(os.fspath(value))
        except Exception:  # noqa: BLE001 - it is the person's object
            return False
        if not text or len(text) > 4_096 or "\n" in text or "\0" in text:
            return False
        if text.startswith("file:"):
            text = text.partition("://")[2]
        named = os.path.abspath(os.path.expanduser(text))
        return path == named or (named != os.sep and path.startswith(os.path.join(named, "")))
    if depth < 2 and isinstance(value, (list, tuple, set)):
        return any(names(each, path, depth + 1) for each in list(value)[:MOST_NAMES])
    if depth < 2 and isinstance(value, dict):
        return any(names(each, path, depth + 1) for each in list(value.values())[:MOST_NAMES])
    return False
