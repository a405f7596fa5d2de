"""`os.open` with a folder that is open: of the name alone nobody could tell which file is meant."""

from __future__ import annotations

from typing import Any

from ..descriptors import opening
from ..observer import Observer
from ..wrapping import Watched, wrap


def adapt_os(observer: Observer, module: Any) -> None:
    wrap(module, "open", InFolder(observer))
    # Who asks whether it takes `dir_fd` asks by the function itself.
    module.supports_dir_fd.add(module.open)


class InFolder(Watched):
    def __init__(self, observer: Observer) -> None:
        self.observer = observer

    def begins(self, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        opening.within = keywords.get("dir_fd")
        return None if opening.within is None else self

    def over(self, begun: Any) -> None:
        opening.within = None

    def ended(self, begun: Any, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        """The audit hook has told it."""

    def failed(self, error: Exception) -> None:
        self.observer.cell.tell_error("os.open", error)


ADAPTS = {"os": adapt_os}
