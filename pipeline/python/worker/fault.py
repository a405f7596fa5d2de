"""What a worker says when it cannot do what it was asked."""

from __future__ import annotations

from typing import Any


class Fault(Exception):
    """`kind` is what the pipeline acts on, `what` is one clause for a person."""

    def __init__(self, kind: str, what: str, **facts: Any) -> None:
        super().__init__(what)
        self.kind = kind
        self.what = what
        self.facts = facts

    def as_json(self) -> dict[str, Any]:
        return {"fault": self.kind, "what": self.what, **self.facts}


def clause_of(error: BaseException) -> str:
    """An error of somebody else's code in a clause: its first line, which is all that a caller is shown."""
    lines = str(error).strip().splitlines()
    said = lines[0].strip().rstrip(".") if lines else ""
    text = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


LONGEST = 300
