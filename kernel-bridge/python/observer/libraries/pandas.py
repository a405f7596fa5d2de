"""pandas: what a reader answered, and what a frame wrote, has rows and columns to tell; queries are told with what they answered."""

from __future__ import annotations

from typing import Any

from ..databases import queried
from ..file_calls import FileCall, adapt_calls
from ..observer import Observer
from ..shapes import facts_of
from ..wrapping import Call, wrap

# The name of the first argument, where it is not the usual one.
READERS = {
    "read_json": "path_or_buf",
    "read_hdf": "path_or_buf",
    "read_excel": "io",
    "read_parquet": "path",
    "read_feather": "path",
}
READERS |= {"read_orc": "path", "read_spss": "path", "read_xml": "path_or_buffer"}
NO_FILES = {"read_sql", "read_sql_query", "read_sql_table", "read_clipboard", "read_html", "read_gbq"}
WRITERS = {
    "to_csv": "path_or_buf",
    "to_json": "path_or_buf",
    "to_hdf": "path_or_buf",
    "to_parquet": "path",
    "to_feather": "path",
    "to_pickle": "path",
    "to_orc": "path",
    "to_stata": "path",
    "to_excel": "excel_writer",
    "to_xml": "path_or_buffer",
}


def adapt(observer: Observer, module: Any) -> None:
    readers = [name for name in dir(module) if name.startswith("read_") and name not in NO_FILES]
    calls = [FileCall("read", name, 0, READERS.get(name, "filepath_or_buffer"), "answer") for name in readers]
    calls += [FileCall("write", f"DataFrame.{name}", 1, keyword, 0) for name, keyword in WRITERS.items()]
    adapt_calls(observer, module, calls)

    def asked(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        query = arguments[0] if arguments else keywords.get("sql", keywords.get("table_name"))
        connection = arguments[1] if len(arguments) > 1 else keywords.get("con")
        queried(observer, "read", connection, str(query), facts_of(result))

    def stored(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        name = arguments[1] if len(arguments) > 1 else keywords.get("name")
        connection = arguments[2] if len(arguments) > 2 else keywords.get("con")
        queried(observer, "write", connection, str(name), facts_of(arguments[0]))

    for name in ("read_sql", "read_sql_query", "read_sql_table"):
        wrap(module, name, Call(observer.calls, name, asked))
    wrap(module.DataFrame, "to_sql", Call(observer.calls, "to_sql", stored))


ADAPTS = {"pandas": adapt}
