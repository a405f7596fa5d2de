"""Random forests, extra trees and single trees."""

from ..trees import add_tree, ensemble, rounded, rows_of


def takes(model):
    from sklearn.ensemble import (
        ExtraTreesClassifier,
        ExtraTreesRegressor,
        RandomForestClassifier,
        RandomForestRegressor,
    )
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    forests = (RandomForestClassifier, ExtraTreesClassifier, RandomForestRegressor, ExtraTreesRegressor)
    return isinstance(model, (*forests, DecisionTreeClassifier, DecisionTreeRegressor))


def refuses(model):
    """A tree takes missing numbers unless it is of a kind, or of a time, that could not split them."""
    import numpy

    tree = getattr(model, "estimators_", [model])[0]
    supports = getattr(tree, "_support_missing_values", None)
    takes_missing = supports is not None and supports(numpy.zeros((1, 1)))
    return ("infinite", "huge") if takes_missing else ("missing", "infinite", "huge")


def nodes(model):
    """One tree a class, since a leaf of ONNX has one weight; two classes or an amount need one. The forest looks at its rows in float32."""
    import numpy
    from onnx import helper, numpy_helper

    if model.n_outputs_ > 1:
        raise ValueError("a forest with several labels cannot be written as ONNX yet")
    trees = [each.tree_ for each in getattr(model, "estimators_", [model])]
    classifies = hasattr(model, "classes_")
    count = len(model.classes_) if classifies else 1
    columns = [1] if count == 2 else list(range(count))
    splits, leaves, roots = [], [], []
    for tree in trees:
        values = (
            tree.value[:, 0, :] / tree.value[:, 0, :].sum(axis=1, keepdims=True) if classifies else tree.value[:, 0, :]
        )
        for target, column in enumerate(columns):
            roots.append(add_tree(rows_of(tree, values[:, column] / len(trees)), target, splits, leaves))
    nodes = [*rounded(), ensemble("lookback_rounded", len(columns), roots, splits, leaves)]
    if count != 2:
        return nodes, [], "lookback_sums"
    one = numpy_helper.from_array(numpy.array(1.0), "lookback_one")
    nodes += [
        helper.make_node("Sub", ["lookback_one", "lookback_sums"], ["lookback_negative"]),
        helper.make_node("Concat", ["lookback_negative", "lookback_sums"], ["probabilities"], axis=1),
    ]
    return nodes, [one], "probabilities"
