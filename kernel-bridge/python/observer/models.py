"""The models that a cell fits."""

from __future__ import annotations

import itertools
import math
import os
import re
import sys
import weakref
from collections.abc import Callable
from typing import Any

from .cell import Cell
from .importances import importances_of
from .journal import Journal
from .keeping import Kept, pickled
from .matrices import Given, nothing
from .pinning import Pinned

# One by one; of those that a loop fits beyond, the count of each class.
MOST_FITS = 1_000
MOST_KEPT = 20
LARGEST = 2**53 - 1
# To pickle an object of the person's own class is to run the person's code; Keras writes files to pickle a model.
UNKEPT = re.compile(r"(__main__|keras|tensorflow)(\.|$)")
PLAIN = (str, int, float, bool, type(None))


class Fitted:
    """One fit of one model."""

    __slots__ = (
        "chosen",
        "evidence",
        "fields",
        "given",
        "has_bytes",
        "is_kept",
        "is_scored",
        "key",
        "pinned",
        "ref",
        "weights",
    )

    def __init__(self, key: str, ref: Callable[[], Any], given: Given | None, fields: dict[str, Any]) -> None:
        self.key = key
        self.ref = ref
        # What a search found and fitted on all its rows, which answers for it.
        self.chosen: Callable[[], Any] = nothing
        self.pinned: Pinned | None = None
        # What `evidence.py` knows of it.
        self.evidence: Any = None
        self.given = given
        self.fields = fields
        self.is_scored = False
        self.is_kept = False
        self.has_bytes = False
        # Answers the model's importances, where its library has a way of its own to ask for them.
        self.weights: Callable[[Any], list[list[Any]] | None] | None = None


