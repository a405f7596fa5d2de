"""Secrets that stand after a name which says so: `src/secrets/find/find-assigned.ts`."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from .names import Names
from .shaped import Found
from .values import Values

LONGEST_NAME = 80
LONGEST_VALUE = 2048
OF_NAME = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."
CONNECTION = re.compile(r"""[A-Za-z_]=[^ \t\r\n"',;()]{1,64}[ ]{1,4}\Z""")
ALONE = re.compile(r"(?:^|[\r\n])[ \t]{0,64}(?:-[ ]{1,4}|export[ ])?\Z")
# An attribute that names what the element holds, and no mere place on a page.
ELEMENT_NAME = re.compile(r"""(?:[<:]|(?:[Kk]ey|[Nn]ame)=["'])\Z""")
CHAINED = re.compile(r";[ ]?\Z")
LINE_END = re.compile(r"[\r\n]")
SMALL = re.compile("[a-z]")
DIGITS = re.compile("[0-9]")
IDENTIFIER = re.compile("[A-Za-z_][A-Za-z0-9_]*")
CAPITALS = {code: code + 32 for code in range(65, 91)}


class Name(NamedTuple):
    start: int
    end: int
    text: str


class Value(NamedTuple):
    start: int
    value: str
    standing: str


class Assignments:
    """Finds by the table's names and forms: each name is looked at once, and no further than a few hundred characters on."""

    def __init__(self, names: dict[str, Any], forms: dict[str, str], values: Values) -> None:
        self.names = Names(names)
        self.values = values
        self.triggers = names["triggers"]
        self.wrappers = frozenset(names["wrappers"])
        self.quoted, self.bare, self.flag, self.rest = (
            re.compile(forms[form]) for form in ("quoted", "bare", "flag", "rest")
        )
        self.paired, self.element, self.field = (re.compile(forms[form]) for form in ("paired", "element", "field"))

    def find(self, text: str) -> list[Found]:
        # In other scripts a small letter may be longer than its capital, and places would shift.
        lower = text.lower() if text.isascii() else text.translate(CAPITALS)
        hits: dict[int, int] = {}
        for order, trigger in enumerate(self.triggers):
            at = lower.find(trigger)
            while at >= 0:
                hits.setdefault(at, order)
                at = lower.find(trigger, at + len(trigger))
        found: list[Found] = []
        upto = 0
        for index in sorted(hits):
            if index < upto:
                continue
            upto = index + len(self.triggers[hits[index]])
            name = name_around(text, index, upto)
            upto = max(upto, name.end)
            secret = self.value_of(text, name) if len(name.text) <= LONGEST_NAME else None
            if secret is not None:
                found.append(secret)
        return found

    def value_of(self, text: str, name: Name) -> Found | None:
        kind = self.names.class_of(name.text)
        queried = is_in_query(text, name.start) and (kind is not None or self.names.is_secret_query(name.text))
        if kind is None and not queried:
            return None
        title = "password" if kind == "password" else "named-secret"
        if kind is not None and not queried:
            quoted = (
                self.paired_value(text, name.end)
                or self.element_value(text, name)
                or self.quoted_value(text, name.end)
                or self.field_value(text, name.end)
            )
            if quoted is not None:
                start, value, standing = quoted
                is_secret = self.values.is_secret(kind, value, standing)
                return Found(start, start + len(value), title) if is_secret else None
        bare = self.query_value(text, name) if queried else self.bare_value(text, name)
        if bare is None or not self.values.is_secret(kind or "made", bare.value, bare.standing):
            return None
        return Found(bare.start, bare.start + len(bare.value), "token-in-url" if queried else title)

    def paired_value(self, text: str, after: int) -> Value | None:
        match = self.paired.match(text, after)
        if match is None:
            return None
        start, mark = match.end(), match.group(1)
        if mark is not None:
            return Value(start, until_mark(text, start, mark), "quoted")
        rest = self.rest.match(text, start)
        return Value(start, rest.group(), "setting") if rest else None

    def element_value(self, text: str, name: Name) -> Value | None:
        """`<password>x</password>`, `<entry key="password">x</entry>`."""
        if not ELEMENT_NAME.search(text[max(0, name.start - 6) : name.start]):
            return None
        match = self.element.match(text, name.end)
        return Value(match.start(1), match.group(1), "setting") if match else None

    def field_value(self, text: str, after: int) -> Value | None:
        """`| password | x |`"""
        match = self.field.match(text, after)
        return Value(match.start(1), match.group(1), "loose") if match else None

    def quoted_value(self, text: str, after: int) -> Value | None:
        match = self.quoted.match(text, after)
        if match is None:
            return None
        closed, comma, wrapper, mark = match.groups()
        if comma is not None and closed is None:
            return None
        value = until_mark(text, match.end(), mark)
        wraps = wrapper is None or wrapper[wrapper.rfind(".") + 1 :] in self.wrappers
        return Value(match.end(), value, "quoted" if comma is None and wraps else "listed")

    def query_value(self, text: str, name: Name) -> Value | None:
        match = self.bare.match(text, name.end)
        return Value(match.start(4), match.group(4), "query") if match and match.group(2) == "=" else None

    def bare_value(self, text: str, name: Name) -> Value | None:
        flagged = name.text.startswith("-")
        match = self.bare.match(text, name.end) or (self.flag.match(text, name.end) if flagged else None)
        if match is None:
            return None
        blank, sign, blank_after, value = match.groups()
        start, end = match.start(4), match.end()
        before = text[name.start - 1] if name.start > 0 else ""
        tight = sign == "=" and not blank and not blank_after
        if (
            tight
            and not SMALL.search(name.text)
            and len(name.text) >= 4
            and (before == "" or before in " \t\r\n\v\f\"'\\")
        ):
            rest = self.rest.match(text, start)
            return Value(start, rest.group() if rest else value, "setting")
        following = text[end] if end < len(text) else ""
        if following in ("(", "["):
            return None
        line = text[max(0, name.start - 96) : name.start]
        if tight and (flagged or CHAINED.search(line) or CONNECTION.search(line)):
            return Value(start, value, "setting")
        if flagged and not DIGITS.search(value):
            return None
        if following in (")", ",") and IDENTIFIER.fullmatch(value) and len(value) < 16:
            return None
        alone = following in ("", "\r", "\n") and ALONE.search(line) is not None
        # The sign that ends a value elsewhere is of it where nothing else stands on its line.
        if following and following in "&|^~!?*" and ALONE.search(line):
            rest = self.rest.match(text, start)
            whole = rest.group() if rest else value
            behind = text[start + len(whole) : start + len(whole) + 1]
            if behind in ("", "\r", "\n") and "=" not in whole:
                return Value(start, whole, "loose")
        is_line = alone and (tight or (sign == ":" and blank_after != "")) and SMALL.match(name.text) is not None
        return Value(start, value, "line" if is_line else "loose")


