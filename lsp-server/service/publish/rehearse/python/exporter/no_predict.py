"""What is no predictor, and what to do instead."""


def refuse(model):
    kind = type(model).__name__
    if callable(getattr(model, "fit_predict", None)):
        raise ValueError(
            f"{kind} labels only the rows it is fitted on and cannot be asked about others; publish a model that has predict"
        )
    if callable(getattr(model, "transform", None)):
        raise ValueError(
            f"{kind} transforms rows and predicts nothing; put it into a Pipeline with the model that comes after it"
        )
    raise ValueError(
        f"{kind} has no predict, so it cannot be asked; give it a method predict(self, rows) that returns one answer a row"
    )
