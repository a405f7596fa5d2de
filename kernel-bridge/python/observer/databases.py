"""Queries, by the database that answered them: a file here, or an address."""

from __future__ import annotations

import os
import sys
from typing import Any

from .observer import Observer

MOST_QUERY = 4_000


def queried(observer: Observer, access: str, connection: Any, query: str, facts: dict[str, Any]) -> None:
    """Told with the digest of what came, for a database's bytes say little of it."""
    place = place_of(connection)
    if place is None:
        observer.files.elsewhere.used(access, "query:", {"kind": "query", "query": query[:MOST_QUERY], **facts})
    elif "://" in place:
        observer.files.elsewhere.used(access, place, {"kind": "query", "query": query[:MOST_QUERY], **facts})
    else:
        observer.files.queried(access, place, {"query": query[:MOST_QUERY], **facts})


def place_of(connection: Any) -> str | None:
    """The path of a database's file, or its address without a password; None where it is in memory or nobody knows."""
    sqlite = sys.modules.get("sqlite3")
    if sqlite is not None and isinstance(connection, sqlite.Connection):
        # Asked of the database itself: a connection does not tell.
        cursor = sqlite.Connection.cursor(connection)
        cursor.row_factory = None
        path = next((row[2] for row in cursor.execute("pragma database_list").fetchall() if row[1] == "main"), "")
        return path or None
    if isinstance(connection, str):
        url: Any = connection
    else:
        url = getattr(getattr(connection, "engine", connection), "url", None)
        if url is None:
            return None
        url = url.render_as_string(hide_password=True)
    dialect, _, rest = url.partition("://")
    if dialect.startswith(("sqlite", "duckdb")):
        path = rest[1:] if rest.startswith("/") else rest
        path = path.partition("?")[0]
        return os.path.abspath(path) if path and path != ":memory:" else None
    head, at, host = rest.rpartition("@")
    return f"{dialect}://{head.partition(':')[0]}{at}{host}"
