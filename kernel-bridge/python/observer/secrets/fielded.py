"""The fields of a table of commas, semicolons, tabs or bars under a column whose name says secret: `src/secrets/find/find-fielded.ts`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .names import Names
from .shaped import Found
from .values import Values

WIDEST = 4096
LEADING = re.compile(r"""[ "']{1,64}""")
TRAILING = re.compile(r"""[ "'\r]{1,64}\Z""")
HEADER = re.compile(
    r'\n[ \t|]{0,16}"?[A-Za-z_][A-Za-z0-9_. -]{0,40}"?(?=([,;\t|]))'
    r'(?:\1[ ]{0,16}"?[A-Za-z_][A-Za-z0-9_. -]{0,40}"?){1,64}[|]?[ \r]{0,16}(?=\n)'
)


class Fields:
    """Reads down to the line that has not as many fields as the header."""

    def __init__(self, names: Names, values: Values) -> None:
        self.names = names
        self.values = values

    def find(self, text: str) -> list[Found]:
        found: list[Found] = []
        # A line's end is sought fast, and the first line begins with none.
        led = "\n" + text
        match = HEADER.search(led)
        while match is not None:
            kinds = [self.names.class_of(name) for name in match.group()[1:].split(match.group(1))]
            end = match.end()
            if "password" in kinds or "made" in kinds:
                end = self.fields_below(text, end - 1, match.group(1), kinds, found) + 1
            match = HEADER.search(led, end)
        return found

    def fields_below(self, text: str, end: int, mark: str, kinds: Sequence[str | None], found: list[Found]) -> int:
        """Adds to `found`; answers where the table ends, before a line's end."""
        while end < len(text):
            line = text.find("\n", end + 1)
            stop = len(text) if line < 0 else line
            if stop - end > WIDEST:
                break
            fields = text[end + 1 : stop].split(mark)
            if len(fields) != len(kinds):
                break
            start = end + 1
            for kind, field in zip(kinds, fields, strict=True):
                value = TRAILING.sub("", LEADING.sub("", field, count=1) if LEADING.match(field) else field)
                if kind in ("password", "made") and self.values.is_secret(kind, value, "loose"):
                    begin = start + field.index(value)
                    title = "password" if kind == "password" else "named-secret"
                    found.append(Found(begin, begin + len(value), title))
                start += len(field) + 1
            end = stop
        return end
