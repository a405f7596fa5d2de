"""Writes a fitted scikit-learn model as ONNX in float64, with rows to prove that it answers alike.

Executed in the kernel that fitted the model; `export(settings, names)` gets the kernel's variables as a dictionary and answers a
JSON-able description. Needs skl2onnx and onnx in the kernel's environment.
"""

import json
import os

SAMPLE = 2000


def export(settings, names):
    import numpy
    import onnx

    model = names[settings["variable"]]
    columns = [str(name) for name in getattr(model, "feature_names_in_", [])]
    if not columns:
        raise ValueError("the model was not fitted on a DataFrame, so its inputs have no names")
    frame = sample_of(names, columns)
    inputs = [{"name": name, "type": type_of(frame[name])} for name in columns]
    converted = convert(model, inputs)
    folder = settings["folder"]
    onnx.save_model(converted, os.path.join(folder, "model.onnx"))
    classifies = hasattr(model, "predict_proba")
    expected = model.predict_proba(frame) if classifies else model.predict(frame)
    rows = {name: [plain(value) for value in frame[name].tolist()] for name in columns}
    with open(os.path.join(folder, "sample.json"), "w", encoding="utf-8") as file:
        json.dump({"rows": rows, "expected": numpy.asarray(expected, dtype=float).tolist()}, file)
    return {
        "className": type(model).__module__.split("._")[0] + "." + type(model).__name__,
        "inputs": inputs,
        "tensor": converted.graph.output[-1].name,
        "classes": [str(name) for name in model.classes_.tolist()] if classifies else None,
        "rows": len(frame),
    }


def sample_of(names, columns):
    """Rows spread evenly over the largest frame that has all the model's columns."""
    import numpy
    import pandas

    frames = [value for value in names.values() if isinstance(value, pandas.DataFrame) and set(columns) <= set(value.columns)]
    if not frames:
        raise ValueError("no DataFrame in the notebook has all the columns of the model: " + ", ".join(columns))
    largest = max(frames, key=len)
    places = numpy.unique(numpy.linspace(0, len(largest) - 1, min(SAMPLE, len(largest))).astype(int))
    return largest.iloc[places][columns].reset_index(drop=True)


def type_of(series):
    from pandas.api import types

    if types.is_bool_dtype(series):
        return "bool"
    if types.is_integer_dtype(series):
        return "int64"
    if types.is_float_dtype(series):
        return "double"
    return "string"


def plain(value):
    if value is None or value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def convert(model, inputs):
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.pipeline import Pipeline

    last = model.steps[-1][1] if isinstance(model, Pipeline) else model
    if isinstance(last, (HistGradientBoostingClassifier, HistGradientBoostingRegressor)):
        # skl2onnx writes these trees' thresholds in float32, which moves rows that lie near one to the other side.
        before = model[:-1] if isinstance(model, Pipeline) and len(model.steps) > 1 else None
        return with_trees(before, last, inputs)
    return to_onnx(model, inputs, {id(model): {"zipmap": False}} if hasattr(model, "predict_proba") else None)


def to_onnx(model, inputs, options):
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import DoubleTensorType, StringTensorType

    # Numbers arrive as float64 whatever they are: a missing integer is a missing float.
    kinds = {"string": StringTensorType}
    types = [(each["name"], kinds.get(each["type"], DoubleTensorType)([None, 1])) for each in inputs]
    return convert_sklearn(model, initial_types=types, options=options, target_opset={"": 18, "ai.onnx.ml": 3})


def with_trees(before, trees, inputs):
    from onnx import TensorProto, helper

    if before is None:
        graph_inputs = [helper.make_tensor_value_info(each["name"], TensorProto.DOUBLE, [None, 1]) for each in inputs]
        nodes = [helper.make_node("Concat", [each["name"] for each in inputs], ["lookback_features"], axis=1)]
        initializers, features, opsets = [], "lookback_features", []
    else:
        prepared = to_onnx(before, inputs, None)
        graph_inputs, nodes = list(prepared.graph.input), list(prepared.graph.node)
        initializers, features = list(prepared.graph.initializer), prepared.graph.output[0].name
        opsets = [each for each in prepared.opset_import if each.domain not in ("", "ai.onnx.ml")]
    nodes.append(helper.make_node("Cast", [features], ["lookback_doubles"], to=TensorProto.DOUBLE))
    added, constants, output = tree_nodes(trees)
    graph = helper.make_graph(
        nodes + added,
        "lookback",
        graph_inputs,
        [helper.make_tensor_value_info(output, TensorProto.DOUBLE, [None, None])],
        initializers + constants,
    )
    opsets += [helper.make_opsetid("", 18), helper.make_opsetid("ai.onnx.ml", 5)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="lookback")


def tree_nodes(trees):
    """The raw scores of the trees in float64, and the link that makes them probabilities."""
    import numpy
    from onnx import TensorProto, helper, numpy_helper

    rounds = trees._predictors
    outputs = len(rounds[0])
    splits, leaves, roots = [], [], []
    for trees_of_round in rounds:
        for target, tree in enumerate(trees_of_round):
            roots.append(add_tree(tree.nodes, target, splits, leaves))

    def column(rows, at, kind):
        return numpy_helper.from_array(numpy.array([row[at] for row in rows], dtype=kind))

    node = helper.make_node(
        "TreeEnsemble",
        ["lookback_doubles"],
        ["lookback_sums"],
        domain="ai.onnx.ml",
        aggregate_function=1,
        post_transform=0,
        n_targets=outputs,
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
    base = numpy.asarray(trees._baseline_prediction, dtype=numpy.float64).reshape(1, -1)
    constants = [numpy_helper.from_array(base, "lookback_base")]
    nodes = [node, helper.make_node("Add", ["lookback_sums", "lookback_base"], ["lookback_raw"])]
    if not hasattr(trees, "classes_"):
        if type(trees._loss.link).__name__ != "IdentityLink":
            nodes.append(helper.make_node("Exp", ["lookback_raw"], ["lookback_value"]))
            return nodes, constants, "lookback_value"
        return nodes, constants, "lookback_raw"
    if outputs > 1:
        nodes.append(helper.make_node("Softmax", ["lookback_raw"], ["probabilities"], axis=1))
        return nodes, constants, "probabilities"
    constants.append(numpy_helper.from_array(numpy.array(1.0), "lookback_one"))
    nodes += [
        helper.make_node("Sigmoid", ["lookback_raw"], ["lookback_positive"]),
        helper.make_node("Sub", ["lookback_one", "lookback_positive"], ["lookback_negative"]),
        helper.make_node("Concat", ["lookback_negative", "lookback_positive"], ["probabilities"], axis=1),
    ]
    return nodes, constants, "probabilities"


def add_tree(nodes, target, splits, leaves):
    """Adds a tree's nodes and answers the index of its root. A tree of one leaf becomes a split both of whose sides are that leaf."""
    if any(node["is_categorical"] for node in nodes):
        raise ValueError("categorical splits of HistGradientBoosting cannot be written as ONNX yet; encode the categories in the pipeline")
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
