"""Functions of columns that have an exact counterpart in ONNX."""

CLASS = "preprocessing.FunctionTransformer"
FUNCTIONS = {"log": "Log", "log1p": "Log1p", "sqrt": "Sqrt", "absolute": "Abs", "exp": "Exp", "square": "Square"}


def shape(operator):
    """As many float64 columns as come in; refuses a function that has no exact counterpart, by its name."""
    import numpy
    from skl2onnx.common.data_types import DoubleTensorType

    transformer = operator.raw_operator
    function = transformer.func
    name = getattr(function, "__name__", type(function).__name__)
    known = function is None or (name in FUNCTIONS and function is getattr(numpy, name))
    if not known or transformer.kw_args:
        raise ValueError(
            "FunctionTransformer("
            + name
            + ") cannot be written as ONNX; use np.log, np.log1p, np.sqrt, np.abs, np.exp or np.square"
            " without kw_args, or compute the column before the model"
        )
    if any(not isinstance(each.type, DoubleTensorType) for each in operator.inputs):
        raise ValueError(
            "a FunctionTransformer of texts cannot be written as ONNX; compute the column before the model"
        )
    operator.outputs[0].type = DoubleTensorType([None, sum(each.type.shape[1] for each in operator.inputs)])


def convert(scope, operator, container):
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
