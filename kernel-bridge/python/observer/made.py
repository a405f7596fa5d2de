"""Data that a library brings or makes, by its name and the digest of its values."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Iterator
from typing import Any

from .shapes import facts_of, rows_of

MOST_BYTES = 64 << 20
MOST_SECONDS = 0.05


def facts_of_made(value: Any) -> dict[str, Any]:
    """Kind, rows, columns and digest of a frame, an array, or several of them."""
    parts = list(parts_of(value))
    table = next((facts for facts in map(facts_of, parts) if facts), None)
    facts = table or {"rows": rows_of(parts[0]) if parts else None}
    return {"kind": "made", **facts, "sha256": digest_of(parts)}


def parts_of(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for each in value:
            yield from parts_of(each)
    elif isinstance(value, dict):
        for name in ("frame", "data", "images", "target"):
            if value.get(name) is not None:
                yield value[name]
    elif value is not None and (hasattr(value, "shape") or isinstance(value, list)):
        yield value
    else:
        # What `statsmodels` gives has its tables as attributes.
        held = [vars(value).get(name) for name in ("data", "endog", "exog")] if hasattr(value, "__dict__") else []
        yield from [each for each in held if each is not None]


def digest_of(parts: list[Any]) -> str | None:
    """Of the bytes of arrays, one after the other, with what they are; null for what is none, or too much."""
    numpy = sys.modules.get("numpy")
    if numpy is None or not parts:
        return None
    digest, size, until = hashlib.sha256(), 0, time.perf_counter() + MOST_SECONDS
    for part in parts:
        for column in columns_of(numpy, part):
            size += column.nbytes
            if size > MOST_BYTES or time.perf_counter() > until:
                return None
            if column.dtype.kind == "O":
                if any(type(each) not in (str, int, float, bool, type(None)) for each in column.ravel().tolist()):
                    return None
                data: Any = repr(column.tolist()).encode("utf-8", "surrogatepass")
            else:
                data = numpy.ascontiguousarray(column).view(numpy.uint8) if column.size else b""
            digest.update(f"{column.dtype.kind} {column.shape} ".encode())
            digest.update(data)
    return digest.hexdigest()


def columns_of(numpy: Any, part: Any) -> Iterator[Any]:
    if hasattr(part, "iloc") and hasattr(part, "columns"):
        for at in range(part.shape[1]):
            yield part.iloc[:, at].to_numpy()
    elif hasattr(part, "tocsr"):
        matrix = part.tocsr()
        yield from (matrix.data, matrix.indices, matrix.indptr)
    else:
        yield numpy.asarray(part)
