"""Number, symbol and identifier from the number line of the header ("Số: 122/KH-UBND").

The symbol is repaired by grammar and by the agency's own initials; the serial is never repaired. A blank number is
told as blank, ink that cannot be read as unreadable.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from extractor.document import Document, Region, Span
from extractor.layout.typewords import type_word
from extractor.recognise.agencies import header_initials
from extractor.recognise.base import Finding, Found, Leaf, Problem
from extractor.recognise.citation_grammar import grammar_of
from extractor.recognise.ink import has_ink
from extractor.recognise.slots import Slot, find_slots
from extractor.recognise.textlines import TextLine, lines_in
from extractor.recognise.trust import looks_printed
from extractor.ruleset import Pattern, RuleSet
from extractor.text.identifiers import SYMBOL_REPAIRED, Grammar, tidy
from extractor.text.normalise import strip_marks
from extractor.text.numerals import digits
from extractor.text.symbols import key, legislature

# Where the symbol begins: behind the slash; else behind a dash (Party) or at the first capitals (slash lost).
_SYMBOL_STARTS = (
    regex.compile(r"(?P<dash>)[/⁄∕]\s*(?=\p{Lu}[\p{L}\d&]*\s?[-–./]?)(?=.*[-–]|\p{Lu}{2})"),
    regex.compile(r"(?P<dash>[-–—])\s*(?=\p{Lu})|(?=\p{Lu}[\p{L}\d&]{0,6}\s?[-–/]\s?\p{L})"),
)
_SMALL = regex.compile(r"(?P<dash>)[/⁄∕]\s*(?P<part>\p{Ll}\p{L}{0,3})\s?-\s?(?=\p{Lu}{2})")
_FIRST = regex.compile(r"(?P<first>\w+)(?P<joint>[-/])(?P<rest>.+)")
_PARTED = regex.compile(r"[^\p{L}/⁄∕]*(?:[-–—]\s*|\d\s+)(?P<part>\p{Lu}\p{L}{1,6})\s*[/⁄∕]")
_YEAR = regex.compile(r"^(?P<number>.*?)\s*[/⁄∕]\s*(?P<year>(?:19|20)\d\d)\s*$")
_BLANK = regex.compile(r"[\s._…\-–—:;,'`/]*")
_DATE = regex.compile(r"\s{2,}|,?\s*ngày\b|\s+\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)*,\s*ng", regex.IGNORECASE)
_SERIAL = regex.compile(r"\d{1,6}[a-zđ]?")

BLANK = "Số văn bản để trống trên bản gốc. Hãy điền khi văn bản đã được cấp số."
BY_TITLE = "Tên loại trong ký hiệu bị OCR đọc sai, sửa theo tên loại của văn bản: {raw} → {value}."
UNREADABLE = (
    "Số văn bản có trên trang nhưng máy không đọc chắc được (viết tay, đóng dấu hoặc mờ). Hãy xem ô ảnh và nhập số."
)


@dataclass(frozen=True, slots=True)
class NumberLine:
    """The parts of a number line with their spans in the document; `number` is what stands in the number's place."""

    number: Span
    number_text: str
    year: str | None
    symbol: str | None
    symbol_span: Span | None
    joint: str
    whole: Span
    pattern: Pattern
    reasons: tuple[str, ...] = ()


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """Number, symbol and identifier, or the reason why the number is missing."""
    line = number_line(document, rules)
    found = Found()
    if line is None:
        return found
    if line.symbol is not None and line.symbol_span is not None:
        leaf = Leaf(
            line.symbol, (line.symbol_span,), f"symbol.{line.pattern.id}", line.pattern.confidence, line.reasons
        )
        found.findings.append(Finding.scalar("symbol", leaf))
    number, problem = _serial(document, rules, line)
    if number is not None:
        found.findings.append(Finding.scalar("number", number))
    if problem is not None:
        found.problems.append(problem)
    if line.symbol is not None and (number is not None or problem is None or problem.code == "number-blank"):
        found.findings.append(Finding.scalar("identifier", _identifier(line, number)))
    return found


