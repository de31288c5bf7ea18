"""Độ khẩn and độ mật: only as stamped, a line of its own in or above the header, never a word of running text.

Nghị định 30/2020/NĐ-CP, Phụ lục I, phần III; the stamp stands under the number or the agency, in capitals, in a frame.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex
from rapidfuzz import fuzz, process

from extractor.document import Document, Line, Region, Span
from extractor.recognise.base import Finding, Found, Leaf
from extractor.recognise.segments import scanned
from extractor.recognise.stamped import RedText, red_texts
from extractor.ruleset import FieldRules, RuleSet
from extractor.text.normalise import fold

_FIELDS = ("urgency", "secrecy")
RED = "Dấu mực đỏ: đọc riêng từ ảnh được “{text}”."
_EDGES = regex.compile(r"^[^\p{L}]+|[^\p{L}]+$")  # the stamp's frame
_ZONES = ("stamp", "header", "portal", "title")


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The urgency and the secrecy that are stamped on the first page."""
    found = Found()
    for field in _FIELDS:
        for span in _lines(document):
            leaf = _stamp(document, span, rules.fields[field])
            if leaf is not None:
                found.findings.append(Finding.scalar(field, leaf))
                break
    missing = [field for field in _FIELDS if found.best(field) is None]
    for text in red_texts(document) if missing else ():
        for field in missing:
            leaf = _red(text, rules.fields[field])
            if leaf is not None and found.best(field) is None:
                found.findings.append(Finding.scalar(field, leaf))
    return found


def _red(stamp: RedText, rules: FieldRules) -> Leaf | None:
    """The value of a stamp in red ink, read from the picture."""
    text = _EDGES.sub("", stamp.text)
    values = list(rules.vocabulary["values"])
    best = process.extractOne(fold(text), [fold(value) for value in values], scorer=fuzz.ratio, score_cutoff=80)
    if best is None or not text.isupper() or abs(len(text) - len(best[0])) > 2:
        return None
    value = values[best[2]]
    reason = RED.format(text=text)
    regions = (Region(1, stamp.bbox),)
    return Leaf(value, (), f"{rules.field}.red", 0.9 if best[1] == 100 else 0.75, (reason,), stamp.text, regions)


def _lines(document: Document) -> Iterator[Span]:
    """Lines of the header (and what is stamped above it), and runs of words that stand alone on such a line."""
    head = [zone for zone in document.zones if zone.kind in _ZONES and document.page_at(zone.start) == 1]
    for zone in head:
        if document.lines:
            for line in document.lines_in(zone.span):
                yield from _runs(line)
        else:
            for match in regex.finditer(r"[^\n\f]+", document.text[zone.start : zone.end]):
                yield Span(zone.start + match.start(), zone.start + match.end())


def _runs(line: Line) -> Iterator[Span]:
    """The words of a line, parted at gaps wider than a word's height and a half."""
    start = 0
    for index in range(1, len(line.words) + 1):
        ends = index == len(line.words)
        if not ends:
            before, word = line.words[index - 1].word.bbox, line.words[index].word.bbox
            ends = word.x0 - before.x1 > 1.5 * before.height
        if ends:
            yield Span(line.words[start].start, line.words[index - 1].end)
            start = index


def _stamp(document: Document, span: Span, rules: FieldRules) -> Leaf | None:
    """The stamp's value when it is all that the line holds."""
    raw = document.text[span.start : span.end]
    text = _EDGES.sub("", raw)
    start = span.start + raw.find(text) if text else span.start
    place = Span(start, start + len(text))
    match = next((p.regex.fullmatch(text) for p in rules.patterns.values()), None)
    values: list[str] = list(rules.vocabulary["values"])
    if match is not None:
        nearest = process.extract(fold(text), [fold(value) for value in values], scorer=fuzz.ratio, limit=1)[0]
        return Leaf(values[nearest[2]], (place,), f"{rules.field}.stamp", 0.95)
    if not scanned(document, span.start) or not text.isupper():
        return None
    best = process.extractOne(
        fold(text), [fold(value) for value in values], scorer=fuzz.ratio, score_cutoff=88 if len(text) > 5 else 100
    )
    if best is None:
        return None
    reason = f"Dấu đọc được là “{text}”, hiểu là “{values[best[2]]}”."
    return Leaf(values[best[2]], (place,), f"{rules.field}.stamp", 0.8, (reason,))
