"""Which files are a cell's data, by where they lie and what they are called."""

from __future__ import annotations

import os
import re
import sys
import tempfile

from .secrets.files import CredentialFiles

DATA = re.compile(
    r"\.(parquet|csv|tsv|jsonl?|ndjson|feather|arrow|ipc|orc|avro|xlsx?|pkl|pickle|joblib|npy|npz|h5|hdf5"
    r"|sqlite3?|db|duckdb|pt|pth|onnx|safetensors|sav|dta|sas7bdat|bst|ubj|keras)(\.(gz|bz2|xz|zst|zip))?$",
    re.IGNORECASE,
)
# What Python and its tools open for themselves: in a cell with imports, thousands.
CODE = (".py", ".pyc", ".pyi", ".pyx", ".pyd", ".so", ".dll", ".dylib", ".ipynb", ".lock", ".pid", ".swp")
CACHES = re.compile(
    r"[\\/](\.ipynb_checkpoints|\.ipython|\.lookback|\.git|\.hg|\.svn|__pycache__|node_modules|\.mypy_cache|\.ruff_cache"
    r"|\.pytest_cache)[\\/]"
)
# Where libraries lie, and with some of them tables for examples and tests.
LIBRARIES = re.compile(r"[\\/](site-packages|dist-packages)[\\/]")
SYSTEM = ("/proc", "/sys", "/dev", "/etc", "/usr", "/lib", "/lib64", "/bin", "/sbin", "/run", "/var/lib", "/var/cache")
# Certificates that every connection opens.
PUBLIC = ("/etc/ssl/certs/", "/etc/pki/", "/usr/", "/System/", "/Library/")
MAC = ("/System", "/Library", "/private/etc", "/Applications")


class Places:
    """Knows the workspace, and the folders of Python, of the system and of Lookback, whose files are nobody's data."""

    def __init__(self, root: str, own: str, credentials: CredentialFiles) -> None:
        self.credentials = credentials
        self.root = os.path.abspath(root)
        self.roots = tuple(dict.fromkeys((folder(root), folder(os.path.realpath(root)))))
        self.home = folder(os.path.realpath(os.path.expanduser("~")))
        python = {sys.prefix, sys.base_prefix, os.path.dirname(os.__file__), own}
        self.quiet = tuple(folder(os.path.realpath(path)) for path in python)
        windows = [os.environ[name] for name in ("SystemRoot", "ProgramFiles", "ProgramData") if name in os.environ]
        self.system = tuple(folder(path) for path in [*SYSTEM, *MAC, *windows])
        self.temporary = tuple(folder(os.path.realpath(path)) for path in (tempfile.gettempdir(), "/tmp", "/var/tmp"))

    def kind_of(self, path: str) -> str:
        """`data`; `shipped`: data where a call of the person's names it; `quiet`: nobody's business; `credential`, `hidden`,
        `temporary`: is told but not recorded.

        In the workspace everything but code, caches, credentials and hidden files is data; elsewhere all but what lies with the
        system, in hidden folders of the home and in temporary ones, whatever it is called. A link is what it leads to.
        """
        real = os.path.realpath(path)
        named = DATA.search(path) is not None
        if path.endswith(CODE) or CACHES.search(path):
            return "quiet"
        if LIBRARIES.search(path) or real.startswith(self.quiet):
            return "shipped" if named and LIBRARIES.search(path) else "quiet"
        within = next((path[len(root) :] for root in self.roots if path.startswith(root)), None)
        if self.credentials.holds(path) or self.credentials.holds(real):
            return "quiet" if real.startswith(PUBLIC) else "credential"
        if real.startswith(self.roots):
            return "hidden" if not named and within is not None and is_hidden(within) else "data"
        matters = named or within is not None
        if real.startswith(self.home) and is_hidden(real[len(self.home) :]):
            return "hidden" if matters else "quiet"
        if real.startswith(self.temporary):
            return "temporary" if matters else "quiet"
        if matters:
            return "data"
        return "quiet" if real.startswith(self.system) or is_hidden(path) else "data"

    def is_inside(self, path: str) -> bool:
        return path.startswith(self.roots) or os.path.realpath(path).startswith(self.roots)


def folder(path: str) -> str:
    return os.path.join(os.path.abspath(path), "")


def is_hidden(path: str) -> bool:
    return path.startswith(".") or os.sep + "." in path
