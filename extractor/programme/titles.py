"""What the words around a product table say of its products: proposed, recognised, planned."""

from __future__ import annotations

import functools

import regex

from extractor.document import Document, Table
from extractor.programme.columns import Columns
from extractor.programme.stars import Stars, find_stars
from extractor.ruleset import RuleSet

_SCORED = regex.compile(r"đánh\s+giá|chấm")
_LEADS = regex.compile(
    r"(?i):\s*$|^\W*(?:(?:[IVX]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-e])[.)]\s*)?(?:danh\s+(?:sách|mục)|phụ\s+lục|biểu|bảng|kết\s+quả)"
)
_COMPOUND = regex.compile(r"(?:chương|quy|chu|lộ|theo|xét)\s*$")
_BEFORE = 500


def table_status(
    document: Document, table: Table, columns: Columns, rules: RuleSet
) -> tuple[str | None, tuple[int, int]]:
    """What the heading, the title above, or the document's own title says of the table's products."""
    start = min((cell.span.start for cell in table.cells), default=0)
    here = (start, min(len(document.text), start + 1))
    if columns.status is not None:
        return columns.status, here
    for left, right in _titles(document, start):
        found = phrase_status(document.text[left:right].lower(), "titles", rules)
        if found is not None:
            status, a, b = found
            scored = "points" in columns.roles and _SCORED.search(document.text[left:right].lower()) is not None
            scored = scored and status in ("potential", "registered", "target")
            scored = scored or (status == "recognized" and _by_board(document, left + a, left + b))
            return "assessed" if scored else status, (left + a, left + b)
    title = " ".join(document.text[zone.start : zone.end] for zone in document.zone("title")).lower()
    for word, status in rules.programme["tables"]["types"].items():
        if title.startswith(word):
            return status, here
    rated = "stars" in columns.roles or columns.marks
    return ("recognized" if rated else None), here


def title_ratings(document: Document, table: Table, folded: str) -> list[Stars]:
    """The ratings in the title nearest above a table."""
    start = min((cell.span.start for cell in table.cells), default=0)
    leading = [span for span in _titles(document, start) if _LEADS.search(document.text[span[0] : span[1]])]
    return list(find_stars(folded, *leading[0])) if leading else []


def _by_board(document: Document, start: int, end: int) -> bool:
    """Whether a rating without recognition is told by the board that scores."""
    if "nhận" in document.text[start:end] or "kết quả" in document.text[start:end]:
        return False
    header = " ".join(document.text[zone.start : zone.end] for zone in document.zone("header"))
    return regex.search(r"(?i)hội\s+đồng\s+(?!nhân\s+dân)", " ".join(header.split())) is not None


def _titles(document: Document, start: int) -> list[tuple[int, int]]:
    """The paragraphs before the table, nearest first, then the document's title."""
    before = [b for b in document.blocks if b.end <= start and b.kind != "cell" and start - b.end < _BEFORE]
    near = [(b.start, b.end) for b in reversed(before[-5:])]
    leading = [span for span in near if _LEADS.search(document.text[span[0] : span[1]])]
    return leading + near + [(z.start, z.end) for z in document.zone("title")]


def phrase_status(text: str, key: str, rules: RuleSet) -> tuple[str, int, int] | None:
    """The status whose phrase stands in a lower-case text, and where; `key`: the list in the table rules."""
    text = text.replace("\n", " ")
    for status, phrases in rules.programme["tables"][key].items():
        for phrase in phrases:
            match = _phrase(phrase).search(text)
            if match is not None and not _COMPOUND.search(text[: match.start()]):
                return status, match.start(), match.end()
    return None


@functools.lru_cache(maxsize=512)
def _phrase(phrase: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}}){phrase}(?!\p{{L}})")
