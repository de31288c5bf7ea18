"""The recipients' block read again as a whole where a line of it was lost or is in doubt.

Page segmentation loses the short line below "Nơi nhận:" more often than any other line of a scan, and now and then the
copy for the file below the others. Both leave a gap that the block's own pitch tells.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from extractor.document import BBox, Document, Span
from extractor.recognise import second_look
from extractor.recognise.segments import Segment

SURE = 0.65
"""Confidence of a line's least certain word from which it is not read again."""
_LEAP = 1.7  # times the pitch: between two lines that far apart stood another
_MORE = 1.25  # times the letters of a line of which a part was lost; others are read again by themselves
_WIDEST = 2.0  # heights of a letter from one line to the next at most
_LEAST = 0.6  # confidence of a line that was not seen before
_HALF = 0.52  # share of the page's width that the block may take where nothing stands beside it


def renewed(
    document: Document, lines: Sequence[Segment], label: Segment | None, edge: float | None, ended: bool
) -> list[Segment]:
    """The lines with doubtful ones replaced and lost ones put in, as a reading of the block alone has them.

    `edge`: where the signature's column begins, in points; `ended`: the copy for the file is among the lines.
    """
    first = label or (lines[0] if lines else None)
    if first is None or first.box is None or document.picture is None:
        return list(lines)
    here = [line for line in lines if line.page == first.page and line.box is not None]
    frame = _frame(document, first, here, edge)
    now = list(lines)
    looks = second_look.column(document, first.page, frame)
    while _doubtful(document, now, label, ended) and (reading := next(looks, None)) is not None:
        now = _merged(document, now, reading, label)
    return now


def _frame(document: Document, first: Segment, lines: Sequence[Segment], edge: float | None) -> BBox:
    """The block's part of the page, with room for one more line below."""
    assert first.box is not None
    boxes = [first.box, *(line.box for line in lines if line.box is not None)]
    around = BBox.around(boxes)
    assert around is not None
    right = edge - 4 if edge is not None else _HALF * document.pages[first.page - 1].width
    pitch = _pitch(boxes)
    return BBox(around.x0 - 12, around.top - 4, max(around.x1 + 6, right), around.bottom + 1.5 * pitch)


def _pitch(boxes: Sequence[BBox]) -> float:
    """From line to line, in points: the smallest distance, within what letters of that height allow."""
    heights = sorted(box.height for box in boxes)
    height = heights[len(heights) // 2]
    steps = [below.middle - above.middle for above, below in itertools.pairwise(boxes)]
    return min([_WIDEST * height, *(step for step in steps if step >= 1.1 * height)])


def _doubtful(document: Document, lines: Sequence[Segment], label: Segment | None, ended: bool) -> bool:
    """Whether a word is unsure, a line seems lost, or the block has no end."""
    if not ended or any(certainty(document, line) < SURE for line in lines):
        return True
    boxes = [line.box for line in ([label] if label else []) + list(lines) if line.box is not None]
    leap = _LEAP * _pitch(boxes)
    return any(below.middle - above.middle > leap for above, below in itertools.pairwise(boxes))


def certainty(document: Document, line: Segment) -> float:
    """Confidence of the line's least certain word."""
    if line.reread:
        return line.confidence
    return min((word.word.confidence for word in document.words_in(line.span)), default=1.0)


def _merged(
    document: Document, lines: list[Segment], reading: Sequence[Segment], label: Segment | None
) -> list[Segment]:
    now = list(lines)
    for new in reading:
        if label is not None and _same_line(new, label):
            continue
        at = next((at for at, old in enumerate(now) if _same_line(new, old)), None)
        if at is None:
            now = _inserted(now, new, label)
        elif certainty(document, old := now[at]) < SURE <= new.confidence and _letters(new) > _MORE * _letters(old):
            now[at] = replace(new, span=old.span, row=old.row, apart=old.apart)
    return now


def _letters(line: Segment) -> int:
    return sum(c.isalpha() for c in line.text)


def _same_line(one: Segment, other: Segment) -> bool:
    if one.page != other.page or one.box is None or other.box is None:
        return False
    return one.box.overlap_y(other.box) > 0.4 * min(one.box.height, other.box.height)


def _inserted(lines: list[Segment], new: Segment, label: Segment | None) -> list[Segment]:
    """The lines with a new one in its place, unless it looks like no text or stands above the block."""
    assert new.box is not None
    above = [line for line in lines if line.box is not None and line.page == new.page and line.box.top < new.box.top]
    before = above[-1] if above else label
    if before is None or new.confidence < _LEAST or _letters(new) < 4:
        return lines
    place = Span(before.span.end, before.span.end)
    new = replace(new, span=place, row=before.row, apart=False)
    return [*above, new, *(line for line in lines if line not in above)]
