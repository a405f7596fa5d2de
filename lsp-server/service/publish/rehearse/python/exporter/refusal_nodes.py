"""Nodes that have a graph answer NaN, which no server passes on, for rows that the fitted model refuses."""

from .refusals import FLOAT32_ENDS


def with_refusals(model, refusals, names, table):
    """Adds them after the last output of a graph. `names` are the graph's inputs; `table` is the one that holds all numbers, if there is one."""
    import numpy
    from onnx import TensorProto, helper, numpy_helper

    graph = model.graph

    def node(kind, inputs, out, **attributes):
        graph.node.append(helper.make_node(kind, inputs, [out], **attributes))
        return out

    def constant(name, value):
        graph.initializer.append(numpy_helper.from_array(value, name))
        return name

    answer = node("Cast", [graph.output[-1].name], "lookback_answer", to=TensorProto.DOUBLE)
    bad = []
    for kind, test in (("missing", is_missing), ("infinite", is_infinite), ("huge", is_huge)):
        places = refusals[kind]
        if places:
            chosen = columns(node, constant, places, names, table, f"lookback_{kind}")
            found = test(node, constant, chosen, f"lookback_is_{kind}")
            bad.append((node("Cast", [found], f"lookback_ones_{kind}", to=TensorProto.DOUBLE), len(places)))
    for at, known in refusals["texts"].items():
        bad.append(
            (node("Cast", [unknown(node, names[at], known)], f"lookback_unknown_{at}", to=TensorProto.DOUBLE), 1)
        )
    if bad:
        together = node("Concat", [name for name, _ in bad], "lookback_refused", axis=1)
        # A sum by a product: what skl2onnx writes may be of an older version of ONNX, whose own sums are written otherwise.
        ones = constant("lookback_ones", numpy.ones((sum(width for _, width in bad), 1)))
        sums = node("MatMul", [together, ones], "lookback_refusals")
        is_bad = node("Greater", [sums, constant("lookback_half", numpy.array(0.5))], "lookback_is_refused")
        answer = node(
            "Where", [is_bad, constant("lookback_nothing", numpy.array(numpy.nan)), answer], "lookback_served"
        )
    del graph.output[:]
    graph.output.append(helper.make_tensor_value_info(answer, TensorProto.DOUBLE, [None, None]))
    return model


def columns(node, constant, places, names, table, name):
    import numpy

    if table is None:
        return node("Concat", [names[at] for at in places], name, axis=1)
    if len(places) == len(names):
        return table
    return node("Gather", [table, constant(name + "_at", numpy.array(places, dtype=numpy.int64))], name, axis=1)


def is_missing(node, constant, chosen, name):
    return node("IsNaN", [chosen], name)


def is_infinite(node, constant, chosen, name):
    return node("IsInf", [chosen], name)


def is_huge(node, constant, chosen, name):
    import numpy

    size = node("Abs", [chosen], name + "_size")
    limit = constant(name + "_limit", numpy.array(numpy.nextafter(FLOAT32_ENDS, 0.0)))
    return node("Greater", [size, limit], name)


def unknown(node, source, known):
    """1 where a text is none of those that the model takes."""
    return node(
        "LabelEncoder",
        [source],
        source + "_unknown",
        domain="ai.onnx.ml",
        keys_strings=known or ["lookback: nothing is known"],
        values_floats=[0.0] * max(1, len(known)),
        default_float=1.0,
    )
