"""Values as a request gives them, by the type that the plan says: None where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def given(values: list[Any], kind: str) -> list[Any]:
    """JSON has no number for what is not finite, nor, in the pipeline, for whole numbers beyond 2^53: those come as texts."""
    read = READ[kind]
    return [None if value is None else read(value) for value in values]


def text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


READ: dict[str, Callable[[Any], Any]] = {"double": float, "int64": int, "string": text, "bool": bool}


def is_missing(value: Any) -> bool:
    return value is None or value != value
