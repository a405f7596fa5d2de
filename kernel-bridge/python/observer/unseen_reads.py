"""Reads that nothing in Python tells of, by how a cell writes them: said, for they are not recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

# Methods of classes of extension modules, in whose place nothing can be put.
ARROW = re.compile(r"\.(open_(?:input_(?:file|stream)|output_stream|append_stream))\s*\(")
QUERY = re.compile(
    r"\b([A-Za-z_]\w*)\s*\.\s*(?:execute|executemany|executescript|iterdump|backup)\s*\("
    # What only writes is seen by what becomes of the file.
    r"(?!\s*[rf]{0,2}[\"']{1,3}\s*(?:insert|create|update|delete|drop|alter|begin|commit|vacuum)\b)",
    re.IGNORECASE,
)


def unseen_reads(source: str, names: Mapping[str, Any], has_databases: bool) -> Iterator[str]:
    """Sentences. `names` are those of before the cell; a connection that the cell makes itself is seen."""
    opened = list(dict.fromkeys(ARROW.findall(source)))
    if opened:
        yield f"Files that Arrow's file systems opened ({', '.join(opened)}) are not recorded."
    if not has_databases:
        return
    used = dict.fromkeys(name for name in QUERY.findall(source) if is_of_sqlite(names.get(name)))
    if used:
        yield f"What was read through a database connection of an earlier cell ({', '.join(used)}) is not recorded."


def is_of_sqlite(value: Any) -> bool:
    return type(value).__module__ == "sqlite3" and type(value).__name__ in {"Connection", "Cursor"}
