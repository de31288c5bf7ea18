"""One cell, several products: on lines with dashes or numbers that count up, or between semicolons."""

from __future__ import annotations

import regex

from extractor.document import Cell
from extractor.programme.cells import Sheet

_LINE = regex.compile(r"(?:^|\n)\s*(?:[-+*•–]|(?P<number>\d{1,2})[.)]|(?P<letter>[a-hđ])[.)])\s*(?=[\p{L}“\"])")


def names_in(sheet: Sheet, cell: Cell) -> list[tuple[int, int]]:
    """The spans of the names in a cell: one, unless marks or semicolons part them."""
    text = sheet.document.text[cell.span.start : cell.span.end]
    marks = list(_LINE.finditer(text))
    if len(marks) > 1 and not text[: marks[0].start()].strip() and _counts_up(marks):
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        pairs = [(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    else:
        pairs = _parted(text)
    return [_trimmed(text, start, end, cell.span.start) for start, end in pairs]


def _counts_up(marks: list[regex.Match[str]]) -> bool:
    numbers = [mark["number"] for mark in marks]
    return not any(numbers) or [int(n) if n else 0 for n in numbers] == list(range(1, len(marks) + 1))


def _parted(text: str) -> list[tuple[int, int]]:
    """Names between semicolons, where each opens with a capital."""
    parts = list(regex.finditer(r"[^;]+", text))
    whole = all(regex.match(r"\s*[“\"]?\p{Lu}\p{L}+[^()]*$", part[0]) for part in parts)
    return [(p.start(), p.end()) for p in parts] if len(parts) > 1 and whole else [(0, len(text))]


def _trimmed(text: str, start: int, end: int, offset: int) -> tuple[int, int]:
    while end > start and text[end - 1] in " \n;,":
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return offset + start, offset + end
