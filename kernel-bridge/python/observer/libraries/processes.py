"""Pools of processes: nobody observes what is worked on in them, unless they were forked from this kernel with its observer."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from ..observer import Observer
from ..wrapping import Around, Call, Stays, wrap

POOL_METHODS = ("apply_async", "map", "map_async", "starmap", "starmap_async", "imap", "imap_unordered")


def adapt_process(observer: Observer, module: Any) -> None:
    def started(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        process = arguments[0]
        is_of_pool = "PoolWorker" in process.name or ".loky" in type(process).__module__
        if observer.within.has_processes():
            return  # Part of what that call answers.
        if not is_of_pool and getattr(process._popen, "method", None) != "fork":
            observer.unobserved.ran(process.name.partition("-")[0])

    def is_apart(process: Any) -> bool:
        return (getattr(process, "_start_method", None) or default_method()) != "fork"

    def default_method() -> Any:
        return importlib.import_module("multiprocessing.context")._default_context.get_start_method(allow_none=True)

    before = BeforeWork(observer, lambda arguments: is_apart(arguments[0]))
    wrap(module.BaseProcess, "start", Call(observer.calls, "start", started), before)


def adapt_pool(observer: Observer, module: Any) -> None:
    def worked(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        pool = arguments[0]
        if isinstance(pool, module.ThreadPool) or pool._ctx.get_start_method() == "fork":
            return
        if observer.within.has_processes():
            return
        observer.unobserved.worked("multiprocessing", pool._processes)

    before = BeforeWork(observer, lambda arguments: not isinstance(arguments[0], module.ThreadPool))
    for name in POOL_METHODS:
        wrap(module.Pool, name, Around(observer.calls, name, worked), before)


def adapt_futures(observer: Observer, module: Any) -> None:
    def submitted(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        executor = arguments[0]
        if executor._mp_context.get_start_method() != "fork" and not observer.within.has_processes():
            observer.unobserved.worked("concurrent.futures", executor._max_workers)

    before = BeforeWork(observer, lambda _: True)
    wrap(module.ProcessPoolExecutor, "submit", Call(observer.calls, "submit", submitted), before)


def adapt_joblib(observer: Observer, module: Any) -> None:
    def worked(arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        parallel = arguments[0]
        backend = getattr(parallel, "_backend", None)
        if backend is None or getattr(backend, "uses_threads", False) or observer.within.has_processes():
            return
        observer.unobserved.worked("joblib", parallel.n_jobs)

    before = BeforeWork(observer, lambda arguments: arguments[0].n_jobs not in (1, None))
    wrap(module.Parallel, "__call__", Around(observer.calls, "Parallel", worked), before)


class BeforeWork(Stays):
    """Makes the call; before one that may give work to a process that nobody observes, the workspace is looked at."""

    def __init__(self, observer: Observer, may: Callable[[tuple[Any, ...]], bool]) -> None:
        self.observer = observer
        self.may = may

    def __call__(self, function: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        self.observer.cell.guard("process", self.before, arguments)
        return function(*arguments, **keywords)

    def before(self, arguments: tuple[Any, ...]) -> None:
        if self.observer.cell.id is not None and self.may(arguments):
            self.observer.programs.start()


ADAPTS = {
    "multiprocessing.process": adapt_process,
    "multiprocessing.pool": adapt_pool,
    "concurrent.futures.process": adapt_futures,
    "joblib.parallel": adapt_joblib,
}
