"""Rows that head what follows: place, stars, group, year, producer or status, nested by their numbering."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractor.document import Cell
from extractor.programme.cells import Section, Sheet, text_of
from extractor.programme.makers import find_makers
from extractor.programme.stars import find_stars
from extractor.programme.titles import phrase_status

_MARK = regex.compile(
    r"(?:(?P<roman>[IVX]+)|(?P<letter>[A-ZĐ])|(?P<number>\d{1,3}(?:\.\d{1,2})*)|(?P<small>[a-zđ]))[.)]?"
)
_OPENING_MARK = regex.compile(r"^(?:[IVX]+|[A-ZĐ]|\d{1,2})[.)]\s+")
_PLACE = regex.compile(r"(?i)(?:xã|phường|thị trấn|huyện|thị xã|thành phố|quận|tỉnh|đặc khu|TP|TX|TT)[\s.]")
_GROUP = regex.compile(r"(?i)(?:nhóm|ngành)\s*(?:hàng|sản phẩm|ngành)?\s*:?\s*(.+)")
_YEAR = regex.compile(r"(?i)(?:năm\s+)?(20\d\d)")
_STATES = frozenset({"proposed", "registered", "potential", "revoked", "target"})


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with one text: its cell, and the style of the number before it ("roman", "number", "" for none)."""

    cell: Cell
    text: str
    style: str


def enter_section(sheet: Sheet, row: int) -> bool:
    """Whether a row heads the rows below; what it says holds until a row of its kind or numbering."""
    found = _heading(sheet, row)
    if found is None:
        return False
    kind, section = _said(sheet, found)
    if kind == "" and not _spread(sheet, found):
        return False
    _leave(sheet, kind, found.style)
    sheet.sections.append((kind, found.style, section))
    return True


def _heading(sheet: Sheet, row: int) -> _Row | None:
    """The one text of a row that has no other, its number aside."""
    cells = {id(c): c for column in range(sheet.table.columns) if (c := sheet.table.at(row, column)) is not None}
    if sheet.table.columns < 3 and not sheet.columns.mixed:
        return None
    own = [(cell, text_of(sheet, cell)) for cell in cells.values() if cell.row == row]
    filled = [(cell, text) for cell, text in own if text]
    texts = [(cell, text) for cell, text in filled if not _MARK.fullmatch(text)]
    if len(texts) != 1 or len(own) < len(cells):
        return None
    mark = _MARK.fullmatch(filled[0][1]) if len(filled) > 1 else _OPENING_MARK.match(texts[0][1])
    style = next((name for name, value in mark.groupdict().items() if value), "") if mark and len(filled) > 1 else ""
    style = style or (_style(mark[0]) if mark else "")
    return _Row(texts[0][0], _OPENING_MARK.sub("", texts[0][1]), style)


def _style(mark: str) -> str:
    match = _MARK.fullmatch(mark.strip())
    return next((name for name, value in match.groupdict().items() if value), "") if match else ""


def _spread(sheet: Sheet, row: _Row) -> bool:
    """Whether a text that says nothing known heads a section by its form: over the columns, or with a Roman number."""
    wide = row.cell.colspan >= sheet.table.columns - 1 or (row.cell.colspan > 1 and row.style == "")
    return wide or row.style in ("roman", "letter")


def _said(sheet: Sheet, row: _Row) -> tuple[str, Section]:
    """What a heading row says, and of which kind it is."""
    span = (row.cell.span.start, row.cell.span.end)
    section = Section(span=span)
    status = phrase_status(row.text.lower(), "titles", sheet.rules)
    section.status = status[0] if status and status[0] in _STATES else None
    ratings = list(find_stars(sheet.view.folded, *span))
    if ratings and len(ratings[0].values) == 1:
        section.stars, section.stars_span = ratings[0].values[0], (ratings[0].start, ratings[0].end)
        return "stars", section
    year, group = _YEAR.fullmatch(row.text), _GROUP.match(row.text)
    if year:
        section.year = year[1]
        return "year", section
    makers = [] if "producer" in sheet.columns.roles else find_makers(sheet.view, *span)
    if makers and makers[0].start - span[0] < 6:
        section.maker = makers[0]
        return "producer", section
    if group:
        section.group = group[1].strip(" .:")
        return "group", section
    if _PLACE.match(row.text):
        section.locality = row.text.strip(" .:")
        return "place", section
    return ("state" if section.status else ""), section


def _leave(sheet: Sheet, kind: str, style: str) -> None:
    """Close the sections of this kind or numbering, and all inside them; unnumbered unknown text closes all."""
    for depth, (other, mark, _) in enumerate(sheet.sections):
        if (kind and other == kind) or (style and mark == style) or (not kind and not style):
            del sheet.sections[depth:]
            return
