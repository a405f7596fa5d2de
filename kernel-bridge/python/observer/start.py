"""Where the observer begins: once a kernel."""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import Any

from .audit import audit_hook
from .cells import Cells
from .environment import environment
from .imports import adapt_imports
from .observer import Observer
from .session import session

_observers: list[Observer] = []


def start(settings: dict[str, Any], shell: Any, libraries: list[Any]) -> None:
    """Gives the kernel the SDK, and observes it where `observed` says how.

    Raises RuntimeError where it cannot be observed: it works on without, and has the SDK all the same.
    """
    address_sdk(settings)
    observed = settings["observed"]
    if observed is None:
        return
    if _observers:
        adopt(_observers[0], observed, shell)
        return
    try:
        observer = Observer(observed, shell, settings["compiler"])
        observe(observer, observed, libraries)
    except Exception as error:
        raise RuntimeError(f"Lookback could not observe this kernel: {error}.") from error
    _observers.append(observer)


def adopt(observer: Observer, settings: dict[str, Any], shell: Any) -> None:
    """Whoever knows the notebook names the session of a kernel that was observed from its start, before anybody knew."""
    journal = observer.journal
    if settings["journal"] == journal.path:
        # Another notebook that was opened on this kernel: by its cells they are told apart.
        if settings["notebook"] not in observer.notebooks:
            observer.notebooks.add(settings["notebook"])
            journal.write("session", **session(settings, shell))
        return
    if getattr(shell, "lookback_session", None) != journal.session:
        return
    if os.path.dirname(settings["journal"]) != journal.folder:
        raise RuntimeError("Lookback observes this kernel for another workspace.")
    journal.move(settings["journal"])
    observer.notebooks.add(settings["notebook"])
    journal.write("session", **session(settings, shell))
    shell.lookback_session = journal.session


def address_sdk(settings: dict[str, Any]) -> None:
    if settings["sdk"] not in sys.path:
        sys.path.append(settings["sdk"])
    if settings["compiler"]:
        os.environ["LOOKBACK_COMPILER"] = json.dumps(settings["compiler"])


def observe(observer: Observer, settings: dict[str, Any], libraries: list[Any]) -> None:
    journal, guard = observer.journal, observer.cell.guard
    journal.write("session", **session(settings, observer.shell))
    sys.addaudithook(audit_hook(observer))
    adapt_imports(observer, libraries)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=observer.will_fork, after_in_child=observer.was_forked)
    cells = Cells(observer)
    observer.shell.events.register("pre_run_cell", lambda info: guard("before", cells.before, info))
    observer.shell.events.register("post_run_cell", lambda result: guard("after", cells.after, result))

    # Listing a thousand distributions takes a while: the first cell need not wait for it.
    def tell_environment() -> None:
        guard("environment", lambda: journal.write("environment", **environment()))

    threading.Thread(target=tell_environment, name="lookback-environment", daemon=True).start()
