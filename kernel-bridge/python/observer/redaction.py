"""What must not be written down: secrets, by the table that the recorder gives."""

from __future__ import annotations

import os
import re
from typing import Any

from .secrets.find import Finder
from .secrets.made import looks_made

MARK = "[redacted]"
MOST_VALUES = 500
UNTELLING = re.compile("[\r\n]")
MIXED = re.compile("[A-Za-z][0-9]|[^A-Za-z0-9_.:/ -]")
DIGIT = re.compile("[0-9]")


class Redactor:
    """Replaces secrets, and what was one before wherever else it stands: what a cell assigns, and another's error shows."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.finder = Finder(table)
        self.names = self.finder.assignments.names
        self.known: dict[str, None] = {}
        # What was cleaned last: a cell's source is told right after it was hashed, and need not be searched twice.
        self.clean = ""
        for name, value in os.environ.items():
            if len(value) >= 8 and self.is_named(name, value):
                self.known[value] = None

    def event(self, fields: dict[str, Any]) -> dict[str, Any]:
        """An event with its texts and names replaced. Most hold nothing, and are looked at once, as one text."""
        texts: list[str] = []
        self.gather(fields, texts)
        whole = "\n\0\n".join(text for text in texts if text is not self.clean)
        if not self.finder.find(whole) and not any(value in whole for value in self.known):
            return fields
        clean = self.json(fields)
        assert isinstance(clean, dict)
        return clean

    def gather(self, value: Any, texts: list[str]) -> None:
        """Every text of an event; a name that says secret with its value as an assignment too."""
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            for key, inner in value.items():
                name = str(key)
                if isinstance(inner, str) and self.names.class_of(name) is not None:
                    texts.append(f'{name} = "{inner}"')
                else:
                    texts.append(name)
                self.gather(inner, texts)
            if is_pair(value):
                texts.append(f'{value["name"]} = "{value["value"]}"')
        elif isinstance(value, (list, tuple)):
            for each in value:
                self.gather(each, texts)

    def json(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, (list, tuple)):
            return [self.json(each) for each in value]
        if isinstance(value, dict):
            if is_pair(value):
                value = {**value, "value": self.named(value["name"], value["value"])}
            return {
                self.text(str(key)): self.named(str(key), inner) if isinstance(inner, str) else self.json(inner)
                for key, inner in value.items()
            }
        return value

    def text(self, text: str) -> str:
        if text is self.clean:
            return text
        parts: list[str] = []
        begin = 0
        for start, end, _ in self.finder.find(text):
            parts += [text[begin:start], MARK]
            self.keep(text[start:end])
            begin = end
        clean = "".join([*parts, text[begin:]])
        for value in self.known:
            clean = clean.replace(value, MARK)
        self.clean = clean
        return clean

    def named(self, name: str, value: str) -> str:
        if not self.is_named(name, value):
            return self.text(value)
        self.keep(value)
        return MARK

    def is_named(self, name: str, value: str) -> bool:
        kind = self.names.class_of(name)
        return kind is not None and self.finder.values.is_secret(kind, value, "quoted")

    def keep(self, value: str) -> None:
        """Only what says enough to be known again: a password that is also a word would take that word from every text."""
        if len(value) > 4096 or len(self.known) >= MOST_VALUES or UNTELLING.search(value):
            return
        made = len(value) >= 8 and looks_made(value)
        if made or (len(value) >= 7 and MIXED.search(value) and DIGIT.search(value)):
            self.known[value] = None


def is_pair(value: dict[Any, Any]) -> bool:
    """Whether it says the name of a text and the text, each in a field of its own."""
    return isinstance(value.get("name"), str) and isinstance(value.get("value"), str)