class Models:
    """Keeps what was fitted until the cell ends, for only then its names are known. Holds no model alive."""

    def __init__(self, journal: Journal, cell: Cell, shell: Any, kept: Kept) -> None:
        self.journal = journal
        self.cell = cell
        self.shell = shell
        self.kept = kept
        self.fits: list[Fitted] = []
        self.beyond: dict[str, Fitted] = {}
        self.known: dict[int, tuple[Callable[[], Any], Fitted]] = {}
        self.counter = itertools.count(1)
        self.prefix = "m"

    def was_forked(self) -> None:
        """No cell ends there, and no name is the person's."""
        self.fits = []
        self.prefix = f"m{os.getpid()}-"

    def begin(self) -> None:
        self.fits = []
        self.beyond = {}

    def was_fitted(
        self,
        model: Any,
        method: str,
        given: Given | None,
        took_s: float,
        inner: int | None = None,
        goes_on: bool = False,
        **more: Any,
    ) -> Fitted | None:
        """A fit that goes on where the one before ended was on the rows of both. `more` holds fields in place of those that are read off the model."""
        if self.cell.id is None:
            return None
        took = round(took_s * 1000, 3)
        known = self.of(model)
        if method == "partial_fit" and known is not None and known in self.fits and known.fields["method"] == method:
            fields = known.fields
            fields["calls"] += 1
            fields["durationMs"] = round(fields["durationMs"] + took, 3)
            rows = given.rows if given is not None else None
            if given is None or given.digest is None or given.digest != fields["digest"]:
                fields["rows"] = None if rows is None or fields["rows"] is None else fields["rows"] + rows
                # Of what came piece by piece nobody saw the whole.
                fields["digest"] = None
            known.given = given.after(known.given) if given is not None and known.given is not None else None
            known.pinned = pinned_of(given) or known.pinned
            return known
        name = more.get("class") or class_of(model)
        if len(self.fits) >= MOST_FITS and name in self.beyond:
            fields = self.beyond[name].fields
            fields["calls"] += 1
            fields["durationMs"] = round(fields["durationMs"] + took, 3)
            return None
        steps = [step for _, step in getattr(model, "steps", None) or []]
        of_steps = [self.parameters_of(step) for step in steps]
        fields = {
            "class": name,
            "method": method,
            "calls": 1,
            "predicts": hasattr(model, "predict"),
            "steps": [class_of(step) for step in steps],
            "stepParameters": of_steps or None,
            "parameters": last_of(model, of_steps)
            if of_steps
            else {}
            if "parameters" in more
            else self.parameters_of(model),
            "best": best_of(model),
            "rows": given.rows if given is not None else None,
            "features": given.columns if given is not None else None,
            "width": given.width if given is not None else None,
            "digest": given.digest if given is not None else None,
            "innerFits": inner if inner and not steps else None,
            "durationMs": took,
            **more,
        }
        seen = given
        if known is not None and (goes_on or method == "partial_fit" or is_warm(model, steps)):
            seen = given.after(known.given) if given is not None and known.given is not None else None
        fitted = Fitted(f"{self.prefix}{next(self.counter)}", self.refer(model), seen, fields)
        fitted.pinned = pinned_of(given)
        self.known[id(model)] = (fitted.ref, fitted)
        if self.cell.is_forked:
            if self.cell.room_for("models", MOST_FITS):
                self.write(fitted, None)
            return fitted
        if len(self.fits) >= MOST_FITS:
            self.beyond[name] = fitted
        self.fits.append(fitted)
        return fitted

    def parameters_of(self, model: Any) -> dict[str, Any]:
        """Of an estimator that does not keep what it was made with none are known, and that is said."""
        try:
            return plain_parameters(model)
        except Exception as error:  # noqa: BLE001 - the person's class may raise whatever it likes
            message = f"The parameters of {class_of(model)} are not recorded: it does not tell them ({error})."
            self.journal.note(self.cell.id, "observer/parameters", message)
            return {}

    def refer(self, model: Any) -> Callable[[], Any]:
        key, known = id(model), self.known
        try:
            return weakref.ref(model, lambda _: known.pop(key, None))
        except TypeError:
            return lambda: None

    def of(self, model: Any) -> Fitted | None:
        """The last fit of a model."""
        ref, fitted = self.known.get(id(model), (None, None))
        return fitted if ref is not None and ref() is model else None

    def rows_of(self, model: Any) -> Any:
        """Some rows of what a model was fitted on, as they were given, for whoever exports it; None where there are none."""
        pinned = self.pinned_of(model)
        return pinned.rows if pinned is not None else None

    def targets_of(self, model: Any) -> list[str] | None:
        """The names of what it was to predict, where they have any."""
        pinned = self.pinned_of(model)
        return pinned.targets if pinned is not None else None

    def pinned_of(self, model: Any) -> Pinned | None:
        fitted = self.of(model)
        return fitted.pinned if fitted is not None else None

    def found(self, fitted: Fitted | None, best: Any) -> None:
        """What a search chose: of it is known what is known of the search."""
        if fitted is not None and best is not None:
            fitted.chosen = self.refer(best)
            self.also(fitted, best)

    def also(self, fitted: Fitted | None, part: Any) -> None:
        """A part of a model that stands for it: what is inside a wrapper, and answers."""
        if fitted is not None and part is not None:
            self.known[id(part)] = (self.refer(part), fitted)

    def saved(self, model: Any, path: str) -> None:
        """That a file holds a model: told where the model is known."""
        self.saved_as(self.of(model), path)

    def saved_as(self, fitted: Fitted | None, path: str) -> None:
        if fitted is not None and self.cell.id is not None:
            self.journal.write("saved", cell=self.cell.id, model=fitted.key, path=path)

    def tell(self) -> None:
        if not self.fits:
            return
        models = [fitted.ref() for fitted in self.fits]
        # By type first, for a kernel may have thousands of names.
        kinds = {type(model) for model in models if model is not None}
        named = [
            (name, value)
            for name, value in list(self.shell.user_ns.items())
            if type(value) in kinds and not name.startswith("_")
        ]
        for fitted, model in zip(self.fits, models, strict=True):
            variable = next((name for name, value in named if value is model), None)
            self.write(fitted, variable, model)
        self.fits = []

    def write(self, fitted: Fitted, variable: str | None, model: Any = None) -> None:
        fields = fitted.fields
        if "importances" not in fields:
            fields["importances"] = None
            if model is not None and self.of(model) is fitted:
                # A property of the person's own class may raise whatever it likes.
                self.cell.guard(f"importances of {fields['class']}", self.weigh, fitted, model)
        self.journal.write("fit", cell=self.cell.id, model=fitted.key, variable=variable, **fields)

    def weigh(self, fitted: Fitted, model: Any) -> None:
        fields, weights = fitted.fields, fitted.weights
        fields["importances"] = importances_of(model, fields["durationMs"]) if weights is None else weights(model)

    def keep(self) -> None:
        """Each model that gave a score."""
        for _, fitted in list(self.known.values()):
            model = fitted.ref()
            if not fitted.is_scored or fitted.is_kept or model is None or UNKEPT.match(type(model).__module__):
                continue
            fitted.is_kept = True
            if self.cell.room_for("scored models to keep", MOST_KEPT):
                self.keep_bytes(fitted, model, "score")

    def keep_bytes(self, fitted: Fitted, model: Any, why: str) -> None:
        """A model's bytes where they are few, else their digest."""
        taken = pickled(model)
        if taken is None:
            return
        fitted.has_bytes = True
        data = taken.bytes()
        digest, name = self.kept.put(data) if data is not None else (taken.hasher.hexdigest(), None)
        self.journal.write(
            "kept",
            cell=self.cell.id,
            kind="model",
            why=why,
            model=fitted.key,
            sha256=digest,
            size=taken.size,
            rows=None,
            of=None,
            kept=name,
        )


