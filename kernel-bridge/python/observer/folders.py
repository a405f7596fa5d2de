"""Many files of one folder are one dataset: which folder that is, and the list of what was used in it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable

from .stamps import Stamp

# From here on the files of a folder are one use.
MANY = 100


def folders_of(paths: Iterable[str], root: str) -> dict[str, list[str]]:
    """Folder to the files in it, for each folder that many were used of; never the workspace itself.

    The highest folder that holds nothing beside them: a table of labels beside a folder of images stays a file.
    """
    beneath: dict[str, list[str]] = {}
    for path in paths:
        beneath.setdefault(os.path.dirname(path), []).append(path)
    found: dict[str, list[str]] = {}
    gather(Tree(beneath), root, found)
    return found


class Tree:
    def __init__(self, files: dict[str, list[str]]) -> None:
        self.files = files
        self.children: dict[str, set[str]] = {}
        self.tops: set[str] = set()
        for folder in files:
            at = folder
            while True:
                above = os.path.dirname(at)
                if above == at:
                    self.tops.add(at)
                    break
                known = self.children.setdefault(above, set())
                if at in known:
                    break
                known.add(at)
                at = above

    def all_below(self, folder: str) -> list[str]:
        found, waiting = [], [folder]
        while waiting:
            at = waiting.pop()
            found += self.files.get(at, [])
            waiting += self.children.get(at, ())
        return found


def gather(tree: Tree, root: str, found: dict[str, list[str]]) -> None:
    waiting = sorted(tree.tops)
    while waiting:
        folder = waiting.pop()
        below = tree.all_below(folder)
        if len(below) < MANY:
            continue
        own, children = tree.files.get(folder, []), tree.children.get(folder, set())
        is_above = (root + os.sep).startswith(os.path.join(folder, "")) or os.path.dirname(folder) == folder
        if not is_above and (len(own) >= MANY or (not own and len(children) > 1)):
            found[folder] = below
        else:
            waiting += sorted(children)


def write_list(path: str, folder: str, files: Iterable[tuple[str, Stamp | None]]) -> None:
    """One file a line, by its name from the folder, as it was when it was used."""
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as lines:
        for name, stamp in files:
            size, changed, touched, inode = stamp or (None, None, None, None)
            told = [
                os.path.relpath(name, folder).replace(os.sep, "/"),
                size,
                *(None if each is None else str(each) for each in (changed, touched, inode)),
            ]
            lines.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")