def _identifier(line: NumberLine, number: Leaf | None) -> Leaf:
    year = f"/{line.year}" if line.year else ""
    value = f"{number.value if number else ''}{year}{line.joint}{line.symbol}"
    reasons = (*(number.reasons if number else ()), *line.reasons)
    confidence = min(line.pattern.confidence, number.confidence if number else 1.0)
    return Leaf(value, (line.whole,), f"identifier.{line.pattern.id}", confidence, reasons)


def _serial(document: Document, rules: RuleSet, line: NumberLine) -> tuple[Leaf | None, Problem | None]:
    """The number's leaf, or what is the matter with it."""
    slot = find_slots(document, rules).number
    text = line.number_text
    if _BLANK.fullmatch(text):
        return None, _absent(document, line, slot)
    if _SERIAL.fullmatch(text) and (slot is None or looks_printed(document, slot)):
        return Leaf(text, (line.number,), f"number.{line.pattern.id}", line.pattern.confidence), None
    repaired = digits(text) if document.lines == () else None
    if repaired is not None:
        reason = f"Chữ số bị đọc thành ký tự gần giống đã được sửa: {text} → {repaired[0]}."
        return Leaf(repaired[0], (line.number,), f"number.{line.pattern.id}", 0.7, (reason,)), None
    return None, _unreadable(line, slot)


def _absent(document: Document, line: NumberLine, slot: Slot | None) -> Problem:
    ink = has_ink(document, slot.page, slot.bbox, slot.line_height) if slot is not None else False
    if ink is not False and _read_by_ocr(document, line):
        return _unreadable(line, slot)
    regions = (Region(slot.page, slot.bbox),) if slot is not None else document.regions(line.whole)
    spans = () if regions else (line.whole,)
    return Problem("number-blank", "warning", BLANK, ("/number",), spans=spans, regions=regions)


def _read_by_ocr(document: Document, line: NumberLine) -> bool:
    number = document.page_at(line.whole.start)
    return any(page.number == number and page.text_source == "ocr" for page in document.pages)


def _unreadable(line: NumberLine, slot: Slot | None) -> Problem:
    regions = (Region(slot.page, slot.bbox),) if slot is not None else ()
    spans = () if slot is not None else (line.whole,)
    pointers = ("/number", "/identifier")
    return Problem("number-unreadable", "warning", UNREADABLE, pointers, spans=spans, regions=regions)


def number_line(document: Document, rules: RuleSet) -> NumberLine | None:
    """The header's number line, parsed; a label without a symbol counts only when no line has both."""
    patterns = rules.fields["identifier"].patterns.values()
    grammar = grammar_of(rules)
    extra = [part for part in header_initials(document, rules) if key(part) not in grammar.parts.by_key]
    grammar = Grammar(grammar.parts.extended(extra)) if extra else grammar
    lines = lines_in(document, "header")
    parsed = [item for pattern in patterns for line in lines if (item := _parse(line, pattern, grammar)) is not None]
    with_symbol = [item for item in parsed if item.symbol is not None]
    best = next(iter(with_symbol or parsed), None)
    return best if best is None else _by_title(best, document, rules, grammar)


def _by_title(line: NumberLine, document: Document, rules: RuleSet, grammar: Grammar) -> NumberLine:
    """The symbol's type as the title says it, where one letter of it was misread ("TIr-NN" under "TỜ TRÌNH")."""
    word = next((w for item in lines_in(document, "title")[:2] if (w := type_word(item.text, rules)) is not None), None)
    parts = _FIRST.fullmatch(line.symbol or "")
    if word is None or parts is None or grammar.parts.knows(parts["first"]):
        return line
    first, joint, rest = parts["first"], parts["joint"], parts["rest"]
    code = next((s for s in rules.document_types[word[0]].symbols if _one_letter(first, s)), None)
    if code is None:
        return line
    value = f"{code}{joint}{rest}"
    reason = BY_TITLE.format(raw=line.symbol, value=value)
    return replace(line, symbol=value, reasons=(*line.reasons, reason))


