"""The cells of a table in HTML under a heading whose name says secret: `src/secrets/find/find-marked-up.ts`."""

from __future__ import annotations

import re

from .names import Names
from .shaped import Found
from .values import Values

# Groups: which part of a table begins, none where one ends; the text after it.
TAG = re.compile(r"<t([rhd])(?:[ \n][^<>]{0,256})?>([^<]{0,512})|</table>")


class MarkedUp:
    """Each tag is looked at once."""

    def __init__(self, names: Names, values: Values) -> None:
        self.names = names
        self.values = values

    def find(self, text: str) -> list[Found]:
        found: list[Found] = []
        columns: dict[int, str] = {}
        column = -1
        before: str | None = None
        for match in TAG.finditer(text) if "<t" in text else ():
            part = match.group(1)
            if part is None:
                columns.clear()
            if part is None or part == "r":
                column = -1
                before = None
                continue
            column += 1
            content = match.group(2)
            value = content.strip(BLANKS)
            says = self.names.class_of(value)
            if part == "h":
                columns.pop(column, None)
                if says is not None:
                    columns[column] = says
            else:
                kind = before or columns.get(column)
                if kind is not None and kind != "key" and self.values.is_secret(kind, value, "loose"):
                    start = match.start(2) + content.index(value)
                    title = "password" if kind == "password" else "named-secret"
                    found.append(Found(start, start + len(value), title))
            before = says
        return found


# What JavaScript trims.
BLANKS = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
