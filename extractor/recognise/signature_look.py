"""The signature block of a scan, read again from the picture when its grammar or its place on the page is not right.

Nghị định 30/2020/NĐ-CP, Phụ lục I: the first line of the block stands level with "Nơi nhận:", its lines follow each
other closely, and all of them are centred on one axis. A line that stands too low, a gap, or a middle off the axis
says that something was not read: a seal covers it.
"""

from __future__ import annotations

import itertools

from rapidfuzz import fuzz

from extractor.document import BBox, Document, Line, Span
from extractor.recognise import second_look
from extractor.recognise.segments import scanned, segments
from extractor.recognise.signature import Block, blocks
from extractor.recognise.signature_rows import axis, fused
from extractor.ruleset import RuleSet
from extractor.text.normalise import fold

_HIGH = 55.0  # points below the top of the area at which the first line may stand where nothing stands beside it
_LEVEL = 10.0  # points below the first line of the recipients
_GAP = 0.9  # of a line's height between two lines of a block that follow each other
OFF_AXIS = 5.0  # points: half a syllable is missing
_LEAST = 2  # readings that a block needs at least once the page's own was not enough
_FOOT = 190.0  # points from the top of the recipients to below the name
_LABEL = 75.0  # likeness of a line's beginning to "Nơi nhận:"
DOUBT = 8.0  # points off the axis at which what was read is in doubt
_COMPLETE = 2.7  # an office and a clear name


def best_blocks(document: Document, span: Span, rules: RuleSet) -> list[Block]:
    """The blocks of a zone, read again from the picture as long as something is missing."""
    read = segments(document, span)
    verbatim = not scanned(document, span.start)
    best = blocks(read, None if document.lines else document, rules, verbatim)
    seen = BBox.around(segment.box for segment in read if segment.box is not None)
    area = None if verbatim or seen is None else _area(document, read[0].page, seen)
    if area is None or len(best) > 1:
        return best
    level = _level(document, read[0].page)
    if best and complete(best[0], area, level, rules):
        return best
    readings = [read]
    for again in second_look.blocks(document, read[0].page, area):
        readings.append(again)
        other = blocks(fused(readings, rules), None, rules)
        best = other if len(other) == 1 else best or other[:1]
        if len(readings) > _LEAST and best and complete(best[0], area, level, rules):
            break
    return best


def beside_recipients(document: Document, rules: RuleSet) -> list[Block]:
    """The block of a scan on which nothing at all was read to the right of the recipients."""
    for zone in document.zone("recipients")[:1]:
        if scanned(document, zone.start) and not document.zone("signature"):
            page = document.page_at(zone.start)
            return _looked(document, page, _area(document, page, None), rules)
    return []


def beside_label(document: Document, rules: RuleSet) -> list[Block]:
    """The block of a scan on which the zones of the foot were not told apart: to the right of "Nơi nhận:"."""
    if document.zone("recipients", "signature") or document.picture is None:
        return []
    for line in document.lines:
        if _is_label(document, line) and scanned(document, line.start):
            width = document.pages[line.page - 1].width
            area = BBox(0.36 * width, max(0.0, line.bbox.top - 16), width, line.bbox.top + _FOOT)
            return _looked(document, line.page, area, rules)
    return []


def _looked(document: Document, page: int, area: BBox | None, rules: RuleSet) -> list[Block]:
    """The block in an area of which nothing was understood so far."""
    if area is None:
        return []
    readings, best, level = [], list[Block](), _level(document, page)
    for again in second_look.blocks(document, page, area):
        readings.append(again)
        best = blocks(fused(readings, rules), None, rules)[:1]
        if len(readings) >= _LEAST and best and complete(best[0], area, level, rules):
            break
    return [block for block in best if block.posts or block.marks]


