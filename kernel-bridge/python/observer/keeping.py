"""What a run keeps of a model: the model itself where it is small, and some rows of what it was asked and answered."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
import time
import zipfile
from collections.abc import Callable
from typing import Any

from .journal import Journal
from .matrices import names_of, parts_of, two_dimensional

MOST_BYTES = 1_000_000
# Of a larger model the digest alone is told, and of one that takes longer nothing.
MOST_HASHED = 64_000_000
MOST_SECONDS = 0.2
MOST_ROWS = 1_000
MOST_COLUMNS = 2_000
# NumPy gives each text of an array the room of the longest.
MOST_OF_TEXTS = 4_000_000
LONG_TEXT = 1_000


class TooLarge(Exception):
    pass


class Pickled(io.RawIOBase):
    """Takes what a pickler writes: hashes it, and holds it as long as it is small."""

    def __init__(self) -> None:
        self.hasher = hashlib.sha256()
        self.parts: list[bytes] = []
        self.size = 0
        self.until = time.perf_counter() + MOST_SECONDS

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        self.size += view.nbytes
        if self.size > MOST_HASHED or time.perf_counter() > self.until:
            raise TooLarge
        self.hasher.update(view)
        if self.size <= MOST_BYTES:
            self.parts.append(bytes(view))
        else:
            self.parts.clear()
        return view.nbytes

    def bytes(self) -> bytes | None:
        return b"".join(self.parts) if self.size <= MOST_BYTES else None


def pickled(model: Any) -> Pickled | None:
    """None for what cannot be pickled, or not in time."""
    taken = Pickled()
    try:
        # The fifth protocol hands large arrays over as they are, where the fourth copies each before it can be refused.
        pickle.Pickler(taken, protocol=5).dump(model)
    except Exception:  # noqa: BLE001 - whatever a model's own way to be pickled raises
        return None
    return taken


class Sample:
    """Rows of a matrix and the answers to them, copied."""

    __slots__ = ("answers", "at", "columns", "parts", "rows", "size")

    def __init__(self, parts: list[Any], columns: list[str] | None, rows: int, step: int) -> None:
        self.parts = parts
        self.columns = columns
        self.rows = rows
        self.at = step
        self.answers: dict[str, Any] = {}
        self.size = sum(part.nbytes for part in parts)

    def archive(self, redact: Callable[[str], str]) -> bytes:
        """A `.npz` that needs no pickle: `x<n>` for each block of columns, `columns`, `rows`, and each method's answers.

        Texts stand with their secrets replaced.
        """
        numpy = sys.modules["numpy"]
        held = {f"x{at}": part for at, part in enumerate(self.parts)}
        held["rows"] = numpy.arange(self.rows) * self.at
        if self.columns is not None:
            held["columns"] = numpy.array(self.columns, dtype=object)
        held.update(self.answers)
        out = io.BytesIO()
        # Written by hand, so that the same rows are the same bytes whenever that was.
        with zipfile.ZipFile(out, "w") as archive:
            for name, values in held.items():
                if values.dtype.kind in "OSU":
                    texts = of_bounded_length(redacted([str(value) for value in values.ravel().tolist()], redact))
                    values = numpy.array(texts, dtype=str).reshape(values.shape)
                part = io.BytesIO()
                numpy.lib.format.write_array(part, numpy.ascontiguousarray(values), allow_pickle=False)
                archive.writestr(zipfile.ZipInfo(f"{name}.npy"), part.getvalue())
        return out.getvalue()


def redacted(texts: list[str], redact: Callable[[str], str]) -> list[str]:
    """Most hold no secret, and are looked at once, as one text."""
    whole = "\n\0\n".join(texts)
    return texts if redact(whole) == whole else [redact(text) for text in texts]


def of_bounded_length(texts: list[str]) -> list[str]:
    """Long ones by their digests, where all of them together would take too much."""
    if 4 * len(texts) * max(map(len, texts), default=0) <= MOST_OF_TEXTS:
        return texts
    return [
        text if len(text) <= LONG_TEXT else f"sha256:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"
        for text in texts
    ]


def sample_of(data: Any, method: str, values: Any) -> Sample | None:
    """At most MOST_ROWS evenly spaced rows and MOST_BYTES; None for what is no matrix of numbers, dates and texts."""
    numpy = sys.modules.get("numpy")
    parts = parts_of(numpy, data) if numpy is not None else None
    if numpy is None or parts is None or not len(parts[0]) or sum(part.shape[1] for part in parts) > MOST_COLUMNS:
        return None
    answers = values if isinstance(values, numpy.ndarray) else getattr(values, "values", None)
    if not isinstance(answers, numpy.ndarray) or not answers.ndim or len(answers) != len(parts[0]):
        return None
    every = [*parts, two_dimensional(answers)]
    if any(part.dtype.kind not in "biufcmMOSU" for part in every):
        return None
    row_bytes = max(1, sum(part.nbytes for part in every) // len(answers))
    most = max(1, min(MOST_ROWS, MOST_BYTES // row_bytes))
    step = max(1, -(-len(answers) // most))
    sample = Sample([part[::step].copy() for part in parts], names_of(data), len(answers[::step]), step)
    sample.answers[method] = answers[::step].copy()
    return sample


class Kept:
    """The store's folder of what waits for the recorder; names begin with the session's, and end with the bytes' SHA-256."""

    def __init__(self, journal: Journal, folder: str) -> None:
        self.folder = folder
        self.journal = journal

    def put(self, data: bytes) -> tuple[str, str]:
        """Its SHA-256, and the name it has there."""
        digest = hashlib.sha256(data).hexdigest()
        name = f"{self.journal.session}.{digest}"
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            temporary = f"{path}.{os.getpid()}.tmp"
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            os.replace(temporary, path)
        return digest, name

    def tell_sample(
        self, cell: str | None, model: str, why: str, put: tuple[str, str, int], rows: int, of: int | None
    ) -> None:
        digest, name, size = put
        self.journal.write(
            "kept",
            cell=cell,
            kind="sample",
            why=why,
            model=model,
            sha256=digest,
            size=size,
            rows=rows,
            of=of,
            kept=name,
        )
