"""Which process this kernel is, among all that ever ran, and whether cells ran in it before it was observed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

VERSION = 2


def session(settings: dict[str, Any], shell: Any) -> dict[str, Any]:
    """The fields of the session event."""
    # While the code that brings the observer runs, silent or not, the shell counts up to the cell before it.
    count = getattr(shell, "execution_count", None)
    return {
        "v": VERSION,
        "notebook": settings["notebook"],
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "started": process_start(),
        "ranBefore": count - 1 if isinstance(count, int) and count > 0 else None,
        "cwd": os.getcwd(),
        "startedFrom": started_from(settings["startedFrom"], os.environ),
        "agent": agent(settings["agents"], os.environ),
    }


def started_from(host: str | None, variables: Mapping[str, str]) -> str | None:
    """What runs the cells, and that it does so where nobody sits before it."""
    if not is_true(variables.get("CI")):
        return host
    return "CI" if host is None else f"{host} in CI"


def is_true(value: str | None) -> bool:
    return (value or "").lower() not in {"", "0", "false", "no"}


def agent(agents: list[tuple[str, str | None]], variables: Mapping[str, str]) -> str | None:
    """The program that acts in a person's place, by a variable that it or whoever started it sets: its value is the name, unless one is known."""
    said = next(((name, variables[variable]) for variable, name in agents if variables.get(variable)), None)
    return said and (said[0] or said[1])


def process_start() -> str | None:
    """When this process began, as `src/processes/process-stamp.ts` writes it; None where the system does not tell cheaply."""
    try:
        if sys.platform == "darwin":
            listed = ["ps", "-o", "lstart=", "-p", str(os.getpid())]
            answer = subprocess.run(
                listed, capture_output=True, text=True, timeout=2, env={**os.environ, "LC_ALL": "C"}
            )
            return answer.stdout.strip() or None
        with open("/proc/sys/kernel/random/boot_id") as boot, open("/proc/self/stat", encoding="latin-1") as stat:
            # The name, in parentheses, may hold anything: spaces and parentheses too.
            return f"{boot.read().strip()}:{stat.read().rpartition(')')[2].split()[19]}"
    except (OSError, subprocess.SubprocessError, IndexError):
        return None
