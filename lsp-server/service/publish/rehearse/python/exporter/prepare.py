"""What skl2onnx writes, with the steps that are written here."""


def to_onnx(model, inputs, options, steps):
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import DoubleTensorType, StringTensorType

    # Numbers arrive as float64 whatever they are: a missing integer is a missing float.
    kinds = {"string": StringTensorType}
    types = [(each["name"], kinds.get(each["type"], DoubleTensorType)([None, 1])) for each in inputs]
    classes = {step: class_of(step.CLASS) for step in steps}
    return convert_sklearn(
        gathered(model, inputs),
        initial_types=types,
        options=options,
        target_opset={"": 18, "ai.onnx.ml": 3},
        custom_conversion_functions={classes[step]: step.convert for step in steps if hasattr(step, "convert")},
        custom_shape_calculators={classes[step]: step.shape for step in steps if hasattr(step, "shape")},
    )


def gathered(model, inputs):
    """The model over one table of its numbers. Given column by column, skl2onnx puts them together in float32."""
    from numpy import zeros
    from sklearn.compose import ColumnTransformer
    from sklearn.pipeline import Pipeline

    if chooses_columns(model) or any(each["type"] == "string" for each in inputs):
        return model
    together = ColumnTransformer([("numbers", "passthrough", list(range(len(inputs))))])
    return Pipeline([("together", together.fit(zeros((1, len(inputs))))), ("model", model)])


def chooses_columns(step):
    """Whether a step takes columns by their names."""
    from sklearn.compose import ColumnTransformer
    from sklearn.pipeline import FeatureUnion, Pipeline

    if isinstance(step, Pipeline):
        return chooses_columns(step.steps[0][1])
    if isinstance(step, FeatureUnion):
        return any(chooses_columns(each) for _, each in step.transformer_list)
    return isinstance(step, ColumnTransformer)


def class_of(path):
    import importlib

    module, name = path.rsplit(".", 1)
    return getattr(importlib.import_module(f"sklearn.{module}"), name)
