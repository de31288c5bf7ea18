"""Product tables that a text export flattened: cells between bars, one cell a line, or one row a line.

A table is recognised by its heading words; numbers that count up from 1 hold its rows together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractor.document import Cell, Document, Span, Table
from extractor.programme.columns import Columns, role_of
from extractor.programme.lexicon import Lexicon
from extractor.programme.stars import cell_stars, find_stars
from extractor.ruleset import RuleSet
from extractor.text.normalise import fold
from extractor.text.tones import tone_folded

_LINE = regex.compile(r"[^\n\f]+")
_ORDER = regex.compile(r"(\d{1,3})[.)]?")
_ROW = regex.compile(r"\s*(\d{1,3})[.)]?\s+(?=\p{L}|[“\"])")
_RULE = regex.compile(r"[\s|:+-]+")
_BESIDES = frozenset({"producer", "stars", "points", "locality", "group"})


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table found in running text: its grid, its columns and the text that it takes up."""

    table: Table
    columns: Columns
    span: Span


def find_flat(document: Document, lexicon: Lexicon, rules: RuleSet) -> list[FlatTable]:
    """The flattened product tables of a document that lie outside its real tables."""
    taken = [cell.span for table in document.tables for cell in table.cells]
    lines = [
        Span(m.start(), m.end())
        for m in _LINE.finditer(document.text)
        if m[0].strip() and not any(span.start <= m.start() < span.end for span in taken)
    ]
    found: list[FlatTable] = []
    position = 0
    while position < len(lines):
        flat, used = _at(document, lines, position, lexicon, rules)
        if flat is not None:
            found.append(flat)
        position += max(1, used)
    return found


def _at(
    document: Document, lines: Sequence[Span], index: int, lexicon: Lexicon, rules: RuleSet
) -> tuple[FlatTable | None, int]:
    text = document.text[lines[index].start : lines[index].end]
    if "|" in text:
        return _barred(document, lines, index, rules)
    if regex.match(r"(?i)\s*(?:s?tt|số\s+tt)\s+\p{L}", text):
        return _row_a_line(document, lines, index, lexicon)
    if len(text) <= 45 and role_of(text, rules) is not None:
        return _cell_a_line(document, lines, index, rules)
    return None, 1


def _barred(document: Document, lines: Sequence[Span], index: int, rules: RuleSet) -> tuple[FlatTable | None, int]:
    """Lines of cells between bars."""
    rows: list[list[Span]] = []
    used = 0
    for line in lines[index:]:
        text = document.text[line.start : line.end]
        if text.count("|") < 2:
            break
        used += 1
        if not _RULE.fullmatch(text):
            rows.append(list(_cells(document, line)))
    if len(rows) < 2:
        return None, used
    roles = _roles([document.text[s.start : s.end] for s in rows[0]], rules)
    if roles is None:
        return None, used
    return _flat(rows[1:], roles, len(rows[0]), Span(lines[index].start, lines[index + used - 1].end)), used


def _cells(document: Document, line: Span) -> Iterator[Span]:
    start, end = line.start, line.end
    text = document.text[start:end].strip()
    begin = start + document.text[start:end].index(text) + (1 if text.startswith("|") else 0)
    stop = begin + len(text) - (1 if text.startswith("|") else 0) - (1 if text.endswith("|") else 0)
    left = begin
    for position in range(begin, stop + 1):
        if position == stop or document.text[position] == "|":
            yield _trim(document.text, left, position)
            left = position + 1


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _roles(headings: Sequence[str], rules: RuleSet) -> dict[str, int] | None:
    roles: dict[str, int] = {}
    for column, heading in enumerate(headings):
        role = role_of(heading, rules)
        if role is not None:
            roles.setdefault(role, column)
    return roles if "name" in roles and set(roles) & _BESIDES else None


def _cell_a_line(document: Document, lines: Sequence[Span], index: int, rules: RuleSet) -> tuple[FlatTable | None, int]:
    """Heading words on lines of their own, then the cells row by row, each row opened by its number."""
    headings: list[str] = []
    for line in lines[index : index + 10]:
        text = document.text[line.start : line.end].strip()
        if len(text) > 45 or role_of(text, rules) is None:
            break
        headings.append(text)
    roles = _roles(headings, rules)
    if len(headings) < 3 or roles is None or "order" not in roles:
        return None, 1
    rows, used = _numbered_rows(document, lines, index + len(headings), len(headings))
    if len(rows) < 1:
        return None, len(headings)
    placed = [_placed(document, row, roles, len(headings)) for row in rows]
    _inherit(placed, rows, roles)
    end = lines[index + len(headings) + used - 1].end
    return _flat(placed, roles, len(headings), Span(lines[index].start, end)), len(headings) + used


_RUNNING = 60


def _inherit(placed: list[list[Span]], rows: list[list[Span]], roles: dict[str, int]) -> None:
    """A row of nothing but its number and name has the cells of the row above: they were merged."""
    for position in range(1, len(placed)):
        row = rows[position]
        ran_on = len(rows[position - 1]) == 2 < len(row) and len(row[2]) > _RUNNING
        if len(row) == 2 or ran_on:
            name = placed[position][roles["name"]]
            order = placed[position][roles["order"]]
            placed[position] = list(placed[position - 1])
            placed[position][roles["name"]], placed[position][roles["order"]] = name, order


