"""When a cell begins and ends, as IPython tells it."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from .observer import Observer

# How an editor begins what it asks a kernel by a way on which its question would look like a cell.
ASIDE = "# lookback: aside"
MOST_MESSAGE = 2_000
MOST_READ = 50_000


class Cells:
    """A cell run by a cell, or by a tool that asks the kernel something, is no cell of its own."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer
        self.outer: list[str | None] = []
        self.began = 0.0

    def before(self, info: Any) -> None:
        observer = self.observer
        cell = getattr(info, "cell_id", None) or cell_of_parent(observer.shell)
        self.outer.append(observer.cell.id)
        source = info.raw_cell or ""
        if self.outer[-1] is not None or (cell is None and not info.store_history) or source.startswith(ASIDE):
            return
        observer.begin(cell or self.console_name(), source)
        # Of what is written down: beside a text with one word missing, a hash of the whole would give that word away.
        redacted = observer.journal.redact.text(source)
        digest = hashlib.sha256(redacted.encode("utf-8", "replace")).hexdigest()
        observer.journal.write("cell", cell=observer.cell.id, source=redacted, sha256=digest)
        self.began = time.perf_counter()

    def console_name(self) -> str:
        """Of what was run by no cell: `src/ledger/format/console-cell.ts` knows it by its form."""
        # IPython counts on before a cell or, in older versions, behind it; its list of inputs has one for nothing, and grows behind this.
        inputs = getattr(getattr(self.observer.shell, "history_manager", None), "input_hist_parsed", ())
        count = len(inputs)
        return f"console-{self.observer.journal.session[:8]}-{count}"

    def after(self, result: Any) -> None:
        took = (time.perf_counter() - self.began) * 1000
        observer = self.observer
        inside = self.outer.pop() if self.outer else None
        if inside is not None or observer.cell.id is None:
            return
        observer.tell_rest()
        error = result.error_before_exec or result.error_in_exec
        outcome = "ok" if error is None else "interrupted" if isinstance(error, KeyboardInterrupt) else "error"
        said = None
        if outcome == "error":
            # Cut only after: half a secret is not known for one.
            message = observer.journal.redact.text(text_of(error)[:MOST_READ])[:MOST_MESSAGE]
            said = {"name": type(error).__name__, "message": message}
        try:
            observer.journal.write(
                "done", cell=observer.cell.id, outcome=outcome, error=said, durationMs=round(took, 3)
            )
        finally:
            observer.cell.end()
            observer.journal.sync_wanted.set()


def cell_of_parent(shell: Any) -> str | None:
    parent = shell.kernel.get_parent() if hasattr(shell, "kernel") else {}
    return (parent.get("metadata") or {}).get("cellId")


def text_of(error: Any) -> str:
    """An exception of the user's whose text cannot be made must not cost the rest of the record."""
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - it is the person's code that runs
        return ""
