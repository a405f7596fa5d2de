"""Arrow's own readers, writers and file systems, which open files past Python."""

from __future__ import annotations

from typing import Any

from ..file_calls import FileCall, adapts
from ..observer import Observer
from ..wrapping import Call, wrap


def read(function: str, keyword: str, at: int = 0) -> FileCall:
    return FileCall("read", function, at, keyword, "answer")


def adapt_dataset(observer: Observer, module: Any) -> None:
    def opened(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        for path in getattr(result, "files", []):
            observer.files.used("read", path)

    wrap(module, "dataset", Call(observer.calls, "dataset", opened))


CALLS = {
    "pyarrow.parquet": [
        read("read_table", "source"),
        read("read_pandas", "source"),
        read("read_schema", "where"),
        read("read_metadata", "where"),
        read("ParquetFile.__init__", "source", 1),
        read("ParquetDataset.__init__", "path_or_paths", 1),
        FileCall("write", "write_table", 1, "where", 0),
        FileCall("write", "write_to_dataset", 1, "root_path", 0),
        FileCall("write", "ParquetWriter.__init__", 1, "where"),
    ],
    "pyarrow.dataset": [FileCall("write", "write_dataset", 1, "base_dir", 0)],
    "pyarrow.csv": [
        read("read_csv", "input_file"),
        read("open_csv", "input_file"),
        FileCall("write", "write_csv", 1, "output_file", 0),
    ],
    "pyarrow.json": [read("read_json", "input_file")],
    "pyarrow.feather": [
        read("read_feather", "source"),
        read("read_table", "source"),
        FileCall("write", "write_feather", 1, "dest", 0),
    ],
    "pyarrow.orc": [read("read_table", "source"), FileCall("write", "write_table", 1, "where", 0)],
    "pyarrow.ipc": [read("open_file", "source"), read("open_stream", "source")],
    "pyarrow": [
        FileCall("read", "memory_map", 0, "path", mode=(1, "mode")),
        FileCall("read", "input_stream", 0, "source"),
        FileCall("write", "output_stream", 0, "source"),
        FileCall("read", "OSFile.__init__", 1, "path", mode=(2, "mode")),
    ],
}
ADAPTS = {**adapts({name: calls for name, calls in CALLS.items() if name != "pyarrow.dataset"})}


def adapt_datasets(observer: Observer, module: Any) -> None:
    adapts(CALLS)["pyarrow.dataset"](observer, module)
    adapt_dataset(observer, module)


ADAPTS["pyarrow.dataset"] = adapt_datasets
