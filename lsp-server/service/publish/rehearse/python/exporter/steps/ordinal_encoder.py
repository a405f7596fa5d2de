"""Codes of categories: ONNX answers for a value it has not seen as if it were the code -1."""

CLASS = "preprocessing.OrdinalEncoder"


def shape(operator):
    """Refuses an encoder that raises for a value it has not seen."""
    from skl2onnx.common._registration import get_shape_calculator

    if operator.raw_operator.handle_unknown == "error":
        raise ValueError(
            "an OrdinalEncoder that raises for unseen values cannot be written as ONNX;"
            " use handle_unknown='use_encoded_value', unknown_value=-1"
        )
    get_shape_calculator("SklearnOrdinalEncoder")(operator)
