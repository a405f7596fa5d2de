"""The journal: one JSON object a line, appended. What each event holds: `src/journal/journal-schema.ts`."""

from __future__ import annotations

import json
import os
import threading
from datetime import datetime, timezone
from typing import Any

from .redaction import Redactor


class Journal:
    """Raises OSError where the file cannot be written."""

    def __init__(self, path: str, redact: Redactor) -> None:
        self.redact = redact
        self.name_after(path)
        self.torn = False
        self.lost: OSError | None = None
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        self.file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.sync_wanted = threading.Event()
        threading.Thread(target=self.sync_forever, name="lookback-journal", daemon=True).start()

    def write(self, kind: str, /, **fields: Any) -> None:
        """One event, one write: a line is whole or absent. One that a full disk tore is closed before the next.

        Whatever an event says passes the redactor here, so that no part of the observer can forget it.
        """
        event = {"t": kind, "at": now(), **self.redact.event(fields)}
        line = json.dumps(event, ensure_ascii=False, default=self.text_of, separators=(",", ":"))
        data = (("\n" if self.torn else "") + line + "\n").encode("utf-8", "replace")
        try:
            self.torn = os.write(self.file, data) < len(data)
        except OSError as error:
            self.lost = error
            raise
        if self.lost is not None and kind != "note":
            self.tell_lost(self.lost)

    def text_of(self, value: Any) -> str:
        """Of what JSON does not know: it did not pass the redactor yet."""
        return self.redact.text(str(value))

    def name_after(self, path: str) -> None:
        self.path = path
        self.folder, name = os.path.split(path)
        self.session = name.removesuffix(".jsonl")

    def move(self, path: str) -> None:
        """Goes on in another file of the same folder, behind what that holds, with all that was told so far."""
        before = self.path
        # Whoever tells something meanwhile tells it to one of the two, and none of it is lost.
        goes_on = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.dup2(goes_on, self.file)
        os.close(goes_on)
        self.name_after(path)
        with open(before, "rb") as told:
            os.write(self.file, told.read())
        os.unlink(before)

    def size(self) -> int:
        """Where the next event will stand."""
        return os.fstat(self.file).st_size

    def recorded(self) -> int:
        """Up to where a run holds what is told here: `src/ledger/record/recorded-mark.ts` names a file by it."""
        marks = [name.split(".") for name in os.listdir(self.folder) if name.startswith(f"{self.session}.")]
        return max((int(mark[1]) for mark in marks if mark[2:] == ["recorded"] and mark[1].isdigit()), default=0)

    def note(self, cell: str | None, code: str, message: str, scope: str = "cell") -> None:
        """`scope` is "session" for what holds of everything that runs in this kernel from here on."""
        self.write("note", cell=cell, code=code, message=message, scope=scope)

    def tell_lost(self, error: OSError) -> None:
        """Behind the first event that can be written again, so that whoever reads of it reads of the gap too."""
        self.lost = None
        message = (
            f"Not all of this record could be written ({error.strerror}): cells that ran, and what they read, wrote, "
            "fitted or scored, may be missing."
        )
        self.note(None, "observer/lost", message)

    def sync_forever(self) -> None:
        while True:
            self.sync_wanted.wait()
            self.sync_wanted.clear()
            try:
                os.fsync(self.file)
            except OSError:
                pass  # A disk that cannot sync still took the line.


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
