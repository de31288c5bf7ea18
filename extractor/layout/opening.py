"""Addressees and preamble: what stands between the title and the body proper."""

from __future__ import annotations

import regex

from extractor.document import ZoneKind
from extractor.layout.marks import Mark
from extractor.layout.paragraphs import MARKER
from extractor.layout.typewords import type_word
from extractor.ruleset import RuleSet

_REACH = 120
_ARTICLE = regex.compile(r"^\W*(?:điều\s*1\b|chương\s+i\b|phần\s+(?:i|thứ nhất)\b|i\.\s|1\.\s)", regex.I)


def mark_opening(lines: list[Mark], out: list[ZoneKind], at: int, rules: RuleSet) -> int:
    """Mark both in `out`; the index of the first line of the body."""
    at = _addressees(lines, out, at)
    last = _last_basis(lines, at, rules)
    for index in range(at, last):
        out[index] = "preamble"
    return max(at, last)


def _addressees(lines: list[Mark], out: list[ZoneKind], at: int) -> int:
    start = next((i for i in range(at, min(at + 6, len(lines))) if lines[i].address), None)
    if start is None and at < len(lines) and _set_in(lines, at):
        start = at
    if start is None:
        return at
    out[start] = "addressees"
    index = start + 1
    while index < len(lines) and _addressee(lines, index, start):
        out[index] = "addressees"
        index += 1
    return index


def _set_in(lines: list[Mark], at: int) -> bool:
    """Whether a letter opens with an addressee whose "Kính gửi" was lost: a bullet set in far."""
    line = lines[at]
    letter = any(item.about for item in lines[max(0, at - 12) : at])
    if not letter or line.bbox is None or line.text[:1] not in "-–•+" or line.basis:
        return False
    after = next((item for item in lines[at + 1 :] if item.text[:1] not in "-–•+" and item.bbox is not None), None)
    return after is not None and after.bbox is not None and line.bbox.x0 > after.bbox.x0 + 0.06 * line.width


def _addressee(lines: list[Mark], index: int, start: int) -> bool:
    """Whether a line goes on with the addressees: an item, a line behind ":" or ",", a wrapped or indented line."""
    line, before = lines[index], lines[index - 1]
    if line.basis or line.role == "cell" or index - start > 25:
        return False
    if line.text[:1] in "-–+•*" or before.text.endswith((":", ",")):
        return True
    if line.bbox is not None and before.bbox is not None:
        head = lines[start].bbox
        inside = head is not None and line.bbox.x0 > head.x0 + 20
        close = 0 < line.bbox.middle - before.bbox.middle < 2.0 * max(before.bbox.height, 9.0)
        return close and inside and (before.text.endswith(";") or not before.text.endswith("."))
    wrapped = line.start - before.end <= 1 and not before.text.endswith(".")
    return (before.text.endswith(";") and len(line.text) < 120) or (wrapped and len(line.text) < 120)


def _last_basis(lines: list[Mark], at: int, rules: RuleSet) -> int:
    """One past the last line of the preamble; `at` where there is none."""
    first = next((i for i in range(at, min(at + 12, len(lines))) if lines[i].basis), None)
    if first is None or any(len(line.text) > 200 for line in lines[at:first]):
        return at
    last = first
    for index in range(first, min(first + _REACH, len(lines))):
        line = lines[index]
        if (
            _ARTICLE.match(line.text)
            or type_word(line.text, rules) is not None
            or line.recipients
            or line.role == "cell"
        ):
            break
        if line.basis or line.proposal:
            last = index
    end = last + 1
    while end < len(lines) and lines[end].start - lines[end - 1].end <= 1 and _wrapped(lines, end):
        end += 1
    return end


def _wrapped(lines: list[Mark], index: int) -> bool:
    """Whether a line only goes on with the clause above, on a page or in a hard-wrapped text."""
    line = lines[index]
    if MARKER.match(line.text) or line.upper or line.role == "furniture":
        return False
    return line.bbox is not None or line.text[:1].islower()
