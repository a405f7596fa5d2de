"""polars, which opens files past Python; what is lazy reads when it is collected."""

from __future__ import annotations

import os
import re
from typing import Any

from ..databases import queried
from ..file_calls import BeforeWrite, FileCall, adapt_calls, argument, paths_in
from ..observer import Observer
from ..shapes import facts_of
from ..sql_files import files_in_sql
from ..wrapping import Call, wrap

NO_FILES = {"read_database", "read_database_uri", "read_clipboard", "scan_pyarrow_dataset", "scan_arrow_c_stream"}
SCAN = re.compile(r"SCAN \[(.*?)\]")
MORE = re.compile(r", \.\.\. \d+ other sources?$")
MOST_SCANS = 1_000


def adapt(observer: Observer, module: Any) -> None:
    names = [name for name in dir(module) if name not in NO_FILES]
    calls = [FileCall("read", name, 0, "source", "answer") for name in names if name.startswith("read_")]
    for name in dir(module.DataFrame):
        if name.startswith("write_") and name != "write_database":
            keyword = "workbook" if name == "write_excel" else "path" if name == "write_avro" else "file"
            calls.append(FileCall("write", f"DataFrame.{name}", 1, keyword, 0))
    adapt_calls(observer, module, calls)
    lazy = Lazy(observer)
    for name in names:
        if name.startswith("scan_"):
            wrap(module, name, Call(observer.calls, name, lazy.scanned))
    for name in dir(module.LazyFrame):
        if name.startswith(("collect", "sink_")) and name != "collect_async":
            lazy.wrap(module.LazyFrame, name)
    adapt_queries(observer, module)


class Lazy:
    """Knows what each scan was given, for a plan names only the first of many files."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        self.scans: dict[str, list[Any]] = {}

    def scanned(self, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        paths = paths_in(arguments[0] if arguments else keywords.get("source"))
        if paths:
            if len(self.scans) >= MOST_SCANS:
                self.scans.clear()
            self.scans[os.fsdecode(os.fspath(paths[0]))] = paths

    def wrap(self, owner: Any, name: str) -> None:
        sink = FileCall("write", name, 1, "path") if name.startswith("sink_") else None

        def ended(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
            self.collected(arguments[0])
            for path in [] if sink is None else paths_in(argument(arguments, keywords, sink.at, sink.keyword)):
                self.observer.files.used("write", path)

        before = None if sink is None else BeforeWrite(self.observer, sink)
        wrap(owner, name, Call(self.observer.calls, name, ended), before)

    def collected(self, frame: Any) -> None:
        for found in SCAN.finditer(frame.explain(optimized=False)):
            first = MORE.sub("", found.group(1)).split(", ")
            paths = self.scans.get(first[0], first)
            for path in paths if MORE.search(found.group(1)) or len(paths) > len(first) else first:
                self.observer.files.used("read", path)


def adapt_queries(observer: Observer, module: Any) -> None:
    def asked(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        query = arguments[0] if arguments else keywords.get("query")
        connection = arguments[1] if len(arguments) > 1 else keywords.get("connection", keywords.get("uri"))
        queried(observer, "read", connection, str(query), facts_of(result))

    def sql(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        query = arguments[0] if arguments else keywords.get("query")
        for access, path in files_in_sql(str(query)):
            observer.files.used(access, path)

    for name in ("read_database", "read_database_uri"):
        wrap(module, name, Call(observer.calls, name, asked))
    wrap(module, "sql", Call(observer.calls, "sql", sql))


ADAPTS = {"polars": adapt}
