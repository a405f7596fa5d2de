"""A column of values as a frame's or an array's type has them. What a type cannot hold is refused, never changed into what it can.

But for what is missing among whole numbers and truths: such a column is of floats, or of objects, as pandas reads one.
"""

from __future__ import annotations

from typing import Any

from .fault import Fault, clause_of
from .given import is_missing


def cast(values: list[Any], dtype: Any, name: str) -> Any:
    """The values as one array of the type; `name` is the input, for a refusal."""
    import numpy as np

    if isinstance(dtype, np.dtype):
        return plain(values, dtype, name)
    try:
        return extension(values, dtype, name)
    except (TypeError, ValueError, OverflowError) as error:
        raise refused(name, dtype, clause_of(error)) from error


def plain(values: list[Any], dtype: Any, name: str) -> Any:
    import numpy as np

    if dtype.kind == "f":
        return as_wide([number(value, dtype, name) for value in values], dtype, name)
    if dtype.kind in "mM":
        return moments(values, dtype, name)
    some_missing = any(is_missing(value) for value in values)
    if dtype.kind in "iu":
        if some_missing:
            return np.array([exact(value, dtype, name) for value in values])
        return np.array([whole(value, dtype, name) for value in values], dtype=dtype)
    if dtype.kind == "b" and not some_missing:
        return np.array([truth(value, dtype, name) for value in values], dtype=dtype)
    if dtype.kind in "bO":
        array = np.empty(len(values), dtype=object)
        array[:] = [np.nan if value is None else value for value in values]
        return array
    raise refused(name, dtype, "no value of a request has that type")


def extension(values: list[Any], dtype: Any, name: str) -> Any:
    """A type that pandas brings: all of them can say that a value is missing."""
    import pandas as pd

    if isinstance(dtype, pd.CategoricalDtype):
        return pd.Categorical(among(values, dtype.categories), dtype=dtype)
    if isinstance(dtype, pd.DatetimeTZDtype):
        return pd.to_datetime(pd.Series(values, dtype=object), utc=True).astype(dtype).array
    kind = getattr(getattr(dtype, "numpy_dtype", None), "kind", "")
    if kind in "iu" and kind:
        values = [None if is_missing(value) else whole(value, dtype.numpy_dtype, name) for value in values]
    return pd.array([None if is_missing(value) else value for value in values], dtype=dtype)


def among(values: list[Any], categories: Any) -> list[Any]:
    """Categories that are no texts are known by their text where a request can give nothing else."""
    if not any(isinstance(value, str) for value in values) or any(isinstance(each, str) for each in categories):
        return values
    known = {str(each): each for each in categories}
    return [known.get(value, value) if isinstance(value, str) else value for value in values]


def moments(values: list[Any], dtype: Any, name: str) -> Any:
    import pandas as pd

    convert = pd.to_datetime if dtype.kind == "M" else pd.to_timedelta
    try:
        return convert(pd.Series(values, dtype=object)).astype(dtype).array
    except (TypeError, ValueError, OverflowError) as error:
        raise refused(name, dtype, clause_of(error)) from error


def number(value: Any, dtype: Any, name: str) -> float:
    if value is None:
        return float("nan")
    try:
        return float(value)
    except (ValueError, OverflowError) as error:
        raise refused(name, dtype, f"{shown(value)} is no number") from error


def whole(value: Any, dtype: Any, name: str) -> int:
    import numpy as np

    try:
        found = int(value)
    except (ValueError, OverflowError) as error:
        raise refused(name, dtype, f"{shown(value)} is no whole number") from error
    if isinstance(value, float) and found != value:
        raise refused(name, dtype, f"{shown(value)} is no whole number")
    bounds = np.iinfo(dtype)
    if not bounds.min <= found <= bounds.max:
        raise refused(name, dtype, f"{shown(value)} is not between {bounds.min} and {bounds.max}")
    return found


def exact(value: Any, dtype: Any, name: str) -> float:
    """A whole number, or NaN, as a float."""
    if is_missing(value):
        return float("nan")
    found = whole(value, dtype, name)
    if int(float(found)) != found:
        raise refused(name, dtype, f"{shown(value)} is too large beside a value that is missing")
    return float(found)


def truth(value: Any, dtype: Any, name: str) -> bool:
    if value in (0, 1):
        return bool(value)
    raise refused(name, dtype, f"{shown(value)} is neither true nor false")


def as_wide(numbers: list[float], dtype: Any, name: str) -> Any:
    import numpy as np

    wide = np.array(numbers, dtype=np.float64)
    if dtype == np.float64:
        return wide
    with np.errstate(over="ignore"):
        narrow = wide.astype(dtype)
    for value in wide[np.isinf(narrow) & np.isfinite(wide)]:
        raise refused(name, dtype, f"{shown(float(value))} is too large for it")
    return narrow


def refused(name: str, dtype: Any, why: str) -> Fault:
    return Fault("refused", f"input {name} does not fit {dtype}, which the model was fitted on: {why}")


def shown(value: Any) -> str:
    told = repr(value)
    return told if len(told) <= 60 else told[:60] + "…"
