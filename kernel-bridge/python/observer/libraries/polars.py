"""polars, which opens files past Python; what is lazy reads when it is collected."""

from __future__ import annotations

import os
import re
from typing import Any

from ..databases import queried
from ..file_calls import BeforeWrite, FileCall, adapt_calls, argument, paths_in
from ..files import data_files_in
from ..observer import Observer
from ..shapes import facts_of
from ..sql_files import files_in_sql
from ..wrapping import Call, wrap

NO_FILES = {"read_database", "read_database_uri", "read_clipboard", "scan_pyarrow_dataset", "scan_arrow_c_stream"}
SCAN = re.compile(r"SCAN \[(.*)\]$", re.MULTILINE)
MORE = re.compile(r", \.\.\. \d+ other sources?$")
MOST_SCANS = 1_000
RUNS = ("collect", "sink_", "profile", "execute")


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
        if name.startswith(RUNS):
            lazy.wrap(module.LazyFrame, name)
    for name in ("collect_all", "collect_all_async"):
        lazy.wrap_several(module, name)
    adapt_queries(observer, module)


class Lazy:
    """Knows what each scan was given, for a plan names only the first of many files.

    One that is collected in the background reads what is there when it is asked to.
    """

    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        # How plans name some files, to the lists of files that are named so.
        self.scans: dict[str, list[list[str]]] = {}

    def scanned(self, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        files = files_of(paths_in(arguments[0] if arguments else keywords.get("source")))
        if files:
            if len(self.scans) >= MOST_SCANS:
                self.scans.clear()
            known = self.scans.setdefault(named_in_plan(files), [])
            if files not in known:
                known.append(files)

    def wrap(self, owner: Any, name: str) -> None:
        sink = FileCall("write", name, 1, "path") if name.startswith("sink_") else None

        def ended(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
            self.collected(arguments[0])
            for path in [] if sink is None else paths_in(argument(arguments, keywords, sink.at, sink.keyword)):
                self.observer.files.used("write", path)

        before = None if sink is None else BeforeWrite(self.observer, sink)
        wrap(owner, name, Call(self.observer.calls, name, ended), before)

    def wrap_several(self, module: Any, name: str) -> None:
        def invoke(function: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
            given = argument(arguments, keywords, 0, "lazy_frames")
            if given is None or self.observer.cell.id is None:
                return function(*arguments, **keywords)
            # What gives them only once is asked once.
            frames = list(given)
            rest = {key: value for key, value in keywords.items() if key != "lazy_frames"}
            result = function(frames, *arguments[1:], **rest)
            for frame in frames:
                self.observer.cell.guard(name, self.collected, frame)
            return result

        wrap(module, name, Call(self.observer.calls, name, lambda *_: None), invoke)

    def collected(self, frame: Any) -> None:
        for found in SCAN.finditer(frame.explain(optimized=False)):
            text = found.group(1)
            known = self.scans.get(text, [])
            if len(known) > 1 or (not known and MORE.search(text)):
                cell = self.observer.cell
                message = (
                    f"Which files polars read that its plan names {text} is not recorded: it names the first alone."
                )
                self.observer.journal.note(cell.id, "observer/unseen", message)
            for path in known[0] if len(known) == 1 else MORE.sub("", text).split(", "):
                self.observer.files.used("read", path)


def files_of(paths: list[Any]) -> list[str]:
    """In the order in which polars takes them: a folder's by their names."""
    found: list[str] = []
    for path in paths:
        name = os.fsdecode(os.fspath(path))
        found += sorted(data_files_in(name)) if "://" not in name and os.path.isdir(name) else [name]
    return found


def named_in_plan(files: list[str]) -> str:
    if len(files) <= 2:
        return ", ".join(files)
    return f"{files[0]}, ... {len(files) - 1} other sources"


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
