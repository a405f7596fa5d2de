"""What a model is made of: whether asking it would run code of which nobody here knows what else it does, and what it draws from."""

from __future__ import annotations

import functools
import sys
import types
from collections.abc import Iterator
from typing import Any

# Libraries whose models answer and do nothing else, and what those are made of.
KNOWN = frozenset(
    (
        "builtins",
        "catboost",
        "category_encoders",
        "feature_engine",
        "formulaic",
        "imblearn",
        "joblib",
        "lightgbm",
        "narwhals",
        "numpy",
        "pandas",
        "patsy",
        "polars",
        "pyarrow",
        "scipy",
        "sklearn",
        "statsmodels",
        "threadpoolctl",
        "xgboost",
        "_catboost",
    )
) | (sys.stdlib_module_names - {"__main__"})
# What fits and judges, and does not answer.
NOT_ASKED = frozenset(
    (
        "_fobj",
        "_objective",
        "callbacks",
        "cv",
        "cv_results_",
        "error_score",
        "eval_metric",
        "metrics",
        "multimetric_",
        "objective",
        "param_distributions",
        "param_grid",
        "refit",
        "scorer_",
        "scoring",
    )
)
PLAIN = (str, bytes, int, float, complex, bool, type(None), range, slice)
# Of the many alike that an ensemble or a search has.
MOST_ALIKE = 50
MOST = 20_000


class MadeOf:
    """`foreign` says in a clause what asking would run that nobody knows; `generators` are numpy's that it holds."""

    def __init__(self, model: Any) -> None:
        self.generators: list[Any] = []
        self.foreign = self.look_through(model)

    def look_through(self, model: Any) -> str | None:
        numpy = sys.modules.get("numpy")
        drawn = () if numpy is None else (numpy.random.RandomState, numpy.random.Generator)
        seen = {id(model)}
        waiting = [model]
        while waiting:
            value = waiting.pop()
            if isinstance(value, drawn):
                self.generators.append(value)
                continue
            foreign = foreign_in(value)
            if foreign is not None:
                return foreign
            for part in within(value):
                if isinstance(part, PLAIN) or id(part) in seen:
                    continue
                seen.add(id(part))
                waiting.append(part)
            if len(seen) > MOST:
                return "it has too many parts to be looked through"
        return None


def foreign_in(value: Any) -> str | None:
    """What is said of an object or function that is no known library's."""
    is_code = isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType))
    owner = value if is_code else type(value)
    module = getattr(owner, "__module__", None)
    root = str(module).partition(".")[0]
    if module is None or root in KNOWN:
        return None
    name = getattr(owner, "__qualname__", "its code").replace("<lambda>", "a lambda")
    whose = "the notebook's own" if root == "__main__" else f"of `{root}`"
    return f"it runs {name}, which is {whose}, and only what is known to do nothing else is asked"


def within(value: Any) -> Iterator[Any]:
    """What an object holds, as far as that can be had without running anything."""
    numpy = sys.modules.get("numpy")
    if isinstance(value, (list, tuple, set, frozenset)):
        yield from list(value)[:MOST_ALIKE]
    elif isinstance(value, dict):
        yield from list(value.values())[:MOST_ALIKE]
    elif numpy is not None and isinstance(value, numpy.ndarray):
        if value.dtype.kind == "O":
            yield from value.ravel()[:MOST_ALIKE].tolist()
    elif isinstance(value, types.MethodType):
        yield from (value.__self__, value.__func__)
    elif isinstance(value, functools.partial):
        yield from (value.func, value.args, value.keywords)
    elif isinstance(value, (type, types.ModuleType, types.FunctionType)) or hasattr(type(value), "iloc"):
        return
    else:
        held = getattr(value, "__dict__", None)
        for name, part in list(held.items()) if isinstance(held, dict) else []:
            if name not in NOT_ASKED:
                yield part
