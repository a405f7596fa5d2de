"""Whether this Python is the one that a model was fitted in, as far as a model can tell."""

from __future__ import annotations

import sys
from importlib import metadata

from .fault import Fault


def check(python: str, packages: dict[str, str]) -> None:
    """Fails with every difference. Asked before anything is unpickled: what another version makes of the bytes is anybody's guess."""
    found = f"{sys.version_info.major}.{sys.version_info.minor}"
    differ = [] if found == python else [f"Python is {found}, the model was fitted with {python}"]
    for name, wanted in sorted(packages.items()):
        installed = version_of(name)
        if installed is None:
            differ.append(f"{name} is not installed, the model was fitted with {wanted}")
        elif installed != wanted:
            differ.append(f"{name} is {installed}, the model was fitted with {wanted}")
    if differ:
        raise Fault("differs", "; ".join(differ), python=found)


def version_of(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
