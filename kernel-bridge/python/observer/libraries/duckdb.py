"""DuckDB, which opens the files that its SQL names past Python."""

from __future__ import annotations

import sys
from typing import Any

from ..observer import Observer
from ..shapes import first_of, is_path, paths_in, shape_of
from ..wrapping import Call, Stays, wrap

QUERIES = ("sql", "query", "execute", "from_query")
READERS = ("read_parquet", "read_csv", "read_json", "from_parquet", "from_csv_auto")
WRITERS = ("write_parquet", "to_parquet", "write_csv", "to_csv")
CALL = compile("_lookback_call[0](*_lookback_call[1], **_lookback_call[2])", "<lookback call>", "eval")


def adapt(observer: Observer, module: Any) -> None:
    as_caller = AsCaller()
    # A method's first argument is the connection.
    for owner, skip in ((module, 0), (module.DuckDBPyConnection, 1)):
        for name in QUERIES:
            wrap(owner, name, query(observer, name, skip), as_caller)
        for name in READERS:
            wrap(owner, name, reader(observer, name, skip))
    for name in WRITERS:
        wrap(module.DuckDBPyRelation, name, writer(observer, name))


def query(observer: Observer, name: str, skip: int) -> Call:
    def ended(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        observer.files.used_in_text(first_of(arguments[skip:], keywords) or "")

    return Call(observer.calls, name, ended)


def reader(observer: Observer, name: str, skip: int) -> Call:
    def ended(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        for path in paths_in(first_of(arguments[skip:], keywords)):
            observer.files.used("read", path)

    return Call(observer.calls, name, ended)


def writer(observer: Observer, name: str) -> Call:
    def ended(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        path = arguments[1] if len(arguments) > 1 else keywords.get("file_name")
        if is_path(path):
            observer.files.used("write", path, *shape_of(arguments[0]))

    return Call(observer.calls, name, ended)


class AsCaller(Stays):
    """DuckDB looks up the frames that SQL names in the frame that calls it: so the call is made with the caller's names."""

    def __call__(self, function: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        frame = sys._getframe(1)
        while frame.f_code.co_filename.startswith("<lookback") and frame.f_back is not None:
            frame = frame.f_back
        names = {} if frame.f_locals is frame.f_globals else dict(frame.f_locals)
        names.update(_lookback_call=(function, arguments, keywords))
        return eval(CALL, frame.f_globals, names)


ADAPTS = {"duckdb": adapt}
