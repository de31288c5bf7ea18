"""The lines of a text format; parts of the header that a web page broke over two lines are put together.

"Số:" alone, a date cut behind "ngày 25", "CỘNG HÒA XÃ HỘI" above "CHỦ NGHĨA VIỆT NAM".
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.document import Span

_LINE = regex.compile(r"[^\n\f]+")
_BROKEN = (
    (regex.compile(r"^\W*[Ss][ốÔỐô]\s*:?\s*$"), regex.compile(r"^[\s.…_]*\d{0,6}\s*(?:/|-\s?\p{Lu}{2})")),
    (
        regex.compile(r"^[^.;:]{0,60}\b(?:ngày|tháng)\s*\d{0,2}(?:\s*tháng\s*\d{0,2})?\s*$"),
        regex.compile(r"^\s*(?:\d{1,2}\s+)?(?:tháng\b[^;:]{0,16}|năm\s*\d{4})\W*$|^\s*năm\s+\d{4}\W*$"),
    ),
    (regex.compile(r"CỘNG\s+H[ÒO][ÀA]?\s+XÃ\s+HỘI\W*$"), regex.compile(r"^\W*CHỦ\s+NGHĨA\s+VIỆT\s+NAM")),
    (regex.compile(r"ĐẢNG\s+CỘNG\s+SẢN\W*$"), regex.compile(r"^\W*VIỆT\s+NAM\W*$")),
)


def text_lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Spans of the lines in `text[start:end]`, blank ones left out."""
    pending: Span | None = None
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        if not match[0].strip():
            continue
        span = Span(match.start(), match.end())
        if pending is not None and _broken(text, pending, span):
            pending = Span(pending.start, span.end)
            continue
        if pending is not None:
            yield pending
        pending = span
    if pending is not None:
        yield pending


def _broken(text: str, one: Span, other: Span) -> bool:
    """Whether a line goes on in the next one."""
    if len(one) > 80 or other.start - one.end > 1:
        return False
    before, after = text[one.start : one.end], text[other.start : other.end]
    return any(head.search(before) and tail.search(after) for head, tail in _BROKEN)
