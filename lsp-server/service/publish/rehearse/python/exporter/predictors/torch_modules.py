"""Modules of PyTorch: they answer tensors for tensors, and nothing says what a row is."""


def takes(model):
    return any(each.__module__.startswith("torch.nn.") and each.__name__ == "Module" for each in type(model).__mro__)


def asked(model, names):
    if callable(getattr(model, "predict", None)):
        return model
    raise ValueError(
        "a PyTorch module answers tensors for tensors and has no predict; give its class a method predict(self, rows) that takes an array and returns numbers, fit again and publish that"
    )
