"""Histogram gradient boosting, with splits on sets of categories."""

from ..graph import probabilities
from ..trees import add_tree, ensemble


def takes(model):
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    return isinstance(model, (HistGradientBoostingClassifier, HistGradientBoostingRegressor))


def refuses(trees):
    return ()


def nodes(trees):
    """The raw scores of the trees in float64, and the link that makes them probabilities."""
    import numpy
    from onnx import helper, numpy_helper

    rounds = trees._predictors
    outputs = len(rounds[0])
    splits, leaves, roots = [], [], []
    order, categories = columns_of(trees)
    sets = {}
    for trees_of_round in rounds:
        for target, tree in enumerate(trees_of_round):
            roots.append(add_tree(raw_nodes(tree, order, categories, sets), target, splits, leaves))

    memberships, source, tables = membership_nodes(sets)
    node = ensemble(source, outputs, roots, splits, leaves)
    base = numpy.asarray(trees._baseline_prediction, dtype=numpy.float64).reshape(1, -1)
    constants = [*tables, numpy_helper.from_array(base, "lookback_base")]
    nodes = [*memberships, node, helper.make_node("Add", ["lookback_sums", "lookback_base"], ["lookback_raw"])]
    if not hasattr(trees, "classes_"):
        if type(trees._loss.link).__name__ != "IdentityLink":
            nodes.append(helper.make_node("Exp", ["lookback_raw"], ["lookback_value"]))
            return nodes, constants, "lookback_value"
        return nodes, constants, "lookback_raw"
    return probabilities(nodes, constants, outputs)


def columns_of(trees):
    """The model's columns in the order its trees number them, and of each the category that each code stands for (None: a number)."""
    import numpy

    prepare = getattr(trees, "_preprocessor", None)
    if prepare is None:
        if trees.is_categorical_ is not None and trees.is_categorical_.any():
            raise ValueError(
                "categorical splits of this version of scikit-learn cannot be written as ONNX yet; encode the categories in the pipeline"
            )
        return list(range(trees.n_features_in_)), [None] * trees.n_features_in_
    chosen = numpy.asarray(trees.is_categorical_, dtype=bool)
    order = [*numpy.flatnonzero(chosen), *numpy.flatnonzero(~chosen)]
    known = prepare.named_transformers_["encoder"].categories_
    if any(each.dtype.kind not in "fiub" for each in known):
        raise ValueError(
            "categorical splits on texts cannot be written as ONNX yet; encode the categories in the pipeline"
        )
    return order, [*(each.astype(float) for each in known), *[None] * int((~chosen).sum())]


def raw_nodes(tree, order, categories, sets):
    """The nodes of a tree as tests of the raw columns and, after those, of whether a column is in a set of categories.

    A category that was never seen goes where a missing one goes, so a set names the categories of the other side. `sets` maps each
    (column, categories) that is asked for to its place.
    """
    import numpy

    nodes = []
    for node in tree.nodes:
        raw = {
            name: node[name] for name in ("is_leaf", "value", "left", "right", "num_threshold", "missing_go_to_left")
        }
        feature = int(node["feature_idx"])
        raw["feature_idx"] = order[feature]
        if node["is_categorical"] and not node["is_leaf"]:
            bits = tree.raw_left_cat_bitsets[int(node["bitset_idx"])]
            known = categories[feature]
            goes_left = numpy.array(
                [bool(int(bits[code // 32]) >> (code % 32) & 1) for code in range(len(known))], dtype=bool
            )
            missing_left = bool(node["missing_go_to_left"])
            named = known[(goes_left != missing_left) & ~numpy.isnan(known)]
            place = sets.setdefault((int(order[feature]), tuple(named.tolist())), len(sets))
            sides = ("left", "right") if missing_left else ("right", "left")
            raw.update(feature_idx=len(order) + place, num_threshold=0.5, missing_go_to_left=0)
            raw["left"], raw["right"] = node[sides[0]], node[sides[1]]
        nodes.append(raw)
    return nodes


def membership_nodes(sets):
    """Adds a column for each set of categories, 1 where its column holds one of them, and answers what the trees read then."""
    import numpy
    from onnx import TensorProto, helper, numpy_helper

    if not sets:
        return [], "lookback_doubles", []
    nodes, tables, pieces = [], [], []
    for column in sorted({column for column, _ in sets}):
        known = sorted({value for at, values in sets if at == column for value in values}) or [0.0]
        table = numpy.zeros((len(known), len(sets)))
        for (at, values), place in sets.items():
            if at == column:
                table[[known.index(value) for value in values], place] = 1.0
        name = "lookback_column_" + str(column)
        tables += [
            numpy_helper.from_array(numpy.array([column], dtype=numpy.int64), name),
            numpy_helper.from_array(numpy.array([known], dtype=numpy.float64), name + "_known"),
            numpy_helper.from_array(table, name + "_sets"),
        ]
        nodes += [
            helper.make_node("Gather", ["lookback_doubles", name], [name + "_values"], axis=1),
            helper.make_node("Equal", [name + "_values", name + "_known"], [name + "_equal"]),
            helper.make_node("Cast", [name + "_equal"], [name + "_ones"], to=TensorProto.DOUBLE),
            helper.make_node("MatMul", [name + "_ones", name + "_sets"], [name + "_member"]),
        ]
        pieces.append(name + "_member")
    nodes += [
        helper.make_node("Sum", pieces, ["lookback_memberships"]),
        helper.make_node("Concat", ["lookback_doubles", "lookback_memberships"], ["lookback_columns"], axis=1),
    ]
    return nodes, "lookback_columns", tables
