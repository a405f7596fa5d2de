"""Whether a value is a secret, by its name's class and how it stands: `src/secrets/find/judge-value.ts`."""

from __future__ import annotations

import re
from typing import Any

from .made import looks_made

TEMPLATES = re.compile(
    r"\{[^{}]{0,200}\}|<[^<>]{0,200}>|\$\{?[A-Za-z_][A-Za-z0-9_]{0,64}\}?|%\([A-Za-z0-9_]{0,64}\)s|%[a-z]"
)
WORD = re.compile(r"[A-Za-z0-9]{3}")
WHOLE_TEMPLATE = re.compile(r"\[[^\r\n\u2028\u2029]{0,200}\]|__[^\r\n\u2028\u2029]{0,64}__|%[A-Za-z_]{1,64}%")
OTHER = re.compile(r"[^A-Za-z0-9]")
LETTERS = re.compile(r"[A-Za-z]+")
CROSSED = re.compile(r"[xX]{3,}")
SMALL_WORD = re.compile(r"[a-z]{6,64}")
ROOTED = re.compile(r"(?:~|\.{1,2}|[A-Za-z]:)?[\\/]")
FILE = re.compile(r"(?:~|\.{1,2}|[A-Za-z]:)?[\\/][^\r\n]{0,400}\.[A-Za-z0-9]{2,5}")
DIGITS = re.compile(r"[0-9]")
SETTING = re.compile(r"[A-Z0-9]{1,40}(?:_[A-Z0-9]{1,40}){1,8}")
LETTER_SETTING = re.compile(r"[A-Z]{1,40}(?:_[A-Z]{1,40}){1,8}")
LABEL = re.compile(r"(?ai)passw|pwd|passphrase|secret|credential")
LOOSE_LABEL = re.compile(r"(?ai)passw|pwd|passphrase|secret")
SENTENCE = re.compile(r" [A-Za-z']{1,40}[ ,][^\r\n\u2028\u2029]{0,400} ")
SENTENCE_END = re.compile(r"[.:?!…]\Z")
NUMBER = re.compile(r"[0-9.]+")
LONG_NUMBER = re.compile(r"[0-9]{6,}")
SIGN = re.compile(r"[^A-Za-z0-9_.:]")
KEY = re.compile(r"[A-Za-z0-9+/_=-]{24,512}")
PATH = re.compile(r"[^/]*/[^/]*/[^\r\n\u2028\u2029]*\.")
HEX = re.compile(r"[0-9A-Fa-f-]+")
SHORT = re.compile(r"[A-Za-z0-9_-]{5,9}")
DIGIT_FIRST = re.compile(r"[0-9][A-Za-z]")
LETTER_FIRST = re.compile(r"[A-Za-z][0-9]")
PHRASE = re.compile(r"[a-z]{3,}[-_/][a-z]{3,}[-_/]")
DOTTED = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)+")


class Values:
    """Judges values by the word lists of the table."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.placeholder = frozenset(table["placeholder"])
        self.spoken = frozenset(table["spoken"])
        self.references = tuple(table["references"])

    def is_secret(self, kind: str, value: str, standing: str) -> bool:
        if self.is_placeholder(value) or value.startswith(self.references):
            return False
        if standing == "listed":
            return len(value) >= 16 and " " not in value and looks_made(value)
        if kind == "password":
            if standing == "line" and SMALL_WORD.fullmatch(value):
                return self.is_password(value)
            return self.is_loose_password(value) if standing in ("loose", "line") else self.is_password(value)
        if kind == "key":
            return is_unmistakable(value)
        if " " in value or "://" in value or FILE.fullmatch(value):
            return False
        if standing == "query":
            return len(value) >= 8 and (looks_made(value) or bool(DIGITS.search(value)) or len(value) >= 16)
        if standing in ("loose", "line"):
            return len(value) >= 12 and looks_made(value) and not DOTTED.fullmatch(value)
        return (len(value) >= 8 and looks_made(value)) or is_short_made(value)

    def is_placeholder(self, value: str) -> bool:
        """A template, a row of one sign, a phrase such as `your-token-here`."""
        filled = TEMPLATES.sub("", value)
        if filled != value and not WORD.search(filled):
            return True
        if WHOLE_TEMPLATE.fullmatch(value) or len(set(OTHER.sub("", value))) <= 1:
            return True
        if looks_made(value):
            return False
        return any(part.lower() in self.placeholder or CROSSED.fullmatch(part) for part in LETTERS.findall(value))

    def is_password(self, value: str) -> bool:
        """Any text but a label, a type, the name of a setting or a sentence."""
        if len(value) < 3 or "://" in value or value.lower() in self.spoken:
            return False
        if ROOTED.match(value) and not looks_made(value):
            return False
        if DIGITS.search(value):
            return not SETTING.fullmatch(value) or looks_made(value)
        if len(value) < 4 or LETTER_SETTING.fullmatch(value) or LABEL.search(value):
            return False
        return not SENTENCE.search(value) or not SENTENCE_END.search(value)

    def is_loose_password(self, value: str) -> bool:
        """Without marks, what could be a name in code is not taken for a password, nor a small number."""
        if not self.is_password(value) or DOTTED.fullmatch(value) or LOOSE_LABEL.search(value):
            return False
        if NUMBER.fullmatch(value):
            return bool(LONG_NUMBER.fullmatch(value))
        return len(value) >= 6 if DIGITS.search(value) else bool(SIGN.search(value)) and len(value) >= 8


def is_short_made(value: str) -> bool:
    """Shorter than what tells by itself that a machine made it: digits between letters, or letters between digits."""
    return bool(SHORT.fullmatch(value) and DIGIT_FIRST.search(value) and LETTER_FIRST.search(value))


def is_unmistakable(value: str) -> bool:
    """Nothing but a key: long, of every case and digits, and neither a path nor a hash."""
    return bool(
        KEY.fullmatch(value)
        and re.search("[a-z]", value)
        and re.search("[A-Z]", value)
        and DIGITS.search(value)
        and not PATH.match(value)
        and not HEX.fullmatch(value)
        and looks_made(value)
        and not PHRASE.search(value)
    )
