"""Place and date of issue from the header's italic line ("Đồng Tháp, ngày 14 tháng 4 năm 2021").

Blank days and months give a date of reduced precision (EDTF) and the issue `date-incomplete`; handwriting that cannot
be trusted gives no date and its box.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex
from rapidfuzz.distance import Levenshtein

from extractor import places
from extractor.document import Document, Region, Span
from extractor.recognise.base import Finding, Found, Leaf, Problem
from extractor.recognise.ink import has_ink
from extractor.recognise.slots import Slot, Slots, find_slots
from extractor.recognise.textlines import TextLine, lines_in
from extractor.recognise.trust import looks_printed
from extractor.ruleset import Pattern, RuleSet
from extractor.text import dates, numerals

INCOMPLETE = "Ngày ban hành ghi thiếu {what} trên bản gốc: chỉ biết {value}. Hãy điền khi văn bản được ban hành."
UNREADABLE = (
    "Ngày ban hành có trên trang nhưng máy không đọc chắc được (viết tay, đóng dấu hoặc mờ). "
    "Hãy xem ô ảnh và nhập ngày."
)
PLACE_REPAIRED = "Địa danh bị OCR đọc sai dấu, sửa theo bảng địa danh: {raw} → {value}."
PLACE_PARTED = "Có vệt mực giữa địa danh: đọc được “{raw}”, hiểu là “{value}” theo bảng địa danh."
_PARTED = regex.compile(r"(?:^|\s)(?P<first>\p{Lu}\p{Ll}+)\s+\p{Ll}{1,3}\s+$")
_SPECKS = " .,:;…_-–—~'`"
_NO_YEAR = regex.compile(r"ng[àa]y\b.*th[áa]ng\b.*\sn[ăa]m\s*$")
_YEAR_BELOW = regex.compile(r"\s{1,2}(?:19|20)\d\d(?!\d)")
_LEADING = regex.compile(r"^(?:(?:Số|SỐ).*[-/]\p{Lu}[\p{Lu}\d&Đ]*\s+|Phúc\s+|phúc\s+)")


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date line's parts with their spans in the document."""

    place: str
    place_span: Span
    date: Span
    pattern: Pattern


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """Place and date of issue, or why the date is missing."""
    line = date_line(document, rules)
    found = Found()
    if line is None:
        return found
    if line.place:
        found.findings.append(Finding.scalar("issued_at", _place(line, _head_of(document))))
    slots = find_slots(document, rules)
    doubt = _doubtful(document, slots)
    if doubt:
        regions = tuple(Region(slot.page, slot.bbox) for slot in doubt)
        found.problems.append(Problem("issued-on-unreadable", "warning", UNREADABLE, ("/issued_on",), regions=regions))
        return found
    value, reasons = _value(document, line, slots)
    if value is None:
        problem = Problem("issued-on-unreadable", "warning", UNREADABLE, ("/issued_on",), spans=(line.date,))
        found.problems.append(problem)
        return found
    leaf = Leaf(value, (line.date,), f"issued_on.{line.pattern.id}", line.pattern.confidence, reasons)
    found.findings.append(Finding.scalar("issued_on", leaf))
    if len(value) < 10:
        what = "ngày" if len(value) == 7 else "ngày và tháng"
        message = INCOMPLETE.format(what=what, value=value)
        found.problems.append(Problem("date-incomplete", "warning", message, ("/issued_on",), spans=(line.date,)))
    return found


def _value(document: Document, line: DateLine, slots: Slots) -> tuple[str | None, tuple[str, ...]]:
    """The date as EDTF and what was repaired: from the slots of a page, else from the text."""
    parts = [slots.year, slots.month, slots.day]
    read = [None if slot is None else numerals.digits(slot.text.strip(_SPECKS)) for slot in parts]
    if all(parts) and read[0] is not None:
        year, month, day = (None if item is None else int(item[0]) for item in read)
        assert year is not None
        value = dates.edtf(year, month, day if month is not None else None)
        repaired = any(item is not None and item[1] for item in read)
        return value, (dates.REPAIRED,) if repaired else ()
    match = next(dates.scan(document.text, line.date.start, line.date.end, year_only=True), None)
    return (None, ()) if match is None else (match.value, match.reasons)


def _doubtful(document: Document, slots: Slots) -> list[Slot]:
    """The slots whose ink is not surely print; an empty one is in doubt when there is (or may be) ink."""
    found = []
    for slot in (slots.day, slots.month, slots.year):
        if slot is None:
            continue
        if slot.text.strip(_SPECKS):
            sure = looks_printed(document, slot)
        else:
            sure = has_ink(document, slot.page, slot.bbox, slot.line_height) is False or _embedded(document, slot)
        if not sure:
            found.append(slot)
    return found


