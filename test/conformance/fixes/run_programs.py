"""Runs pairs of programs, one before and one after a fix, on data made to fit them; says how each ended and which shapes it left.

Reads a JSON list of {"before", "after"} from standard input; writes one {"before", "after"} of {"error", "shapes"} for each.
"""

import builtins
import contextlib
import io
import json
import re
import sys
import types
import warnings
from typing import Any

import numpy as np
import pandas as pd
from sklearn.exceptions import FitFailedWarning
from sklearn.utils import all_estimators

ROWS = 120
KEPT = re.compile(r"^[Xxy]_(train|test)$|pred|guess|answer")


def frame_for(program: str) -> pd.DataFrame:
    """A table with every column that a program names, each of the kind that its name and its uses ask for."""
    rng = np.random.default_rng(7)
    columns: dict[str, Any] = {}
    for name in dict.fromkeys(
        re.findall(r"[\"']([A-Za-z_]\w*)[\"']", program) + re.findall(r"\bdf\.([a-z]\w*)\b(?!\()", program)
    ):
        values = rng.normal(10, 3, ROWS)
        if re.search(r"text|review|title|comment", name):
            columns[name] = rng.choice(["good and new", "bad or old", "so so", "very good"], ROWS)
        elif re.search(r"date|day|_at$|time|started", name):
            columns[name] = pd.date_range("2024-01-01", periods=ROWS, freq="h").astype(str)
        elif re.search(r"^(y|fraud|late|sold|returned|churned|paid|full|label|target)$", name):
            columns[name] = rng.integers(0, 2, ROWS)
        elif re.search(r"^(g|key|city|customer|station|group|user|id|patient)\w*$", name):
            columns[name] = rng.integers(0, 6, ROWS)
        elif re.search(rf"\[[\"']{name}[\"']\]\.fillna|\.{name}\.fillna", program):
            columns[name] = np.where(rng.random(ROWS) < 0.1, np.nan, values)
        else:
            columns[name] = np.abs(values)
    return pd.DataFrame(columns)


def namespace_for(described: str) -> dict[str, Any]:
    """What a cell would find: libraries as people name them, scikit-learn's classes and functions, a table, its columns and its labels."""
    import sklearn.feature_selection
    import sklearn.metrics
    import sklearn.model_selection
    import sklearn.pipeline
    import sklearn.preprocessing

    found: dict[str, Any] = dict(all_estimators())
    for module in (
        sklearn.metrics,
        sklearn.model_selection,
        sklearn.pipeline,
        sklearn.preprocessing,
        sklearn.feature_selection,
    ):
        found.update({name: getattr(module, name) for name in vars(module) if name in module.__all__})
    table = frame_for(described)
    rng = np.random.default_rng(3)
    found.update(
        __name__="__main__",
        pd=pd,
        np=np,
        df=table.copy(),
        X=pd.DataFrame(np.abs(rng.normal(size=(ROWS, 8))), columns=list("abcdefgh")),
        y=pd.Series(rng.integers(0, 2, ROWS)),
    )
    return found


def run(program: str, described: str) -> dict[str, Any]:
    """One program to its end, on tables that another describes, in a process that it shares with the others: what it leaves is dropped."""
    names = namespace_for(described)
    readers = {name: getattr(pd, name) for name in ("read_csv", "read_parquet", "read_excel")}
    try:
        for reader in readers:
            setattr(pd, reader, lambda *_, **__: frame_for(described).copy())
        np.random.seed(0)
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", FitFailedWarning)
            exec(compile(program, "notebook", "exec"), names)  # noqa: S102 - the repository's own programs
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
        return {"error": f"{type(error).__name__}: {error}", "shapes": {}}
    finally:
        for name, reader in readers.items():
            setattr(pd, name, reader)
    return {"error": None, "shapes": {name: shape_of(value) for name, value in names.items() if is_kept(name, value)}}


def is_kept(name: str, value: Any) -> bool:
    """Whether a name is one of rows, labels or answers."""
    return (
        KEPT.search(name) is not None
        and not isinstance(value, types.ModuleType | type)
        and name not in vars(builtins)
        and hasattr(value, "shape")
    )


def shape_of(value: Any) -> list[int]:
    """How many rows, and how many of everything else."""
    return [int(size) for size in value.shape]


def main() -> None:
    """Runs what standard input lists."""
    pairs = json.load(sys.stdin)
    json.dump([{key: run(pair[key], pair["before"]) for key in ("before", "after")} for pair in pairs], sys.stdout)


main()
