"""The models that a cell fits."""

from __future__ import annotations

import math
import time
import types
import weakref
from collections.abc import Callable
from typing import Any

from .cell import Cell
from .journal import Journal
from .shapes import rows_of
from .wrapping import Calls, Fitting, wrap

MOST_FITS = 1_000
LARGEST = 2**53 - 1


class Models:
    """Keeps what was fitted until the cell ends, for only then its names are known. Holds no model alive."""

    def __init__(self, journal: Journal, cell: Cell, shell: Any) -> None:
        self.journal = journal
        self.cell = cell
        self.shell = shell
        self.fitted: list[tuple[Callable[[], Any], dict[str, Any]]] = []
        self.at_once = False

    def tell_at_once(self) -> None:
        """In a process that was forked from a cell no cell ends, and no name is the person's."""
        self.fitted = []
        self.at_once = True

    def begin(self) -> None:
        self.fitted = []

    def was_fitted(self, model: Any, data: Any, took_s: float) -> None:
        if not hasattr(model, "predict") or not self.cell.room_for("fits", MOST_FITS):
            return
        fields = {
            "class": public_name(type(model)),
            "steps": [public_name(type(step)) for _, step in getattr(model, "steps", [])],
            "parameters": {name: plain(value) for name, value in parameters_of(model).items()},
            "rows": rows_of(data),
            "features": [str(name) for name in data.columns] if hasattr(data, "columns") else None,
            "durationMs": round(took_s * 1000, 3),
        }
        if self.at_once:
            self.journal.write("fit", cell=self.cell.id, variable=None, **fields)
        else:
            self.fitted.append((weakref.ref(model), fields))

    def tell(self) -> None:
        if not self.fitted:
            return
        models = [model() for model, _ in self.fitted]
        # By type first, for a kernel may have thousands of names; and not by `id`, which Python reports to the audit hook.
        kinds = {type(model) for model in models if model is not None}
        named = [
            (name, value)
            for name, value in list(self.shell.user_ns.items())
            if type(value) in kinds and not name.startswith("_")
        ]
        for (_, fields), model in zip(self.fitted, models, strict=True):
            variable = next((name for name, value in named if value is model), None)
            self.journal.write("fit", cell=self.cell.id, variable=variable, **fields)
        self.fitted = []


class Fit(Fitting):
    """An estimator's `fit`, timed."""

    def __init__(self, calls: Calls, models: Models) -> None:
        super().__init__(calls, "fit", self.told)
        self.models = models
        self.began = 0.0

    def begins(self) -> bool:
        begins = super().begins()
        if begins:
            self.began = time.perf_counter()
        return begins

    def told(self, arguments: tuple[Any, ...], keywords: dict[str, Any], _: Any) -> None:
        model, *rest = arguments
        data = rest[0] if rest else keywords.get("X")
        self.models.was_fitted(model, data, time.perf_counter() - self.began)


def wrap_fit(cls: type, fit: Fit) -> None:
    """Of a class's own `fit` only: one that it inherits is wrapped where it is written."""
    if isinstance(cls.__dict__.get("fit"), types.FunctionType):
        wrap(cls, "fit", fit)


def public_name(cls: type) -> str:
    """`sklearn.ensemble.HistGradientBoostingClassifier`: the module as people import it."""
    parts: list[str] = []
    for part in cls.__module__.split("."):
        if part.startswith("_") and part != "__main__":
            break
        parts.append(part)
    return ".".join([*parts, cls.__qualname__])


def plain(value: Any) -> Any:
    """A parameter as JSON can hold it, which has no NaN and rounds large numbers."""
    if (isinstance(value, float) and not math.isfinite(value)) or (isinstance(value, int) and abs(value) > LARGEST):
        return str(value)
    return value


def parameters_of(model: Any) -> dict[str, Any]:
    steps = getattr(model, "steps", None)
    owner, prefix = (steps[-1][1], f"{steps[-1][0]}__") if steps else (model, "")
    values = owner.get_params(deep=False) if hasattr(owner, "get_params") else {}
    plain = (str, int, float, bool, type(None))
    return {prefix + name: value for name, value in values.items() if isinstance(value, plain)}
