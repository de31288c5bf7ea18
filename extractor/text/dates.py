"""Dates as Vietnamese documents print them → EDTF.

Read are `ngày 14 tháng 4 năm 2021`, `ngày 23/3/2021`, `7-5-2018`, `16. 12. 2021`, `tháng 02 năm 2024`, `năm 2019`,
and forms left blank (`ngày     tháng 02 năm 2024` is `2024-02`). Digits that OCR read as look-alike letters (`0l`,
`202]`, `2O21`) are repaired and say so; days and months that no calendar has give nothing. Source: Nghị định
30/2020/NĐ-CP, Phụ lục I, II.4.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.document import Span
from extractor.text.numerals import DIGITISH, digits

#: The years a document or a citation can carry.
FIRST_YEAR, LAST_YEAR = 1945, 2099

_DAY = rf"{DIGITISH}{{1,2}}"
_YEAR = rf"{DIGITISH}(?:[ .]{{0,2}}{DIGITISH}){{3}}"
_DAY_WORD = r"(?:[Nn]g[àaáảâ]y|NGÀY)"
_MONTH_WORD = r"(?:[Tt]h[áaảâắ]ng|THÁNG)"
_YEAR_WORD = r"(?:[Nn][ăãâaáàẫ]m|NĂM)"
_BLANK = r"[\s._…]*"
_WORDS = (
    rf"(?:(?P<label>{_DAY_WORD}){_BLANK}|(?<![\p{{L}}\p{{N}}]))(?P<day>{_DAY})[\s.,]*{_MONTH_WORD}[\s.]*(?P<month>{_DAY})"
    rf"[\s.,]*{_YEAR_WORD}\s*(?P<year>{_YEAR})"
)
_BLANKS = (
    rf"{_DAY_WORD}{_BLANK}{_MONTH_WORD}{_BLANK}(?P<month>{_DAY})?{_BLANK}{_YEAR_WORD}\s*(?P<year>{_YEAR})"
    rf"|{_DAY_WORD}\s*(?P<day>{_DAY})\s*{_MONTH_WORD}{_BLANK}{_YEAR_WORD}\s*(?P<year>{_YEAR})"
    rf"|{_MONTH_WORD}\s*(?P<month>{_DAY})\s*(?:{_YEAR_WORD}|[/-])\s*(?P<year>{_YEAR})"
)
_NUMERIC = (
    rf"(?:(?P<label>{_DAY_WORD})[\s._]{{0,3}}|(?<![\p{{L}}\p{{N}}/.,-]))(?P<day>{_DAY})[\s.]{{0,2}}(?P<sep>[/⁄.-])[\s.]{{0,2}}"
    rf"(?P<month>{_DAY})[\s.]{{0,2}}(?P=sep)[\s.]{{0,2}}(?P<year>{_YEAR})(?![\p{{N}}/]|-\p{{Lu}})"
)
_YEAR_ONLY = rf"{_YEAR_WORD}\s+(?P<year>{_YEAR})(?![\p{{L}}\p{{N}}])"

#: Full dates and blank forms; years alone only with `year_only=True`.
_DATE = regex.compile(f"{_WORDS}|{_NUMERIC}|{_BLANKS}")
_ANY = regex.compile(f"{_WORDS}|{_NUMERIC}|{_BLANKS}|{_YEAR_ONLY}")

REPAIRED = "Chữ số trong ngày bị OCR đọc thành ký tự gần giống và đã được sửa."


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date found in a text: its place, the EDTF value and what was repaired (Vietnamese)."""

    span: Span
    value: str
    reasons: tuple[str, ...] = ()


def _number(text: str | None) -> tuple[int | None, bool]:
    if not text:
        return None, False
    found = digits(text)
    return (None, False) if found is None else (int(found[0]), found[1])


def edtf(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The EDTF value, None when no calendar has it.

    >>> edtf(2021, 4, 14), edtf(2024, 2), edtf(2021), edtf(2021, 2, 30), edtf(1202)
    ('2021-04-14', '2024-02', '2021', None, None)
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is None:
        return f"{year:04d}"
    try:
        datetime.date(year, month, day or 1)
    except ValueError:
        return None
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")


def _match(match: regex.Match[str]) -> DateMatch | None:
    year, repaired_year = _number(match["year"])
    month, repaired_month = _number(match["month"])
    day, repaired_day = _number(match["day"])
    if year is None or (month is None and match["month"]) or (day is None and match["day"]):
        return None
    value = edtf(year, month, day if month is not None else None)
    if value is None:
        return None
    reasons = (REPAIRED,) if repaired_year or repaired_month or repaired_day else ()
    return DateMatch(Span(match.start(), match.end()), value, reasons)


def scan(text: str, start: int = 0, end: int | None = None, *, year_only: bool = False) -> Iterator[DateMatch]:
    """Every date in `text[start:end]`, in order; spans are offsets into `text`.

    >>> [m.value for m in scan("ngày 14 tháng 4 năm 2021; 23/3/2021; 7-5-2018; ngày     tháng 02 năm 2024")]
    ['2021-04-14', '2021-03-23', '2018-05-07', '2024-02']
    >>> [(m.value, bool(m.reasons)) for m in scan("ngày 0l tháng 0] năm 202]")]
    [('2021-01-01', True)]
    >>> [m.value for m in scan("ngày22 tháng 10năm 2025, ngày7/5/2018")]
    ['2025-10-22', '2018-05-07']
    >>> list(scan("tỷ lệ 31/2/2021 và số 30/2020/NĐ-CP, năm 2019"))
    []
    """
    pattern = _ANY if year_only else _DATE
    for match in pattern.finditer(text, start, len(text) if end is None else end):
        found = _match(match)
        if found is not None:
            yield found


def match_at(text: str, start: int, end: int | None = None, *, year_only: bool = False) -> DateMatch | None:
    """The date that begins exactly at `start`, None when there is none.

    >>> match_at("ngày 05/5/2022 của", 0).value
    '2022-05-05'
    >>> match_at("của ngày 05/5/2022", 0) is None
    True
    """
    pattern = _ANY if year_only else _DATE
    match = pattern.match(text, start, len(text) if end is None else end)
    return None if match is None else _match(match)


def parse(text: str) -> str | None:
    """The EDTF value of a text that is a date and nothing else.

    >>> parse("ngày 03 tháng 4 năm 2017"), parse("năm 2021"), parse("ngày 3")
    ('2017-04-03', '2021', None)
    """
    match = _ANY.fullmatch(text.strip())
    found = None if match is None else _match(match)
    return None if found is None else found.value


def year_of(value: str | None) -> str | None:
    """The year of an EDTF value.

    >>> year_of("2021-04-14"), year_of(None)
    ('2021', None)
    """
    return value[:4] if value else None


def agree(one: str, other: str) -> bool:
    """Whether two EDTF values can be the same date: equal as far as both go.

    >>> agree("2019", "2019-08-21"), agree("2019-08-20", "2019-08-21")
    (True, False)
    """
    return one.startswith(other) or other.startswith(one)
