"""Lookback's own SDK, which says what its training sets read and what the person calls a metric."""

from __future__ import annotations

from typing import Any

from ..observer import Observer


def adapt(observer: Observer, module: Any) -> None:
    def read(path: str, rows: int | None = None, columns: list[list[str]] | None = None) -> None:
        observer.files.used("read", path, rows, columns)

    module.on_read.append(read)
    module.on_param.append(observer.remarks.parameter)
    module.on_remark.append(observer.remarks.remark)
    module.on_metric.append(lambda name, value: observer.metrics.scored(name, value))


ADAPTS = {"lookback.observed": adapt}
