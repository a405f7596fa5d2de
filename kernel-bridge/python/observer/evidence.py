"""What proves later that a model was made the same again: its bytes, and its answers to rows that it was fitted on."""

from __future__ import annotations

import hashlib
import sys
import time
from typing import Any

from .answers import Answer
from .asking import NotAsked, Pace, answers_of
from .keeping import MOST_BYTES, MOST_COLUMNS, Kept, Sample
from .made_of import PLAIN, MadeOf
from .matrices import names_of, parts_of
from .mentions import mentioned
from .models import MOST_KEPT, Fitted, Models
from .pinning import Pinned
from .wording import listed
from .work import Within, predicts

# Of one cell, for models that were not asked before.
MOST_WAITED = 1.0


class Known:
    """What is known of one fit: how it is asked, and what it answered."""

    __slots__ = ("changes", "digest", "is_noted", "last", "made_of", "pace", "refusal")

    def __init__(self) -> None:
        # That what it answers may have changed since it was asked.
        self.changes = True
        self.made_of: MadeOf | None = None
        # Of the last answers that were kept.
        self.digest: str | None = None
        # Where it is not asked, what it answered the person last.
        self.last: Answer | None = None
        self.pace: Pace | None = None
        # Why it is not asked.
        self.refusal: str | None = None
        self.is_noted = False


