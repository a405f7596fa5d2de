"""Runs the worker's modules out of one text: whoever joins them writes SOURCES, module name to text, before this.

Executed by a Python that the pipeline started, whose standard input and output are the pipeline's. Nothing of it is found by what the model imports.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.util
import sys
from typing import Any

SOURCES: dict[str, str] = {}
PACKAGE = "_lookback_worker"


class Sources(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if key_of(name) not in SOURCES:
            return None
        return importlib.util.spec_from_loader(name, self, is_package=key_of(name) == "")

    def get_source(self, fullname: str) -> str:
        return SOURCES[key_of(fullname) or ""]

    def exec_module(self, module: Any) -> None:
        code = compile(
            self.get_source(module.__name__), f"<lookback worker: {module.__name__}>", "exec", dont_inherit=True
        )
        exec(code, module.__dict__)  # noqa: S102 - the text of this package


def key_of(name: str) -> str | None:
    if name == PACKAGE:
        return ""
    return name[len(PACKAGE) + 1 :] if name.startswith(PACKAGE + ".") else None


sys.meta_path.insert(0, Sources())
importlib.import_module(f"{PACKAGE}.work").work()
