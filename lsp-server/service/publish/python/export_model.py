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
    from sklearn.ensemble import (
        ExtraTreesClassifier,
        ExtraTreesRegressor,
        GradientBoostingClassifier,
        GradientBoostingRegressor,
        HistGradientBoostingClassifier,
        HistGradientBoostingRegressor,
        RandomForestClassifier,
        RandomForestRegressor,
    )
    from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge
    from sklearn.pipeline import Pipeline
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    last = model.steps[-1][1] if isinstance(model, Pipeline) else model
    before = model[:-1] if isinstance(model, Pipeline) and len(model.steps) > 1 else None
    # skl2onnx writes the thresholds of these trees and the weights of linear models in float32: rows near a threshold move to the other side.
    if isinstance(last, (HistGradientBoostingClassifier, HistGradientBoostingRegressor)):
        return with_last(before, inputs, tree_nodes(last))
    forests = (RandomForestClassifier, ExtraTreesClassifier, RandomForestRegressor, ExtraTreesRegressor)
    if isinstance(last, (*forests, DecisionTreeClassifier, DecisionTreeRegressor)):
        return with_last(before, inputs, forest_nodes(last))
    if isinstance(last, (GradientBoostingClassifier, GradientBoostingRegressor)):
        return with_last(before, inputs, boosted_nodes(last))
    if isinstance(last, (LogisticRegression, LinearRegression, Ridge, Lasso, ElasticNet)):
        return with_last(before, inputs, linear_nodes(last))
    return to_onnx(model, inputs, {id(model): {"zipmap": False}} if hasattr(model, "predict_proba") else None)


def to_onnx(model, inputs, options):
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import DoubleTensorType, StringTensorType
    from sklearn.impute import SimpleImputer
    from sklearn.preprocessing import FunctionTransformer, OrdinalEncoder

    # Numbers arrive as float64 whatever they are: a missing integer is a missing float.
    kinds = {"string": StringTensorType}
    types = [(each["name"], kinds.get(each["type"], DoubleTensorType)([None, 1])) for each in inputs]
    return convert_sklearn(
        model,
        initial_types=types,
        options=options,
        target_opset={"": 18, "ai.onnx.ml": 3},
        custom_conversion_functions={SimpleImputer: impute, FunctionTransformer: apply_function},
        custom_shape_calculators={FunctionTransformer: shape_of_function, OrdinalEncoder: shape_of_codes},
    )


def impute(scope, operator, container):
    """What is missing becomes the imputer's figure, in float64: ONNX's own Imputer knows only float32."""
    import numpy
    from onnx import TensorProto

    imputer = operator.raw_operator
    figures = numpy.asarray(imputer.statistics_)
    if figures.dtype.kind not in "fiu" or imputer.add_indicator or numpy.isnan(figures.astype(float)).any():
        raise ValueError("this SimpleImputer cannot be written as ONNX yet; impute numbers, without an indicator")
    missing = imputer.missing_values
    if not (isinstance(missing, float) and numpy.isnan(missing)):
        raise ValueError("a SimpleImputer whose missing value is not NaN cannot be written as ONNX yet")
    given, is_missing = scope.get_unique_variable_name("given"), scope.get_unique_variable_name("is_missing")
    instead = scope.get_unique_variable_name("instead")
    names = [variable.full_name for variable in operator.inputs]
    container.add_initializer(instead, TensorProto.DOUBLE, [1, len(figures)], figures.astype(float).tolist())
    container.add_node("Concat", names, given, name=scope.get_unique_operator_name("Concat"), axis=1)
    container.add_node("IsNaN", given, is_missing, op_version=13, name=scope.get_unique_operator_name("IsNaN"))
    out = operator.outputs[0].full_name
    container.add_node(
        "Where", [is_missing, instead, given], out, op_version=16, name=scope.get_unique_operator_name("Where")
    )


def shape_of_codes(operator):
    """Refuses an encoder that raises for a value it has not seen: ONNX would answer as if it were the code -1."""
    from skl2onnx.common._registration import get_shape_calculator

    if operator.raw_operator.handle_unknown == "error":
        raise ValueError(
            "an OrdinalEncoder that raises for unseen values cannot be written as ONNX;"
            " use handle_unknown='use_encoded_value', unknown_value=-1"
        )
    get_shape_calculator("SklearnOrdinalEncoder")(operator)


FUNCTIONS = {"log": "Log", "log1p": "Log1p", "sqrt": "Sqrt", "absolute": "Abs", "exp": "Exp", "square": "Square"}


def shape_of_function(operator):
    """As many float64 columns as come in; refuses a function that has no exact counterpart, by its name."""
    import numpy
    from skl2onnx.common.data_types import DoubleTensorType

    transformer = operator.raw_operator
    function = transformer.func
    name = getattr(function, "__name__", type(function).__name__)
    known = function is None or (name in FUNCTIONS and function is getattr(numpy, name))
    if not known or transformer.kw_args:
        raise ValueError(
            "FunctionTransformer(" + name + ") cannot be written as ONNX; use np.log, np.log1p, np.sqrt, np.abs, np.exp or np.square"
            " without kw_args, or compute the column before the model"
        )
    if any(not isinstance(each.type, DoubleTensorType) for each in operator.inputs):
        raise ValueError("a FunctionTransformer of texts cannot be written as ONNX; compute the column before the model")
    operator.outputs[0].type = DoubleTensorType([None, sum(each.type.shape[1] for each in operator.inputs)])


