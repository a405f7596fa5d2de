"""How long one cell may be kept waiting, so that nobody feels it."""

from __future__ import annotations

import time
from typing import NamedTuple

# Of its own processor's time; and of all time, for what a slow disk takes.
MOST_WORKED = 0.05
MOST_WAITED = 0.5


class Moment(NamedTuple):
    worked: float
    waited: float


class Patience:
    """What a cell has waited for so far. Others that have the processor meanwhile, on a busy machine, use up little of it."""

    def __init__(self) -> None:
        self.spent = Moment(0.0, 0.0)

    def begin(self) -> None:
        self.spent = Moment(0.0, 0.0)

    def start(self) -> Moment:
        return Moment(time.thread_time(), time.perf_counter())

    def since(self, began: Moment) -> Moment:
        worked, waited = self.spent
        return Moment(worked + time.thread_time() - began.worked, waited + time.perf_counter() - began.waited)

    def end(self, began: Moment) -> None:
        self.spent = self.since(began)

    def is_over(self, began: Moment | None = None) -> bool:
        worked, waited = self.spent if began is None else self.since(began)
        return worked > MOST_WORKED or waited > MOST_WAITED
