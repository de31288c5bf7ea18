"""Other documents bound into the same file: told with their pages, not read."""

from __future__ import annotations

from extractor.document import Document
from extractor.recognise.base import Found, Problem
from extractor.ruleset import RuleSet

SEVERAL = (
    "Tệp có nhiều văn bản; chỉ văn bản đầu được đọc. Văn bản khác ở trang {pages}. "
    "Hãy tách tệp nếu cần đọc các văn bản đó."
)
SEVERAL_TEXT = "Tệp có nhiều văn bản; chỉ văn bản đầu được đọc. Hãy tách tệp nếu cần đọc các văn bản sau."


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The issue `several-documents` where layout found another document behind the first."""
    others = document.zone("other")
    if not others:
        return Found()
    pages = sorted({line.page for zone in others for line in document.lines_in(zone.span)})
    message = SEVERAL.format(pages=", ".join(map(str, pages))) if pages else SEVERAL_TEXT
    first = next(iter(document.lines_in(others[0].span)), None)
    spans = (others[0].span,) if first is None else ()
    regions = document.regions(others[0].span)[:1]
    return Found(problems=[Problem("several-documents", "warning", message, spans=spans, regions=regions)])
