"""Where the title ends: the type word and the lines of the subject below it."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.layout.marks import Mark

_MOST_LINES = 12
_KIND = regex.compile(
    r"^\W*(?:uy ban|ubnd|hoi dong|bo truong|chu tich|chu nhiem|thu tuong|(?:tong )?giam doc|truong |bo |so "
    r"|(?:chi |tong )?cuc |vien |hieu truong|thong doc|chanh |quoc hoi|chinh phu|thuong truc|ban (?!hanh)|bi thu|tong "
    r"|kiem toan|lien )"
)
_OF = regex.compile(r"^\W*(?:(?:quyet dinh|chi thi|thong tu|nghi quyet|thong bao|quy dinh)\s+)?cua\s")
_ABOUT = regex.compile(r"^\W*(?:ve|v\s*/\s*v|ban hanh|quy dinh)\b")
_OPEN_END = regex.compile(
    r"\b(?:va|cua|cac|ve|cho|tai|voi|thuoc|tren|trong|do|boi|giua|dia ban|lanh dao|cap|so|ngay|thang|nam)\s*$|[,–-]\s*$"
)
_COMMAND = regex.compile(r"^(?:[^.;]{0,60}\s)?(?:dien|yeu cau)\W*$")
_DATE_LINE = regex.compile(r"^\W*(?:[a-z][a-z .'-]{1,40},\s*)?ng\S{0,2}y\b.*(?:nam\s*)?\d{4}\W*$")
_INDENT = 12.0
_BRACKET = regex.compile(r"^\W*\((?:ban hanh|kem theo|cap |du thao|dinh kem|trinh )")
_SENTENCE = regex.compile(r"^(?:\W*(?:[IVX]+|\d{1,2}|[a-d])[.)]\s|\W*(?:phần|chương|mục|điều)\s)", regex.I)


def title_end(lines: Sequence[Mark], start: int) -> int:
    """One past the last line of the title whose type word stands at `start`."""
    start = last = of_issuer(lines, start)
    for index in range(start + 1, min(start + _MOST_LINES, len(lines))):
        line = lines[index]
        if line.role == "furniture" or (line.empty and last == start):
            continue
        if line.empty or _ends(line, lines[last], lines[start], last == start):
            break
        if last > start and (_issuer(lines, index) or _paragraph(lines, index)):
            break
        if not _goes_on(lines, start, last, index):
            break
        last = index
    return last + 1


def of_issuer(lines: Sequence[Mark], start: int) -> int:
    """The last line of "CỦA BỘ TRƯỞNG BỘ …" at or below the type word, which may take two; `start` without it."""
    at = start if _OF.search(lines[start].bare) else start + 1
    if at >= len(lines) or not _OF.search(lines[at].bare) or not lines[at].upper:
        return start
    for index in range(at + 1, min(at + 3, len(lines))):
        line = lines[index]
        if not line.upper or _ABOUT.match(line.bare):
            return start if line.basis or line.empty else index - 1
    return start


def _ends(line: Mark, before: Mark, first: Mark, alone: bool) -> bool:
    """Whether a line opens the next part of the form."""
    if line.role != "text" or line.address or line.basis or line.authority or line.recipients or _dated(line, before):
        return True
    if line.page != first.page or _BRACKET.match(line.bare) or _SENTENCE.match(line.text):
        return True
    return line.upper and not alone and not before.upper and not _OPEN_END.search(before.bare)


def _dated(line: Mark, before: Mark) -> bool:
    """Whether a line is the place and date of issue, not the date of a document that the subject names."""
    return line.date and bool(_DATE_LINE.match(line.bare)) and not _OPEN_END.search(before.bare)


def _paragraph(lines: Sequence[Mark], index: int) -> bool:
    """Whether a paragraph of the body opens here: indented, and the line below goes out to the left alone.

    Of two centred lines the longer one is longer on both sides.
    """
    line, below = lines[index], next((item for item in lines[index + 1 : index + 3] if item.role == "text"), None)
    if below is None or line.bbox is None or below.bbox is None or below.page != line.page:
        return False
    if not line.text[:1].isupper() or below.bbox.middle - line.bbox.middle > 2.6 * max(line.bbox.height, 9.0):
        return False
    return below.bbox.x0 < line.bbox.x0 - _INDENT and below.bbox.x1 < line.bbox.x1 + 0.4 * (
        line.bbox.x0 - below.bbox.x0
    )


def _issuer(lines: Sequence[Mark], index: int) -> bool:
    """Whether a line in capitals is the issuing office above the preamble."""
    if not lines[index].upper or not _KIND.match(lines[index].bare) or _OPEN_END.search(lines[index - 1].bare):
        return False
    after = next((line for line in lines[index + 1 : index + 5] if not line.upper and not line.empty), None)
    return after is not None and (after.basis or bool(_COMMAND.match(after.bare)))


def _goes_on(lines: Sequence[Mark], start: int, last: int, index: int) -> bool:
    if lines[index].bbox is not None and lines[last].bbox is not None:
        return _below(lines, start, last, index)
    return _next_line(lines, start, last, index)


def _below(lines: Sequence[Mark], start: int, last: int, index: int) -> bool:
    """On a page: about the same axis, at the pitch of the title's lines, no fuller line that opens a sentence."""
    line, before, first = lines[index].bbox, lines[last].bbox, lines[start].bbox
    if line is None or before is None or first is None:
        return False
    step = line.middle - before.middle
    height = min(max(line.height, 8.0), 16.0)
    core = lines[index].core or line
    if min(abs(box.centre - first.centre) for box in (line, core)) > 0.055 * lines[index].width:
        return False
    if last == start:
        return step < 3.4 * height
    if step > 1.95 * height:
        return False
    opens = lines[index].text[:1].isupper() and line.width > 0.8 * lines[index].width * 0.75
    return not (opens and before.width < 0.85 * line.width and line.x0 > before.x0 - 60 and step > 1.55 * height)


def _next_line(lines: Sequence[Mark], start: int, last: int, index: int) -> bool:
    """In a text: the first paragraph behind the type word; more where capitals or a lower-case letter go on."""
    line, before = lines[index], lines[last]
    if last == start and (before.upper or len(before.text.split()) < 5):
        return len(line.text) < 600
    parted = line.start - before.end > 1
    if (line.upper and before.upper) or (_OPEN_END.search(before.bare) and not parted):
        return True
    if not any(char.isalpha() for char in line.text):
        return not parted and len(line.text) < 12
    lower = line.text[:1].islower()
    if parted:
        return lower and len(before.text) < 160 and not before.text.endswith((".", ";", ":"))
    wrapped = lines[start + 1].start - lines[start].end > 1
    return lower or (wrapped and len(before.text) < 120 and not before.text.endswith((".", ";", ":")))
