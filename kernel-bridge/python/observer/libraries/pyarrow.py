"""Arrow's own readers and writers, which open files past Python."""

from __future__ import annotations

from typing import Any

from ..observer import Observer
from ..shapes import first_of, is_path, paths_in, shape_of
from ..wrapping import Call, Ended, wrap

READERS = ("read_table", "read_csv", "read_json", "read_feather", "open_csv")
# What is written, then where: the second argument, or one of this name.
WRITERS = {"write_table": "where", "write_csv": "output_file", "write_feather": "dest"}


def adapt_files(observer: Observer, module: Any) -> None:
    for name in READERS:
        wrap(module, name, Call(observer.calls, name, read_first(observer)))
    for name, keyword in WRITERS.items():
        wrap(module, name, Call(observer.calls, name, wrote_second(observer, keyword)))


def adapt_parquet(observer: Observer, module: Any) -> None:
    adapt_files(observer, module)
    read = read_first(observer)
    wrap(
        module.ParquetFile,
        "__init__",
        Call(observer.calls, "ParquetFile", lambda arguments, keywords, _: read(arguments[1:], keywords, None)),
    )


def adapt_dataset(observer: Observer, module: Any) -> None:
    def opened(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        for path in getattr(result, "files", []):
            observer.files.used("read", path)

    wrap(module, "dataset", Call(observer.calls, "dataset", opened))
    wrap(module, "write_dataset", Call(observer.calls, "write_dataset", wrote_second(observer, "base_dir")))


def read_first(observer: Observer) -> Ended:
    def read(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        paths = paths_in(first_of(arguments, keywords))
        for path in paths:
            observer.files.used("read", path, *(shape_of(result) if len(paths) == 1 else ()))

    return read


def wrote_second(observer: Observer, keyword: str) -> Ended:
    def wrote(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        path = arguments[1] if len(arguments) > 1 else keywords.get(keyword)
        if is_path(path):
            observer.files.used("write", path, *shape_of(arguments[0] if arguments else None))

    return wrote


ADAPTS = {
    "pyarrow.parquet": adapt_parquet,
    "pyarrow.dataset": adapt_dataset,
    "pyarrow.csv": adapt_files,
    "pyarrow.json": adapt_files,
    "pyarrow.feather": adapt_files,
}
