"""The cells of a row of a product table, ditto marks looked up, and what they rate: stars, points, group, year."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from extractor.document import Cell, Document, Span, Table
from extractor.programme.columns import Columns
from extractor.programme.makers import Maker
from extractor.programme.products import Draft
from extractor.programme.stars import cell_stars, find_stars
from extractor.programme.view import View
from extractor.ruleset import RuleSet

_POINTS = regex.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,3})?)(?![\d.,]*\d)")
_YEAR = regex.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_MARKED = regex.compile(r"([1-5])\s*[^\p{L}\d\s]{1,2}")
_TICK = regex.compile(r"(?i)x|✓|✔|v|1")


@dataclass(slots=True)
class Section:
    """What a row that heads a section says of the rows below."""

    stars: int | None = None
    stars_span: tuple[int, int] | None = None
    locality: str | None = None
    group: str | None = None
    year: str | None = None
    maker: Maker | None = None
    status: str | None = None
    span: tuple[int, int] | None = None


@dataclass(slots=True)
class Sheet:
    """A table being read. `sections`: (kind, style of numbering, section), outermost first.

    `starts`: the rows counted when each section began; `totals`: (number, span, rows counted before it).
    """

    document: Document
    view: View
    table: Table
    columns: Columns
    rules: RuleSet
    status: str | None
    status_span: tuple[int, int]
    sections: list[tuple[str, str, Section]] = field(default_factory=list)
    stars: int | None = None
    stars_span: tuple[int, int] | None = None
    count: int = 0
    starts: list[int] = field(default_factory=list)
    totals: list[tuple[int, Span, int]] = field(default_factory=list)

    def said(self, name: str) -> Section | None:
        """The innermost section that says something of a kind ("stars", "locality" …)."""
        return next((s for _, _, s in reversed(self.sections) if getattr(s, name) is not None), None)


def cell_of(sheet: Sheet, row: int, role: str) -> Cell | None:
    """The cell of a row in the column of a role."""
    column = sheet.columns.roles.get(role)
    return None if column is None else sheet.table.at(row, column)


def filled(sheet: Sheet, row: int, role: str) -> Cell | None:
    """The cell that holds what a row has in a column: above a ditto mark, that of the row it repeats."""
    for above in range(row, sheet.columns.first_row - 1, -1):
        cell = cell_of(sheet, above, role)
        text = text_of(sheet, cell)
        if cell is None or not text:
            return None
        if not is_ditto(text, sheet):
            return cell
    return None


def is_ditto(text: str, sheet: Sheet) -> bool:
    """Whether a cell only repeats the one above."""
    return text.lower().strip("- .") in sheet.rules.programme["tables"]["ditto"]


def text_of(sheet: Sheet, cell: Cell | None) -> str:
    """A cell's text on one line."""
    return "" if cell is None else " ".join(sheet.document.text[cell.span.start : cell.span.end].split())


def rate(sheet: Sheet, row: int, draft: Draft) -> None:
    """Stars, points, group and year of a row."""
    _stars(sheet, row, draft)
    cell = cell_of(sheet, row, "points")
    number = _POINTS.search(text_of(sheet, cell))
    if cell is not None and number is not None and float(number[1].replace(",", ".")) <= 100:
        draft.points, draft.points_span = float(number[1].replace(",", ".")), at(cell)
    _year(sheet, row, draft)
    cell, section = filled(sheet, row, "group"), sheet.said("group")
    if cell is not None and cell.column != sheet.columns.roles["name"]:
        draft.group, draft.group_span = text_of(sheet, cell), at(cell)
    elif section is not None:
        draft.group, draft.group_span = section.group, section.span


def _year(sheet: Sheet, row: int, draft: Draft) -> None:
    """From its column, a ticked column of a year, or the heading of the section."""
    cell, section = filled(sheet, row, "year"), sheet.said("year")
    year = _YEAR.search(text_of(sheet, cell))
    if cell is not None and year is not None:
        draft.year, draft.year_span = year[1], at(cell)
    elif section is not None:
        draft.year, draft.year_span = section.year, section.span
    for column, heading in sheet.columns.years.items():
        ticked = sheet.table.at(row, column)
        if ticked is not None and _TICK.fullmatch(text_of(sheet, ticked)):
            draft.year, draft.year_span = heading.split()[-1], at(ticked)


def at(cell: Cell) -> tuple[int, int]:
    """A cell's place in the text."""
    return cell.span.start, cell.span.end


def _rated(sheet: Sheet, cell: Cell, draft: Draft) -> None:
    """The rating in its cell; a sign behind the figure is an asterisk that OCR took for another ("3%")."""
    text = text_of(sheet, cell)
    marked = _MARKED.fullmatch(text)
    draft.stars = cell_stars(text) or (int(marked[1]) if marked else None)


def _stars(sheet: Sheet, row: int, draft: Draft) -> None:
    """From the rating's cell, a ticked "3 sao" column, or the heading of the section."""
    cell = filled(sheet, row, "stars")
    if cell is not None:
        _rated(sheet, cell, draft)
    cell = cell or cell_of(sheet, row, "points")
    if cell is not None:
        draft.stars_span = at(cell)
        if draft.stars is None:
            found = list(find_stars(sheet.view.folded, cell.span.start, cell.span.end))
            draft.stars = found[0].values[0] if found and len(found[0].values) == 1 else None
    for column, stars in sheet.columns.marks.items():
        ticked = sheet.table.at(row, column)
        if ticked is not None and _TICK.fullmatch(text_of(sheet, ticked)):
            draft.stars, draft.stars_span = stars, at(ticked)
    section = sheet.said("stars")
    if draft.stars is None and section is not None:
        draft.stars, draft.stars_span = section.stars, section.stars_span
    if draft.stars is None and sheet.stars is not None:
        draft.stars, draft.stars_span = sheet.stars, sheet.stars_span