def complete(block: Block, area: BBox, level: float | None, rules: RuleSet) -> bool:
    """Whether nothing is missing: office, name, no gap, and a first line where the form has it."""
    if block.worth(rules) < _COMPLETE or not block.posts or block.lost_deputy(rules):
        return False
    if (
        _damaged(block)
        or _beside(block)
        or ragged(block) > OFF_AXIS
        or _gap(block)
        or off_axis(block) is not None
        or _alone(block)
    ):
        return False
    first = (block.marks or block.posts)[0].segment.box
    lowest = area.top + _HIGH if level is None else level + _LEVEL
    return first is None or first.top < lowest


def _damaged(block: Block) -> bool:
    """Whether an office does not begin as its line does: scraps stand before it, "XT. CHỦ TỊCH" may be "KT.".

    Below a "KT." that was read the grammar has said what the line is.
    """
    if any(unit.mark == "KT." for unit in block.marks):
        return False
    posts = [(unit.segment.text, unit.office) for unit in block.posts if unit.office is not None]
    return any(fold(text).lstrip(" *_#\"'“”.-–—~:;`|,<>")[:3] != fold(office.value)[:3] for text, office in posts)


def _alone(block: Block) -> bool:
    """A deputy with nobody above for whom to sign."""
    office = block.posts[0].office
    return not block.marks and len(block.posts) == 1 and office is not None and office.deputy


def _gap(block: Block) -> bool:
    """Room for a line between two authorities, or between an authority and the office below it."""
    units = [*block.marks, *block.posts[:1]] if block.marks else []
    boxes = [unit.segment.box for unit in units if unit.segment.box is not None]
    return any(
        below.top - above.bottom > _GAP * min(above.height, below.height, 16.0)
        for above, below in itertools.pairwise(boxes)
    )


def off_axis(block: Block) -> float | None:
    """Where the name should begin, if it stands to the right of the middle of the offices: a syllable was not read."""
    middle, name = axis([*block.marks, *block.posts]), block.name
    if middle is None or name is None or name.segment.box is None or name.segment.box.centre - middle <= OFF_AXIS:
        return None
    return 2 * middle - name.segment.box.x1


def _beside(block: Block) -> bool:
    """Whether the name does not stand below the offices: it is one among the recipients."""
    middle, name = axis([*block.marks, *block.posts]), block.name
    box = name.segment.box if name is not None else None
    return middle is not None and box is not None and not box.x0 < middle < box.x1


def ragged(block: Block) -> float:
    """By how many points an office stands to the right of the middle of a clear name: "KT." or "PHÓ" was not read."""
    name = block.name
    if name is None or name.name is None or name.name.reasons or name.segment.box is None:
        return 0.0
    boxes = [unit.segment.box for unit in (*block.marks, *block.posts) if unit.segment.box is not None]
    return max((box.centre - name.segment.box.centre for box in boxes), default=0.0)


def _level(document: Document, page: int) -> float | None:
    """The top of "Nơi nhận:" on a page, None where it was not read."""
    tops = [line.bbox.top for line in document.lines if line.page == page and _is_label(document, line)]
    return tops[0] if tops else None


def _is_label(document: Document, line: Line) -> bool:
    return fuzz.ratio(fold(document.text[line.start : min(line.end, line.start + 9)]), "noi nhan:") > _LABEL


def _area(document: Document, page: int, seen: BBox | None) -> BBox | None:
    """The right half of the foot: from above its first line to a name's height below; `seen`: what was read there."""
    if document.picture is None:
        return None
    sheet = document.pages[page - 1]
    lines = [
        line.bbox for zone in document.zone("recipients") for line in document.lines_in(zone.span) if line.page == page
    ]
    boxes = [*lines, seen] if seen is not None else lines
    top = min(box.top for box in boxes) - 16
    bottom = max((seen or lines[-1]).bottom + 30, top + 170)
    edges = sorted(line.x1 for line in lines)
    left = edges[int(0.8 * (len(edges) - 1))] + 4 if edges else 0.4 * sheet.width
    left = min(max(left, 0.36 * sheet.width), 0.52 * sheet.width)
    if seen is not None and seen.x0 > 0.4 * sheet.width:
        left = min(left, seen.x0 - 4)
    return BBox(left, max(0.0, top), sheet.width, min(sheet.height, bottom))
