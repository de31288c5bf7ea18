"""Ratings that cannot be: more than five stars, stars against points, recognised by who could not.

Sources: Quyết định 1048/QĐ-TTg (bands of points; the province recognises 3 and 4 stars), 148/QĐ-TTg from 24/2/2023 (the
district 3, the province 4, the ministry 5), 1489/QĐ-TTg from 6/7/2025 (no district; the province 3 and 4).
"""

from __future__ import annotations

import regex

from extractor.document import Span
from extractor.programme import Understanding
from extractor.recognise.base import Finding, Found, Problem

_FAR = regex.compile(
    r"(?:đạt|hạng|ocop|chuẩn|phân\s+hạng|xếp\s+hạng|chứng\s+nhận)\s+(?P<n>0|[6-9]|[1-9]\d)\s*sao(?!\p{L})"
)
_BANDS = ((90.0, 5), (70.0, 4), (50.0, 3), (30.0, 2), (0.0, 1))
_DISTRICT = regex.compile(r"(?i)(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+(?:huyện|quận|thị xã)\s")
_PROVINCE = regex.compile(r"(?i)(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+(?:tỉnh)\s")
_COMMUNE = regex.compile(r"(?i)(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+(?:xã|phường|thị trấn|đặc khu)\s")


def out_of_range(reading: Understanding) -> list[Problem]:
    """Ratings outside 1–5 in prose and in tables."""
    view = reading.view
    problems = []
    for span in view.paragraphs:
        for match in _FAR.finditer(view.folded, span.start, span.end):
            problems.append(_range(int(match["n"]), Span(match.start(), match.end())))
    for stars, span in reading.rows.impossible:
        problems.append(_range(stars, span))
    return problems


def _range(stars: int, span: Span) -> Problem:
    message = f"Hạng {stars} sao không có trong thang 1–5 sao của Chương trình OCOP. Hãy đối chiếu với bản gốc."
    return Problem("star-out-of-range", "warning", message, spans=(span,))


def bands(reading: Understanding, found: Found) -> list[Problem]:
    """Stars that do not fit the points beside them."""
    problems = []
    for finding, draft in zip(found.all("products"), reading.products, strict=False):
        if draft.points is None or draft.stars is None or draft.stars == _band(draft.points):
            continue
        spans = tuple(Span(*span) for span in (draft.stars_span, draft.points_span) if span is not None)
        message = (
            f"{draft.name}: {draft.points:g} điểm thuộc khung {_band(draft.points)} sao nhưng ghi {draft.stars} sao. "
            "Hãy kiểm tra điểm và hạng sao."
        )
        problems.append(Problem("star-out-of-range", "warning", message, spans=spans, about=(finding,)))
    return problems


def _band(points: float) -> int:
    return next(stars for least, stars in _BANDS if points >= least)


def authority(reading: Understanding, found: Found) -> list[Problem]:
    """Products that a decision recognises although its issuer could not on its date."""
    highest = _highest(found)
    if found.value("doc_type") != "QĐ" or highest is None:
        return []
    low, high, who = highest
    problems = []
    for finding, draft in zip(found.all("products"), reading.products, strict=False):
        if draft.status == "recognized" and draft.stars is not None and not low <= draft.stars <= high:
            problems.append(_beyond(finding, draft.stars, who, Span(*(draft.stars_span or draft.name_span))))
    return problems[:1] if len(problems) > 5 else problems


def _highest(found: Found) -> tuple[int, int, str] | None:
    """The stars that the issuer may recognise on the date (none: 9 to 0), and who it is; None when unknown."""
    agency, date = found.best("agency"), found.value("issued_on")
    name = str(agency.value.get("name") or "") + " " if agency is not None else ""
    if not isinstance(date, str) or len(date) < 4:
        return None
    if _COMMUNE.search(name):
        return 9, 0, "Ủy ban nhân dân cấp xã"
    if _DISTRICT.search(name):
        able = "2023-02-24"[: len(date)] <= date <= "2025-07-06"[: len(date)]
        return (1, 3, "Ủy ban nhân dân cấp huyện") if able else (9, 0, "Ủy ban nhân dân cấp huyện")
    return (1, 4, "Ủy ban nhân dân cấp tỉnh") if _PROVINCE.search(name) else None


def _beyond(finding: Finding, stars: int, who: str, span: Span) -> Problem:
    message = (
        f"{who} không có thẩm quyền công nhận hạng {stars} sao vào ngày của văn bản. "
        "Hãy kiểm tra cơ quan, ngày và hạng sao."
    )
    return Problem("star-authority", "warning", message, spans=(span,), about=(finding,))
