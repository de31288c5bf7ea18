"""A run of pages as read: what is kept of a long file until all its parts are there, and how they become one.

Parts travel as JSON, not as pickles: they come from a process that opened a stranger's file.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import TypeAdapter

from extractor.document import Notice, Page, Region
from extractor.ingest import notices
from extractor.ingest.pictures import Shelf
from extractor.ocr.page import Turn

_LOST_SIZE = (595.0, 842.0)


@dataclass(frozen=True, slots=True)
class Part:
    """Pages in order, and by number what was noticed about them. `shelf` does not travel."""

    pages: tuple[Page, ...]
    turns: tuple[tuple[int, Turn], ...] = ()
    garbled: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    unreadable: tuple[int, ...] = ()
    decoded: tuple[tuple[str, tuple[int, ...]], ...] = ()
    stamps: tuple[Region, ...] = ()
    notices: tuple[Notice, ...] = ()
    signatures: int = 0
    engine: str = ""
    seconds: float = 0.0
    shelf: Any = field(default_factory=Shelf, compare=False, repr=False)

    def of(self, numbers: Sequence[int]) -> list[Page]:
        """The pages of these numbers."""
        wanted = set(numbers)
        return [page for page in self.pages if page.number in wanted]

    def dumps(self) -> str:
        """The part as JSON, in ASCII."""
        plain = _adapter().dump_python(replace(self, shelf=None))
        return json.dumps(plain, separators=(",", ":"), default=float)

    @staticmethod
    def loads(text: str | bytes) -> Part:
        """The part of such JSON; raises ValueError for anything else."""
        return replace(_adapter().validate_python(json.loads(text)), shelf=Shelf())

    @staticmethod
    def lost(first: int, last: int, why: str) -> Part:
        """Pages that could not be read, with the reason."""
        pages = tuple(Page(number, *_LOST_SIZE, "none") for number in range(first, last + 1))
        return Part(pages, notices=(notices.lost(first, last, why),))


@functools.cache
def _adapter() -> TypeAdapter[Part]:
    return TypeAdapter(Part)


def joined(parts: Sequence[Part]) -> Part:
    """Parts in page order as one."""
    if len(parts) == 1:
        return parts[0]
    decoded: dict[str, tuple[int, ...]] = {}
    for part in parts:
        for encoding, numbers in part.decoded:
            decoded[encoding] = (*decoded.get(encoding, ()), *numbers)
    return Part(
        pages=tuple(page for part in parts for page in part.pages),
        turns=tuple(turn for part in parts for turn in part.turns),
        garbled=tuple(number for part in parts for number in part.garbled),
        blank=tuple(number for part in parts for number in part.blank),
        unreadable=tuple(number for part in parts for number in part.unreadable),
        decoded=tuple(decoded.items()),
        stamps=tuple(stamp for part in parts for stamp in part.stamps),
        notices=tuple(notice for part in parts for notice in part.notices),
        signatures=max((part.signatures for part in parts), default=0),
        engine=next((part.engine for part in reversed(parts) if part.engine), ""),
        seconds=sum(part.seconds for part in parts),
    )
