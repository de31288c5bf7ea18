"""What the web page around a document says about it: a heading and rows such as "Số hiệu 122/KH-UBND".

The document's own words win. A portal that says something else is reported; what the document itself lacks is taken from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractor.document import Document, Span
from extractor.recognise.base import Finding, Found, Leaf, Problem
from extractor.recognise.citation_grammar import grammar_of
from extractor.recognise.textlines import lines_in
from extractor.ruleset import RuleSet
from extractor.text import dates

_ROWS = {
    "number": r"(?:Số\s+(?:ký\s+)?hiệu|Số/\s?Ký\s+hiệu|Số\s+văn\s+bản|Ký\s+hiệu)",
    "date": r"Ngày\s+(?:ban\s+hành|ký|ra\s+văn\s+bản)",
    "type": r"(?:Loại|Hình\s+thức|Thể\s+loại)\s+văn\s+bản",
    "agency": r"(?:Cơ\s+quan|Nơi|Đơn\s+vị)\s+ban\s+hành",
    "subject": r"(?:Trích\s+yếu(?:\s+nội\s+dung)?|Tên\s+văn\s+bản|Về\s+việc)",
    "signer": r"Người\s+ký(?:\s+(?:duyệt|văn\s+bản))?",
}
_ROW = {name: regex.compile(rf"^\W*{label}\s*[:|\t]?\s*(?P<value>.*)$", regex.IGNORECASE) for name, label in _ROWS.items()}
_KEPT = ("number", "date", "type", "agency", "signer")

NUMBER = "Cổng đăng tải ghi {other}, văn bản ghi {own}: lấy theo văn bản. Hãy đối chiếu."
DATE = "Cổng đăng tải ghi ngày {other}, văn bản ghi {own}: lấy theo văn bản. Hãy đối chiếu."


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of the portal and its place."""

    text: str
    span: Span


def portal_fields(document: Document, rules: RuleSet) -> dict[str, Entry]:
    """The rows of the portal; empty unless two or more stand there (a lone one is prose)."""
    lines = lines_in(document, "portal")
    found: dict[str, Entry] = {}
    for index, line in enumerate(lines):
        for name, pattern in _ROW.items():
            match = pattern.match(line.text)
            if match is None or name in found:
                continue
            value, start = match["value"].strip(), line.start + match.start("value")
            if not value and index + 1 < len(lines):
                value, start = lines[index + 1].text.strip(), lines[index + 1].start
            if value:
                found[name] = Entry(value, Span(start, start + len(value)))
            break
    return found if sum(name in found for name in _KEPT) >= 2 else {}


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """Conflicts with the portal; number, date and agency from it where the document has none."""
    entries = portal_fields(document, rules)
    found = Found()
    _numbers(document, rules, known, entries, found)
    _date(known, entries, found)
    if "agency" in entries and known.best("agency") is None:
        entry = entries["agency"]
        leaf = Leaf(entry.text, (entry.span,), "agency.portal", 0.7, ("Lấy theo thông tin của cổng đăng tải.",))
        empty = Leaf(None, (), "agency.portal")
        found.findings.append(Finding("agency", {"name": leaf, "parent": empty, "place": empty}))
    return found


def _numbers(document: Document, rules: RuleSet, known: Found, entries: dict[str, Entry], found: Found) -> None:
    own = known.best("identifier")
    grammar = grammar_of(rules)
    zones = document.zone("portal")
    for zone in zones:
        for match in grammar.scan(document.text, zone.start, zone.end):
            if not match.strong:
                continue
            other = match.identifier
            if own is None and "number" in entries and entries["number"].span.overlaps(match.span):
                _take(match.span, match.symbol, match.number, other.text, other.symbol, other.number, found, known)
                own = found.best("identifier")
            elif own is not None and _same_series(str(own.value), other.text) and own.value != other.text:
                message = NUMBER.format(other=other.text, own=own.value)
                spans = (match.span, *own.leaves[""].spans)
                found.problems.append(
                    Problem("number-conflict", "warning", message, ("/number", "/identifier"), spans=spans)
                )


def _same_series(own: str, other: str) -> bool:
    """Whether two identifiers differ in the number only: one about another document is no conflict."""
    return regex.sub(r"^\d*", "", own) == regex.sub(r"^\d*", "", other) and own[:1].isdigit()


def _take(
    span: Span, symbol_span: Span, number_span: Span, text: str, symbol: str, number: str | None, found: Found, known: Found
) -> None:
    reason = ("Lấy theo thông tin của cổng đăng tải.",)
    values = (("identifier", text, span), ("symbol", symbol, symbol_span), ("number", number, number_span))
    for name, value, place in values:
        if value is not None and known.best(name) is None:
            found.findings.append(Finding.scalar(name, Leaf(value, (place,), f"{name}.portal", 0.8, reason), 0.7))


def _date(known: Found, entries: dict[str, Entry], found: Found) -> None:
    entry = entries.get("date")
    value = None if entry is None else dates.parse(entry.text)
    if entry is None or value is None:
        return
    own = known.best("issued_on")
    if own is None:
        reason = ("Lấy theo thông tin của cổng đăng tải.",)
        leaf = Leaf(value, (entry.span,), "issued_on.portal", 0.8, reason)
        found.findings.append(Finding.scalar("issued_on", leaf, 0.7))
    elif not dates.agree(str(own.value), value):
        message = DATE.format(other=value, own=own.value)
        spans = (entry.span, *own.leaves[""].spans)
        found.problems.append(Problem("date-conflict", "warning", message, ("/issued_on",), spans=spans))
