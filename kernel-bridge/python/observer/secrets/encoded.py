"""Base64 of a text that shows a secret: `src/secrets/find/find-encoded.ts`."""

from __future__ import annotations

import binascii
import re

from .assigned import Assignments
from .shaped import Found, Shapes

# What stands before is sought with it, for a pass that looks behind at every sign is slow.
RUN = re.compile(r"[^A-Za-z0-9+/=_.%-]([A-Za-z0-9+/]{16,4096})={0,2}(?![A-Za-z0-9+/=_.%-])")
PLAIN = re.compile(rb"[\t\n\r -~]*")


class Encoded:
    """Each run of signs is decoded once, its beginning first, which tells most of them from a text."""

    def __init__(self, shapes: Shapes, assignments: Assignments) -> None:
        self.shapes = shapes
        self.assignments = assignments

    def find(self, text: str) -> list[Found]:
        found: list[Found] = []
        for match in RUN.finditer("\n" + text):
            signs = match.group(1)
            if len(signs) % 4 == 1 or not is_plain(signs[:8]) or not is_plain(signs):
                continue
            inner = decoded(signs).decode("latin-1")
            if self.shapes.find(inner) or self.assignments.find(inner):
                found.append(Found(match.start(), match.end() - 1, "encoded-secret"))
        return found


def decoded(signs: str) -> bytes:
    return binascii.a2b_base64(signs + "=" * (-len(signs) % 4))


def is_plain(signs: str) -> bool:
    return PLAIN.fullmatch(decoded(signs)) is not None
