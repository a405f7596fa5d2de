"""The rows that prove the exported model, and what their columns are."""

SAMPLE = 2000


def sample_of(names, columns):
    """Rows spread evenly over the largest frame that has all the model's columns."""
    import numpy
    import pandas

    frames = [
        value for value in names.values() if isinstance(value, pandas.DataFrame) and set(columns) <= set(value.columns)
    ]
    if not frames:
        raise ValueError("no DataFrame in the notebook has all the columns of the model: " + ", ".join(columns))
    largest = max(frames, key=len)
    places = numpy.unique(numpy.linspace(0, len(largest) - 1, min(SAMPLE, len(largest))).astype(int))
    return largest.iloc[places][columns].reset_index(drop=True)


def type_of(series):
    """The type a caller gives a column in. Raises for what no model takes as it is."""
    from pandas.api import types

    if types.is_datetime64_any_dtype(series) or types.is_timedelta64_dtype(series):
        raise ValueError(
            f"the model's column {series.name!r} holds times, which a model cannot be asked with; compute a number from it before the model"
        )
    if types.is_bool_dtype(series):
        return "bool"
    if types.is_integer_dtype(series):
        return "int64"
    if types.is_float_dtype(series):
        return "double"
    return "double" if holds_decimals(series) else "string"


def holds_decimals(series):
    from decimal import Decimal

    known = series.dropna()
    return len(known) > 0 and all(isinstance(value, Decimal) for value in known)


def plain(value):
    if value is None or value != value:
        return None
    if type(value).__name__ == "Decimal":
        return float(value)
    return value.item() if hasattr(value, "item") else value
