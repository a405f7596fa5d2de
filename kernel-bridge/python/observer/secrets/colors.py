"""A text without a terminal's color codes: `src/secrets/find/without-colors.ts`."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable

COLORS = re.compile("\x1b\\[[0-9;:]{0,32}[A-Za-z]")


def without_colors(text: str) -> tuple[str, Callable[[int], int]]:
    """The plain text, and where each of its characters stood."""
    if "\x1b[" not in text:
        return text, lambda at: at
    parts: list[str] = []
    starts: list[int] = []
    stood: list[int] = []
    length = was = 0
    for code in COLORS.finditer(text):
        starts.append(length)
        stood.append(was)
        parts.append(text[was : code.start()])
        length += code.start() - was
        was = code.end()
    starts.append(length)
    stood.append(was)
    parts.append(text[was:])

    def place_of(at: int) -> int:
        stretch = bisect.bisect_right(starts, at) - 1
        return stood[stretch] + at - starts[stretch]

    return "".join(parts), place_of
