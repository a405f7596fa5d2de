"""Linear and logistic regression: a product and a sum."""

from ..graph import probabilities


def takes(model):
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge

    return isinstance(
        model, (ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge, LinearDiscriminantAnalysis)
    )


def refuses(model):
    return ("missing", "infinite")


def nodes(model):
    import numpy
    from onnx import helper, numpy_helper

    weights = numpy.atleast_2d(numpy.asarray(model.coef_, dtype=numpy.float64)).T
    offset = numpy.asarray(model.intercept_, dtype=numpy.float64).reshape(1, -1)
    constants = [
        numpy_helper.from_array(weights, "lookback_weights"),
        numpy_helper.from_array(offset, "lookback_offset"),
    ]
    nodes = [
        helper.make_node("MatMul", ["lookback_doubles", "lookback_weights"], ["lookback_products"]),
        helper.make_node("Add", ["lookback_products", "lookback_offset"], ["lookback_raw"]),
    ]
    if not hasattr(model, "classes_"):
        return nodes, constants, "lookback_raw"
    return probabilities(nodes, constants, weights.shape[1])
