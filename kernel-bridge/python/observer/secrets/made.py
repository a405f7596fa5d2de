"""Whether a machine made a text rather than a person: `src/secrets/find/looks-made.ts`."""

from __future__ import annotations

import re

PARTS = re.compile(r"[A-Za-z0-9]+")
DIGIT, UPPER, LOWER = 0, 1, 2
KIND = {
    **dict.fromkeys("0123456789", DIGIT),
    **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ", UPPER),
    **dict.fromkeys("abcdefghijklmnopqrstuvwxyz", LOWER),
}


def looks_made(text: str) -> bool:
    """Letters and digits mixed as no word, name, path or version mixes them. Digits alone never are. Linear."""
    length = 0
    different: set[str] = set()
    for part in PARTS.findall(text):
        if not part_looks_made(part):
            continue
        length += len(part)
        different.update(part)
        if length >= 8 and len(different) >= 4:
            return True
    return length >= 6 and len(text) >= 8 and len(different) >= 4


def part_looks_made(part: str) -> bool:
    if len(part) < 4:
        return False
    kinds = [KIND[letter] for letter in part]
    digits = kinds.count(DIGIT)
    if digits == len(part):
        return False
    between = of_case = 0
    before = kinds[0]
    for now in kinds:
        if now != before:
            if now == DIGIT or before == DIGIT:
                between += 1
            else:
                of_case += 1
        before = now
    if between >= 2 or (digits >= 5 and len(part) - digits >= 3):
        return True
    return len(part) >= 10 and (of_case + between) * 100 >= 34 * (len(part) - 1)
