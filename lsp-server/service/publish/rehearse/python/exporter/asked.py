"""Asks a fitted model as a server does: what it answers for each row, and which rows it refuses."""

import warnings

REFUSED = None


class Asked:
    """A model with what it is handed, which of its methods answers, and what an answer is."""

    def __init__(self, model, rows, targets):
        self.model, self.rows = model, rows
        # Whether it computes in float32: then the last digits of an answer depend on the rows beside it.
        self.single = False
        self.method, self.output, self.classes, self.names = "predict", "value", None, None
        given = rows.made([column[:200] for column in rows.columns])
        answers = as_table(self.called(given))
        self.single = answers.dtype == "float32"
        if answers.shape[1] > 1:
            self.names = output_names(self.called(given), targets, answers.shape[1])
            self.output = "label" if answers.dtype.kind not in "fiu" or classifies(model) else "value"
            return
        classes = classes_of(model)
        if classes is not None and not has_threshold(model) and callable(getattr(model, "predict_proba", None)):
            shares = probabilities(model, given)
            if shares is not None and shares.ndim == 2 and shares.shape[1] == len(classes):
                self.single = shares.dtype == "float32"
                self.method, self.output, self.classes = "predict_proba", "probability", [str(each) for each in classes]
                return
        self.output = "label" if classes is not None or tells_apart(model, answers) else "value"

    def called(self, given):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return getattr(self.model, self.method)(given)

    def answers(self, columns):
        """One answer a row of these columns: a number, a list of them or a label; `REFUSED` where the model raises or answers no number."""
        count = len(columns[0])
        try:
            answered = as_table(self.called(self.rows.made(columns)))
        except Exception:  # noqa: BLE001 - whatever a model raises at a row that it does not take
            if count == 1:
                return [REFUSED]
            middle = count // 2
            return [
                answer
                for part in (slice(None, middle), slice(middle, None))
                for answer in self.answers([column[part] for column in columns])
            ]
        if answered.shape[0] != count:
            raise ValueError(
                f"the model answers {answered.shape[0]} values for {count} rows, and a caller wants one for each"
            )
        return [self.answer(row) for row in answered.tolist()]

    def answer(self, row):
        if any(value is None or value != value or value in (float("inf"), float("-inf")) for value in row):
            return REFUSED
        if self.output == "label":
            row = [whole(value) for value in row]
        return row if self.method == "predict_proba" or self.names is not None else row[0]


def as_table(answered):
    """Answers as an array of two dimensions, one row each."""
    import numpy

    if hasattr(answered, "to_numpy") and not hasattr(answered, "shape"):
        answered = answered.to_numpy()
    if hasattr(answered, "toarray"):
        answered = answered.toarray()
    table = numpy.asarray(answered)
    if table.dtype == object:
        table = numpy.array([plain_label(value) for value in table.ravel()], dtype=object).reshape(table.shape)
    return table.reshape(table.shape[0], -1) if table.ndim > 0 else table.reshape(1, 1)


def plain_label(value):
    value = value.item() if hasattr(value, "item") else value
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise ValueError(
        f"the model answers values of type {type(value).__name__}, which JSON has not; answer numbers or texts"
    )


def whole(value):
    """A label that is a whole number, also where it was kept as a float."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


def classes_of(model):
    """The classes a classifier tells apart; None for what answers a number."""
    import numpy

    classes = getattr(model, "classes_", None)
    if classes is None or (isinstance(classes, list) and len(classes) > 0 and hasattr(classes[0], "shape")):
        return None
    found = numpy.asarray(classes)
    return found.tolist() if found.ndim == 1 and len(found) > 0 else None


def classifies(model):
    return getattr(model, "classes_", None) is not None


def tells_apart(model, answers):
    """Whether answers are names of something, as those of clusters: whole numbers of what is no regressor, and all that is no number."""
    if answers.dtype.kind in "iu":
        tags = getattr(model, "__sklearn_tags__", None)
        return tags is not None and tags().estimator_type in ("clusterer", "outlier_detector")
    return answers.dtype.kind != "f"


def has_threshold(model):
    """Whether the model was given a threshold of its own: then its answer is the label, not the probability."""
    if type(model).__name__ in ("FixedThresholdClassifier", "TunedThresholdClassifierCV"):
        return True
    inner = getattr(model, "best_estimator_", None)
    if inner is None and getattr(model, "steps", None):
        inner = model.steps[-1][1]
    return inner is not None and has_threshold(inner)


def probabilities(model, given):
    import numpy

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return numpy.asarray(model.predict_proba(given))
    except Exception:  # noqa: BLE001 - some have the method and raise when it is called
        return None


def output_names(answered, targets, count):
    """The names of a model's several answers: the columns of a frame that it answers, or of the one it was fitted to predict."""
    columns = [str(name) for name in getattr(answered, "columns", [])]
    for names in (columns, targets):
        if len(names) == count == len(set(names)):
            return names
    return [f"prediction_{at}" for at in range(count)]
