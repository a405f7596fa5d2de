"""The rows a fitted model is asked with: those it was fitted on where the run kept them, else the likeliest of the notebook."""

import re
import sys

from .tables import as_frame, is_array, is_frame, is_matrix, is_texts, texts_of

SAMPLE = 2000


def rows_for(model, names, fitted):
    """Rows of the kind the model was fitted on: a frame, an array or a list of texts. Raises where the notebook holds none.

    `fitted` is what the notebook fitted, which `model` may stand in for.
    """
    rows = usable(observed("rows_of", fitted))
    if rows is not None:
        return rows
    for source in (of_its_columns, of_its_width, of_texts, of_any_kind):
        rows = source(model, names)
        if rows is not None:
            return rows
    wanted = columns_of(model)
    if wanted:
        raise ValueError(
            "no DataFrame in the notebook has all the columns of the model ("
            + ", ".join(wanted)
            + "); assign the one it was fitted on to a variable"
        )
    raise ValueError(
        "nothing in the notebook that has a name can be given to the model; assign the rows it was fitted on to a variable"
    )


def observed(what, fitted):
    """What the run's observer kept of a fit: "rows_of" those that went into it, "targets_of" the names of what it was to predict. None where nothing observed it."""
    observers = getattr(sys.modules.get("_lookback_observer.start"), "_observers", [])
    kept = getattr(getattr(observers[0], "models", None), what, None) if observers else None
    return None if kept is None else kept(fitted)


def usable(rows):
    """Rows as a model is asked with them; None for what no caller could send."""
    if is_texts(rows):
        return texts_of(rows)
    table = rows if is_frame(rows) or is_array(rows) else list_table(rows)
    return sampled(table) if table is not None and table.shape[0] > 0 else None


def of_its_columns(model, names):
    """The largest frame that has all the columns by whose names the model was fitted."""
    wanted = columns_of(model)
    if not wanted:
        return None
    frames = [(value, [str(each) for each in value.columns]) for value in names.values() if is_frame(value)]
    whole = [(value, has) for value, has in frames if set(wanted) <= set(has)]
    if not whole:
        # LightGBM writes the names it was given without their spaces.
        closed = [(value, [name.replace(" ", "_") for name in has]) for value, has in frames]
        whole = [(value, has) for value, has in closed if set(wanted) <= set(has)]
    if not whole:
        return None
    largest, has = max(whole, key=lambda each: len(each[0]))
    return sampled(as_frame(largest)).iloc[:, [has.index(name) for name in wanted]]


def of_its_width(model, names):
    """The largest table without names that is as wide as the model: of two the array, for a frame would have given its names."""
    width = getattr(model, "n_features_in_", None)
    if columns_of(model) or width is None:
        return None
    arrays = [value for value in names.values() if is_matrix(value) and value.shape[1] == width]
    lists = [table for table in (list_table(value) for value in names.values()) if table is not None]
    frames = [as_given(value) for value in names.values() if is_frame(value) and len(value.columns) == width]
    for kind in (arrays, [each for each in lists if each.shape[1] == width], frames):
        for table in sorted(kind, key=lambda each: -each.shape[0]):
            if table.shape[0] > 0 and answers(model, head := sampled(table)):
                return head
    return None


def as_given(frame):
    """A frame as a model was given it that knows no names: by its values, unless it has none that are texts."""
    named = all(isinstance(name, str) for name in frame.columns)
    return as_frame(frame).to_numpy() if named else frame


def of_texts(model, names):
    """The longest column or list of texts that the model takes."""
    if columns_of(model) or hasattr(model, "n_features_in_"):
        return None
    found = [value for value in names.values() if is_texts(value)]
    for frame in [as_frame(value) for value in names.values() if is_frame(value)]:
        found += [frame.iloc[:, at] for at in range(frame.shape[1]) if is_texts(frame.iloc[:, at])]
    for texts in sorted(found, key=lambda each: -len(each)):
        if answers(model, head := sampled(texts_of(texts))):
            return head
    return None


def of_any_kind(model, names):
    """The narrowest table that a model takes which says nothing of its columns: a wider one has the target, too."""
    if columns_of(model) or hasattr(model, "n_features_in_"):
        return None
    tables = [value for value in names.values() if is_frame(value) or is_array(value)]
    tables += [table for table in (list_table(value) for value in names.values()) if table is not None]
    for table in sorted(tables, key=lambda each: (each.shape[1], -each.shape[0])):
        if table.shape[0] > 0 and answers(model, head := sampled(table)):
            return head
    return None


def columns_of(model):
    """The names of the columns the model was fitted by, as texts; empty where it knows none."""
    named = getattr(model, "feature_names_in_", None)
    listed = [] if named is None else [str(name) for name in named]
    # LightGBM names the columns of an array itself.
    return [] if all(re.fullmatch(r"Column_\d+", name) for name in listed) else listed


def answers(model, rows):
    try:
        return len(model.predict(rows[:2])) == len(rows[:2])
    except Exception:  # noqa: BLE001 - whatever a model says to rows that are not its own
        return False


def list_table(value):
    """A list of rows as an array; None for anything else."""
    import numpy

    if not isinstance(value, (list, tuple)) or not value or not isinstance(value[0], (list, tuple)) or not value[0]:
        return None
    try:
        table = numpy.array(value)
    except ValueError:
        return None
    return table if table.ndim == 2 else None


def sampled(rows):
    """Rows spread evenly over all."""
    import numpy

    count = rows.shape[0] if hasattr(rows, "shape") else len(rows)
    places = numpy.unique(numpy.linspace(0, count - 1, min(SAMPLE, count)).astype(int))
    if isinstance(rows, list):
        return [rows[at] for at in places]
    if is_frame(rows):
        return as_frame(rows).iloc[places].reset_index(drop=True)
    if hasattr(rows, "tocsr"):
        return rows.tocsr()[places].toarray()
    return numpy.asarray(rows)[places]
