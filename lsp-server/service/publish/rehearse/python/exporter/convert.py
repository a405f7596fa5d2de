"""Which steps of a model are written by whom."""

from .graph import with_last
from .prepare import to_onnx


def convert(model, inputs, families, steps):
    from sklearn.pipeline import Pipeline

    last = model.steps[-1][1] if isinstance(model, Pipeline) else model
    before = model[:-1] if isinstance(model, Pipeline) and len(model.steps) > 1 else None
    # skl2onnx writes the thresholds of trees and the weights of linear models in float32: rows near a threshold move to the other side.
    for family in families:
        if family.takes(last):
            prepared = None if before is None else to_onnx(before, inputs, None, steps)
            return with_last(prepared, len(inputs), family.nodes(last))
    return to_onnx(model, inputs, {id(model): {"zipmap": False}} if hasattr(model, "predict_proba") else None, steps)
