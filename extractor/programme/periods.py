"""Years and ranges of years that a count or a product belongs to.

A full date ("ngày 30/8/2020") is no period; "năm 2020", "giai đoạn 2018 - 2020", "đợt 2/2019" are.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

_YEAR = r"(?:19|20)\d\d"
_RANGE = regex.compile(
    rf"(?:giai\s+đoạn|từ(?:\s+năm)?|các\s+năm|năm|nhiệm\s+kỳ|(?<=\())\s*(?P<first>{_YEAR})\s*"
    rf"(?:-|–|đến(?:\s+(?:hết\s+)?năm)?|tới)\s*(?P<last>{_YEAR})"
)
_SINGLE = regex.compile(
    rf"(?:(?P<by>đến|vào|hết|trong|cuối|đầu|kể\s+từ|từ)\s+)?(?:hết\s+|cuối\s+|đầu\s+)?năm\s+(?P<year>{_YEAR})(?!\d|\s*,\s*{_YEAR})"
    rf"|đợt\s+(?:\d|i{{1,3}})\s*[/-]\s*(?P<round>{_YEAR})"
)
_SINCE = regex.compile(
    rf"(?<!\p{{L}})từ\s+(?:(?:khi|lúc|ngày)\s+[^,.;]{{0,70}}?)?năm\s+{_YEAR}\s+(?:đến|tới)\s+nay|"
    rf"(?:tham\s+gia|triển\s+khai|thực\s+hiện)[^,.;]{{0,60}}?\stừ\s+năm\s+{_YEAR}"
)
_COMPARED = regex.compile(rf"(?:so\s+với|tăng|giảm|cùng\s+kỳ)[^,.;]{{0,25}}năm\s+{_YEAR}")


@dataclass(frozen=True, slots=True)
class Period:
    """A year `2021` or an interval `2021/2025` at `[start, end)`."""

    value: str
    start: int
    end: int


def find_periods(folded: str, start: int, end: int) -> list[Period]:
    """The periods in `folded[start:end]` in text order.

    >>> text = "giai đoạn 2018 - 2020, năm 2021; từ năm 2019 đến nay; ngày 30/8/2020, đợt 2/2019"
    >>> [period.value for period in find_periods(text, 0, len(text))]
    ['2018/2020', '2021', '2019']
    """
    found = [Period(f"{m['first']}/{m['last']}", m.start(), m.end()) for m in _RANGE.finditer(folded, start, end)]
    barred = [(m.start(), m.end()) for m in _SINCE.finditer(folded, start, end)]
    barred += [(m.start(), m.end()) for m in _COMPARED.finditer(folded, start, end)]
    barred += [(period.start, period.end) for period in found]
    for match in _SINGLE.finditer(folded, start, end):
        if all(match.end() <= a or match.start() >= b for a, b in barred):
            found.append(Period(match["year"] or match["round"], match.start(), match.end()))
    return sorted(found, key=lambda period: period.start)
