"""What the web page around a document says about it: a heading and rows such as "Số hiệu 122/KH-UBND".

The document's own words win. A portal that says something else is reported; what the document itself lacks is taken
from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.document import Document, Span
from extractor.recognise.base import Finding, Found, Leaf, Problem
from extractor.recognise.citation_grammar import grammar_of
from extractor.recognise.textlines import TextLine, lines_in
from extractor.ruleset import RuleSet
from extractor.text import dates

_ROWS = {
    "number": r"(?:Số\s+(?:ký\s+)?hiệu|Số/\s?Ký\s+hiệu|Số\s+văn\s+bản)",
    "date": r"Ngày\s+(?:ban\s+hành|ký|ra\s+văn\s+bản)",
    "type": r"(?:Loại|Hình\s+thức|Thể\s+loại)\s+văn\s+bản",
    "agency": r"(?:Cơ\s+quan|Nơi|Đơn\s+vị)\s+ban\s+hành",
    "subject": r"(?:Trích\s+yếu(?:\s+nội\s+dung)?|Tên\s+văn\s+bản)",
    "signer": r"Người\s+ký(?:\s+(?:duyệt|văn\s+bản))?",
}
_OTHERS = r"Ngày\s+(?:có\s+|hết\s+)?hiệu\s+lực|Ngày\s+công\s+báo|Số\s+công\s+báo|Lĩnh\s+vực|Tình\s+trạng"
_ANY = regex.compile("|".join(f"(?P<{name}>{label})" for name, label in _ROWS.items()) + f"|{_OTHERS}")
_LABEL = regex.compile(rf"(?:^\W*|(?<=[\s|]))(?:{_ANY.pattern})(?=\s*[:|]|\s+\S|\s*$)", regex.IGNORECASE)
_BEHIND = regex.compile(
    r"\s*(?:năm\s+)?(?:\d{4})?\s*(?P<subject>\p{L}[^\n]{15,}?)(?:\s+do\s+[^\n]{4,80}\s+ban\s+hành)?\s*$", regex.M
)
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
        for name, value, start in _entries(line):
            if not value and index + 1 < len(lines) and not _LABEL.match(lines[index + 1].text):
                value, start = lines[index + 1].text.strip(), lines[index + 1].start
            if value and name not in found:
                found[name] = Entry(value, Span(start, start + len(value)))
    return found if sum(name in found for name in _KEPT) >= 2 else {}


def _entries(line: TextLine) -> Iterator[tuple[str, str, int]]:
    """Label, value and the value's offset; a line of a page's table may hold two pairs."""
    labels = list(_LABEL.finditer(line.text))
    if not labels or labels[0].start() > 3:
        return
    for label, after in zip(labels, [*labels[1:], None], strict=True):
        raw = line.text[label.end() : after.start() if after else len(line.text)]
        value = raw.strip(" :|\t")
        if label.lastgroup:
            yield label.lastgroup, value, line.start + label.end() + (raw.index(value) if value else 0)


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """Conflicts with the portal; number and date from it where the document has none."""
    entries = portal_fields(document, rules)
    found = Found()
    _numbers(document, rules, known, entries, found)
    _date(known, entries, found)
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
            elif (
                own is not None and _about_this(document, entries, match.span) and _differs(str(own.value), other.text)
            ):
                message = NUMBER.format(other=other.text, own=own.value)
                spans = (match.span, *own.leaves[""].spans)
                found.problems.append(
                    Problem("number-conflict", "warning", message, ("/number", "/identifier"), spans=spans)
                )


def _about_this(document: Document, entries: dict[str, Entry], span: Span) -> bool:
    """Whether an identifier is the portal's for this document: its row, or the first of a heading line."""
    if "number" in entries and entries["number"].span.overlaps(span):
        return True
    heading = _heading(document, span)
    return heading is not None and span.start - heading.start < 40


def _heading(document: Document, span: Span) -> TextLine | None:
    """The line of a span when it is one of the page's first and no item of a list of related documents."""
    lines = lines_in(document, "portal")[:6]
    line = next((item for item in lines if item.start <= span.start < item.end), None)
    return None if line is None or regex.match(r"\W*(?:[-–+•*]|\d)", line.text) else line


def heading_subject(document: Document, rules: RuleSet, identifier: str) -> Span | None:
    """What a heading of the page says behind the document's own identifier: "… 124/KH-UBND năm 2021 về …"."""
    for zone in document.zone("portal"):
        for match in grammar_of(rules).scan(document.text, zone.start, zone.end):
            line = _heading(document, match.span)
            if line is None or match.identifier.text != identifier:
                continue
            rest = _BEHIND.match(document.text, match.span.end, line.end)
            if rest is not None:
                return Span(rest.start("subject"), rest.end("subject"))
    return None


def _differs(own: str, other: str) -> bool:
    """Whether two identifiers differ in the number only: one of another series is about another document."""
    return own != other and own[:1].isdigit() and regex.sub(r"^\d*", "", own) == regex.sub(r"^\d*", "", other)


def _take(
    span: Span,
    symbol_span: Span,
    number_span: Span,
    text: str,
    symbol: str,
    number: str | None,
    found: Found,
    known: Found,
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
