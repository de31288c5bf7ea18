"""Rows of a table that say the same product of the same producer twice."""

from __future__ import annotations

from extractor.document import Span
from extractor.programme import Understanding
from extractor.programme.merging import folded_name
from extractor.programme.products import Draft
from extractor.recognise.base import Problem


def doubles(reading: Understanding) -> list[Problem]:
    """One problem for each repeated row, with both places."""
    seen: dict[tuple[int, str, str], Draft] = {}
    problems = []
    for draft in reading.rows.products:
        key = (draft.region, folded_name(draft.name), folded_name(draft.producer or ""))
        first = seen.setdefault(key, draft)
        if first is not draft:
            spans = (Span(*first.name_span), Span(*draft.name_span))
            message = f"Sản phẩm “{draft.name}” có hai dòng trong cùng một bảng. Hãy kiểm tra dòng trùng."
            problems.append(Problem("duplicate", "warning", message, spans=spans))
    return problems
