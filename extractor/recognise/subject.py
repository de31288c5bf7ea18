"""The subject (trích yếu): what the title says behind the type word; of a công văn the "V/v" lines under its number."""

from __future__ import annotations

import regex

from extractor.document import Document, Span
from extractor.layout.headcolumns import is_motto
from extractor.layout.typewords import type_word
from extractor.recognise.base import Finding, Found, Leaf
from extractor.recognise.portal import heading_subject, portal_fields
from extractor.recognise.segments import scanned
from extractor.recognise.subject_look import AGAIN, second_look
from extractor.recognise.textlines import TextLine, lines_in, lines_of
from extractor.ruleset import RuleSet

_OF_AGENCY = regex.compile(r"^\s*(?:CỦA|của|C[ỦU]A)\s")
_ABOUT = regex.compile(r"\W*(?:V[ỀÊ]\s|V\s*/\s*V|BAN\s+HÀNH|QUY\s+ĐỊNH)", regex.I)
_BRACKET = regex.compile(r"^\W*\([^)]*\)\W*$")
_MISREAD = regex.compile(r"^\W*(?:V\s*[/.,1lI]\s?v|Vv|V[íÍỉ]|Ww|V/V|Vw)(?!\p{L})[\s:.]*")
_OFFICE = regex.compile(
    r"(?i)\W*(?:ủy ban|uỷ ban|ubnd|hội đồng nhân|hđnd|bộ trưởng|chủ tịch|thủ tướng|giám đốc|trưởng|bộ|sở|cục)\s"
)
_PART = regex.compile(r"\W*(?:[IVX]+|\d{1,2})[.)]\s|(?i:phần|chương|điều|kính gửi)\s")
_BROKEN_SYMBOL = regex.compile(
    r"(?<=\d\s?[-/]|/\p{Lu}[\p{L}\d]*-)\s+(?=\p{Lu}[\p{L}\d]*[-/])"
)  # "66- QĐ/TW" over a line break
_ABOUT_MISREAD = regex.compile(r"(?!V[ềê] việc|VỀ VIỆC)[Vv]\p{L}{1,2}\s+vi[ệêẹeếềé]c(?!\p{L})")
_NUMBERED = regex.compile(r"\bsố\W*$")
_NOTHING = regex.compile(r"[\W_]*\d{0,3}[\W_]*")


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The subject as printed, in one line."""
    spans = _title_spans(document, rules)
    rule, confidence = "subject.title", 0.95
    if not spans:
        spans = [line.span for line in about_lines(document, rules)]
        rule = "subject.about"
    if not spans:
        spans = _untyped_spans(document)
        rule, confidence = "subject.untyped", 0.85
    if not spans:
        spans = _portal_spans(document, rules, known)
        rule, confidence = "subject.portal", 0.75
    if not spans:
        return Found()
    look = second_look(document, spans)
    value = _tidy(look.text) if look else _joined(document, spans)
    reasons = [AGAIN] if look else []
    if rule == "subject.about":
        value, misread = _about(value)
        reasons += misread
    if scanned(document, spans[0].start):
        value, misread = _opening(value)
        reasons += misread
    leaf = Leaf(value, _merged(document, spans), rule, confidence, tuple(reasons))
    return Found([Finding.scalar("subject", leaf)])


def _untyped_spans(document: Document) -> list[Span]:
    """The capitals right below the header of a text whose type word was lost, up to the issuing office."""
    header = document.zone("header")
    if not header or document.lines:
        return []
    spans: list[Span] = []
    for line in lines_of(document, Span(header[-1].end, len(document.text))):
        if not line.upper or len(spans) > 5 or _OFFICE.match(line.text) or _PART.match(line.text):
            break
        spans.append(line.span)
    return spans if sum(len(span) for span in spans) >= 20 else []


def _portal_spans(document: Document, rules: RuleSet, known: Found) -> list[Span]:
    """The subject as the page around the document gives it."""
    entry = portal_fields(document, rules).get("subject")
    if entry is not None:
        return [entry.span]
    identifier = known.value("identifier")
    span = heading_subject(document, rules, str(identifier)) if identifier else None
    return [span] if span is not None else []


def _about(value: str) -> tuple[str, list[str]]:
    """`V/v` as printed, when OCR made something else of it."""
    if value.startswith(("V/v", "Về việc", "V/V")):
        return value, []
    return _MISREAD.sub("V/v ", value), ["Chữ 'V/v' bị OCR đọc sai đã được sửa."]


def _opening(value: str) -> tuple[str, list[str]]:
    """`Về việc` at the start where OCR read other marks ("Vẻ việc", "và việc"); no space before a colon."""
    value = regex.sub(r"\s+(?=[:;,](?:\s|$))", "", value)
    match = _ABOUT_MISREAD.match(value)
    if match is None:
        return value, []
    better = f"Về việc{value[match.end() :]}"
    return better, [f"Đọc được “{match[0]}”, hiểu là “Về việc”."]


def _joined(document: Document, spans: list[Span]) -> str:
    text = " ".join(" ".join(document.text[span.start : span.end].split()) for span in spans)
    return _tidy(text)


def _tidy(text: str) -> str:
    text = regex.sub(r"^V[ềê](?=vi[ệe]c)", "Về ", " ".join(text.split()))
    text = _BROKEN_SYMBOL.sub("", text)
    return text.strip(" *_;,-–—|“”\"'") if text.count('"') % 2 else text.strip(" *_;,-–—|")


def _merged(document: Document, spans: list[Span]) -> tuple[Span, ...]:
    """One span where nothing but white space parts the lines."""
    whole = Span(spans[0].start, spans[-1].end)
    inside = document.text[whole.start : whole.end]
    covered = " ".join(document.text[span.start : span.end] for span in spans)
    return (whole,) if "".join(inside.split()) == "".join(covered.split()) else tuple(spans)


def _title_spans(document: Document, rules: RuleSet) -> list[Span]:
    """The lines behind the type word; "của Ủy ban nhân dân …" behind it and brackets are not the subject."""
    lines = lines_in(document, "title")
    if not lines:
        return []
    spans = []
    word = type_word(lines[0].text, rules)
    if word is not None:
        rest = lines[0].text[word[1] :]
        if not _NOTHING.fullmatch(rest) and not _OF_AGENCY.match(rest):
            lead = word[1] + len(rest) - len(rest.lstrip(" :.*-–"))
            spans.append(Span(lines[0].start + lead, lines[0].end))
        lines = _below_issuer(lines[1:], bool(_OF_AGENCY.match(rest)))
    for line in lines:
        if _NOTHING.fullmatch(line.text):
            continue
        if _BRACKET.match(line.text) and spans:
            break
        spans.append(line.span)
    return spans


def _below_issuer(lines: list[TextLine], opened: bool) -> list[TextLine]:
    """The lines behind "CỦA BỘ TRƯỞNG BỘ …", which may take two; all of them where the title does not say whose."""
    if not opened and not (lines and lines[0].upper and _OF_AGENCY.match(lines[0].text)):
        return lines
    rest = lines if opened else lines[1:]
    for index, line in enumerate(rest[:2]):
        if not line.upper or _ABOUT.match(line.text):
            return rest[index:]
    return rest if opened else lines


def about_lines(document: Document, rules: RuleSet) -> list[TextLine]:
    """The "V/v" line of the header and the lines it is wrapped to."""
    pattern = rules.fields["subject"].patterns["about"].regex
    lines = lines_in(document, "header")
    for index, line in enumerate(lines):
        if pattern.search(line.text):
            return [line, *_wrapped(document, lines[index + 1 :], line)]
    return []


def _wrapped(document: Document, lines: list[TextLine], first: TextLine) -> list[TextLine]:
    """Lines that go on below in the same column (on a page) or without a blank line (in a text)."""
    found: list[TextLine] = []
    last = first
    for line in lines:
        if first.bbox is None or line.bbox is None or last.bbox is None:
            goes_on = document.text.count("\n", last.end, line.start) <= (2 if line.text[:1].islower() else 1)
        else:
            below = -2 < line.bbox.middle - last.bbox.middle < 2.6 * max(8.0, min(last.bbox.height, 14.0))
            goes_on = below and line.page == first.page and line.bbox.overlap_x(first.bbox) > 0
        if (
            not goes_on
            or is_motto(line.text)
            or (line.upper and not first.upper and not _NUMBERED.search(last.text))
            or _NOTHING.fullmatch(line.text)
            or regex.match(r".{0,40},?\s*ngày\b", line.text)
        ):
            break
        found.append(line)
        last = line
    return found
