"""Hard-wrapped text made whole: lines that a converter broke are joined, columns that a tab set apart are split.

Only white space changes and every change is one code point for one, so that all offsets stay true. A text is taken
for hard-wrapped only when many of its lines go on in lower case; others are left as they are.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from extractor.layout.paragraphs import MARKER
from extractor.text import compounds
from extractor.text.tones import tone_folded

_LINE = regex.compile(r"[^\n\f]+")
_CLOSED = (".", ";", ":", "!", "?", "./.", "|")
_RULE = regex.compile(r"[-_=*–—.\s|]+")
_LONE_MARK = regex.compile(r"[-+•*]|\d{1,2}[.)]|[a-zđ]\)|[IVX]{1,4}\.")
_NEW = regex.compile(
    r"(?i:số\s*:|nơi\s+nhận|kính\s+gửi|căn\s+cứ|điều\s+\d+|phụ\s+lục|độc\s+lập|cộng\s+h|v/v|về\s+việc|lưu\s*:|t/?m\.|k/?t\.|tl\.)"
)
_HEADING_BESIDE = regex.compile(
    r"(?<=\S)(?P<gap>[^\S\n]{4,})(?=CỘNG\s+H[ÒO]|Độc\s+lập\s*[-–]|ĐẢNG\s+CỘNG\s+SẢN|\p{Lu}[\p{L}.\- ]{1,30},\s*ngày\b)"
)
_OFFICE = regex.compile(
    r"(?:BỘ TRƯỞNG|CHỦ TỊCH|[ỦU][ỶY] BAN|HỘI ĐỒNG NHÂN DÂN|THỦ TƯỚNG|GIÁM ĐỐC|CỤC TRƯỞNG|THỐNG ĐỐC)\b"
)
_RECIPIENT = regex.compile(r"(?i)\W*nơi\s+nhận|\s*[-+•]")
_NUMBER_OPENS = regex.compile(r"(?i:ngày|tháng|năm|số|đến|từ|và|,)$")
_RATING = regex.compile(r"\d(?:\s*-\s*\d)?\s+sao(?!\p{L})")
_PLACE_AND_DATE = regex.compile(r"\p{Lu}[\p{L} ]*,\s*ngày\b")
_PRINTED = regex.compile(r"\\r\\n|\\n")
_OFTEN = 4
_WIDE = 55
_LONG = 40
_HEAD = 3000


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    end: int
    text: str


def split_columns(text: str, original: str, offsets: NDArray[np.int32]) -> str:
    """Tabs between two pieces of a line become line feeds: they set columns apart."""
    if "\t" not in original:
        return text
    letters = list(text)
    places = {int(place): index for index, place in enumerate(offsets[:-1])}
    for match in regex.finditer(r"(?<=\S[^\S\n]*)\t(?=[^\S\n]*\S)", original):
        line = original[original.rfind("\n", 0, match.start()) + 1 : match.start()]
        if _RECIPIENT.match(line):
            continue  # recipients stand beside the signature line by line: those readers know both columns
        index = places.get(match.start())
        if index is not None and letters[index] == " ":
            letters[index] = "\n"
    return "".join(letters)


def split_heading(text: str) -> str:
    """A wide gap before the national heading, the Party's, or place and date becomes a line feed: two columns."""
    head = text[:_HEAD]
    for match in reversed(list(_HEADING_BESIDE.finditer(head))):
        head = f"{head[: match.end('gap') - 1]}\n{head[match.end('gap') :]}"
    return head + text[_HEAD:]


def printed_breaks(text: str) -> str:
    """Line breaks that a converter printed as letters (backslash, r) become breaks, code point for code point."""
    if len(_PRINTED.findall(text)) < _OFTEN:
        return text
    return _PRINTED.sub(lambda match: "\n".rjust(len(match[0])), text)


def unwrap(text: str) -> str:
    """The text with lines joined that belong together, where it was wrapped by hand or by a converter."""
    rows = [_row(match) for match in _LINE.finditer(text) if match[0].strip()]
    if not _is_wrapped(text, rows):
        return text
    letters = list(text)
    for row in rows:
        if row.text == "|":
            letters[row.start] = " "
    widest = sorted(len(row.text) for row in rows)[int(len(rows) * 0.9)]
    line = rows[0].text if rows else ""
    for above, below in itertools.pairwise(rows):
        between = text[above.end : below.start]
        if between.count("\n") == 1 and "\f" not in between and _joins(line, above.text, below.text, widest):
            letters[above.end + between.index("\n")] = " "
            line = f"{line} {below.text}"
        else:
            line = below.text
    return "".join(letters)


def _row(match: regex.Match[str]) -> _Row:
    stripped = match[0].strip()
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return _Row(start, start + len(stripped), stripped)


def _is_wrapped(text: str, rows: list[_Row]) -> bool:
    broken = sum(
        text[a.end : b.start].count("\n") == 1
        and b.text[0].islower()
        and not a.text.endswith(_CLOSED)
        and not MARKER.match(b.text)
        for a, b in itertools.pairwise(rows)
    )
    return broken >= 4 and broken >= 0.2 * sum(len(row.text) >= _LONG for row in rows)


def _joins(line: str, above: str, below: str, widest: int) -> bool:
    """Whether the row `below` goes on with `line`, whose last row is `above`."""
    if above == "|" or below == "|" or _RULE.fullmatch(below):
        return False
    if _LONE_MARK.fullmatch(above):
        return True
    if _RULE.fullmatch(above) or line.endswith(_CLOSED) or MARKER.match(below) or _NEW.match(below):
        return False
    if below[0].islower():
        return not line.isupper()
    if _RATING.match(below) and len(above) >= _LONG:
        return True
    if below[0].isdigit():
        return bool(_NUMBER_OPENS.search(line)) or (line.isupper() and len(below) == 4)
    if line.isupper() or below.isupper():
        return line.isupper() and below.isupper() and not _OFFICE.match(below) and _one_word(above, below)
    return len(above) >= max(_WIDE, 0.75 * widest) or (_PLACE_AND_DATE.match(below) is not None and len(line) < 25)


def _one_word(above: str, below: str) -> bool:
    """Whether a word of the dictionary runs over the break."""
    return f"{tone_folded(above.split()[-1])} {tone_folded(below.split()[0])}" in compounds.load().bound
