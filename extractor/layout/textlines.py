"""The lines of a text format; parts of the header that a web page broke over two lines are put together.

"Số:" alone, a date cut behind "ngày 25", "CỘNG HÒA XÃ HỘI" above "CHỦ NGHĨA VIỆT NAM".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from extractor.document import Span

_LINE = regex.compile(r"[^\n\f]+")
_BROKEN = (
    (
        regex.compile(r"^\W*(?:Nghị|Luật|Pháp|NGHỊ|LUẬT|PHÁP)\s*$"),
        regex.compile(r"^\W*(?:quyết\s+|lệnh\s+|QUYẾT\s+|LỆNH\s+)?số\s*:"),
    ),
    (
        regex.compile(r"^\W*(?:(?:Nghị\s+quyết|Luật|Pháp\s+lệnh)\s+)?[Ss][ốÔỐô]\s*:?\s*$", regex.I),
        regex.compile(r"^[\s.…_]*\d{0,6}\s*(?:/|-\s?\p{Lu}{2})"),
    ),
    (
        regex.compile(r"^[^.;:]{0,60}\b(?:ngày|tháng)\s*\d{0,2}(?:\s*tháng\s*\d{0,2})?\s*$"),
        regex.compile(r"^\s*(?:\d{1,2}\s+)?(?:tháng\b[^;:]{0,16}|năm\s*\d{4})\W*$|^\s*năm\s+\d{4}\W*$"),
    ),
    (
        regex.compile(r"(?:CỘNG|ĐẢNG)(?:\s+\p{Lu}+){0,6}\W*$"),
        regex.compile(r"^\W*(?:\p{Lu}+\s+){0,6}(?:VIỆT\s+)?NAM\W*$"),
    ),
    (regex.compile(r"^\W*\p{Lu}\p{Ll}+(?:\s+\p{Lu}\p{Ll}+)?\s*$"), regex.compile(r"^\p{Lu}[\p{L} ]{0,20},\s*ngày\b")),
    (regex.compile(r"^\W*(?:KT|TM|TL|TUQ)\.\s*$"), regex.compile(r"^\s*\p{Lu}{2}")),
)
#: Words that a page broke behind their first syllable.
_PAIRS = regex.compile(
    r"^\W*(?:KẾ\s+HOẠCH|BÁO\s+CÁO|QUYẾT\s+ĐỊNH|THÔNG\s+(?:BÁO|TƯ|CÁO|TRI)|TỜ\s+TRÌNH|NGHỊ\s+(?:QUYẾT|ĐỊNH)|CHỈ\s+THỊ"
    r"|HƯỚNG\s+DẪN|CHƯƠNG\s+TRÌNH|KẾT\s+LUẬN|CÔNG\s+(?:ĐIỆN|VĂN)|GIẤY\s+MỜI|BIÊN\s+BẢN|(?:PHƯƠNG|ĐỀ|DỰ)\s+ÁN"
    r"|QUY\s+(?:CHẾ|ĐỊNH)|PHÁP\s+LỆNH|Căn\s+cứ|Thực\s+hiện|Nơi\s+nhận|Kính\s+gửi|Theo\s+đề)\b"
)


_DUMP = regex.compile(r"CỘNG\s+H[ÒO][ÀA]?\s+X\p{L}\s*HỘI\s+CHỦ\s+NGHĨA")
_CUTS = regex.compile(
    r"(?=CỘNG\s+H[ÒO][ÀA]?\s+X)|(?<=VIỆT\s+NAM)(?=\W+\p{Lu}{2})|(?=Độc\s+lập\s*[-–]?\s*Tự\s+do)|(?<=Hạnh\s+phúc)(?=\s)"
    r"|(?=\bSố\s*:)|(?<=năm\s+\d{4}\W{1,20})(?=\p{Lu}{2,}\s+\p{Lu}{2,})|(?=\b(?:Căn\s+cứ|Kính\s+gửi|Nơi\s+nhận)\b)"
    r"|(?=(?:CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|THỦ\s+TƯỚNG|(?:ỦY|UỶ)\s+BAN\s+NHÂN\s+DÂN)[\p{Lu}\s,]*\sCăn\s+cứ)|(?=QUYẾT\s+ĐỊNH\s*:)"
    r"|(?<=\p{Ll}\W|\d\W)(?=Thực\s+hiện\s)|(?=\bĐiều\s+1\b)|(?<=\s)(?=(?:I|1)\.\s)"
)


def text_lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Spans of the lines in `text[start:end]`, blank ones left out.

    A header that was run together into one long line is cut where its parts begin.
    """
    for span in _joined(text, start, end):
        line = text[span.start : span.end]
        if len(line) < 110 or not _DUMP.search(line):
            yield span
            continue
        cuts = sorted({0, *(match.start() for match in _CUTS.finditer(line)), len(line)})
        for one, other in pairwise(cuts):
            if line[one:other].strip():
                yield Span(span.start + one, span.start + other)


def _joined(text: str, start: int, end: int | None) -> Iterator[Span]:
    """The lines with broken ones put together."""
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
    if " " not in before.strip() and _PAIRS.match(f"{before} {after}"):
        return True
    return any(head.search(before) and tail.search(after) for head, tail in _BROKEN)
