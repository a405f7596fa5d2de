"""A digest of a table's rows and schema that is the same for the same rows in any order, and however they were stored."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from typing import Any

# More would be felt: a number takes some thirty nanoseconds, any other value some two hundred.
MOST_COST_NS = 40_000_000
NUMBER_NS, VALUE_NS, COLUMN_NS = 30, 250, 30_000
MOST_COLUMNS = 500
LARGEST_FLOAT = 1 << 53
NANOSECONDS = {"s": 1_000_000_000, "ms": 1_000_000, "us": 1_000, "ns": 1}


def row_digest(frame: Any) -> str | None:
    """Null for what is no table, one that would take too long, and values of which nobody knows how they are told apart."""
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return None
    columns = list(columns_of(frame))
    if not columns or len(columns) > MOST_COLUMNS:
        return None
    cost = sum(
        COLUMN_NS + len(values) * (NUMBER_NS if is_array(values) and values.dtype.kind in "biufM" else VALUE_NS)
        for _, values in columns
    )
    if cost > MOST_COST_NS:
        return None
    rows = len(columns[0][1])
    schema: list[str] = []
    total = numpy.zeros(rows, numpy.uint64)
    with numpy.errstate(all="ignore"):
        for name, values in columns:
            hashed = hashes_of(numpy, values)
            if hashed is None:
                return None
            kind, hashes = hashed
            schema.append(f"{name}\0{kind}")
            # By its name: where a column stands does not matter.
            total += mixed(numpy, hashes ^ numpy.uint64(number_of(name.encode("utf-8", "surrogatepass"))))
        sums = [int(mixed(numpy, total ^ numpy.uint64(seed)).sum(dtype=numpy.uint64)) for seed in (1, 2)]
    text = "\n".join([*sorted(schema), str(rows), *(str(each) for each in sums)])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_array(values: Any) -> bool:
    return hasattr(values, "dtype") and hasattr(values.dtype, "kind")


def columns_of(frame: Any) -> Iterator[tuple[str, Any]]:
    """Each column as an array of NumPy where that costs nothing, else as a list."""
    kind = type(frame).__module__.partition(".")[0]
    if kind == "pandas" and hasattr(frame, "iloc") and hasattr(frame, "columns"):
        for at, name in enumerate(frame.columns):
            column = frame.iloc[:, at]
            values = column.to_numpy() if getattr(column.dtype, "kind", "O") in "biufM" else column.tolist()
            yield str(name), plain_array(values)
    elif kind == "polars" and hasattr(frame, "get_columns"):
        for column in frame.get_columns():
            is_plain = column.null_count() == 0 and (column.dtype.is_numeric() or column.dtype.is_temporal())
            yield column.name, plain_array(column.to_numpy() if is_plain else column.to_list())
    elif kind == "pyarrow" and hasattr(frame, "column_names") and hasattr(frame, "num_rows"):
        for name, column in zip(frame.column_names, frame.columns, strict=True):
            kinds = ("int", "uint", "float", "double", "halffloat", "timestamp", "date")
            is_plain = column.null_count == 0 and str(column.type).startswith(kinds)
            yield name, plain_array(column.to_numpy() if is_plain else column.to_pylist())


def plain_array(values: Any) -> Any:
    return values if is_array(values) and values.dtype.kind in "biufM" else list(values)


def hashes_of(numpy: Any, values: Any) -> tuple[str, Any] | None:
    if is_array(values):
        if values.dtype.kind == "M":
            unit = numpy.datetime_data(values.dtype)[0]
            if unit == "D":
                return "time", mixed(numpy, values.astype("datetime64[ns]").view(numpy.uint64))
            factor = NANOSECONDS.get(unit)
            whole = values.astype(numpy.int64) * numpy.int64(factor) if factor is not None else None
            return None if whole is None else ("time", mixed(numpy, whole.view(numpy.uint64)))
        return "number", number_hashes(numpy, values)
    return value_hashes(numpy, values)


def number_hashes(numpy: Any, values: Any) -> Any:
    """Whole numbers and others alike, for a CSV does not tell them apart."""
    floats = values.astype(numpy.float64) + 0.0
    bits = floats.view(numpy.uint64)
    bits = numpy.where(numpy.isnan(floats), numpy.uint64(NULL), bits)
    if values.dtype.kind in "iu":
        large = numpy.abs(floats) > LARGEST_FLOAT
        if large.any():
            bits = numpy.where(large, values.astype(numpy.uint64), bits)
    return mixed(numpy, bits)


NULL = 0x9E3779B97F4A7C15


def value_hashes(numpy: Any, values: list[Any]) -> tuple[str, Any] | None:
    known: dict[Any, int] = {}
    kinds: set[str] = set()
    hashes: list[int] = []
    for value in values:
        if value is None or value != value:
            hashes.append(NULL)
            continue
        kind = type(value)
        if kind is str:
            number = known.get(value)
            if number is None:
                number = known[value] = number_of(value.encode("utf-8", "surrogatepass"))
            kinds.add("text")
            hashes.append(number)
        elif kind in (int, float, bool):
            return mixed_numbers(numpy, values)
        elif kind is bytes:
            kinds.add("bytes")
            hashes.append(number_of(value))
        else:
            text = f"{kind.__name__} {value}" if kind.__module__ in {"datetime", "decimal", "uuid"} else None
            if text is None:
                return None
            kinds.add(kind.__name__)
            hashes.append(number_of(text.encode()))
    if len(kinds) > 1:
        return None
    return "".join(kinds) or "null", mixed(numpy, numpy.array(hashes, dtype=numpy.uint64))


def mixed_numbers(numpy: Any, values: list[Any]) -> tuple[str, Any] | None:
    """Numbers among which some are missing."""
    if any(value is not None and type(value) not in (int, float, bool) for value in values):
        return None
    if any(type(value) is int and abs(value) > LARGEST_FLOAT for value in values):
        return None
    filled = [float("nan") if value is None else float(value) for value in values]
    return "number", number_hashes(numpy, numpy.array(filled, dtype=numpy.float64))


def number_of(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")


def mixed(numpy: Any, bits: Any) -> Any:
    """Each bit of 64 into all others: the finalizer of splitmix64."""
    bits = bits + numpy.uint64(NULL)
    bits = (bits ^ (bits >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> numpy.uint64(31))
