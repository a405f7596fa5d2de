"""The type in which a caller gives a column, and its values as JSON has them."""


def refuse_times(name, series):
    """Raises for a column of times, which no model takes as a caller sends them."""
    import datetime

    from pandas.api import types

    known = series.dropna()
    first = known.iloc[0] if len(known) > 0 and series.dtype == object else None
    times = (datetime.date, datetime.time, datetime.timedelta)
    if (
        types.is_datetime64_any_dtype(series.dtype)
        or types.is_timedelta64_dtype(series.dtype)
        or type(series.dtype).__name__ in ("PeriodDtype", "IntervalDtype")
        or isinstance(first, times)
        or type(first).__name__ in ("datetime64", "timedelta64", "Period", "Interval")
    ):
        raise ValueError(
            f"the model's column {name!r} holds times, which a model cannot be asked with; compute a number from it before the model"
        )


def type_of(name, series):
    """The type a caller gives a column in. Raises for what no caller can send."""
    from pandas.api import types

    if hasattr(series.dtype, "categories"):
        return type_of(name, series.dtype.categories.to_series())
    if types.is_bool_dtype(series.dtype):
        return "bool"
    if types.is_integer_dtype(series.dtype):
        return "int64"
    if types.is_float_dtype(series.dtype) or "decimal" in str(series.dtype):
        return "double"
    if types.is_complex_dtype(series.dtype):
        raise ValueError(f"the model's column {name!r} holds complex numbers, which a caller cannot send")
    return type_of_objects(name, series.dropna().tolist())


def type_of_objects(name, values):
    kinds = {kind_of(value) for value in values}
    if not kinds or kinds == {"string"}:
        return "string"
    if kinds <= {"int64"} or kinds <= {"bool"}:
        return kinds.pop()
    if kinds <= {"int64", "double"}:
        return "double"
    if "string" in kinds and kinds <= {"string", "int64", "double", "bool"}:
        raise ValueError(
            f"the model's column {name!r} holds texts and numbers, and a caller sends one or the other; make it texts (.astype(str)) or numbers before the model"
        )
    other = next(
        type(value).__name__ for value in values if kind_of(value) not in ("string", "int64", "double", "bool")
    )
    raise ValueError(
        f"the model's column {name!r} holds values of type {other}, which a caller cannot send; make numbers or texts of it before the model"
    )


def kind_of(value):
    import decimal
    import numbers

    if isinstance(value, str):
        return "string"
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return "bool"
    if isinstance(value, numbers.Integral):
        return "int64"
    if isinstance(value, (numbers.Real, decimal.Decimal)):
        return "double"
    return type(value).__name__


def values_of(series):
    """Its values as Python's own; None where one is missing."""
    lost = series.isna().tolist()
    return [None if gone else plain(value) for gone, value in zip(lost, series.tolist(), strict=True)]


def plain(value):
    if type(value).__name__ == "Decimal":
        return float(value)
    return value.item() if hasattr(value, "item") else value


def widened(template):
    """The template with whole numbers of 64 bits, which hold whatever a caller sends, and decimals as the floats that JSON has."""
    for at, dtype in enumerate(template.dtypes):
        if (
            getattr(dtype, "kind", "") in "iu"
            and not hasattr(dtype, "numpy_dtype")
            and not hasattr(dtype, "categories")
        ):
            template = template.astype({template.columns[at]: "int64"})
    return template


def as_json(value):
    """A value as a file of JSON holds it: what JSON has no number for as a text, which the type of its column tells apart."""
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        return str(value)
    return None if value is None or value != value else value
