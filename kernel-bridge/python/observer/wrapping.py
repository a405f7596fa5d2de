"""Wrappers that nobody meets: no frame in a traceback, the signature and source of what they stand for, no luggage.

A wrapper that travels to another process, where nobody observes, takes nothing of the observer along and only calls.
"""

from __future__ import annotations

import functools
import inspect
import sys
import threading
import types
import weakref
from collections.abc import Callable
from typing import Any

from .cell import Cell

# Called with the positional and keyword arguments, and the result.
Ended = Callable[[tuple[Any, ...], dict[str, Any], Any], object]


class Stays:
    """Is left behind where a class or function that holds it is pickled."""

    def __reduce__(self) -> Any:
        return type(None), ()


class Calls(Stays):
    """Which observed calls of each thread are under way."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        self.thread = threading.local()


class Watched(Stays):
    """What is told of a function's calls."""

    def begins(self, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """What the end of this call shall be given; None where it is not told."""
        raise NotImplementedError

    def over(self, begun: Any) -> None:
        """It has ended, in whatever way."""

    def ended(self, begun: Any, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        """It did not raise."""

    def failed(self, error: Exception) -> None:
        """Of `begins`: the call is made all the same."""
        raise NotImplementedError


class Call(Watched):
    """A function of which a thread's outermost call is told when it did not raise."""

    def __init__(self, calls: Calls, name: str, ended: Ended) -> None:
        self.calls = calls
        self.name = name
        self.tell = ended

    def begins(self, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        calls = self.calls
        if calls.cell.id is None or getattr(calls.thread, "inside", False):
            return None
        calls.thread.inside = True
        return self

    def over(self, begun: Any) -> None:
        self.calls.thread.inside = False

    def ended(self, begun: Any, arguments: tuple[Any, ...], keywords: dict[str, Any], result: Any) -> None:
        self.calls.cell.guard(self.name, self.tell, arguments, keywords, result)

    def failed(self, error: Exception) -> None:
        self.calls.cell.tell_error(self.name, error)


class Around(Call):
    """A call that is told, and so is every call within it."""

    def begins(self, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        return None if self.calls.cell.id is None else self

    def over(self, begun: Any) -> None:
        pass


_wrappers: weakref.WeakKeyDictionary[Any, Watched] = weakref.WeakKeyDictionary()


def wrap_own(cls: type, name: str, call: Watched) -> None:
    """Puts a wrapper around a method that a class defines itself: one that it inherits is wrapped where it is written."""
    method = cls.__dict__.get(name)
    if isinstance(method, types.FunctionType):
        wrap(cls, name, call)
        return
    # scikit-learn's `available_if`: what stands in the class decides whether there is such a method, and must go on doing so.
    function = getattr(method, "fn", None)
    if hasattr(method, "check") and isinstance(function, types.FunctionType) and function not in _wrappers:
        method.fn = wrapper = wrapper_of(function, call)  # type: ignore[union-attr]
        _wrappers[wrapper] = call


def wrap(owner: Any, name: str, call: Watched, invoke: Any = None) -> None:
    """Puts a wrapper in the place of a function of a module, or a method of a class; `invoke` makes the call in its stead."""
    function = getattr(owner, name, None)
    if not callable(function) or (function in _wrappers and is_told(_wrappers[function], call)):
        return
    wrapper: Any = wrapper_of(function, call, invoke)
    if isinstance(owner, types.ModuleType):
        # Where pickle looks one up by its name it must find what it was given: the wrapper here, and at home the function, which scorers
        # and whatever else was made before hold.
        home = sys.modules.get(getattr(function, "__module__", None) or "")
        if home is not owner and getattr(home, name, None) is function:
            wrapper.__module__ = owner.__name__
        if isinstance(function, type):
            wrapper = StandIn(function, owner.__name__, wrapper)
    _wrappers[wrapper] = call
    try:
        setattr(owner, name, wrapper)
    except (AttributeError, TypeError):
        return  # A class of an extension module: its reads are seen by the audit hook or not at all.


class StandIn:
    """In the place of a class whose making cannot be watched in itself; for whoever asks or derives, it is the class."""

    def __init__(self, cls: type, module: str, made: Callable[..., Any]) -> None:
        self.__wrapped__ = cls
        self.__module__ = module
        self.__doc__ = cls.__doc__
        self.__made = made

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self.__made(*arguments, **keywords)

    def __instancecheck__(self, instance: Any) -> bool:
        return isinstance(instance, self.__wrapped__)

    def __subclasscheck__(self, cls: type) -> bool:
        return issubclass(cls, self.__wrapped__)

    def __mro_entries__(self, bases: Any) -> tuple[type, ...]:
        return (self.__wrapped__,)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["__wrapped__"], name)

    def __or__(self, other: Any) -> Any:
        return self.__wrapped__ | other

    def __ror__(self, other: Any) -> Any:
        return other | self.__wrapped__

    def __repr__(self) -> str:
        return repr(self.__wrapped__)

    def __reduce__(self) -> str:
        return self.__wrapped__.__name__


def is_told(known: Watched, call: Watched) -> bool:
    """Whether a wrapper tells it already: a class inherits what its base has. Two adapters may each tell of one function."""
    told = [getattr(getattr(each, "tell", None), "__code__", None) for each in (known, call)]
    return told[0] is told[1]


def wrapper_of(function: Callable[..., Any], call: Watched | None, invoke: Any = None) -> Callable[..., Any]:
    """Uses no name of this module, for those would have to be found in whatever process it travels to.

    Of a coroutine function it is one too, and may be told by a call that marks nothing of its thread: others run amid it.
    """

    # Once for both, and within: they travel with them.
    def began(arguments, keywords):  # type: ignore[no-untyped-def]
        try:
            return call.begins(arguments, keywords) if call is not None else None
        except Exception as error:  # noqa: BLE001 - never the person's
            if call is not None:
                call.failed(error)
            return None

    def without_ours(trace):  # type: ignore[no-untyped-def]
        while trace is not None and trace.tb_frame.f_code.co_filename.startswith("<lookback"):
            trace = trace.tb_next
        return trace

    def observed(*arguments, **keywords):  # type: ignore[no-untyped-def]
        __tracebackhide__ = True  # Python 3.10 puts the frame back when it raises again.
        try:
            begun = began(arguments, keywords)
            if call is None or begun is None:
                return function(*arguments, **keywords) if invoke is None else invoke(function, arguments, keywords)
            try:
                result = function(*arguments, **keywords) if invoke is None else invoke(function, arguments, keywords)
            finally:
                call.over(begun)
            call.ended(begun, arguments, keywords, result)
            return result
        except BaseException as error:
            error.__traceback__ = without_ours(error.__traceback__)
            raise

    async def observed_later(*arguments, **keywords):  # type: ignore[no-untyped-def]
        __tracebackhide__ = True
        try:
            begun = began(arguments, keywords)
            result = await function(*arguments, **keywords)
            if call is not None and begun is not None:
                call.over(begun)
                call.ended(begun, arguments, keywords, result)
            return result
        except BaseException as error:
            error.__traceback__ = without_ours(error.__traceback__)
            raise

    return functools.wraps(function)(observed_later if inspect.iscoroutinefunction(function) else observed)