def apply_function(scope, operator, container):
    from onnx import TensorProto

    def node(kind, *inputs, out=None, **attributes):
        out = out or scope.get_unique_variable_name("function")
        container.add_node(kind, list(inputs), out, name=scope.get_unique_operator_name(kind), **attributes)
        return out

    out = operator.outputs[0].full_name
    given = node("Concat", *[each.full_name for each in operator.inputs], axis=1)
    function = operator.raw_operator.func
    kind = "Identity" if function is None else FUNCTIONS[function.__name__]
    if kind == "Square":
        node("Mul", given, given, out=out, op_version=14)
    elif kind == "Log1p":
        # log(1 + x) alone loses the digits of a small x; the quotient gives them back.
        one = scope.get_unique_variable_name("one")
        container.add_initializer(one, TensorProto.DOUBLE, [1], [1.0])
        more = node("Add", given, one, op_version=14)
        ratio = node("Div", given, node("Sub", more, one, op_version=14), op_version=14)
        exact = node("Mul", node("Log", more, op_version=13), ratio, op_version=14)
        node("Where", node("Equal", more, one, op_version=13), given, exact, out=out, op_version=16)
    else:
        node(kind, given, out=out, op_version=13)


def with_last(before, inputs, last):
    """The graph of the steps before the last one, then nodes that read `lookback_doubles`."""
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
    added, constants, output = last
    graph = helper.make_graph(
        nodes + added,
        "lookback",
        graph_inputs,
        [helper.make_tensor_value_info(output, TensorProto.DOUBLE, [None, None])],
        initializers + constants,
    )
    opsets += [helper.make_opsetid("", 18), helper.make_opsetid("ai.onnx.ml", 5)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="lookback")


def linear_nodes(model):
    import numpy
    from onnx import helper, numpy_helper

    weights = numpy.atleast_2d(numpy.asarray(model.coef_, dtype=numpy.float64)).T
    offset = numpy.asarray(model.intercept_, dtype=numpy.float64).reshape(1, -1)
    constants = [numpy_helper.from_array(weights, "lookback_weights"), numpy_helper.from_array(offset, "lookback_offset")]
    nodes = [
        helper.make_node("MatMul", ["lookback_doubles", "lookback_weights"], ["lookback_products"]),
        helper.make_node("Add", ["lookback_products", "lookback_offset"], ["lookback_raw"]),
    ]
    if not hasattr(model, "classes_"):
        return nodes, constants, "lookback_raw"
    return probabilities(nodes, constants, weights.shape[1])


def forest_nodes(model):
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
        values = tree.value[:, 0, :] / tree.value[:, 0, :].sum(axis=1, keepdims=True) if classifies else tree.value[:, 0, :]
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


def boosted_nodes(model):
    """The raw scores of gradient boosting in float64; like a forest it looks at its rows in float32."""
    import numpy
    from onnx import helper, numpy_helper

    kind = type(model._loss).__name__
    if hasattr(model, "classes_") and kind not in ("HalfBinomialLoss", "HalfMultinomialLoss"):
        raise ValueError("gradient boosting with loss=" + repr(model.loss) + " cannot be written as ONNX yet; use log_loss")
    if model.init is not None and model.init != "zero":
        raise ValueError("gradient boosting that starts from another model cannot be written as ONNX yet; leave init out")
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


def tree_nodes(trees):
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
            raise ValueError("categorical splits of this version of scikit-learn cannot be written as ONNX yet; encode the categories in the pipeline")
        return list(range(trees.n_features_in_)), [None] * trees.n_features_in_
    chosen = numpy.asarray(trees.is_categorical_, dtype=bool)
    order = [*numpy.flatnonzero(chosen), *numpy.flatnonzero(~chosen)]
    known = prepare.named_transformers_["encoder"].categories_
    if any(each.dtype.kind not in "fiub" for each in known):
        raise ValueError("categorical splits on texts cannot be written as ONNX yet; encode the categories in the pipeline")
    return order, [*(each.astype(float) for each in known), *[None] * int((~chosen).sum())]


def raw_nodes(tree, order, categories, sets):
    """The nodes of a tree as tests of the raw columns and, after those, of whether a column is in a set of categories.

    A category that was never seen goes where a missing one goes, so a set names the categories of the other side. `sets` maps each
    (column, categories) that is asked for to its place.
    """
    import numpy

    nodes = []
    for node in tree.nodes:
        raw = {name: node[name] for name in ("is_leaf", "value", "left", "right", "num_threshold", "missing_go_to_left")}
        feature = int(node["feature_idx"])
        raw["feature_idx"] = order[feature]
        if node["is_categorical"] and not node["is_leaf"]:
            bits = tree.raw_left_cat_bitsets[int(node["bitset_idx"])]
            known = categories[feature]
            goes_left = numpy.array([bool(int(bits[code // 32]) >> (code % 32) & 1) for code in range(len(known))], dtype=bool)
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


def probabilities(nodes, constants, outputs):
    """The link from raw scores to one probability a class."""
    import numpy
    from onnx import helper, numpy_helper

    if outputs > 1:
        softmax = helper.make_node("Softmax", ["lookback_raw"], ["probabilities"], axis=1)
        return [*nodes, softmax], constants, "probabilities"
    one = numpy_helper.from_array(numpy.array(1.0), "lookback_one")
    link = [
        helper.make_node("Sigmoid", ["lookback_raw"], ["lookback_positive"]),
        helper.make_node("Sub", ["lookback_one", "lookback_positive"], ["lookback_negative"]),
        helper.make_node("Concat", ["lookback_negative", "lookback_positive"], ["probabilities"], axis=1),
    ]
    return nodes + link, [*constants, one], "probabilities"


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
