"""Trees as the nodes of ONNX's TreeEnsemble, in float64."""


def rounded():
    """The features as scikit-learn's own trees see them: rounded to float32."""
    from onnx import TensorProto, helper

    return [
        helper.make_node("Cast", ["lookback_doubles"], ["lookback_floats"], to=TensorProto.FLOAT),
        helper.make_node("Cast", ["lookback_floats"], ["lookback_rounded"], to=TensorProto.DOUBLE),
    ]


def rows_of(tree, values):
    """The nodes of one of scikit-learn's own trees, with the leaves worth `values`."""
    return [
        {
            "is_leaf": tree.children_left[at] < 0,
            "value": values[at],
            "left": tree.children_left[at],
            "right": tree.children_right[at],
            "feature_idx": tree.feature[at],
            "num_threshold": tree.threshold[at],
            "missing_go_to_left": tree.missing_go_to_left[at],
        }
        for at in range(tree.node_count)
    ]


def ensemble(source, targets, roots, splits, leaves):
    import numpy
    from onnx import helper, numpy_helper

    def column(rows, at, kind):
        return numpy_helper.from_array(numpy.array([row[at] for row in rows], dtype=kind))

    return helper.make_node(
        "TreeEnsemble",
        [source],
        ["lookback_sums"],
        domain="ai.onnx.ml",
        aggregate_function=1,
        post_transform=0,
        n_targets=targets,
        tree_roots=roots,
        nodes_featureids=[row[0] for row in splits],
        nodes_splits=column(splits, 1, numpy.float64),
        nodes_modes=numpy_helper.from_array(numpy.zeros(len(splits), dtype=numpy.uint8)),
        nodes_missing_value_tracks_true=[row[2] for row in splits],
        nodes_truenodeids=[row[3] for row in splits],
        nodes_trueleafs=[row[4] for row in splits],
        nodes_falsenodeids=[row[5] for row in splits],
        nodes_falseleafs=[row[6] for row in splits],
        leaf_targetids=[row[0] for row in leaves],
        leaf_weights=column(leaves, 1, numpy.float64),
    )


def add_tree(nodes, target, splits, leaves):
    """Adds a tree's nodes and answers the index of its root. A tree of one leaf becomes a split both of whose sides are that leaf."""
    first = len(splits)
    places = {}
    for at, node in enumerate(nodes):
        if node["is_leaf"]:
            places[at] = (len(leaves), 1)
            leaves.append((target, float(node["value"])))
        else:
            places[at] = (len(splits), 0)
            splits.append(None)
    if len(splits) == first:
        leaf = places[0][0]
        splits.append((0, 0.0, 1, leaf, 1, leaf, 1))
        return first
    for at, node in enumerate(nodes):
        if node["is_leaf"]:
            continue
        left, right = places[int(node["left"])], places[int(node["right"])]
        splits[places[at][0]] = (
            int(node["feature_idx"]),
            float(node["num_threshold"]),
            int(bool(node["missing_go_to_left"])),
            left[0],
            left[1],
            right[0],
            right[1],
        )
    return first
