"""What the kernel runs on: Python, platform and every installed distribution."""

from __future__ import annotations

from typing import Any


def environment() -> dict[str, Any]:
    import importlib.metadata
    import platform

    packages = {}
    for distribution in importlib.metadata.distributions():
        name = distribution.metadata["Name"]
        if name:
            packages[name] = distribution.version
    return {"python": platform.python_version(), "platform": platform.platform(), "packages": packages}
