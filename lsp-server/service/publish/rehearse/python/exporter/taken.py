"""What a model is handed: the kind of rows, the name and type of each input, and how rows are made of values that came as JSON."""

from .column_types import refuse_times, type_of, values_of, widened
from .tables import is_frame

WIDEST = 20_000


class Frame:
    """A pandas frame with the column types the model was fitted on."""

    kind = "frame"

    def __init__(self, rows):
        self.names = [str(name) for name in rows.columns]
        refuse_names(self.names)
        columns = [rows.iloc[:, at] for at in range(rows.shape[1])]
        for name, column in zip(self.names, columns, strict=True):
            refuse_times(name, column)
        self.types = [type_of(name, column) for name, column in zip(self.names, columns, strict=True)]
        self.template = widened(rows.iloc[:0].reset_index(drop=True))
        self.columns = [values_of(column) for column in columns]

    def made(self, columns):
        """A frame of these columns, as the worker that serves the model makes it."""
        import pandas

        labels = self.template.columns
        made = [column_as(values, self.template.iloc[:, at].dtype) for at, values in enumerate(columns)]
        frame = pandas.concat(made, axis=1)
        frame.columns = labels
        return frame


class Array:
    """An array of two dimensions; its inputs are called x0, x1 and so on."""

    kind = "array"

    def __init__(self, rows):
        import numpy

        if rows.shape[1] > WIDEST:
            raise ValueError(
                f"the model takes {rows.shape[1]:,} columns without names; put the step that makes them and the model into one Pipeline, so that a caller can send what it is made of"
            )
        self.names = [f"x{at}" for at in range(rows.shape[1])]
        if rows.dtype.kind in "mMO":
            import pandas

            columns = [pandas.Series(rows[:, at]) for at in range(rows.shape[1])]
            for name, column in zip(self.names, columns, strict=True):
                refuse_times(name, column)
            self.types = [type_of(name, column) for name, column in zip(self.names, columns, strict=True)]
            self.columns = [values_of(column) for column in columns]
        else:
            kind = {"b": "bool", "i": "int64", "u": "int64", "f": "double"}.get(rows.dtype.kind)
            if kind is None and rows.dtype.kind not in "UST":
                raise ValueError(f"the model was fitted on an array of {rows.dtype}, which a caller cannot send")
            self.types = [kind or "string"] * rows.shape[1]
            self.columns = [[None if each != each else each for each in column] for column in rows.T.tolist()]
        dtype = {"i": numpy.int64, "u": numpy.int64, "U": object, "S": object, "T": object}.get(
            rows.dtype.kind, rows.dtype
        )
        self.template = numpy.empty((0, rows.shape[1]), dtype=dtype)

    def made(self, columns):
        import numpy

        dtype = self.template.dtype
        lost = any(value is None for column in columns for value in column)
        if dtype == "object" or (lost and dtype.kind == "b"):
            table = numpy.empty((len(columns[0]), len(columns)), dtype=object)
            for at, column in enumerate(columns):
                table[:, at] = [float("nan") if value is None else value for value in column]
            return table
        if lost or dtype.kind == "f":
            whole = [[float("nan") if value is None else float(value) for value in column] for column in columns]
            return numpy.array(whole, dtype=numpy.float64 if dtype.kind == "i" else dtype).T
        return numpy.array(columns, dtype=dtype).T


class Texts:
    """A list of texts: the one input is called text."""

    kind = "texts"

    def __init__(self, texts):
        self.names, self.types, self.template = ["text"], ["string"], None
        self.columns = [texts]

    def made(self, columns):
        if None in columns[0]:
            raise ValueError("a text is missing")
        return list(columns[0])


def taken(rows):
    """What a model takes that was fitted on rows like these. Raises for what no caller can send."""
    import numpy

    if is_frame(rows):
        return Frame(rows)
    if isinstance(rows, list):
        return Texts(rows)
    rows = numpy.asarray(rows)
    if rows.ndim == 1 and rows.dtype.kind in "OUST" and all(isinstance(each, str) for each in rows[:100]):
        return Texts(rows.tolist())
    if rows.ndim != 2:
        raise ValueError(
            f"the model takes arrays of {rows.ndim} dimensions, and a row that a caller sends has one; give it rows of numbers (a Pipeline can reshape them before the model)"
        )
    return Array(rows)


def column_as(values, dtype):
    """A column of these values as the type has them; whole numbers and truths of which some are missing as pandas would read them."""
    import pandas

    lost = any(value is None for value in values)
    if dtype.kind in "iu" and not hasattr(dtype, "numpy_dtype"):
        if lost:
            return pandas.Series([float("nan") if value is None else float(value) for value in values])
        return pandas.Series(values, dtype=dtype)
    if dtype == "bool" and not lost:
        return pandas.Series(values, dtype=bool)
    if dtype in ("bool", "object"):
        return pandas.Series([float("nan") if value is None else value for value in values], dtype=object)
    return pandas.Series(values, dtype=object).astype(dtype)


def refuse_names(names):
    if "" in names:
        raise ValueError("a column of the model has an empty name, by which no caller could give it; rename it")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(
            f"two columns of the model are called {twice[0]!r}, and a caller could give but one; rename one"
        )
