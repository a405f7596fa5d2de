"""Rows, columns and paths, read off what a library was given or answered."""

from __future__ import annotations

import os
from typing import Any

from .row_digest import row_digest


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


def facts_of(frame: Any) -> dict[str, Any]:
    """All that is told of a table; nothing of what is none."""
    rows, columns = shape_of(frame)
    return {} if rows is None else {"rows": rows, "columns": columns, "rowsDigest": row_digest(frame)}


def is_path(value: Any) -> bool:
    return isinstance(value, (str, os.PathLike))


def first_of(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    return arguments[0] if arguments else next(iter(keywords.values()), None)
