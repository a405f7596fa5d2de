"""What is missing becomes the imputer's figure, in float64: ONNX's own Imputer knows only float32."""

CLASS = "impute.SimpleImputer"


def convert(scope, operator, container):
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
