"""Torch, where the person writes the loop: a model is trained by the steps of its optimizer, and is one fit a cell."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from ..models import plain_of
from ..observer import Observer
from ..shapes import is_path
from ..wrapping import Around, wrap

MOST_NAMES = 2_000
DEEPEST = 50


def adapt_optimizers(observer: Observer, module: Any) -> None:
    training = Training(observer)
    module.register_optimizer_step_pre_hook(training.begins)
    module.register_optimizer_step_post_hook(training.stepped)
    # Before what was saved is told, which may be of these.
    observer.at_end.insert(0, training.tell)


def adapt_saving(observer: Observer, module: Any) -> None:
    """What was saved is told when the cell ends, for only then the models that it trained are known."""
    waiting: list[tuple[Any, str]] = []

    def tell() -> None:
        for part, path in waiting:
            observer.models.saved(part if is_module(part) else holder_of(observer, part), path)
        waiting.clear()

    def saved(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        value = arguments[0] if arguments else keywords.get("obj")
        target = arguments[1] if len(arguments) > 1 else keywords.get("f")
        name = target if is_path(target) else getattr(target, "name", None)
        if name is None or not is_path(name):
            return
        path = os.path.abspath(os.fsdecode(name))
        # A checkpoint holds what is saved and more.
        for part in [value, *(list(value.values())[:50] if isinstance(value, dict) else [])]:
            if is_module(part) or first_of(part) is not None:
                waiting.append((part, path))

    observer.at_end.append(tell)
    wrap(module, "save", Around(observer.calls, "save", saved))


class Steps:
    def __init__(self, module: Any, optimizer: Any) -> None:
        self.module = module
        self.optimizer = optimizer
        self.count = 0
        self.began = time.perf_counter()
        self.ended = self.began


class Training:
    """What the optimizers of a cell stepped. Those that a library steps for a call of the person's are that call's."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        self.cell: str | None = None
        self.steps: dict[int, Steps | None] = {}

    def begins(self, optimizer: Any, *_: Any) -> None:
        cell = self.observer.cell
        if cell.id is None:
            return
        if cell.id != self.cell:
            self.cell = cell.id
            self.steps.clear()
        if id(optimizer) not in self.steps:
            cell.guard("optimizer", self.first, optimizer, sys._getframe(1))

    def first(self, optimizer: Any, frame: Any) -> None:
        self.steps[id(optimizer)] = None
        within = self.observer.within
        while frame is not None and frame.f_globals.get("__name__", "").startswith("torch."):
            frame = frame.f_back
        if getattr(within.calls.thread, "work", None) is None and within.owners.is_persons(frame):
            self.steps[id(optimizer)] = Steps(trained_by(optimizer, frame), optimizer)

    def stepped(self, optimizer: Any, *_: Any) -> None:
        if self.observer.cell.id is None or self.observer.cell.id != self.cell:
            return
        steps = self.steps.get(id(optimizer))
        if steps is not None:
            steps.count += 1
            steps.ended = time.perf_counter()

    def tell(self) -> None:
        trained, self.steps = list(self.steps.values()), {}
        for steps in trained:
            if steps is None or not steps.count:
                continue
            optimizer, module = steps.optimizer, steps.module
            group = optimizer.param_groups[0]
            weights = sum(each.numel() for group in optimizer.param_groups for each in group["params"])
            parameters = {"optimizer": type(optimizer).__name__, "learning_rate": group.get("lr"), "weights": weights}
            self.observer.models.was_fitted(
                module if module is not None else optimizer,
                "step",
                None,
                steps.ended - steps.began,
                parameters=plain_of(parameters),
                calls=steps.count,
                predicts=True,
            )


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


def holder_of(observer: Observer, state: Any) -> Any:
    """The module whose state a dictionary is: it shares the memory."""
    first = first_of(state)
    if first is None:
        return None
    for ref, _ in list(observer.models.known.values()):
        module = ref()
        if is_module(module) and any(each.data_ptr() == first.data_ptr() for each in module.parameters()):
            return module
    return None


ADAPTS = {"torch.optim.optimizer": adapt_optimizers, "torch.serialization": adapt_saving}
