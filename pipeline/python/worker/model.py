"""The model in the bytes that the pipeline verified."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

from .fault import Fault, clause_of


def load_model(data: bytes) -> tuple[Any, Any]:
    """The fitted object, and the empty rows that have the types it was fitted on."""
    try:
        found = pickle.loads(data)
    except BaseException as error:
        raise Fault("load", f"it cannot be loaded ({clause_of(error)})") from error
    if not isinstance(found, dict) or "model" not in found:
        raise Fault("load", "it is not what Lookback writes")
    return found["model"], found.get("template")


def method_of(model: Any, method: str, classes: list[str] | None) -> Callable[[Any], Any]:
    """What answers rows. Fails where the model cannot, or knows other classes than the plan."""
    ask = getattr(model, method, None)
    if not callable(ask):
        raise Fault("load", f"a {type(model).__name__} has no {method}")
    known = getattr(model, "classes_", None)
    if method == "predict_proba" and known is not None and hasattr(known, "tolist"):
        found = [str(each) for each in known.tolist()]
        if found != classes:
            raise Fault("load", f"it knows the classes {', '.join(found)}, the plan names {', '.join(classes or [])}")
    return ask
