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


def whole(value: Any) -> Any:
    """What is none is left for the column's type to refuse."""
    return value if isinstance(value, float) and not value.is_integer() else int(value)


READ: dict[str, Callable[[Any], Any]] = {"double": float, "int64": whole, "string": text, "bool": bool}


def is_missing(value: Any) -> bool:
    return value is None or value != value
