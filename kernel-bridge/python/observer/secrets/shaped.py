"""Secrets that are known by how they look: `src/secrets/find/find-shaped.ts`."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from .anchors import Literals
from .made import looks_made
from .values import Values

ESCAPE = re.compile(r"(?:\\[nrtbf]|%[0-9A-Fa-f]{2}|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4})\Z")
# What stands before is sought with it: a pass over the text that looks behind at every sign takes four times as long.
FORTY_SIGNS = re.compile(r"[^A-Za-z0-9+/=_.%-]([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=_.%-])")
FIRST_FORTY = re.compile(r"([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=_.%-])")
EACH_CASE = (re.compile("[A-Z]"), re.compile("[a-z]"), re.compile("[0-9]"))
LONG_WORD = re.compile("[a-z]{8}")
ALNUM = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")


class Found(NamedTuple):
    start: int
    end: int
    kind: str


class Shape(NamedTuple):
    kind: str
    pattern: re.Pattern[str]
    back: tuple[int, ...]
    at: str | None
    only_made: bool


class Shapes:
    """Finds by the table's kinds: one search for how each begins, and bounded work where one does."""

    def __init__(self, kinds: list[dict[str, Any]], values: Values) -> None:
        self.values = values
        starts = sorted({start for kind in kinds for start in kind["starts"]}, key=len, reverse=True)
        # By every beginning: the kinds that begin so, those with the longest beginning first.
        self.of_start = {
            literal: [
                shape_of(kind)
                for _, kind in sorted(
                    [(len(start), kind) for kind in kinds for start in kind["starts"] if literal.startswith(start)],
                    key=lambda pair: -pair[0],
                )
            ]
            for literal in starts
        }
        self.starts = Literals(starts)

    def find(self, text: str) -> list[Found]:
        """In the order they stand."""
        hits = self.starts.find(text)
        found: list[Found] = []
        upto = 0
        for index in sorted(hits):
            if index < upto:
                continue
            for shape in self.of_start[hits[index]]:
                match = self.match(text, index, shape)
                if match is None:
                    continue
                end, secret = match
                upto = max(upto, end)
                if secret is not None:
                    found.append(secret)
                    break
        return [*found, *bare_keys(text)]

    def match(self, text: str, index: int, shape: Shape) -> tuple[int, Found | None] | None:
        """Where the pattern ends, and None for the secret where the text is none all the same."""
        for back in shape.back:
            begin = index - back
            if begin < 0 or not may_begin(text, begin, shape.at):
                continue
            match = shape.pattern.match(text, begin)
            if match is None:
                continue
            end = match.end()
            start = begin + (len(match.group(1) or "") if match.re.groups else 0)
            value = text[start:end]
            is_secret = looks_made(value) if shape.only_made else not self.is_filler(value)
            return end, Found(start, end, shape.kind) if is_secret else None
        return None

    def is_filler(self, value: str) -> bool:
        """A row of one sign, a template or a phrase in the place of a secret."""
        return self.values.is_placeholder(value) or len(set(value[-8:])) == 1


def bare_keys(text: str) -> list[Found]:
    """An AWS secret key has no prefix, and a length of its own: forty signs of base64, as no word, path or hash mixes them."""
    first = FIRST_FORTY.match(text)
    return [
        Found(match.start(1), match.end(), "aws-secret-key")
        for match in [*([first] if first else []), *FORTY_SIGNS.finditer(text)]
        if all(len(kind.findall(match.group(1))) >= 2 for kind in EACH_CASE)
        and not LONG_WORD.search(match.group(1))
        and looks_made(match.group(1))
    ]


def shape_of(kind: dict[str, Any]) -> Shape:
    return Shape(
        kind["id"],
        re.compile(kind["pattern"]),
        tuple(kind.get("back", (0,))),
        kind.get("at"),
        kind.get("only") == "made",
    )


def may_begin(text: str, at: int, where: str | None) -> bool:
    if where is None or at == 0:
        return True
    before = text[at - 1]
    if where == "run" and before in "-_":
        return False
    return before not in ALNUM or ESCAPE.search(text[max(0, at - 6) : at]) is not None