def pinned_of(given: Given | None) -> Pinned | None:
    return given.pinned if given is not None else None


def is_warm(model: Any, steps: list[Any]) -> bool:
    """That `fit` goes on from what was fitted before, by the estimator's own word."""
    return any(vars(each).get("warm_start") is True for each in (model, *steps) if hasattr(each, "__dict__"))


def class_of(model: Any) -> str:
    return public_name(type(model))


def public_name(cls: type) -> str:
    """`sklearn.ensemble.HistGradientBoostingClassifier`: the module as people import it."""
    parts: list[str] = []
    for part in cls.__module__.split("."):
        if part.startswith("_") and part != "__main__":
            break
        parts.append(part)
        if vars(sys.modules.get(".".join(parts), object)).get(cls.__qualname__) is cls:
            break
    return ".".join([*parts, cls.__qualname__])


def plain(value: Any) -> Any:
    """A parameter as JSON can hold it, which has no NaN and rounds large numbers."""
    if (isinstance(value, float) and not math.isfinite(value)) or (isinstance(value, int) and abs(value) > LARGEST):
        return str(value)
    # numpy's own floats are Python's too, and its texts.
    return float(value) if isinstance(value, float) else value


def plain_of(values: dict[str, Any]) -> dict[str, Any]:
    """Those that JSON can hold; numpy's numbers are numbers."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if hasattr(value, "item") and getattr(value, "shape", None) == ():
            value = value.item()
        if isinstance(value, PLAIN):
            found[str(name)] = plain(value)
    return found


def plain_parameters(model: Any) -> dict[str, Any]:
    return plain_of(model.get_params(deep=False)) if hasattr(model, "get_params") else {}


def last_of(model: Any, of_steps: list[dict[str, Any]]) -> dict[str, Any]:
    """A pipeline's are its last step's, named as it names them."""
    return {f"{model.steps[-1][0]}__{key}": value for key, value in of_steps[-1].items()}


def best_of(model: Any) -> dict[str, Any] | None:
    """What a search found; None for any other model."""
    estimator = getattr(model, "estimator", None)
    parameters = getattr(model, "best_params_", None)
    if not isinstance(parameters, dict):
        return None
    score = getattr(model, "best_score_", None)
    number = float(score) if isinstance(score, (int, float)) else math.nan
    return {
        "estimator": class_of(estimator),
        "parameters": {
            str(name): plain(value) if isinstance(value, PLAIN) else str(value)[:200]
            for name, value in parameters.items()
        },
        "score": number if math.isfinite(number) else None,
    }
