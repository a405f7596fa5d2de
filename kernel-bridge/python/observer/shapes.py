"""Rows, columns and paths, read off what a library was given or answered; nothing is computed for it."""

from __future__ import annotations

import os
from typing import Any


def rows_of(data: Any) -> int | None:
    shape = getattr(data, "shape", None)
    if shape:
        return int(shape[0])
    return len(data) if hasattr(data, "__len__") else None


def shape_of(frame: Any) -> tuple[int | None, list[list[str]] | None]:
    """Rows and columns of a frame or an Arrow table; nothing of a lazy one, which would have to read."""
    if not hasattr(frame, "shape"):
        return None, None
    if hasattr(frame, "schema") and hasattr(frame.schema, "types"):
        return int(frame.shape[0]), [[field.name, str(field.type)] for field in frame.schema]
    if hasattr(frame, "dtypes") and hasattr(frame, "columns"):
        return int(frame.shape[0]), [
            [str(name), str(kind)] for name, kind in zip(frame.columns, frame.dtypes, strict=True)
        ]
    return None, None


def paths_in(first: Any) -> list[Any]:
    """The paths in an argument that may be one path, several, or no path at all."""
    return [path for path in (first if isinstance(first, list) else [first]) if is_path(path)]


def is_path(value: Any) -> bool:
    return isinstance(value, (str, os.PathLike))


def first_of(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    return arguments[0] if arguments else next(iter(keywords.values()), None)
