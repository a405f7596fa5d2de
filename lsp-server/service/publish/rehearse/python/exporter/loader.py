"""Runs the exporter's modules out of one text: whoever joins them writes SOURCES, module name to text, before this.

Executed in the kernel that fitted the model. What it finds there of skl2onnx and onnx decides what can be written.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.util
import sys
from typing import Any

SOURCES: dict[str, str] = {}
PACKAGE = "_lookback_exporter"
KINDS = ("families", "predictors", "steps")
PACKAGES = {"", *KINDS}


def export(settings: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """Exports the variable that the settings name, out of the kernel's variables; answers a JSON-able description."""
    finder = Sources()
    sys.meta_path.insert(0, finder)
    try:
        modules = [importlib.import_module(f"{PACKAGE}.{name}".rstrip(".")) for name in sorted(SOURCES)]
    finally:
        sys.meta_path.remove(finder)
    found = dict(zip(sorted(SOURCES), modules, strict=True))
    adapters = {kind: [module for name, module in found.items() if name.startswith(f"{kind}.")] for kind in KINDS}
    return found["export_model"].export(settings, names, adapters)


class Sources(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if key_of(name) not in SOURCES:
            return None
        return importlib.util.spec_from_loader(name, self, is_package=key_of(name) in PACKAGES)

    def get_source(self, fullname: str) -> str:
        return SOURCES[key_of(fullname) or ""]

    def exec_module(self, module: Any) -> None:
        code = compile(
            self.get_source(module.__name__), f"<lookback exporter: {module.__name__}>", "exec", dont_inherit=True
        )
        exec(code, module.__dict__)  # noqa: S102 - the text of this package


def key_of(name: str) -> str | None:
    if name == PACKAGE:
        return ""
    return name[len(PACKAGE) + 1 :] if name.startswith(PACKAGE + ".") else None
