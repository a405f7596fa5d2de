"""Pipelines that begin with a DictVectorizer: they take dicts, of which the keys are what a caller sends."""


class OfDicts:
    """Asks a model that takes dicts with a frame: it travels with the model."""

    def __init__(self, model, rows):
        self.model, self.lookback_rows = model, rows
        if hasattr(model, "classes_"):
            self.classes_ = model.classes_

    def __getstate__(self):
        return {name: value for name, value in self.__dict__.items() if name != "lookback_rows"}

    def predict(self, rows):
        return self.model.predict(dicts_of(rows))

    def predict_proba(self, rows):
        return self.model.predict_proba(dicts_of(rows))


def dicts_of(rows):
    """A dict has no key for what is missing."""
    records = rows.to_dict("records")
    return [{key: value for key, value in each.items() if value is not None and value == value} for each in records]


def takes(model):
    inner = getattr(model, "best_estimator_", model)
    steps = getattr(inner, "steps", None) or [("", inner)]
    return type(steps[0][1]).__name__ == "DictVectorizer" and len(steps) > 1


def asked(model, names):
    from ..rows import observed
    from ..tables import listed_dicts

    kept = observed("rows_of", model)
    found = [value for value in ([kept] if listed_dicts(kept) else names.values()) if listed_dicts(value)]
    if not found:
        raise ValueError(
            "no list of dicts in the notebook can be given to the model; assign the one it was fitted on to a variable"
        )
    import pandas

    return OfDicts(model, pandas.DataFrame(max(found, key=len)))
