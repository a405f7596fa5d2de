"""Which steps of a model are written by whom."""

from .graph import with_last
from .prepare import to_onnx


def convert(model, rows, answers, families, steps):
    """The graph of a model. Raises ValueError in words for what cannot be written."""
    from sklearn.pipeline import Pipeline

    chain = flat(model)
    last = chain[-1][1]
    before = Pipeline(chain[:-1]) if len(chain) > 1 else None
    # skl2onnx writes the thresholds of trees and the weights of linear models in float32: rows near a threshold move to the other side.
    for family in families:
        if family.takes(last):
            prepared = None if before is None else to_onnx(before, rows, steps)
            return with_last(prepared, rows, family.nodes(last), family.refuses(last))
    return to_onnx(last if before is None else Pipeline(chain), rows, steps, answers)


def flat(model, name="model"):
    """The steps a row goes through, by name: those of pipelines in pipelines and of the best of a search, without those that only fitting uses."""
    from sklearn.pipeline import Pipeline

    if hasattr(model, "best_estimator_"):
        return flat(model.best_estimator_, name)
    if not isinstance(model, Pipeline):
        return [(name, model)]
    steps = [
        (inner, step)
        for inner, step in model.steps
        if step is not None and step != "passthrough" and not hasattr(step, "fit_resample")
    ]
    return [pair for inner, step in steps for pair in flat(step, f"{name}_{inner}")]
