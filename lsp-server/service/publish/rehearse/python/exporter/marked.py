"""A model that was fitted on columns of objects whose missing values are not NaN, as a worker writes them."""

from .tables import is_frame


class Marked:
    """Asks the model with what stood for a missing value when it was fitted: it travels with the model."""

    def __init__(self, model, marks):
        self.model, self.marks = model, marks
        if hasattr(model, "classes_"):
            self.classes_ = model.classes_

    def predict(self, rows):
        return self.model.predict(self.marked(rows))

    def predict_proba(self, rows):
        return self.model.predict_proba(self.marked(rows))

    def marked(self, rows):
        made = rows.copy()
        for at, mark in self.marks.items():
            if hasattr(made, "iloc"):
                column = made.iloc[:, at]
                values = [mark if lost else value for value, lost in zip(column, column.isna(), strict=True)]
                made[made.columns[at]] = column.__class__(values, index=column.index, dtype=object)
            else:
                made[:, at] = [mark if value != value else value for value in made[:, at]]
        return made


def marked(model, given):
    """The model itself where NaN stands for what is missing, or nothing is."""
    marks = {at: mark for at, column in objects_in(given) if (mark := mark_of(column)) is not None}
    return Marked(model, {at: mark[0] for at, mark in marks.items()}) if marks else model


def objects_in(given):
    if is_frame(given):
        return [(at, given.iloc[:, at].tolist()) for at, kind in enumerate(given.dtypes) if kind == "object"]
    if getattr(given, "dtype", None) == "object" and given.ndim == 2:
        return [(at, given[:, at].tolist()) for at in range(given.shape[1])]
    return []


def mark_of(values):
    """What stands for a missing value, in a tuple; None where none is missing, or NaN says so."""
    for value in values:
        if value is None or type(value).__name__ == "NAType":
            return (value,)
    return None
