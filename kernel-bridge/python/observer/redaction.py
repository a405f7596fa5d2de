"""What must not be written down: secrets, by the patterns that the ledger gives."""

from __future__ import annotations

import math
import re
from typing import Any

LARGEST = 2**53 - 1


class Redactor:
    """Replaces what looks like a secret. A pattern's group, where it has one, is what stands before it and stays."""

    def __init__(self, patterns: list[str]) -> None:
        # Most patterns begin at a word: one search for them all costs a tenth of nine, and mostly finds nothing.
        words = [pattern for pattern in patterns if pattern.startswith(r"\b")]
        self.any_word = re.compile(r"\b(?:" + "|".join(pattern[2:] for pattern in words) + ")")
        self.word_secrets = [re.compile(pattern) for pattern in words]
        self.other_secrets = [re.compile(pattern) for pattern in patterns if pattern not in words]

    def text(self, text: str) -> str:
        for pattern in (*(self.word_secrets if self.any_word.search(text) else ()), *self.other_secrets):
            text = pattern.sub(lambda match: (match.group(1) if match.re.groups else "") + "[redacted]", text)
        return text

    def value(self, value: Any) -> Any:
        """A parameter as JSON can hold it, which has no NaN and rounds large numbers; a connection string may hold a password."""
        if isinstance(value, float) and not math.isfinite(value) or isinstance(value, int) and abs(value) > LARGEST:
            return str(value)
        return self.text(value) if isinstance(value, str) else value
