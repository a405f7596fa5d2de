"""The files that some SQL reads and writes, by where their names stand in it."""

from __future__ import annotations

import re
from typing import Any

from .file_calls import paths_in

TOKEN = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\$\$.*?\$\$|\$?\w+|\?|[^\s\w]", re.DOTALL)
READS = re.compile(r"(read|scan|parquet|sniff|glob|st_read|iceberg|delta)\w*$", re.IGNORECASE)
# An unquoted or double-quoted word is a file only if it is called as one.
FILE = re.compile(r"[/\\]|\.\w{2,8}$|[*?]")


def files_in_sql(text: str, parameters: Any = None) -> list[tuple[str, str]]:
    """`read` or `write`, or `attach` for a database, and the path; patterns as the files that match."""
    tokens = [token for token in TOKEN.findall(text) if not token.startswith(("--", "/*"))]
    values = Values(parameters)
    # Each mark of a parameter once, in its order.
    literals = [values.literal(token) for token in tokens]
    found: list[tuple[str, str]] = []
    within: list[str] = []
    copies = False
    for at, token in enumerate(tokens):
        before = tokens[at - 1].lower() if at else ""
        if token == "(":
            within.append(before)
        elif token == ")" and within:
            within.pop()
        elif token == ";":
            copies = False
        elif token.lower() == "copy":
            copies = True
        literal = literals[at]
        if literal is None:
            continue
        is_name = token.startswith('"')
        opener = next((each for each in reversed(within) if each not in {"(", "[", "list_value"}), "")
        if before == "to" and copies and not is_name:
            found.append(("write", literal))
        elif (
            before == "attach"
            or (before == "database" and at > 1 and tokens[at - 2].lower() == "attach")
            or (before == "exists" and "attach" in (each.lower() for each in tokens[max(0, at - 5) : at]))
        ):
            found.append(("attach", literal))
        elif before in {"from", "join"} or (before == "," and not within and is_after_from(tokens, at)):
            if FILE.search(literal):
                found.append(("read", literal))
        elif READS.match(opener) and before in {"(", "[", ","} and not is_name and not named(tokens, at):
            found.append(("read", literal))
    return [(access, path) for access, pattern in found for path in paths(access, pattern)]


def paths(access: str, pattern: str) -> list[str]:
    return [pattern] if access != "read" else paths_in(pattern)


def named(tokens: list[str], at: int) -> bool:
    """Whether it is the value of an option: `delim = ','`, `{'a': 'INT'}`."""
    return tokens[at - 1] in {"=", ":"} or "{" in tokens[max(0, at - 2) : at]


def is_after_from(tokens: list[str], at: int) -> bool:
    for token in reversed(tokens[:at]):
        word = token.lower()
        if word == "from":
            return True
        if word in {"select", "where", "values", "set", "in", "by", "having", "("}:
            return False
    return False


class Values:
    """What stands for a path: a quoted text, or the parameter that a mark takes."""

    def __init__(self, parameters: Any) -> None:
        self.named = parameters if isinstance(parameters, dict) else {}
        self.listed = list(parameters) if isinstance(parameters, (list, tuple)) else []
        self.next = 0

    def literal(self, token: str) -> str | None:
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        if token.startswith('"'):
            return token[1:-1].replace('""', '"')
        if token == "?":
            self.next += 1
            return self.at(self.next)
        if token.startswith("$") and not token.startswith("$$"):
            name = token[1:]
            value = self.named.get(name)
            return value if isinstance(value, str) else self.at(int(name)) if name.isdigit() else None
        return None

    def at(self, number: int) -> str | None:
        value = self.listed[number - 1] if 0 < number <= len(self.listed) else None
        return value if isinstance(value, str) else None
