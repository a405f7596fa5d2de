"""Runs notebooks cell by cell and measures what is asked of each, as a kernel would.

Reads a JSON list of {"cells", "asked", "before", "after"} from standard input: `before` makes the data, `after` is run behind
the cells. Writes one answer for each.
"""

import contextlib
import importlib.util
import io
import json
import os
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any


def answer_to(case: dict[str, Any], measure: Any) -> Any:
    names: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for text in [case["before"], *case["cells"], *case["after"]]:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(text, "cell", "exec"), names)  # noqa: S102 (the cells of a notebook)
        held = dict(names)
        answer = measure(case["asked"], names, ["", *case["cells"], *case["after"]])
        os.chdir("/")
    return {"answer": answer, "unchanged": held.keys() == names.keys() and all(held[k] is names[k] for k in held)}


def main() -> None:
    warnings.simplefilter("ignore")
    spec = importlib.util.spec_from_file_location("measure", Path(sys.argv[1]))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    print(json.dumps([answer_to(case, module.measure) for case in json.load(sys.stdin)]))


main()
