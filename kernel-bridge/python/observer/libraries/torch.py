"""Torch, where the person writes the loop: a model is trained by the steps of its optimizer, and is one fit a cell."""

from __future__ import annotations

import os
import sys
import time
import weakref
from collections.abc import Callable
from typing import Any

from ..matrices import nothing
from ..models import class_of, plain_of
from ..observer import Observer
from ..shapes import is_path
from ..wrapping import Around, wrap

MOST_NAMES = 2_000
DEEPEST = 50


def adapt_optimizers(observer: Observer, module: Any) -> None:
    training = training_of(observer)
    module.register_optimizer_step_pre_hook(training.begins)
    module.register_optimizer_step_post_hook(training.stepped)
    observer.at_end.append(training.tell)


def adapt_saving(observer: Observer, module: Any) -> None:
    training = training_of(observer)

    def saved(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        value = arguments[0] if arguments else keywords.get("obj")
        target = arguments[1] if len(arguments) > 1 else keywords.get("f")
        name = target if is_path(target) else getattr(target, "name", None)
        if name is None or not is_path(name):
            return
        path = os.path.abspath(os.fsdecode(name))
        # A checkpoint holds what is saved and more.
        for part in [value, *(list(value.values())[:50] if isinstance(value, dict) else [])]:
            holder = part if is_module(part) else training.holder_of(part)
            if holder is not None:
                training.saved(holder, path)

    wrap(module, "save", Around(observer.calls, "save", saved))


_trainings: weakref.WeakKeyDictionary[Observer, Training] = weakref.WeakKeyDictionary()


def training_of(observer: Observer) -> Training:
    """The optimizers and what saves what they trained are adapted one after the other."""
    known = _trainings.get(observer)
    if known is None:
        known = _trainings[observer] = Training(observer)
    return known


class Steps:
    """Of one optimizer in one cell, all that is told of it: it and its module may be gone before the cell ends."""

    def __init__(self, module: Any, optimizer: Any) -> None:
        self.optimizer = weakref.ref(optimizer)
        self.module: Callable[[], Any] = weakref.ref(module) if module is not None else nothing
        self.trained = class_of(module if module is not None else optimizer)
        self.name = type(optimizer).__name__
        self.weights = sum(each.numel() for group in optimizer.param_groups for each in group["params"])
        self.rate: Any = None
        self.saved: list[str] = []
        self.count = 0
        self.began = time.perf_counter()
        self.ended = self.began


class Gone:
    """What was trained and is no more."""


class Training:
    """What the optimizers of a cell stepped. Those that a library steps for a call of the person's are that call's."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        self.cell: str | None = None
        self.steps: list[Steps] = []
        # By identity, as long as it lives: None for one that is not told.
        self.known: dict[int, tuple[Callable[[], Any], Steps | None]] = {}

    def begins(self, optimizer: Any, *_: Any) -> None:
        cell = self.observer.cell
        if cell.id is None:
            return
        if cell.id != self.cell:
            self.cell = cell.id
            self.forget()
        if self.of(optimizer) is None:
            cell.guard("optimizer", self.first, optimizer, sys._getframe(1))

    def of(self, optimizer: Any) -> tuple[Callable[[], Any], Steps | None] | None:
        known = self.known.get(id(optimizer))
        return known if known is not None and known[0]() is optimizer else None

    def forget(self) -> None:
        self.steps = []
        self.known.clear()

    def first(self, optimizer: Any, frame: Any) -> None:
        ref = weakref.ref(optimizer)
        self.known[id(optimizer)] = (ref, None)
        within = self.observer.within
        while frame is not None and frame.f_globals.get("__name__", "").startswith("torch."):
            frame = frame.f_back
        if getattr(within.calls.thread, "work", None) is None and within.owners.is_persons(frame):
            steps = Steps(trained_by(optimizer, frame), optimizer)
            self.known[id(optimizer)] = (ref, steps)
            self.steps.append(steps)

    def stepped(self, optimizer: Any, *_: Any) -> None:
        if self.observer.cell.id is None or self.observer.cell.id != self.cell:
            return
        known = self.of(optimizer)
        if known is not None and known[1] is not None:
            steps = known[1]
            steps.count += 1
            steps.rate = optimizer.param_groups[0].get("lr")
            steps.ended = time.perf_counter()

    def holder_of(self, state: Any) -> Any:
        """The module whose state a dictionary is: it shares the memory."""
        first = first_of(state)
        if first is None:
            return None
        known = [ref for ref, _ in list(self.observer.models.known.values())]
        for ref in [steps.module for steps in self.steps] + known:
            module = ref()
            if is_module(module) and any(each.data_ptr() == first.data_ptr() for each in module.parameters()):
                return module
        return None

    def saved(self, module: Any, path: str) -> None:
        """Of one that this cell trains it is told with that."""
        steps = next((steps for steps in self.steps if steps.module() is module), None)
        if steps is not None:
            steps.saved.append(path)
        else:
            self.observer.models.saved(module, path)

    def tell(self) -> None:
        trained = [steps for steps in self.steps if steps.count]
        self.forget()
        models = self.observer.models
        for steps in trained:
            module, optimizer = steps.module(), steps.optimizer()
            subject = module if module is not None else optimizer
            parameters = {"optimizer": steps.name, "learning_rate": steps.rate, "weights": steps.weights}
            told: dict[str, Any] = {
                "class": steps.trained,
                "parameters": plain_of(parameters),
                "calls": steps.count,
                "predicts": True,
            }
            took = steps.ended - steps.began
            fitted = models.was_fitted(subject if subject is not None else Gone(), "step", None, took, **told)
            for path in steps.saved:
                models.saved_as(fitted, path)


def is_module(value: Any) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.nn.Module)


def trained_by(optimizer: Any, frame: Any) -> Any:
    """The largest module within sight of whoever makes the step that holds what the optimizer trains."""
    wanted = {id(each) for group in optimizer.param_groups for each in group["params"]}
    best, most = None, 0
    for _ in range(DEEPEST):
        if frame is None:
            break
        for names in (frame.f_locals, frame.f_globals):
            for value in list(names.values())[:MOST_NAMES]:
                for module in [value, *vars(value).values()] if holds_modules(value) else [value]:
                    if not is_module(module):
                        continue
                    count = sum(id(each) in wanted for each in module.parameters())
                    if count > most:
                        best, most = module, count
        if most == len(wanted):
            break
        frame = frame.f_back
    return best


def holds_modules(value: Any) -> bool:
    """An object of the person's own, such as a trainer."""
    return type(value).__module__ == "__main__" and hasattr(value, "__dict__") and not is_module(value)


def first_of(state: Any) -> Any:
    """The first tensor of a module's state; None for what is no state."""
    first = next(iter(state.values()), None) if isinstance(state, dict) else None
    return first if hasattr(first, "data_ptr") else None


ADAPTS = {"torch.optim.optimizer": adapt_optimizers, "torch.serialization": adapt_saving}
