"""pandas and polars: what a reader answered, and what a frame wrote, has rows and columns to tell."""

from __future__ import annotations

from typing import Any

from ..observer import Observer
from ..shapes import first_of, is_path, shape_of
from ..wrapping import Call, wrap

WRITERS = {"to_csv", "to_parquet", "to_feather", "to_json", "to_pickle", "to_excel", "to_orc"}


def adapt(observer: Observer, module: Any) -> None:
    def read(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        path = first_of(arguments, keywords)
        if is_path(path):
            observer.files.used("read", path, *shape_of(result))

    def wrote(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        path = first_of(arguments[1:], keywords)
        if is_path(path):
            observer.files.used("write", path, *shape_of(arguments[0]))

    for name in dir(module):
        if name.startswith(("read_", "scan_")):
            wrap(module, name, Call(observer.calls, name, read))
    for name in dir(module.DataFrame):
        if name.startswith("write_") or name in WRITERS:
            wrap(module.DataFrame, name, Call(observer.calls, name, wrote))


ADAPTS = {"pandas": adapt, "polars": adapt}