def _one_letter(read: str, wanted: str) -> bool:
    """Whether a part has as many letters and differs in one of them, case apart."""
    if len(read) != len(wanted):
        return False
    return sum(strip_marks(a).lower() != strip_marks(b).lower() for a, b in zip(read, wanted, strict=True)) <= 1


def _parse(line: TextLine, pattern: Pattern, grammar: Grammar) -> NumberLine | None:
    match = pattern.regex.search(line.text)
    if match is None:
        return None
    start, end = match.span("rest")
    cut = _DATE.search(line.text, start + 3)
    end = (
        cut.start() if cut is not None and any(s.search(line.text, start, cut.start()) for s in _SYMBOL_STARTS) else end
    )
    if _SMALL.search(line.text, start, end):
        return _small_letters(line, pattern, start, end, grammar)
    starts = _SYMBOL_STARTS[::-1] if _type_before_slash(line.text, start, end, grammar) else _SYMBOL_STARTS
    for opening in (o for s in starts for o in s.finditer(line.text, start, end)):
        symbol = grammar.symbol_at(line.text, opening.end(), end)
        if symbol is not None and _whole(line.text, symbol.span.end, end):
            return _number_line(line, pattern, start, opening, symbol.symbol, symbol.span)
    number = line.text[start:end].strip()
    if not _SERIAL.fullmatch(number):
        return None
    at = line.start + line.text.index(number, start)
    span = Span(at, at + len(number))
    return NumberLine(span, number, None, None, None, "/", span, pattern)


def _type_before_slash(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether the slash stands inside the symbol: "57-NQ/TW", "26 UB/QĐ"."""
    match = _PARTED.match(text, start, end)
    return match is not None and grammar.parts.knows(grammar.parts.repair(match["part"]))


def _small_letters(line: TextLine, pattern: Pattern, start: int, end: int, grammar: Grammar) -> NumberLine | None:
    """A type read in small letters before its agency: "/qp-UBND"."""
    opening = _SMALL.search(line.text, start, end)
    agency = None if opening is None else grammar.symbol_at(line.text, opening.end(), end)
    if opening is None or agency is None or not _whole(line.text, agency.span.end, end):
        return None
    place = Span(opening.start("part"), agency.span.end)
    return _number_line(line, pattern, start, opening, f"{opening['part']}-{agency.symbol}", place)


def _whole(text: str, at: int, end: int) -> bool:
    """Whether little is left of the line behind the symbol."""
    return len(regex.sub(r"\W", "", text[at:end])) <= 3


def _number_line(
    line: TextLine, pattern: Pattern, start: int, opening: regex.Match[str], symbol: str, place: Span
) -> NumberLine:
    before = line.text[start : opening.start()]
    year = _YEAR.match(before)
    number = (year["number"] if year else before).strip(" :;,.'`’\"")
    if not number and before.strip():
        number = before.strip()
    at = start + (line.text[start:].find(number) if number else len(before) - len(before.lstrip()))
    span = Span(line.start + at, line.start + at + len(number))
    raw = line.text[place.start : place.end]
    party = bool(opening["dash"]) or (not opening[0].strip() and "/" in symbol)
    reasons = []
    if tidy(raw) != symbol:
        reasons.append(SYMBOL_REPAIRED.format(raw=" ".join(raw.split()), value=symbol))
    joint = "-" if party and legislature(symbol) is None else "/"
    whole = Span(min(span.start, line.start + opening.start()), line.start + place.end)
    symbol_span = Span(line.start + place.start, line.start + place.end)
    return NumberLine(
        span, number, year["year"] if year else None, symbol, symbol_span, joint, whole, pattern, tuple(reasons)
    )
