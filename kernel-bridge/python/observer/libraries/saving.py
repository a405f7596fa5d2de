"""Files that hold models: joblib's and pickle's."""

from __future__ import annotations

import os
from typing import Any

from ..observer import Observer
from ..shapes import is_path
from ..work import Doing, Work
from ..wrapping import wrap

# A model is often saved with what goes with it.
MOST_PARTS = 50


def adapt(observer: Observer, module: Any) -> None:
    def dumped(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        value = arguments[0] if arguments else keywords.get("value", keywords.get("obj"))
        target = arguments[1] if len(arguments) > 1 else keywords.get("filename", keywords.get("file"))
        saved(observer, value, target)

    wrap(module, "dump", Work(observer.within, "dump", dumped))


def saved(observer: Observer, value: Any, target: Any) -> None:
    """`target` is a path, or a file that is open."""
    name = target if is_path(target) else getattr(target, "name", None)
    if name is None or not is_path(name):
        return
    path = os.path.abspath(os.fsdecode(name))
    for part in parts_of(value):
        observer.models.saved(part, path)


def parts_of(value: Any) -> list[Any]:
    if type(value) is dict:
        return [value, *list(value.values())[:MOST_PARTS]]
    if type(value) in (list, tuple):
        return [value, *value[:MOST_PARTS]]
    return [value]


ADAPTS = {"joblib": adapt, "pickle": adapt, "cloudpickle": adapt, "dill": adapt}
