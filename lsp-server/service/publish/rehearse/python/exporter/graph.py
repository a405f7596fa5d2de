"""A graph whose last step is written here, and the links from raw scores to probabilities."""

from .prepare import TABLE, input_names


def with_last(prepared, rows, last, refuses):
    """The graph of the steps before the last one (None: there are none), then nodes that read `lookback_doubles`.

    `refuses` names what the last step takes no row with: "missing", "infinite" numbers, or those that float32 cannot hold ("huge").
    """
    from onnx import TensorProto, helper

    if prepared is None:
        names = [TABLE] if "string" not in rows.types else input_names(rows)
        graph_inputs = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, [None, None]) for name in names]
        nodes = [helper.make_node("Concat", names, ["lookback_features"], axis=1)]
        initializers, features, opsets = [], "lookback_features", []
    else:
        graph_inputs, nodes = list(prepared.graph.input), list(prepared.graph.node)
        initializers, features = list(prepared.graph.initializer), prepared.graph.output[0].name
        opsets = [each for each in prepared.opset_import if each.domain not in ("", "ai.onnx.ml")]
    nodes.append(helper.make_node("Cast", [features], ["lookback_doubles"], to=TensorProto.DOUBLE))
    added, constants, output = last
    nodes += added
    if refuses:
        more, others, output = refusing(refuses, output)
        nodes, constants = nodes + more, [*constants, *others]
    graph = helper.make_graph(
        nodes,
        "lookback",
        graph_inputs,
        [helper.make_tensor_value_info(output, TensorProto.DOUBLE, [None, None])],
        initializers + constants,
    )
    opsets += [helper.make_opsetid("", 18), helper.make_opsetid("ai.onnx.ml", 5)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="lookback")


def refusing(refuses, output):
    """Nodes that answer NaN for the rows whose features the last step takes no row with."""
    import numpy
    from onnx import TensorProto, helper, numpy_helper

    source = "lookback_doubles"
    nodes, found = [], []
    if "huge" in refuses:
        nodes.append(helper.make_node("Cast", [source], ["lookback_small"], to=TensorProto.FLOAT))
        source = "lookback_small"
    for kind, test in (("missing", "IsNaN"), ("infinite", "IsInf")):
        if kind in refuses:
            nodes.append(helper.make_node(test, [source], ["lookback_step_" + kind]))
            nodes.append(
                helper.make_node(
                    "Cast", ["lookback_step_" + kind], ["lookback_step_ones_" + kind], to=TensorProto.DOUBLE
                )
            )
            found.append("lookback_step_ones_" + kind)
    nodes += [
        helper.make_node("Concat", found, ["lookback_step_found"], axis=1),
        helper.make_node(
            "ReduceMax", ["lookback_step_found", "lookback_step_axis"], ["lookback_step_most"], keepdims=1
        ),
        helper.make_node("Greater", ["lookback_step_most", "lookback_step_half"], ["lookback_step_refuses"]),
        helper.make_node("Where", ["lookback_step_refuses", "lookback_step_nothing", output], ["lookback_step_answer"]),
    ]
    constants = [
        numpy_helper.from_array(numpy.array([1], dtype=numpy.int64), "lookback_step_axis"),
        numpy_helper.from_array(numpy.array(0.5), "lookback_step_half"),
        numpy_helper.from_array(numpy.array(numpy.nan), "lookback_step_nothing"),
    ]
    return nodes, constants, "lookback_step_answer"


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
