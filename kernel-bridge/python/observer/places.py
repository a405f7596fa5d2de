"""Which files are a cell's data, by where they lie and what they are called."""

from __future__ import annotations

import os
import re
import sys
import tempfile

DATA = re.compile(
    r"\.(parquet|csv|tsv|jsonl?|ndjson|feather|arrow|ipc|orc|avro|xlsx?|pkl|pickle|joblib|npy|npz|h5|hdf5"
    r"|sqlite3?|db|duckdb|pt|pth|onnx|safetensors|sav|dta|sas7bdat|bst|ubj|keras)(\.(gz|bz2|xz|zst|zip))?$",
    re.IGNORECASE,
)
# What Python and its tools open for themselves: in a cell with imports, thousands.
CODE = (".py", ".pyc", ".pyi", ".pyx", ".pyd", ".so", ".dll", ".dylib", ".pth", ".ipynb", ".lock", ".pid", ".swp")
QUIET = re.compile(
    r"[\\/](\.ipynb_checkpoints|\.ipython|\.lookback|\.git|\.hg|\.svn|__pycache__|node_modules|\.mypy_cache|\.ruff_cache"
    r"|\.pytest_cache|site-packages|dist-packages)[\\/]"
)
SYSTEM = ("/proc", "/sys", "/dev", "/etc", "/usr", "/lib", "/lib64", "/bin", "/sbin", "/run", "/var/lib", "/var/cache")
MAC = ("/System", "/Library", "/private/etc", "/Applications")


class Places:
    """Knows the workspace, and the folders of Python, of the system and of Lookback, whose files are nobody's data."""

    def __init__(self, root: str, own: str) -> None:
        self.root = folder(root)
        self.home = folder(os.path.expanduser("~"))
        python = {sys.prefix, sys.base_prefix, os.path.dirname(os.__file__), own}
        self.quiet = tuple(folder(os.path.realpath(path)) for path in python)
        windows = [os.environ[name] for name in ("SystemRoot", "ProgramFiles", "ProgramData") if name in os.environ]
        system = [*SYSTEM, *MAC, *windows, tempfile.gettempdir(), os.path.realpath(tempfile.gettempdir())]
        self.system = tuple(folder(path) for path in system)

    def kind_of(self, path: str) -> str:
        """`data`; `quiet`: nobody's business; `hidden` or `outside`: may be data, and is told but not recorded.

        In the workspace everything but code, caches and hidden files is data; elsewhere what is called as data is.
        """
        real = os.path.realpath(path)
        if path.endswith(CODE) or real.startswith(self.quiet) or QUIET.search(path):
            return "quiet"
        if DATA.search(path):
            return "data"
        root = next((root for root in (self.root, os.path.realpath(self.root) + os.sep) if path.startswith(root)), None)
        if root is not None:
            return "hidden" if is_hidden(path[len(root) :]) else "data"
        if real.startswith(self.system) or is_hidden(path[len(self.home) :] if path.startswith(self.home) else path):
            return "quiet"
        return "outside"


def folder(path: str) -> str:
    return os.path.join(os.path.abspath(path), "")


def is_hidden(path: str) -> bool:
    return path.startswith(".") or os.sep + "." in path
