"""Where the title ends: the type word and the lines of the subject below it."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.layout.marks import Mark

_MOST_LINES = 12
_KIND = regex.compile(
    r"^\W*(?:uy ban nhan dan|ubnd|hoi dong|bo truong|chu tich|thu tuong|giam doc|truong ban|bo |so |tong cuc"
    r"|cuc truong)"
)
_BRACKET = regex.compile(r"^\W*\((?:ban hanh|kem theo|cap |du thao|dinh kem|trinh )")
_SENTENCE = regex.compile(r"^(?:\W*(?:[IVX]+|\d{1,2}|[a-d])[.)]\s|\W*(?:phần|chương|mục|điều)\s)", regex.I)


def title_end(lines: Sequence[Mark], start: int) -> int:
    """One past the last line of the title whose type word stands at `start`."""
    last = start
    for index in range(start + 1, min(start + _MOST_LINES, len(lines))):
        line = lines[index]
        if line.role == "furniture" or (line.empty and last == start):
            continue
        if line.empty or _ends(line, lines[last], lines[start], last == start):
            break
        if last > start and _issuer(lines, index):
            break
        if not _goes_on(lines, start, last, index):
            break
        last = index
    return last + 1


def _ends(line: Mark, before: Mark, first: Mark, alone: bool) -> bool:
    """Whether a line opens the next part of the form."""
    if line.role != "text" or line.address or line.basis or line.authority or line.recipients or line.date:
        return True
    if line.page != first.page or _BRACKET.match(line.bare) or _SENTENCE.match(line.text):
        return True
    return line.upper and not alone and not before.upper and bool(_KIND.match(line.bare))


def _issuer(lines: Sequence[Mark], index: int) -> bool:
    """Whether a line in capitals is the issuing office above the preamble."""
    if not lines[index].upper or not _KIND.match(lines[index].bare):
        return False
    after = next((line for line in lines[index + 1 : index + 5] if not line.upper and not line.empty), None)
    return after is not None and after.basis


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
    if abs(line.centre - first.centre) > 0.055 * lines[index].width:
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
    if line.upper and before.upper:
        return True
    if not any(char.isalpha() for char in line.text):
        return not parted and len(line.text) < 12
    lower = line.text[:1].islower()
    if parted:
        return lower and len(before.text) < 160 and not before.text.endswith((".", ";", ":"))
    wrapped = lines[start + 1].start - lines[start].end > 1
    return lower or (wrapped and len(before.text) < 120 and not before.text.endswith((".", ";", ":")))