def _numbered_rows(document: Document, lines: Sequence[Span], index: int, width: int) -> tuple[list[list[Span]], int]:
    """The lines between numbers that count up from 1; the last row is as long as the heading allows."""
    rows: list[list[Span]] = []
    used = 0
    for line in lines[index:]:
        text = document.text[line.start : line.end].strip()
        number = _ORDER.fullmatch(text)
        if rows and text.endswith(":"):
            break
        if number and int(number[1]) == len(rows) + 1:
            rows.append([line])
        elif (
            not rows
            or len(rows[-1]) >= width + 2
            or (
                len(rows[-1]) >= width
                and len(rows) > 1
                and not _numbered_soon(document, lines, index + used, len(rows) + 1, 3)
            )
        ):
            break
        else:
            rows[-1].append(line)
        used += 1
    if rows and len(rows[-1]) > width:
        used -= len(rows[-1]) - width
        del rows[-1][width:]
    return rows, used


def _numbered_soon(document: Document, lines: Sequence[Span], index: int, number: int, within: int) -> bool:
    return any(document.text[s.start : s.end].strip(" .)") == str(number) for s in lines[index : index + within])


def _placed(document: Document, row: list[Span], roles: dict[str, int], width: int) -> list[Span]:
    """The cells of a row in their columns; where some are missing (merged above), sorted by what they look like."""
    cells = [_trim(document.text, span.start, span.end) for span in row]
    if len(cells) == width:
        return cells
    here = cells[0].start
    placed = [Span(here, here)] * width
    placed[roles["order"]] = cells[0]
    rest = cells[1:]
    for cell in list(rest):
        role = _looks(document.text[cell.start : cell.end])
        if role in roles and len(placed[roles[role]]) == 0:
            placed[roles[role]] = cell
            rest.remove(cell)
    names = [column for role, column in roles.items() if role == "name"]
    for cell in rest[:1]:
        placed[names[0]] = cell
    return placed


def _looks(text: str) -> str:
    """What a cell looks like by itself."""
    if cell_stars(text) is not None and not regex.fullmatch(r"\d+(?:[.,]\d+)?", text):
        return "stars"
    if regex.fullmatch(r"\d{2,3}(?:[.,]\d+)?(?:\s*điểm)?", text):
        return "points"
    if regex.match(r"(?i)(?:htx|hợp tác xã|tổ hợp tác|công ty|cty|hộ|cơ sở|dntn|doanh nghiệp|trang trại)\s", text):
        return "producer"
    if regex.match(r"(?i)(?:xã|phường|thị trấn|thôn|ấp|huyện|tx\.?|tp\.?)\s", text):
        return "locality"
    return ""


def _row_a_line(
    document: Document, lines: Sequence[Span], index: int, lexicon: Lexicon
) -> tuple[FlatTable | None, int]:
    """A heading line that names the columns, then lines that count up from 1."""
    heading = fold(document.text[lines[index].start : lines[index].end])
    if "san pham" not in heading or not regex.search(r"chu the|sao|hang|diem|don vi|co so|nhom", heading):
        return None, 1
    rows: list[list[Span]] = []
    used = 1
    for line in lines[index + 1 :]:
        match = _ROW.match(document.text, line.start, line.end)
        if match is None or int(match[1]) != len(rows) + 1:
            break
        rows.append(_split_row(document.text, match.end(), line.end, lexicon))
        used += 1
    if not rows:
        return None, 1
    roles = {"name": 0, "producer": 1, "points": 2, "stars": 3}
    return _flat(rows, roles, 4, Span(lines[index].start, lines[index + used - 1].end)), used


def _split_row(text: str, start: int, end: int, lexicon: Lexicon) -> list[Span]:
    """Name, producer, points and stars of a row that stands on one line."""
    folded = tone_folded(text)
    ratings = list(find_stars(folded, start, end))
    right = ratings[-1].start if ratings else end
    stars = Span(ratings[-1].start, ratings[-1].end) if ratings else Span(end, end)
    points = regex.search(r"\s(\d{2,3}(?:[.,]\d{1,2})?)\s*(?:điểm\s*)?$", text[start:right])
    score = Span(start + points.start(1), start + points.end(1)) if points else Span(right, right)
    middle = score.start if points else right
    kinds = [
        c
        for c in lexicon.find(folded, start, middle)
        if c.family == "kind" and c.value != "none" and text[c.start].isupper()
    ]
    producer = _trim(text, kinds[0].start, middle) if kinds else Span(middle, middle)
    return [_trim(text, start, producer.start), producer, score, stars]


def _flat(rows: list[list[Span]], roles: dict[str, int], width: int, span: Span) -> FlatTable:
    cells = [Cell(r, c, span=cell) for r, row in enumerate(rows) for c, cell in enumerate(row[:width])]
    table = Table(1, None, len(rows), width, tuple(cells))
    return FlatTable(table, Columns(roles, {}, 0, width), span)
