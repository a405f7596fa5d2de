"""Asks a model about some rows, so that nothing else changes: no record, no random numbers, no warning, no thread, nothing shown."""

from __future__ import annotations

import contextlib
import inspect
import random
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from .pinning import every
from .work import Doing, Within, Work

MOST_SECONDS = 0.2
# Where one row takes no longer, the fixed cost of a call is all there is to know.
SOON = 0.0005
PROBED = 9

Ask = Callable[[Any], Any]


class NotAsked(Exception):
    """Says in a clause why there are no answers."""


class Pace:
    """How long a model's own answers took the person."""

    __slots__ = ("rows", "seconds")

    def __init__(self, rows: int, seconds: float) -> None:
        self.rows = rows
        self.seconds = seconds


def answers_of(
    model: Any, rows: Any, count: int, within: Within, generators: list[Any], pace: Pace | None, was_asked: bool
) -> dict[str, Any]:
    """By method, arrays of as many rows. Raises NotAsked."""
    ways = ways_of(model)
    if not ways:
        raise NotAsked("it answers otherwise than row by row")
    with aside(within), silence():
        draws = Draws(generators)
        try:
            found = asked(ways, rows, count, None if was_asked else within_time(pace))
        except NotAsked:
            raise
        except Exception as error:
            raise NotAsked(f"it raised {type(error).__name__} when it was asked: {str(error)[:200]}") from error
        finally:
            were_drawn = draws.restore()
        if were_drawn:
            raise NotAsked("its answers are drawn by chance")
        return found


def asked(
    ways: dict[str, Ask], rows: Any, count: int, is_slow: Callable[[Ask, Any, int, int], bool] | None
) -> dict[str, Any]:
    (method, first), *others = ways.items()
    if is_slow is not None and is_slow(first, rows, count, count * len(ways)):
        raise NotAsked(f"its answers to {count} rows would take longer than {MOST_SECONDS} s")
    # Each is given rows of its own: some models change those that they are given.
    found = arrays_of(method, first(every(rows, 1)), count)
    if not found:
        raise NotAsked("its answers are not one a row")
    for name, ask in others:
        # Not every class that has a method has it for every parameter.
        with contextlib.suppress(Exception):
            found.update(arrays_of(name, ask(every(rows, 1)), count))
    return found


def within_time(pace: Pace | None) -> Callable[[Ask, Any, int, int], bool]:
    """Whether so many answers would take too long: by what the person's own took, else by those to one row and to a few."""

    def is_slow(ask: Ask, rows: Any, count: int, whole: int) -> bool:
        if pace is not None and pace.seconds * max(whole, pace.rows) / pace.rows < MOST_SECONDS:
            return False
        one = timed(ask, head(rows, 1))
        if one > SOON and count > PROBED:
            several = timed(ask, head(rows, PROBED))
            one += max(0.0, several - one) / (PROBED - 1) * whole
        return one > MOST_SECONDS

    return is_slow


def timed(ask: Ask, rows: Any) -> float:
    """Of this thread's processor time: others that work meanwhile are not its slowness."""
    began, at = time.thread_time(), time.perf_counter()
    ask(rows)
    worked, waited = time.thread_time() - began, time.perf_counter() - at
    return worked if waited < 5 * MOST_SECONDS else waited


def head(rows: Any, count: int) -> Any:
    return every(rows.iloc[:count] if hasattr(rows, "iloc") else rows[:count], 1)


def ways_of(model: Any) -> dict[str, Ask]:
    """The methods to ask, the one that answers with what is predicted first."""
    library = type(model).__module__.partition(".")[0]
    predict = getattr(model, "predict", None)
    if predict is None:
        return {}
    if library == "statsmodels":
        # Others, such as those of time series, are asked about moments.
        first = next(iter(inspect.signature(predict).parameters), None)
        return {"predict": predict} if first in ("exog", "args") and is_of_rows(model) else {}
    if library == "xgboost" and not hasattr(model, "get_params"):
        matrix = sys.modules["xgboost"].DMatrix
        return {"predict": lambda rows: predict(matrix(rows, enable_categorical=hasattr(rows, "iloc")))}
    ways = {"predict": predict}
    surer = next((name for name in ("predict_proba", "decision_function") if hasattr(model, name)), None)
    if surer is not None:
        ways[surer] = getattr(model, surer)
    return ways


def is_of_rows(result: Any) -> bool:
    return getattr(getattr(result, "model", None), "exog", None) is not None and not hasattr(result, "forecast")


