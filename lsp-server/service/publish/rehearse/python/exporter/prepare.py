"""What skl2onnx writes, with the steps that are written here."""

from .by_position import by_position, chooses_columns

TABLE = "lookback_table"


def to_onnx(model, rows, steps, answers=None):
    """The graph of a model or of the steps before one, over one table of all numbers, or one input a column where there are texts.

    `answers` is "predict_proba" for a whole model that gives probabilities. Given column by column, skl2onnx puts numbers together in float32: so they are put together before it.
    """
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import DoubleTensorType, StringTensorType

    pieces, order = pieces_of(rows, chooses_columns(model))
    kinds = {"string": StringTensorType}
    types = [(name, kinds.get(kind, DoubleTensorType)([None, len(places)])) for name, kind, places in pieces]
    classes = {step: class_of(step.CLASS) for step in steps}
    placed = by_position(model, rows.names, order)
    converted = convert_sklearn(
        placed,
        initial_types=types,
        options={id(placed): {"zipmap": False}} if answers == "predict_proba" else None,
        target_opset={"": 18, "ai.onnx.ml": 3},
        custom_conversion_functions={classes[step]: step.convert for step in steps if hasattr(step, "convert")},
        custom_shape_calculators={classes[step]: step.shape for step in steps if hasattr(step, "shape")},
    )
    return by_column(converted, pieces, rows)


def pieces_of(rows, any_order):
    """The tensors that skl2onnx is given, each with its columns, and where each column lies in all of them."""
    if "string" not in rows.types:
        places = list(range(len(rows.names)))
        return [(TABLE, "double", places)], places
    kinds = ["string" if each == "string" else "double" for each in rows.types]
    if any_order:
        runs = [[at for at, each in enumerate(kinds) if each == kind] for kind in ("double", "string")]
    else:
        starts = [at for at, each in enumerate(kinds) if at == 0 or kinds[at - 1] != each]
        runs = [list(range(start, end)) for start, end in zip(starts, [*starts[1:], len(kinds)], strict=True)]
    runs = [run for run in runs if run]
    sequence = [at for run in runs for at in run]
    pieces = [(f"lookback_piece_{turn}", kinds[run[0]], run) for turn, run in enumerate(runs)]
    return pieces, [sequence.index(at) for at in range(len(kinds))]


def by_column(converted, pieces, rows):
    """The graph with one input a column, which are put together before what reads them together."""
    from onnx import TensorProto, helper

    if pieces[0][0] == TABLE:
        return converted
    names = input_names(rows)
    graph = converted.graph
    types = [TensorProto.STRING if each == "string" else TensorProto.DOUBLE for each in rows.types]
    nodes = [helper.make_node("Concat", [names[at] for at in places], [name], axis=1) for name, _, places in pieces]
    nodes += list(graph.node)
    del graph.node[:], graph.input[:]
    graph.node.extend(nodes)
    graph.input.extend(
        helper.make_tensor_value_info(name, kind, [None, 1]) for name, kind in zip(names, types, strict=True)
    )
    return converted


def input_names(rows):
    """What the inputs are called until they get the names of the columns: C identifiers."""
    return [f"lookback_input_{at}" for at in range(len(rows.names))]


def class_of(path):
    import importlib

    module, name = path.rsplit(".", 1)
    return getattr(importlib.import_module(f"sklearn.{module}"), name)