def _embedded(document: Document, slot: Slot) -> bool:
    return any(page.number == slot.page and page.text_source == "embedded" for page in document.pages)


def date_line(document: Document, rules: RuleSet) -> DateLine | None:
    """The header's place and date; without one there the line above the signature."""
    patterns = rules.fields["issued_on"].patterns.values()
    for lines in (lines_in(document, "header"), lines_in(document, "signature", "recipients")):
        for pattern in patterns:
            for line in lines:
                found = _parse(document, line, pattern)
                if found is not None:
                    return found
    return None


def _parse(document: Document, line: TextLine, pattern: Pattern) -> DateLine | None:
    """The parts of one line; a date wrapped after "tháng" goes on in the next line."""
    lead = _LEADING.match(line.text)
    start = line.start + (lead.end() if lead else 0)
    end = line.end
    text = document.text[start:end].replace("\n", " ")
    below = _YEAR_BELOW.match(document.text, line.end) if _NO_YEAR.search(text) else None
    if below is not None:
        text = document.text[start : below.end()].replace("\n", " ")
    if len(text) > 110:
        return None
    match = pattern.regex.search(text)
    if match is None:
        wrapped = regex.compile(r"\n[^\n]{0,24}").match(document.text, line.end)
        text = document.text[start : wrapped.end()] if wrapped and regex.search(r"ng[àa]y", text) else text
        match = pattern.regex.search(text)
    if match is None:
        return None
    place = _place_span(text, match).shifted(start)
    named = text[place.start - start : place.end - start].strip()
    return DateLine(named, place, Span(match.start("date"), match.end("date")).shifted(start), pattern)


def _place_span(text: str, match: regex.Match[str]) -> Span:
    """Where the place stands: a speck of ink read as a small word may part it ("Vị na Thanh")."""
    parted = _PARTED.search(text[: match.start("place")])
    if parted and places.lookup(f"{parted['first']} {match['place'].strip()}"):
        return Span(parted.start("first"), match.end("place"))
    return Span(match.start("place"), match.end("place"))


def _head_of(document: Document) -> str:
    """The header's lines without marks: where the agency's own place stands."""
    return " ".join(places.bare_key(line.text) for line in lines_in(document, "header"))


def _place(line: DateLine, head: str) -> Leaf:
    """The place as printed; a name that no gazetteer knows but for its marks gets them back.

    One letter may be wrong as well where the agency above bears the right name, or where a province alone fits.
    """
    value = " ".join(line.place.split()).rstrip(" ,.")
    if value.isupper():
        value = value.title()
    rule = f"issued_at.{line.pattern.id}"
    span = Span(line.place_span.start, line.place_span.start + len(line.place))
    if places.lookup(value):
        return Leaf(value, (span,), rule, line.pattern.confidence)
    whole = " ".join(word for word in value.split() if not word.islower())
    if whole != value and places.lookup(whole):
        return Leaf(whole, (span,), rule, 0.85, (PLACE_PARTED.format(raw=value, value=whole),))
    near = places.closest(value, cutoff=92, limit=1)
    if near and places.bare_key(near[0][0].name) == places.bare_key(places.split_kind(value)[1]):
        kind = value[: len(value) - len(places.split_kind(value)[1])]
        repaired = f"{kind}{near[0][0].name}"
        return Leaf(repaired, (span,), rule, 0.9, (PLACE_REPAIRED.format(raw=value, value=repaired),))
    likely = _one_letter_off(value, head)
    if likely is not None:
        return Leaf(likely, (span,), rule, 0.88, (PLACE_REPAIRED.format(raw=value, value=likely),))
    return Leaf(value, (span,), rule, 0.8)


def _one_letter_off(value: str, head: str) -> str | None:
    """The one unit whose name differs in a letter: named in the header (its own line apart), else a province."""
    kinds, rest = places.split_kind(value)
    bare = places.bare_key(rest)
    if kinds or len(bare) < 5:
        return None
    resembling = (place for place, _ in places.closest(value, cutoff=70, limit=40))
    near = [place for place in resembling if Levenshtein.distance(places.bare_key(place.name), bare) == 1]
    own = [place.name for place in near if places.bare_key(place.name) in head]
    found = own or [place.name for place in near if place.level == 1]
    return found[0] if len(set(found)) == 1 and len(found[0].split()) == len(rest.split()) else None
