"""What statsmodels answers of a fit: its rows are those it was fitted on, of a formula the columns that the formula names."""

from typing import Any


class Fitted:
    """Asks results with rows: it travels with the model."""

    def __init__(self, results):
        self.results = results
        self.lookback_rows: Any = None

    def __getstate__(self):
        return {"results": self.results}

    def predict(self, rows):
        return self.results.predict(rows)


def takes(model):
    return type(model).__module__.startswith("statsmodels.") and hasattr(model, "model") and hasattr(model, "predict")


def asked(model, names):
    import numpy

    from ..tables import is_frame

    if type(model).__module__.startswith("statsmodels.tsa.") or not hasattr(model.model, "exog"):
        raise ValueError(
            "this model of a time series forecasts from where its series ends, so there are no inputs to ask it with; publish a model that predicts from columns"
        )
    fitted = Fitted(model)
    data = model.model.data
    frame = getattr(data, "frame", None)
    if getattr(model.model, "formula", None) is not None and is_frame(frame):
        fitted.lookback_rows = needed(fitted, frame)
    else:
        given = getattr(data, "orig_exog", None)
        fitted.lookback_rows = given if is_frame(given) else numpy.asarray(model.model.exog)
    return fitted


def needed(fitted, frame):
    """The columns without which the formula cannot be answered."""
    kept = []
    for at in range(frame.shape[1]):
        others = [other for other in range(frame.shape[1]) if other != at]
        try:
            fitted.predict(frame.iloc[:3, others])
        except Exception:  # noqa: BLE001 - whatever a formula raises that misses a column
            kept.append(at)
    return frame.iloc[:, kept]
