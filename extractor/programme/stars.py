"""Star ratings and points as texts and tables print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

_DIGIT = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5}
_N = r"0?[1-5](?!\d)"
_WORD = r"một|hai|ba|bốn|năm"
_STARS = regex.compile(
    rf"(?<![\p{{L}}\d.,/])(?:(?P<word>{_WORD})\s+sao(?!\p{{L}})(?P<upward>\s+trở\s+lên)?|(?P<from>từ\s+)?(?:hạng\s+)?(?P<first>{_N})(?:\s*sao)?"
    rf"(?:(?P<to>\s*(?:-|–|đến|tới|lên)\s*)(?:hạng\s+)?(?P<range>{_N})|(?P<more>(?:\s*(?:,|và|/|hoặc)\s*(?:hạng\s+)?{_N}(?:\s*sao)?)+))?"
    rf"\s*(?:sao|\*(?!\*))\d?(?!\p{{L}})(?P<up>\s+(?:ocop\s+)?(?:cấp\s+(?:tỉnh|huyện|quốc\s+gia)\s+)?trở\s+lên)?)"
)
_RAISED = regex.compile(rf"\s+lên\s+[^,.;:()\d]{{0,50}}?(?P<n>{_N})\s*sao")
_PRINTED = regex.compile(r"[★⭐☆✩✭]|(?<!\*)\*(?!\*)")
_RANK = regex.compile(rf"(?:hạng|cấp|mức|loại)?\s*(?P<n>{_N}|{_WORD})\s*(?:sao|\*)?", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stars:
    """A star rating in running text; `upgrade`: "từ 3 sao lên 4 sao", which is 4."""

    values: tuple[int, ...]
    start: int
    end: int


def _value(text: str) -> int:
    text = text.strip().lower()
    return _DIGIT[text] if text in _DIGIT else int(text)


def find_stars(folded: str, start: int, end: int) -> Iterator[Stars]:
    """The ratings in `folded[start:end]`, glued footnote digits dropped.

    >>> text = "đạt từ 3 - 4 sao2, 5 sao, từ 3 sao trở lên, từ 3 sao lên 4 sao; 3 sao, 4 sao"
    >>> [stars.values for stars in find_stars(text, 0, len(text))]
    [(3, 4), (5,), (3, 4, 5), (4,), (3, 4)]
    """
    for match in _STARS.finditer(folded, start, end):
        first = _value(match["first"] or match["word"])
        values: tuple[int, ...] = (first,)
        if match["up"] or match["upward"]:
            values = tuple(range(first, 6))
        elif (raised := _RAISED.match(folded, match.end(), end)) is not None and match["from"]:
            values = (_value(raised["n"]),)
        elif match["range"]:
            last = _value(match["range"])
            values = (last,) if match["to"].strip() == "lên" else tuple(range(first, last + 1))
        elif match["more"]:
            more = [_value(n) for n in regex.findall(_N, match["more"])]
            values = tuple(sorted({first, *more}))
        if values:
            yield Stars(values, match.start(), match.end())


def cell_stars(text: str) -> int | None:
    """The rating in a table cell: "★★★", "3 sao", "3*", "Ba sao", "Hạng 3"; None for anything else.

    >>> [cell_stars(t) for t in ("★★★☆☆", "3 sao", "3*", "Ba sao", "Hạng 3", "***", "4", "85,5", "6 sao")]
    [3, 3, 3, 3, 3, 3, 4, None, 6]
    """
    compact = " ".join(text.split())
    printed = _PRINTED.findall(compact.replace("***", "★★★").replace("****", "★★★★").replace("*****", "★★★★★"))
    if printed and not regex.search(r"[\p{L}\d]", compact):
        printed = [mark for mark in printed if mark not in "☆✩"] or printed
        return compact.count("*") if "*" in compact else len(printed)
    match = regex.fullmatch(r"(?:OCOP\s*)?(?:hạng|đạt)?\s*(\d)\s*(?:sao|\*)", compact, regex.IGNORECASE)
    if match:
        return int(match[1])
    match = _RANK.fullmatch(compact.lower())
    return _value(match["n"]) if match else None
