"""DuckDB, which opens the files that its SQL names past Python."""

from __future__ import annotations

import sys
from typing import Any

from ..file_calls import FileCall, adapt_calls, argument
from ..observer import Observer
from ..sql_files import files_in_sql
from ..wrapping import Call, Stays, wrap

QUERIES = ("sql", "query", "execute", "executemany", "from_query", "query_df")
READERS = {"read_parquet": "file_glob", "read_csv": "path_or_buffer", "read_json": "path_or_buffer"}
READERS |= {"from_parquet": "file_glob", "from_csv_auto": "path_or_buffer"}
WRITERS = ("write_parquet", "to_parquet", "write_csv", "to_csv")
CALL = compile("_lookback_call[0](*_lookback_call[1], **_lookback_call[2])", "<lookback call>", "eval")


def adapt(observer: Observer, module: Any) -> None:
    # A method's first argument is the connection.
    for owner, skip in ((module, 0), (module.DuckDBPyConnection, 1)):
        for name in QUERIES:
            wrap(owner, name, query(observer, name, skip), AsCaller(observer, skip))
        prefix = "DuckDBPyConnection." if skip else ""
        adapt_calls(observer, module, [FileCall("read", prefix + name, skip, key) for name, key in READERS.items()])
    relations = [FileCall("write", f"DuckDBPyRelation.{name}", 1, "file_name", 0) for name in WRITERS]
    adapt_calls(observer, module, relations)
    wrap(module, "connect", Call(observer.calls, "connect", lambda *_: None), Connects(observer))


def used_by(arguments: tuple[Any, ...], keywords: dict[str, Any], skip: int) -> list[tuple[str, str]]:
    text = argument(arguments, keywords, skip, "query")
    return files_in_sql(text, argument(arguments, keywords, skip + 1, "parameters")) if isinstance(text, str) else []


def query(observer: Observer, name: str, skip: int) -> Call:
    def ended(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        for access, path in used_by(arguments, keywords, skip):
            if access == "attach":
                observer.files.connected(path)
            else:
                observer.files.used(access, path)

    return Call(observer.calls, name, ended)


class Connects(Stays):
    """A database's file is looked at before it is opened, for opening may write it."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer

    def __call__(self, function: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        path = argument(arguments, keywords, 0, "database")
        if path is not None and self.observer.cell.id is not None and not str(path).startswith(":"):
            self.observer.cell.guard("connect", self.observer.files.connected, str(path))
        return function(*arguments, **keywords)


class AsCaller(Stays):
    """DuckDB looks up the frames that SQL names in the frame that calls it: so the call is made with the caller's names."""

    def __init__(self, observer: Observer, skip: int) -> None:
        self.observer = observer
        self.skip = skip

    def __call__(self, function: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        if self.observer.cell.id is not None:
            self.observer.cell.guard("query", self.before, arguments, keywords)
        frame = sys._getframe(1)
        while frame.f_code.co_filename.startswith("<lookback") and frame.f_back is not None:
            frame = frame.f_back
        names = {} if frame.f_locals is frame.f_globals else dict(frame.f_locals)
        names.update(_lookback_call=(function, arguments, keywords))
        return eval(CALL, frame.f_globals, names)

    def before(self, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
        for access, path in used_by(arguments, keywords, self.skip):
            if access == "write":
                self.observer.files.will_be_written(path)


ADAPTS = {"duckdb": adapt}
