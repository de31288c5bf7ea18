"""Recognitions that a table calls valid although their 36 months had passed on the document's date.

Source: Quyết định 1048/QĐ-TTg, 148/QĐ-TTg: a certificate holds 36 months from its issue.
"""

from __future__ import annotations

import regex

from extractor.document import Span
from extractor.programme import Understanding
from extractor.programme.products import Draft
from extractor.recognise.base import Finding, Found, Problem

_MONTHS = 36
_VALID = regex.compile(r"còn\s+(?:thời\s+)?(?:hạn|hiệu\s+lực|giá\s+trị)")
_DENIED = regex.compile(r"(?:không|hết|chưa)\s+(?:còn\s+)?$")
_BEFORE = 400


def expired(reading: Understanding, found: Found) -> list[Problem]:
    """Rows of tables said to be valid, recognised more than 36 months before the document's date."""
    date = found.value("issued_on")
    if not isinstance(date, str) or len(date) < 7:
        return []
    problems = []
    for finding, draft in zip(found.all("products"), reading.products, strict=False):
        claim = _claim(reading, draft)
        if claim is None or draft.year is None or draft.year_span is None or draft.status != "recognized":
            continue
        # A year alone: recognised in December at the latest.
        if 12 * (int(date[:4]) - int(draft.year)) + int(date[5:7]) - 12 > _MONTHS:
            problems.append(_problem(finding, draft, claim))
    return problems


def _claim(reading: Understanding, draft: Draft) -> Span | None:
    """Where the words before the product's table say that its rows are valid."""
    if draft.rule != "products.table":
        return None
    start = max((span.start for span, _ in reading.rows.tables if span.start <= draft.name_span[0]), default=0)
    claims = list(_VALID.finditer(reading.view.folded, max(0, start - _BEFORE), start))
    match = claims[-1] if claims else None
    if match is None or _DENIED.search(reading.view.folded[max(0, match.start() - 12) : match.start()]):
        return None
    return Span(match.start(), match.end())


def _problem(finding: Finding, draft: Draft, claim: Span) -> Problem:
    year = Span(*(draft.year_span or draft.name_span))
    message = (
        f"{draft.name}: công nhận năm {draft.year}, đã quá 36 tháng vào ngày của văn bản nhưng được ghi là còn hạn. "
        "Hãy kiểm tra năm công nhận và thời hạn."
    )
    return Problem("recognition-expired", "warning", message, spans=(year, claim), about=(finding,))
