"""What skl2onnx writes, with the steps that are written here."""


def to_onnx(model, inputs, options, steps):
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import DoubleTensorType, StringTensorType

    # Numbers arrive as float64 whatever they are: a missing integer is a missing float.
    kinds = {"string": StringTensorType}
    types = [(each["name"], kinds.get(each["type"], DoubleTensorType)([None, 1])) for each in inputs]
    classes = {step: class_of(step.CLASS) for step in steps}
    return convert_sklearn(
        model,
        initial_types=types,
        options=options,
        target_opset={"": 18, "ai.onnx.ml": 3},
        custom_conversion_functions={classes[step]: step.convert for step in steps if hasattr(step, "convert")},
        custom_shape_calculators={classes[step]: step.shape for step in steps if hasattr(step, "shape")},
    )


def class_of(path):
    import importlib

    module, name = path.rsplit(".", 1)
    return getattr(importlib.import_module(f"sklearn.{module}"), name)
