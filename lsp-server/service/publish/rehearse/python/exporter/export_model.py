"""Exports one model of a kernel into a folder."""

import json
import os

from .convert import convert
from .input_names import named_inputs
from .sample import plain, sample_of, type_of


def export(settings, names, families, steps):
    import numpy
    import onnx

    model = names[settings["variable"]]
    columns = [str(name) for name in getattr(model, "feature_names_in_", [])]
    if not columns:
        raise ValueError("the model was not fitted on a DataFrame, so its inputs have no names")
    if "" in columns:
        raise ValueError("a column of the model has an empty name, by which no caller could give it; rename it")
    frame = sample_of(names, columns)
    inputs = [{"name": name, "type": type_of(frame[name])} for name in columns]
    converted = named_inputs(convert(model, inputs, families, steps), columns)
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
