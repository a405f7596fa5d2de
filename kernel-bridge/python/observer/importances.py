"""What a model says its inputs weigh: its coefficients or importances, the largest first. Only what is cheap beside the fit."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from typing import Any

MOST = 30
# A forest computes its importances anew from every tree: that must be little beside what its fit took.
COMPUTED_AFTER_MS = 200


def importances_of(model: Any, took_ms: float) -> list[list[Any]] | None:
    """Name and weight of each; None where the model has none, or several of each."""
    steps = getattr(model, "steps", None)
    last = steps[-1][1] if steps else model
    values = attributes_of(last).get("coef_")
    if values is None and took_ms >= COMPUTED_AFTER_MS:
        values = getattr(last, "feature_importances_", None)
    if values is None or not hasattr(values, "ravel") or not hasattr(values, "shape"):
        return None
    if (len(values.shape) > 1 and values.shape[0] != 1) or values.dtype.kind not in "biuf":
        return None
    flat = values.ravel()
    return largest(names_for(model, last, len(flat)), flat.tolist())


def largest(names: Sequence[str], weights: Sequence[float]) -> list[list[Any]]:
    finite = [at for at, weight in enumerate(weights) if math.isfinite(weight)]
    first = heapq.nsmallest(MOST, finite, key=lambda at: (-abs(weights[at]), at))
    return [[names[at], float(weights[at])] for at in first]


def attributes_of(model: Any) -> dict[str, Any]:
    """Those that stand in the model; what it would compute for whoever asks does not."""
    return getattr(model, "__dict__", {})


def names_for(model: Any, last: Any, count: int) -> list[str]:
    names = attributes_of(last).get("feature_names_in_")
    if names is None and last is not model:
        try:
            names = model[:-1].get_feature_names_out()
        except Exception:  # noqa: BLE001 - many steps do not know their outputs' names
            names = None
    known = [str(name) for name in names] if names is not None else []
    return known if len(known) == count else [f"x{at}" for at in range(count)]
