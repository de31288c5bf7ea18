"""Reading a long paged file in parts: how many pages, some of them, all joined."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Sequence
from pathlib import Path

from extractor.document import Reading
from extractor.ingest import image, pdf, sniff
from extractor.ingest.parts import Part, joined
from extractor.ingest.source import Source

_HEAD = 1024
_PAGED = (b"II*\x00", b"MM\x00*")


def may_be_long(path: Path) -> bool:
    """Whether a file is of a format of many pages, by its first bytes."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    return b"%PDF-" in head or head.startswith(_PAGED)


def count(path: Path, filename: str) -> int:
    """How many pages a file has. Raises InputError and its kinds."""
    source = Source.load(path, filename)
    return pdf.count(source) if _is_pdf(source) else image.count(source)


def read_part(path: Path, filename: str, first: int, last: int) -> Part:
    """The pages `first` to `last`, numbered from 1."""
    source, began = Source.load(path, filename), time.perf_counter()
    part = pdf.read_part(source, first, last) if _is_pdf(source) else image.read_part(source, first, last)
    return dataclasses.replace(part, seconds=time.perf_counter() - began)


def join(path: Path, filename: str, parts: Sequence[Part]) -> tuple[Reading, float]:
    """The reading of the whole file, as if it had been read at once, and the seconds that reading took."""
    source = Source.load(path, filename)
    whole = joined(parts)
    return pdf.join(source, [whole]) if _is_pdf(source) else image.join(source, [whole]), whole.seconds


def _is_pdf(source: Source) -> bool:
    return sniff.media_type(source.data, source.filename) == sniff.PDF
