"""Kính gửi: to whom the document is addressed, one entry an addressee.

A single name, a bulleted list below the cue or beside it, or several on one line with semicolons. Nghị định
30/2020/NĐ-CP, Phụ lục I, phần II, mục 9.a.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import regex

from extractor.document import Document, Span
from extractor.recognise.base import Finding, Found, Leaf
from extractor.recognise.mending import mend
from extractor.recognise.segments import scanned
from extractor.ruleset import RuleSet

FIELD = "addressees"
_BULLET = regex.compile(r"(?:^|(?<=[\n\f:;]))[ \t]*[-–—−•+*~][ \t]*(?=[\p{L}\d“\"])|(?<=;)[ \t]+")
_LONGEST = 2000
_NO_CUE = "Không đọc được chữ “Kính gửi”: lấy theo danh sách ngay dưới phần đầu công văn."


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The addressees in order."""
    found = Found()
    for span, cued in _blocks(document, rules):
        for start, end in _entries(document.text, span):
            value = " ".join(document.text[start:end].split())
            reasons: tuple[str, ...] = ()
            if scanned(document, start):
                phrases = rules.fields["recipients"].vocabulary["phrases"]
                value, reasons = mend(value, phrases, document.confidence(Span(start, end)))
            rule, confidence = ("addressees.cue", 0.95 if not reasons else 0.88) if cued else ("addressees.list", 0.8)
            leaf = Leaf(value, (Span(start, end),), rule, confidence, reasons if cued else (*reasons, _NO_CUE))
            found.findings.append(Finding.scalar(FIELD, leaf))
    return found


def _blocks(document: Document, rules: RuleSet) -> Iterator[tuple[Span, bool]]:
    """The text behind the cue, up to the end of its zone; the whole zone where a scan lost the cue."""
    cue = rules.fields[FIELD].patterns["cue"].regex
    for zone in document.zone("addressees"):
        match = cue.search(document.text, zone.start, zone.end)
        if match is not None:
            yield Span(match.end(), min(zone.end, match.end() + _LONGEST)), True
            return
        if scanned(document, zone.start):
            yield Span(zone.start, min(zone.end, zone.start + _LONGEST)), False
            return


def _entries(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """The ranges of the entries, without bullets and closing signs."""
    borders = [(span.start, span.start)]
    borders += [(m.start(), m.end()) for m in _BULLET.finditer(text, span.start, span.end)]
    borders.append((span.end, span.end))
    for (_, start), (end, _) in itertools.pairwise(borders):
        while start < end and not (text[start].isalnum() or text[start] in '“"('):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ";.,:/*_-–"):
            end -= 1
        if end - start > 2:
            yield start, end
