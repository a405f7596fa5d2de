"""Whether a model can be written as a graph of ONNX, and the graph."""

from .convert import convert, flat
from .input_names import named_inputs
from .marked import Marked
from .prepare import TABLE, input_names
from .refusal_nodes import with_refusals
from .refusals import refusals_of


def written(asked, answers, adapters):
    """The graph's bytes, the name of its output and None; or why there is none, as one clause."""
    because = cannot(asked)
    if because is not None:
        return None, None, because
    rows = asked.rows
    try:
        graph = convert(asked.model, rows, asked.method, adapters["families"], adapters["steps"])
        table = TABLE if "string" not in rows.types else None
        with_refusals(graph, refusals_of(asked, answers), input_names(rows), table)
        if table is None:
            named_inputs(graph, rows.names)
        return graph.SerializeToString(), graph.graph.output[-1].name, None
    except Exception as error:  # noqa: BLE001 - a converter raises whatever comes to its steps
        return None, None, said(asked.model, error)


def cannot(asked):
    """What rules a graph out before one is tried."""
    if asked.output == "label":
        return "it answers labels"
    if asked.names is not None:
        return "it answers several values"
    if asked.rows.kind == "texts":
        return "it reads texts, which it cuts into words as Python does"
    if asked.rows.kind == "array" and "string" in asked.rows.types:
        return "it was fitted on an array of texts"
    if isinstance(asked.model, Marked):
        return "a column of objects holds None, which ONNX does not know"
    if type(asked.model).__module__.split(".")[0] not in ("sklearn", "imblearn"):
        return "skl2onnx writes models of scikit-learn only"
    for name in ("onnx", "skl2onnx"):
        try:
            __import__(name)
        except ImportError:
            return f"{name} is not installed"
    return None


def said(model, error):
    """The converter's words, where they say something of the model, as a clause."""
    words = " ".join(str(error).split())
    if type(error) is ValueError and "cannot be written as ONNX" in words:
        return words
    unknown = [each for each in words.replace("'", " ").split() if each.startswith("sklearn.")]
    if unknown:
        return f"skl2onnx does not write {unknown[0].rsplit('.', 1)[-1].strip('.>,')}"
    return f"skl2onnx cannot write this {type(flat(model)[-1][1]).__name__}"
