"""Text formats: normalised text, blocks from blank lines and list marks, tables' spans mapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import regex
from numpy.typing import NDArray

from extractor.document import Block, Span, Table
from extractor.layout.paragraphs import MARKER

_LINE = regex.compile(r"[^\n\f]+")


def blocks(text: str, tables: Sequence[Table] = ()) -> tuple[Block, ...]:
    """One block a paragraph: lines of a hard-wrapped paragraph are joined, list items kept apart."""
    cells = sorted((cell.span for table in tables for cell in table.cells if len(cell.span)), key=lambda s: s.start)
    found: list[Block] = []
    for start, end in _paragraphs(text):
        if any(cell.start <= start < cell.end for cell in cells):
            continue
        line = text[start:end]
        kind = "heading" if line.isupper() and len(line) < 250 else "item" if MARKER.match(line) else "paragraph"
        found.append(Block(start, end, kind))  # type: ignore[arg-type]
    found += [Block(cell.start, cell.end, "cell") for cell in cells]
    return tuple(sorted(found, key=lambda block: block.start))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Spans of paragraphs, without the white space at their ends."""
    pending: tuple[int, int] | None = None
    for match in _LINE.finditer(text):
        stripped = match[0].strip()
        if not stripped:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        end = start + len(stripped)
        if pending is not None and _goes_on(text, pending, start, stripped):
            pending = (pending[0], end)
            continue
        if pending is not None:
            yield pending
        pending = (start, end)
    if pending is not None:
        yield pending


def _goes_on(text: str, pending: tuple[int, int], start: int, line: str) -> bool:
    """Whether a line continues the paragraph above: wrapped by hand, not a new item or sentence."""
    between = text[pending[1] : start]
    before = text[pending[0] : pending[1]].rsplit("\n", 1)[-1]
    if between.count("\n") > 1 or "\f" in between or len(before) < 45 or before[-1] in ".;:!?":
        return False
    return line[0].islower() and not MARKER.match(line)


def map_tables(tables: Sequence[Table], offsets: NDArray[np.int32], length: int) -> tuple[Table, ...]:
    """Cell spans of the verbatim text → spans of the normalised text."""

    def place(offset: int) -> int:
        return min(int(np.searchsorted(offsets, offset, side="left")), length)

    return tuple(
        replace(
            table,
            id=number,
            cells=tuple(replace(c, span=Span(place(c.span.start), place(c.span.end))) for c in table.cells),
        )
        for number, table in enumerate(tables)
    )
