"""Runs the observer's modules out of one text: whoever joins them writes SOURCES, module name to text, before this.

Nothing of it reaches the user's names: the modules live in `sys.modules` under a name of their own.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.util
import sys
from typing import Any

SOURCES: dict[str, str] = {}
PACKAGE = "_lookback_observer"
# The words that make `warnings.warn` pass over a frame when it counts to the caller it shall name: else a warning of pandas
# about the user's cell would be laid at a wrapper's door, and by default not be shown.
FILE = "<lookback observer, passed over as importlib._bootstrap is: {}>"


def main(settings: dict[str, Any], shell: Any) -> None:
    """Makes the kernel observed as the settings say; what has been done already is not done again."""
    if PACKAGE not in sys.modules:
        finder = Sources()
        sys.meta_path.insert(0, finder)
        try:
            for name in sorted(SOURCES):
                importlib.import_module(f"{PACKAGE}.{name}".rstrip("."))
        finally:
            sys.meta_path.remove(finder)
    libraries = [module for name, module in sorted(sys.modules.items()) if name.startswith(f"{PACKAGE}.libraries.")]
    sys.modules[f"{PACKAGE}.start"].start(settings, shell, libraries)


class Sources(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if self.key_of(name) not in SOURCES:
            return None
        package = name == PACKAGE or any(f"{PACKAGE}.{key}".startswith(f"{name}.") for key in SOURCES)
        return importlib.util.spec_from_loader(name, self, origin=FILE.format(name), is_package=package)

    def get_source(self, fullname: str) -> str:
        return SOURCES[self.key_of(fullname) or ""]

    def exec_module(self, module: Any) -> None:
        code = compile(self.get_source(module.__name__), FILE.format(module.__name__), "exec", dont_inherit=True)
        exec(code, module.__dict__)  # noqa: S102 - the text of this package

    def key_of(self, name: str) -> str | None:
        if name == PACKAGE:
            return ""
        return name[len(PACKAGE) + 1 :] if name.startswith(PACKAGE + ".") else None
