"""Parts that do not add up to their whole: in a sentence, in a totals row, between a table and its sentence."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.document import Span
from extractor.programme import Understanding
from extractor.programme.counts import Count
from extractor.recognise.base import Finding, Found, Problem

_WHOLE = regex.compile(r"gồm|bao\s+gồm|\(|:")
# Parts that are to be added or renewed are no division of the total that they lead to.
_ADDED = regex.compile(r"thêm|(?<!nông\s+thôn\s+)mới|nâng\s+(?:hạng|cấp|sao)|công\s+nhận\s+lại|đánh\s+giá\s+lại|tăng")
_LIST_AHEAD = regex.compile(r"danh\s+sách|phụ\s+lục|kèm\s+theo|sau\s+đây|như\s+sau|bảng|cụ\s+thể")
_HOPED = frozenset({"target", "registered", "potential"})
_NEAR = 700
_MOST = 5


def sums(reading: Understanding, found: Found) -> list[Problem]:
    """Counts whose parts, a full division of them, have another sum."""
    problems = []
    for whole, parts in _divisions(reading):
        total = sum(part.number for part in parts)
        others = [c for c in reading.every_count if c.parent is whole and c.unit == whole.unit and c not in parts]
        if whole.number in (total, total + sum(other.number for other in others)):
            continue
        listed = " + ".join(str(part.number) for part in parts)
        problems.append(
            Problem(
                "sum-mismatch",
                "warning",
                f"Tổng ghi {whole.number} nhưng các phần cộng lại là {listed} = {total}. Hãy đối chiếu với bản gốc.",
                spans=(span_of(whole), *(span_of(part) for part in parts)),
                about=findings_of(reading, found, (whole, *parts)),
            )
        )
    return problems


def _divisions(reading: Understanding) -> Iterator[tuple[Count, list[Count]]]:
    """(whole, parts) where the parts claim to be all of the whole."""
    for whole in reading.every_count:
        parts = [c for c in reading.every_count if c.parent is whole and c.unit == whole.unit and not c.nested]
        parts = [c for c in parts if c.comparison == "=" and c.status == whole.status]
        if whole.comparison == "=" and len(parts) >= 2 and _complete(reading, whole, parts):
            yield whole, parts


def _complete(reading: Understanding, whole: Count, parts: list[Count]) -> bool:
    """Parts by stars down to the lowest, or kinds of producers in one bracket."""
    if parts[-1].start - whole.end > 400:
        return False
    text = reading.view.folded
    last = min(parts[-1].end + 40, parts[-1].sentence.end)
    around = text[max(whole.sentence.start, whole.start - 60) : whole.start]
    if _ADDED.search(text[whole.end : last].partition("nâng tổng")[0]) and not _ADDED.search(around):
        return False
    ratings = [part.stars.values for part in parts if part.stars is not None]
    if len(ratings) == len(parts):
        single = all(len(values) == 1 for values in ratings) and len(set(ratings)) == len(ratings)
        lowest = min(whole.stars.values) if whole.stars is not None else 3
        return single and any(values[0] == lowest for values in ratings) and whole.unit == "product"
    between = reading.view.folded[whole.end : parts[0].start]
    return not ratings and whole.unit == "producer" and len(parts) >= 3 and _WHOLE.search(between) is not None


def table_sums(reading: Understanding, found: Found) -> list[Problem]:
    """Totals rows, and sentences that announce a table, against its rows."""
    problems = [_differs(number, rows, (span,), ()) for number, span, rows in reading.rows.totals if number != rows]
    for span, rows in reading.rows.tables:
        count = _announcing(reading, span)
        if count is not None and rows not in _announced(reading, count, span) and not _continued(reading, count, rows):
            problems.append(_differs(count.number, rows, (span_of(count), span), findings_of(reading, found, (count,))))
    return problems


def _differs(number: int, rows: int, spans: tuple[Span, ...], about: tuple[Finding, ...]) -> Problem:
    message = f"Văn bản ghi {number} sản phẩm nhưng bảng có {rows} dòng sản phẩm. Hãy kiểm tra dòng thiếu hoặc thừa."
    return Problem("sum-mismatch", "warning", message, spans=spans, about=about)


def _announcing(reading: Understanding, table: Span) -> Count | None:
    """The count of products in the sentence that leads to a table."""
    for count in reversed(reading.every_count):
        if count.unit != "product" or count.end > table.start or count.parent is not None or count.comparison != "=":
            continue
        if table.start - count.end > _NEAR:
            return None
        if not _of_one_time(reading, count, table):
            continue
        words = reading.view.folded[count.sentence.start : count.sentence.end]
        if _LIST_AHEAD.search(words) or not words.rstrip().endswith("."):
            return count
    return None


def _of_one_time(reading: Understanding, count: Count, table: Span) -> bool:
    """Whether count and rows both speak of what is hoped for, or both of what is done."""
    states = {d.status for d in reading.rows.products if table.start <= d.name_span[0] < table.end} - {None}
    return not states or count.status is None or any((s in _HOPED) == (count.status in _HOPED) for s in states)


def _announced(reading: Understanding, count: Count, table: Span) -> set[int]:
    """The numbers of rows that a sentence allows: its counts, alone or together; all rows where it counts a rating."""
    near = [c for c in reading.every_count if c.sentence is count.sentence and c.unit == "product" and not c.nested]
    sums = {0}
    for each in near[:_MOST]:
        sums |= {total + each.number for total in sums}
    rated = [d for d in reading.rows.products if table.start <= d.name_span[0] < table.end and d.stars is not None]
    values = count.stars.values if count.stars is not None else ()
    fitting = sum(1 for draft in rated if draft.stars in values)
    return sums | ({len(rated)} if fitting == count.number else set())


def _continued(reading: Understanding, count: Count, rows: int) -> bool:
    """Whether the tables together have as many rows as announced."""
    return sum(n for span, n in reading.rows.tables if span.start > count.end) == count.number


def span_of(count: Count) -> Span:
    """Number and unit of a count."""
    return Span(count.start, count.end)


def findings_of(reading: Understanding, found: Found, counts: tuple[Count, ...]) -> tuple[Finding, ...]:
    """The findings of counts that were given."""
    given = found.all("star_counts")
    return tuple(
        finding for count in counts for finding, kept in zip(given, reading.counts, strict=False) if kept is count
    )