def arrays_of(name: str, values: Any, count: int) -> dict[str, Any]:
    """An answer as arrays of so many rows: one, or one an output."""
    numpy: Any = sys.modules["numpy"]
    if isinstance(values, (list, tuple)):
        found: dict[str, Any] = {}
        for at, each in enumerate(values):
            found.update(arrays_of(f"{name}_{at}", each, count))
        return found
    if hasattr(values, "toarray"):
        values = values.toarray()
    elif hasattr(values, "to_numpy"):
        values = values.to_numpy()
    if not isinstance(values, numpy.ndarray) or not values.ndim or len(values) != count:
        return {}
    return {name: numpy.array(values)} if values.dtype.kind in "biufcmMOSU" else {}


class Draws:
    """The states of what random numbers are drawn from: of the process, and of what a model holds."""

    def __init__(self, generators: list[Any]) -> None:
        self.generators = generators
        self.numpy: Any = sys.modules.get("numpy")
        torch: Any = sys.modules.get("torch")
        self.torch = torch if hasattr(torch, "get_rng_state") else None
        self.before = self.now()

    def now(self) -> list[Any]:
        states = [random.getstate()]
        if self.numpy is not None:
            states.append(plain_state(self.numpy.random.get_state()))
        states += [plain_state(state_of(each)) for each in self.generators]
        if self.torch is not None:
            states.append(self.torch.get_rng_state().numpy().tobytes())
        return states

    def restore(self) -> bool:
        """Whether there was anything to restore."""
        if self.now() == self.before:
            return False
        states = list(self.before)
        random.setstate(states.pop(0))
        if self.numpy is not None:
            self.numpy.random.set_state(live_state(self.numpy, states.pop(0)))
        for each in self.generators:
            set_state(self.numpy, each, states.pop(0))
        if self.torch is not None:
            state = self.numpy.frombuffer(states.pop(0), dtype=self.numpy.uint8).copy()
            self.torch.set_rng_state(self.torch.from_numpy(state))
        return True


def state_of(generator: Any) -> Any:
    return generator.get_state() if hasattr(generator, "get_state") else generator.bit_generator.state


def set_state(numpy: Any, generator: Any, state: Any) -> None:
    if hasattr(generator, "get_state"):
        generator.set_state(live_state(numpy, state))
    else:
        generator.bit_generator.state = live_state(numpy, state)


def plain_state(state: Any) -> Any:
    """With arrays as their bytes, so that two can be compared."""
    if isinstance(state, dict):
        return {name: plain_state(each) for name, each in state.items()}
    if isinstance(state, tuple):
        return tuple(plain_state(each) for each in state)
    return ("array", state.dtype.str, state.tobytes()) if hasattr(state, "tobytes") else state


def live_state(numpy: Any, state: Any) -> Any:
    if isinstance(state, dict):
        return {name: live_state(numpy, each) for name, each in state.items()}
    if isinstance(state, tuple) and len(state) == 3 and state[0] == "array":
        return numpy.frombuffer(state[2], dtype=state[1]).copy()
    return tuple(live_state(numpy, each) for each in state) if isinstance(state, tuple) else state


@contextlib.contextmanager
def aside(within: Within) -> Iterator[None]:
    """What this thread calls meanwhile is nobody's call, and told of nobody."""
    thread = within.calls.thread
    work, inside = getattr(thread, "work", None), getattr(thread, "inside", False)
    thread.work = Doing(Work(within, "asked", lambda *_: None), None, None, is_told=False)
    thread.inside = True
    try:
        yield
    finally:
        thread.work, thread.inside = work, inside


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """And in this thread alone: what others show meanwhile is shown, and no pool of workers is made."""
    joblib: Any = sys.modules.get("joblib")
    numpy: Any = sys.modules.get("numpy")
    out, err = sys.stdout, sys.stderr
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        if numpy is not None:
            stack.enter_context(numpy.errstate(all="ignore"))
        if joblib is not None:
            stack.enter_context(joblib.parallel_backend("sequential"))
        sys.stdout, sys.stderr = Muted(out), Muted(err)
        try:
            yield
        finally:
            sys.stdout, sys.stderr = out, err


class Muted:
    """A stream that a single thread writes to in vain."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.thread = threading.get_ident()

    def write(self, text: Any) -> Any:
        return len(text) if threading.get_ident() == self.thread else self.stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)
