"""A graph whose last step is written here, and the links from raw scores to probabilities."""

from .input_names import named_inputs


def with_last(prepared, columns, last):
    """The graph of the steps before the last one (None: there are none), then nodes that read `lookback_doubles`."""
    from onnx import TensorProto, helper

    names = [f"lookback_input_{at}" for at in range(columns)]
    if prepared is None:
        graph_inputs = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, [None, 1]) for name in names]
        nodes = [helper.make_node("Concat", names, ["lookback_features"], axis=1)]
        initializers, features, opsets = [], "lookback_features", []
    else:
        # A column may be called as a node is that comes after.
        named_inputs(prepared, names)
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
