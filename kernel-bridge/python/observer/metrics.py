"""The scores that a cell computes."""

from __future__ import annotations

import math
from typing import Any

from .cell import Cell
from .journal import Journal
from .models import Fitted

# One by one; what a loop computes beyond is told as a series of values.
MOST_SCORES = 1_000
MOST_TOGETHER = 10_000
MOST_TABLES = 200
MOST_ROWS = 200
MOST_CELLS = 4_000


class Tie:
    """What a score was computed of; None where that is not known."""

    __slots__ = ("answer", "estimator", "fitted", "rows", "split", "truth")

    def __init__(
        self,
        rows: int | None = None,
        fitted: Fitted | None = None,
        split: str | None = None,
        estimator: str | None = None,
        answer: Any = None,
        truth: dict[str, Any] | None = None,
    ) -> None:
        self.rows = rows
        self.fitted = fitted
        self.split = split
        self.estimator = fitted.fields["class"] if fitted is not None else estimator
        self.answer = answer
        self.truth = truth

    def told(self) -> dict[str, Any]:
        model = self.fitted.key if self.fitted is not None else None
        return {
            "rows": self.rows,
            "model": model,
            "estimator": self.estimator,
            "split": self.split,
            "truth": self.truth,
        }


UNTIED = Tie()


class Metrics:
    """Tells every score that is a finite number, also one that is the same again."""

    def __init__(self, journal: Journal, cell: Cell) -> None:
        self.journal = journal
        self.cell = cell
        self.counts: dict[str, int] = {}
        self.series: dict[tuple[Any, ...], tuple[dict[str, Any], list[float]]] = {}
        # Of the models that gave a score in this cell, what they were asked and answered.
        self.scored_answers: list[Any] = []

    def begin(self) -> None:
        self.counts.clear()
        self.series.clear()
        self.scored_answers.clear()

    def scored(self, name: str, value: Any, tie: Tie = UNTIED, *, keeps: bool = True, **more: Any) -> None:
        """`keeps`: that the model gave it is a reason to keep the model. `more` holds the mean's spread, folds and their values,
        and the models fitted for it.
        """
        if self.cell.id is None or isinstance(value, bool):
            return
        try:
            number = float(value)
        except (TypeError, ValueError):
            self.cell.room_for(f"values of {name} that are no numbers", 0)
            return
        if not math.isfinite(number):
            # JSON has no such number; that there was one is said with what else was left out.
            self.cell.room_for(f"values of {name} that are NaN or infinite", 0)
            return
        if keeps:
            self.remember(tie)
        count = self.counts[name] = self.counts.get(name, 0) + 1
        if count <= MOST_SCORES or more:
            self.write(name, number, tie.told(), **more)
            return
        if self.cell.is_forked:
            # Whoever waits there for more of a series may wait for ever.
            self.cell.room_for(f"values of {name}", 0)
            return
        told = tie.told()
        key = (name, told["model"], told["split"], told["rows"], (tie.truth or {}).get("digest"))
        _, values = self.series.setdefault(key, (told, []))
        values.append(number)
        if len(values) >= MOST_TOGETHER:
            self.write_series(key)

    def remember(self, tie: Tie) -> None:
        if tie.fitted is not None:
            tie.fitted.is_scored = True
        if tie.answer is not None and tie.answer not in self.scored_answers:
            self.scored_answers.append(tie.answer)

    def validated(self, name: str, values: Any, tie: Tie, inner: int | None) -> None:
        """The mean over the folds of a cross-validation, and its standard deviation; folds that failed are none."""
        numbers = [float(value) for value in values]
        finite = [number for number in numbers if math.isfinite(number)]
        if len(finite) < len(numbers):
            message = f"{len(numbers) - len(finite)} of {len(numbers)} folds of {name} gave no score: the mean is of the others."
            self.journal.note(self.cell.id, "observer/folds", message)
        if not finite:
            return
        mean = sum(finite) / len(finite)
        spread = math.sqrt(sum((number - mean) ** 2 for number in finite) / len(finite))
        self.scored(name, mean, tie, spread=spread, folds=len(finite), values=finite, innerFits=inner)

    def table(
        self,
        name: str,
        kind: str,
        columns: list[str],
        rows: list[list[Any]],
        tie: Tie = UNTIED,
        inner: int | None = None,
    ) -> None:
        """`kind` is `matrix`, `curve` or `table`. A curve of many points is thinned evenly, its ends kept; a large table is cut."""
        if self.cell.id is None or not self.cell.room_for("tables of scores", MOST_TABLES):
            return
        self.remember(tie)
        most = max(2, min(MOST_ROWS, MOST_CELLS // max(1, len(columns))))
        shown = rows
        if len(rows) > most:
            at = (
                [round(step * (len(rows) - 1) / (most - 1)) for step in range(most)] if kind == "curve" else range(most)
            )
            shown = [rows[index] for index in at]
        self.journal.write(
            "table",
            cell=self.cell.id,
            name=name,
            kind=kind,
            columns=columns,
            values=[[cell_of(value) for value in row] for row in shown],
            of=len(rows),
            innerFits=inner or None,
            **tie.told(),
        )

    def history(self, name: str, history: dict[str, Any], fitted: Fitted | None, along: str = "round") -> None:
        """The course of a training as a curve: of each name, or of each name of each set, a value a step."""
        lines: dict[str, list[Any]] = {}
        for key, values in history.items():
            for inner, each in values.items() if isinstance(values, dict) else [("", values)]:
                if isinstance(each, (list, tuple)) and each:
                    lines[f"{key} {inner}".rstrip()] = [
                        value[0] if isinstance(value, tuple) else value for value in each
                    ]
        if not lines:
            return
        count = max(map(len, lines.values()))
        rows = [[at, *(line[at] if at < len(line) else None for line in lines.values())] for at in range(count)]
        self.table(name, "curve", [along, *lines], rows, Tie(fitted=fitted))

    def tell(self) -> None:
        for key in list(self.series):
            self.write_series(key)

    def write_series(self, key: tuple[Any, ...]) -> None:
        told, values = self.series.pop(key)
        self.write(key[0], values[-1], told, values=values)

    def write(
        self,
        name: str,
        value: float,
        told: dict[str, Any],
        spread: float | None = None,
        folds: int | None = None,
        values: list[float] | None = None,
        innerFits: int | None = None,
    ) -> None:
        self.journal.write(
            "metric",
            cell=self.cell.id,
            name=name,
            value=value,
            spread=spread,
            folds=folds,
            values=values,
            innerFits=innerFits or None,
            **told,
        )


def cell_of(value: Any) -> Any:
    """A number as JSON holds it, else the text of it."""
    if value is None or isinstance(value, str):
        return value
    try:
        number = float(value)
    except (TypeError, ValueError):
        return str(value)
    if not math.isfinite(number):
        return str(number)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
