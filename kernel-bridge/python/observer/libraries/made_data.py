"""Data sets that libraries bring, fetch or generate."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

from ..made import facts_of_made
from ..observer import Observer
from ..wrapping import Call, wrap

SKLEARN = ("load_", "make_", "fetch_")
# These read files that the person names, which are told as such.
OF_FILES = {"load_files", "load_svmlight_file", "load_svmlight_files", "load_sample_image", "load_sample_images"}


def tell(observer: Observer, owner: Any, name: str, called: Callable[[tuple[Any, ...], dict[str, Any]], str]) -> None:
    def made(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        observer.files.elsewhere.used("read", called(arguments, keywords), facts_of_made(result))

    wrap(owner, name, Call(observer.calls, name, made))


def adapt_sklearn(observer: Observer, module: Any) -> None:
    for name in getattr(module, "__all__", []):
        if name.startswith(SKLEARN) and name not in OF_FILES:

            def called(arguments: tuple[Any, ...], keywords: dict[str, Any], name: str = name) -> str:
                which = keywords.get("name", arguments[0] if arguments else None)
                return f"sklearn:{name}" + (f":{which}" if name == "fetch_openml" and which else "")

            tell(observer, module, name, called)


def adapt_seaborn(observer: Observer, module: Any) -> None:
    tell(
        observer,
        module,
        "load_dataset",
        lambda arguments, keywords: f"seaborn:{arguments[0] if arguments else keywords.get('name')}",
    )


def adapt_statsmodels(observer: Observer, module: Any) -> None:
    for name, data in list(vars(module).items()):
        if isinstance(data, types.ModuleType) and hasattr(data, "load_pandas"):
            for function in ("load", "load_pandas"):
                tell(observer, data, function, lambda *_, name=name: f"statsmodels:{name}")


def adapt_keras(observer: Observer, module: Any) -> None:
    for name, data in list(vars(module).items()):
        if isinstance(data, types.ModuleType) and hasattr(data, "load_data"):
            tell(observer, data, "load_data", lambda *_, name=name: f"keras:{name}")


def adapt_plotly(observer: Observer, module: Any) -> None:
    for name, value in list(vars(module).items()):
        if isinstance(value, types.FunctionType) and value.__module__ == module.__name__ and not name.startswith("_"):
            tell(observer, module, name, lambda *_, name=name: f"plotly:{name}")


def adapt_scipy(observer: Observer, module: Any) -> None:
    for name in ("face", "ascent", "electrocardiogram"):
        tell(observer, module, name, lambda *_, name=name: f"scipy:{name}")


ADAPTS = {
    "sklearn.datasets": adapt_sklearn,
    "seaborn": adapt_seaborn,
    "statsmodels.datasets": adapt_statsmodels,
    "keras.datasets": adapt_keras,
    "plotly.data": adapt_plotly,
    "scipy.datasets": adapt_scipy,
}
