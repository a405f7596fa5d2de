"""Gradient boosting over scikit-learn's own trees."""

from ..graph import probabilities
from ..trees import add_tree, ensemble, rounded, rows_of


def takes(model):
    from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor

    return isinstance(model, (GradientBoostingClassifier, GradientBoostingRegressor))


def refuses(model):
    return ("missing", "infinite", "huge")


def nodes(model):
    """The raw scores of gradient boosting in float64; like a forest it looks at its rows in float32."""
    import numpy
    from onnx import helper, numpy_helper

    kind = type(model._loss).__name__
    if hasattr(model, "classes_") and kind not in ("HalfBinomialLoss", "HalfMultinomialLoss"):
        raise ValueError(
            "gradient boosting with loss=" + repr(model.loss) + " cannot be written as ONNX yet; use log_loss"
        )
    if model.init is not None and model.init != "zero":
        raise ValueError(
            "gradient boosting that starts from another model cannot be written as ONNX yet; leave init out"
        )
    outputs = model.estimators_.shape[1]
    splits, leaves, roots = [], [], []
    for trees in model.estimators_:
        for target, each in enumerate(trees):
            weights = model.learning_rate * each.tree_.value[:, 0, 0]
            roots.append(add_tree(rows_of(each.tree_, weights), target, splits, leaves))
    start = model._raw_predict_init(numpy.zeros((1, model.n_features_in_), dtype=numpy.float32))
    base = numpy.asarray(start, dtype=numpy.float64).reshape(1, outputs)
    nodes = [
        *rounded(),
        ensemble("lookback_rounded", outputs, roots, splits, leaves),
        helper.make_node("Add", ["lookback_sums", "lookback_base"], ["lookback_raw"]),
    ]
    constants = [numpy_helper.from_array(base, "lookback_base")]
    if not hasattr(model, "classes_"):
        return nodes, constants, "lookback_raw"
    return probabilities(nodes, constants, outputs)