def name_around(text: str, begin: int, stop: int) -> Name:
    """The identifier, header, flag or dotted path that a place belongs to; what is longer is cut, and still too long."""
    start = len(text[:begin].rstrip(OF_NAME)) if begin < LONGEST_NAME else begin - LONGEST_NAME
    if begin >= LONGEST_NAME:
        start += len(text[start:begin].rstrip(OF_NAME))
    after = text[stop : stop + LONGEST_NAME]
    end = stop + len(after) - len(after.lstrip(OF_NAME))
    # In a string within a string a line's end is written `\n`: its letter is not the name's.
    if start > 0 and text[start - 1] == "\\" and text[start] in "nrt":
        start += 1
    return Name(start, end, text[start:end])


def until_mark(text: str, start: int, mark: str) -> str:
    """Up to the mark that closes it, an escaped one aside; where none does, to the end of the line."""
    part = text[start : start + LONGEST_VALUE]
    at = part.find(mark)
    while at > 0 and len(mark) == 1 and part[at - 1] == "\\" and (at < 2 or part[at - 2] != "\\"):
        at = part.find(mark, at + 1)
    if at >= 0:
        return part[:at]
    line = LINE_END.search(part)
    return part[: line.start()] if line else part


def is_in_query(text: str, start: int) -> bool:
    before = text[start - 1] if start > 0 else ""
    return before in ("?", "&") or (before == ";" and text[max(0, start - 5) : start] == "&amp;")
