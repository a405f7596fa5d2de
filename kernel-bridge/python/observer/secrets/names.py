"""What a name says of its value: `src/secrets/find/class-of-name.ts`."""

from __future__ import annotations

import re
from typing import Any

WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
QUERY_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


class Names:
    """Reads names by the word lists of the table."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.password = tuple(table["password"])
        self.neutral = frozenset(table["neutral"])
        self.pass_of = frozenset(table["passOf"])
        self.token_of = frozenset(table["tokenOf"])
        self.count_of = frozenset(table["countOf"])
        self.made = frozenset(table["made"])
        self.key_of = frozenset(table["keyOf"])
        self.query = frozenset(table["query"])

    def class_of(self, name: str) -> str | None:
        """`password`, `made`, `key`, or None: the end of the name decides."""
        words = [word.lower() for word in WORDS.findall(name)]
        while len(words) > 1 and (words[-1] in self.neutral or words[-1].isdigit()):
            words.pop()
        last = words[-1] if words else ""
        before = words[-2] if len(words) > 1 else ""
        if before in self.count_of:
            return None
        if last.endswith(self.password):
            return "password"
        if last in ("pass", "pw"):
            return "password" if before in self.pass_of else None
        if last == "token" and before in self.token_of:
            return None
        if last in self.made or (last.endswith("token") and len(last) > 6):
            return "made"
        if last == "key" and before in self.key_of:
            return "made"
        return "key" if last == "key" and len(words) == 1 else None

    def is_secret_query(self, name: str) -> bool:
        """Whether a name in the query of a URL says that its value is a secret there."""
        words = QUERY_WORDS.findall(name)
        last = words[-1].lower() if words else ""
        return last in self.query if len(words) == 1 else last == "signature"