class Evidence:
    """At the end of a cell, of every model that answers with predictions and has a name."""

    def __init__(self, models: Models, within: Within, kept: Kept) -> None:
        self.models = models
        self.within = within
        self.kept = kept
        self.source = ""
        self.waited = 0.0
        # Why of some models no answers are kept, by their names.
        self.reasons: dict[tuple[str, str], list[str]] = {}

    def begin(self, source: str) -> None:
        self.source = source
        self.waited = 0.0
        self.reasons = {}

    def answered(self, fitted: Fitted, method: str, answer: Answer, took: float | None) -> None:
        known = known_of(fitted)
        if took is not None and answer.rows:
            known.pace = Pace(answer.rows, took)
        if method == "predict" or known.last is None or known.last.is_kept:
            known.last = answer

    def keep(self) -> None:
        alive = self.alive()
        asked = [model for model, fitted in alive if not known_of(fitted).changes]
        touched = mentioned(self.source, self.models.shell.user_ns, asked) if asked else set()
        due = [(model, fitted) for model, fitted in alive if id(model) in touched or is_due(known_of(fitted))]
        names = self.names_of([fitted for _, fitted in due]) if due else {}
        for model, fitted in due:
            name = names.get(fitted.key)
            if name is not None and self.models.cell.room_for("models of which evidence is kept", MOST_KEPT):
                self.models.cell.guard(f"evidence of {fitted.fields['class']}", self.keep_one, name, model, fitted)
        for (nothing, why), named in self.reasons.items():
            which = listed(f"`{name}`" for name in named)
            message = f"{nothing} tells whether {which} will be made the same again: {why}."
            self.models.journal.note(self.models.cell.id, "observer/evidence", message)

    def alive(self) -> list[tuple[Any, Fitted]]:
        """Each fit once that answers with predictions, with what is asked for it."""
        found: dict[str, tuple[Any, Fitted]] = {}
        for _, fitted in list(self.models.known.values()):
            if fitted.key in found or not fitted.fields["predicts"]:
                continue
            model = fitted.ref()
            model = fitted.chosen() if model is None else model
            if model is not None and self.models.of(model) is fitted:
                found[fitted.key] = (model, fitted)
        return list(found.values())

    def names_of(self, fits: list[Fitted]) -> dict[str, str]:
        """Of each fit that has any, a name: the newest, for a kernel may have thousands of others."""
        wanted = {fitted.key for fitted in fits}
        known = self.models.known
        found: dict[str, str] = {}
        for name, value in reversed(list(self.models.shell.user_ns.items())):
            if id(value) in known and not name.startswith("_"):
                fitted = self.models.of(value)
                if fitted is not None and fitted.key in wanted:
                    found[fitted.key] = name
                    if len(found) == len(wanted):
                        break
        return found

    def keep_one(self, name: str, model: Any, fitted: Fitted) -> None:
        known = known_of(fitted)
        known.changes = False
        if known.made_of is None:
            known.made_of = MadeOf(model)
            if known.made_of.foreign is None and not fitted.is_kept:
                fitted.is_kept = True
                self.models.keep_bytes(fitted, model, "fit")
        if known.refusal is None:
            try:
                sample = self.ask(model, fitted, known)
            except NotAsked as reason:
                known.refusal = str(reason)
        if known.refusal is not None:
            self.keep_last(name, model, fitted, known, known.refusal)
            return
        pinned = fitted.pinned
        data = sample.archive(self.models.journal.redact.text)
        digest = hashlib.sha256(data).hexdigest()
        if digest == known.digest or pinned is None:
            return
        if known.digest is not None:
            self.models.keep_bytes(fitted, model, "fit")
        known.digest = digest
        self.put(fitted, "fit", data, sample.rows, pinned.of)

    def ask(self, model: Any, fitted: Fitted, known: Known) -> Sample:
        pinned, made_of = fitted.pinned, known.made_of
        if made_of is None or made_of.foreign is not None:
            raise NotAsked(made_of.foreign if made_of is not None and made_of.foreign else "nobody looked through it")
        if pinned is None or pinned.rows is None:
            raise NotAsked("the rows that it was fitted on were not at hand")
        was_asked = known.digest is not None
        if not was_asked and self.waited > MOST_WAITED:
            raise NotAsked(f"the models of its cell before it took {MOST_WAITED:g} s to ask")
        began = time.thread_time()
        try:
            count = -(-pinned.of // pinned.step)
            answers = answers_of(model, pinned.rows, count, self.within, made_of.generators, known.pace, was_asked)
        finally:
            self.waited += time.thread_time() - began
        sample = Sample([], None, count, pinned.step)
        sample.answers = {**asked_about(pinned), **answers}
        return sample

    def keep_last(self, name: str, model: Any, fitted: Fitted, known: Known, why: str) -> None:
        """What it answered the person, in the place of answers to rows of the observer's choice."""
        last = known.last
        if last is not None and last.sample is not None and not last.is_kept:
            last.is_kept = True
            data = last.sample.archive(self.models.journal.redact.text)
            digest = hashlib.sha256(data).hexdigest()
            if digest != known.digest:
                known.digest = digest
                self.put(fitted, "call", data, last.sample.rows, last.rows)
            return
        if known.digest is None and not known.is_noted and (last is None or not last.is_kept):
            known.is_noted = True
            advice = ". What a cell asks of `predict` is kept" if predicts(model) else ""
            nothing = "Nothing but its bytes" if fitted.has_bytes else "Nothing"
            self.reasons.setdefault((nothing, why + advice), []).append(name)

    def put(self, fitted: Fitted, why: str, data: bytes, rows: int, of: int | None) -> None:
        self.kept.tell_sample(self.models.cell.id, fitted.key, why, (*self.kept.put(data), len(data)), rows, of)


def known_of(fitted: Fitted) -> Known:
    if fitted.evidence is None:
        fitted.evidence = Known()
    known: Known = fitted.evidence
    return known


def is_due(known: Known) -> bool:
    """That it was never asked, or that there are answers to the person in the place of those."""
    last = known.last
    return known.changes or (
        known.refusal is not None and last is not None and last.sample is not None and not last.is_kept
    )


def asked_about(pinned: Pinned) -> dict[str, Any]:
    """The rows as arrays; their digest alone where they are too many values, or none that an array holds."""
    numpy: Any = sys.modules["numpy"]
    rows = pinned.rows
    if hasattr(rows, "tocsr") and hasattr(rows, "nnz"):
        matrix = rows.tocsr()
        parts = {"x0_data": matrix.data, "x0_indices": matrix.indices, "x0_indptr": matrix.indptr}
    else:
        parts = {f"x{at}": part for at, part in enumerate(parts_of(numpy, rows) or [])}
    columns = names_of(rows)
    is_kept = (
        parts
        and all(part.dtype.kind in "biufcmMOSU" for part in parts.values())
        and sum(part.nbytes for part in parts.values()) <= MOST_BYTES
        and len(columns or []) <= MOST_COLUMNS
    )
    if not is_kept:
        digest = digest_of(list(parts.values()))
        return {} if digest is None else {"x_sha256": numpy.array([digest])}
    return parts if columns is None else {**parts, "columns": numpy.array(columns, dtype=object)}


def digest_of(parts: list[Any]) -> str | None:
    """None of objects whose own code would have to say what they are."""
    hasher = hashlib.sha256()
    for part in parts:
        if part.dtype.kind != "O":
            hasher.update(part.tobytes())
            continue
        values = part.ravel().tolist()
        if not all(isinstance(value, PLAIN) for value in values):
            return None
        hasher.update(repr(values).encode("utf-8", "replace"))
    return hasher.hexdigest() if parts else None
