"""Citations that contradict: type word and symbol disagree, or an appendix names its own document wrongly."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.document import Document, Span
from extractor.recognise.base import Found, Problem
from extractor.text.dates import agree, match_at

_CITED = regex.compile(
    r"(?<![\p{L}])(?P<word>Quyết\s+định|Kế\s+hoạch|Báo\s+cáo|Tờ\s+trình|Thông\s+báo|Hướng\s+dẫn|Biên\s+bản|Nghị\s+định)"
    r"\s+số\s*:?\s*(?P<number>\d{1,5})\s*/\s*(?:\d{4}/)?(?P<code>\p{L}{2,4})\s*-\s*\p{Lu}"
)
_CODES = {
    "quyết định": "QĐ", "kế hoạch": "KH", "báo cáo": "BC", "tờ trình": "TTR", "thông báo": "TB", "hướng dẫn": "HD",
    "biên bản": "BB", "nghị định": "NĐ",
}  # fmt: skip
_ATTACHED = regex.compile(
    r"(?mi)^\s*\(\s*(?:ban\s+hành\s+)?kèm\s+theo\s+\p{L}+\s+\p{L}+\s+số\s*:?\s*(?P<number>\d{1,5})\s*/\s*(?P<symbol>[\p{L}-]+)\s*"
    r"(?:,\s*)?(?P<date>ngày\s)"
)
_SURE = 0.9


def citations(document: Document, found: Found) -> list[Problem]:
    """The problems of both kinds. Words that OCR was not sure of say nothing."""
    return [*_types(document), *_attachments(document, found)]


def _types(document: Document) -> Iterator[Problem]:
    for match in _CITED.finditer(document.text):
        word, code = " ".join(match["word"].lower().split()), match["code"].upper()
        span = Span(match.start(), match.end())
        if code == _CODES[word] or code not in _CODES.values() or document.confidence(span) < _SURE:
            continue
        cited = " ".join(match[0].split())
        message = f"Văn bản viện dẫn “{cited}…” có tên loại và ký hiệu không khớp. Hãy đối chiếu với văn bản gốc."
        yield Problem("type-conflict", "warning", message, spans=(span,))


def _attachments(document: Document, found: Found) -> Iterator[Problem]:
    """The words “(Kèm theo Quyết định số …)” over an appendix: symbol of the document, other number or other date."""
    number, symbol, issued = (found.best(name) for name in ("number", "symbol", "issued_on"))
    if number is None or symbol is None or issued is None or not number.value or not issued.value:
        return
    for match in _ATTACHED.finditer(document.text):
        span = Span(match.start("number"), match.end("symbol"))
        date = match_at(document.text, match.start("date"))
        if (
            match["symbol"].casefold() != str(symbol.value).casefold()
            or date is None
            or document.confidence(span) < _SURE
        ):
            continue
        same_number = match["number"].lstrip("0") == str(number.value).lstrip("0")
        same_date = agree(str(issued.value), date.value)
        if same_date and not same_number:
            message = f"Phụ lục ghi kèm theo văn bản số {match['number']} nhưng văn bản mang số {number.value}."
            spans = (*number.leaves[""].spans, span)
            yield Problem("number-conflict", "warning", f"{message} Hãy kiểm tra số.", ("/number",), spans=spans)
        elif same_number and not same_date:
            spans = (*issued.leaves[""].spans, date.span)
            message = "Ngày ghi ở phụ lục khác ngày của văn bản. Hãy kiểm tra ngày ban hành."
            yield Problem("date-conflict", "warning", message, ("/issued_on",), spans=spans)
