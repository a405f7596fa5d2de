"""Where any of many literals stands in a text, by the few signs that each must have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

SIGN = re.compile("[_-]")
MANY = 3
UPPER = re.compile("[A-Z]")

# An anchor: literals and how far into each of them the anchor stands.
Held = list[tuple[str, int]]


class Literals:
    """Finds the longest literal at every place of a text where one begins.

    Seeking each of hundreds costs as many passes over the text. So those with a `_` or `-` in them are sought by that sign and the two
    before it, those that begin with a capital or a colon by their first two, all of a group in one pass; the rest share what they can.
    """

    def __init__(self, literals: Iterable[str]) -> None:
        signed: dict[str, Held] = {}
        begun: dict[str, Held] = {}
        rest: list[str] = []
        for literal in sorted(set(literals), key=len, reverse=True):
            sign = SIGN.search(literal, 2)
            if sign is not None:
                signed.setdefault(literal[sign.start() - 2 : sign.end()], []).append((literal, sign.start() - 2))
            elif len(literal) > 1 and (literal[0] == ":" or UPPER.match(literal)):
                begun.setdefault(literal[:2], []).append((literal, 0))
            else:
                rest.append(literal)
        self.signed, self.begun, self.shared = signed, begun, shared_parts(rest)
        self.sign = pattern_of(signed, "[_-](?<={})")
        self.begin = pattern_of(begun, "{}")

    def find(self, text: str) -> dict[int, str]:
        """By place, in no order."""
        hits: dict[int, str] = {}
        for at, held in self.anchors(text):
            for literal, before in held:
                start = at - before
                if start >= 0 and text.startswith(literal, start) and len(literal) > len(hits.get(start, "")):
                    hits[start] = literal
        return hits

    def anchors(self, text: str) -> Iterator[tuple[int, Held]]:
        for match in self.sign.finditer(text):
            at = match.end() - 3
            yield at, self.signed[text[at : at + 3]]
        at = 0
        # One may begin within another.
        while (begin := self.begin.search(text, at)) is not None:
            at = begin.start() + 1
            yield begin.start(), self.begun[begin.group()]
        for part, held in self.shared:
            at = text.find(part)
            while at >= 0:
                yield at, held
                at = text.find(part, at + 1)


def pattern_of(anchors: Iterable[str], form: str) -> re.Pattern[str]:
    """A choice of texts of one length, tried by their first sign, then by the rest."""
    of_first: dict[str, list[str]] = {}
    for anchor in anchors:
        of_first.setdefault(anchor[0], []).append(re.escape(anchor[1:]))
    choices = [f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(of_first.items())]
    return re.compile(form.format("|".join(choices) if choices else "(?!)"))


def shared_parts(literals: Sequence[str]) -> list[tuple[str, Held]]:
    """Parts of three signs that many literals have, as a greedy choice finds them; what no other shares is its own."""
    left = list(literals)
    chosen: list[tuple[str, Held]] = []
    while left:
        having: dict[str, Held] = {}
        for literal in left:
            for at in range(max(1, len(literal) - 2)):
                held = having.setdefault(literal[at : at + 3], [])
                if all(known != literal for known, _ in held):
                    held.append((literal, at))
        part = max(having, key=lambda each: (len(having[each]), each))
        if len(having[part]) < MANY:
            return [*chosen, *((literal, [(literal, 0)]) for literal in left)]
        chosen.append((part, having[part]))
        taken = {literal for literal, _ in having[part]}
        left = [literal for literal in left if literal not in taken]
    return chosen
