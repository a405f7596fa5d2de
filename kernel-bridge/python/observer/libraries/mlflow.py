"""MLflow: what the person logs, with or without a server. What autologging logs of itself is its own."""

from __future__ import annotations

from typing import Any

from ..observer import Observer
from ..work import Doing, Work
from ..wrapping import wrap


def adapt(observer: Observer, module: Any) -> None:
    def metric(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        name, value = pair(arguments, keywords)
        observer.metrics.scored(name, value)

    def metrics(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        for name, value in (arguments[0] if arguments else keywords.get("metrics") or {}).items():
            observer.metrics.scored(name, value)

    def parameter(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        observer.remarks.parameter(*pair(arguments, keywords))

    def parameters(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        for name, value in (arguments[0] if arguments else keywords.get("params") or {}).items():
            observer.remarks.parameter(name, value)

    def tag(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        name, value = pair(arguments, keywords)
        observer.remarks.tag(f"{name}={value}")

    def tags(doing: Doing, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        for name, value in (arguments[0] if arguments else keywords.get("tags") or {}).items():
            observer.remarks.tag(f"{name}={value}")

    told = {
        "log_metric": metric,
        "log_metrics": metrics,
        "log_param": parameter,
        "log_params": parameters,
        "set_tag": tag,
        "set_tags": tags,
    }
    for name, each in told.items():
        wrap(module, name, Work(observer.within, name, each))


def pair(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> tuple[str, Any]:
    key = arguments[0] if arguments else keywords.get("key")
    value = arguments[1] if len(arguments) > 1 else keywords.get("value")
    return str(key), value


ADAPTS = {"mlflow.tracking.fluent": adapt}
