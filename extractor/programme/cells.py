"""The cells of a row of a product table: producer with address and phone, stars, points, group, year, place."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from extractor.document import Cell, Document, Table
from extractor.programme.columns import Columns
from extractor.programme.makers import Maker, find_makers
from extractor.programme.products import Draft
from extractor.programme.stars import cell_stars, find_stars
from extractor.programme.view import View
from extractor.ruleset import RuleSet
from extractor.text.normalise import fold

_POINTS = regex.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,3})?)(?![\d.,]*\d)")


_YEAR = regex.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


_PHONE = regex.compile(r"(?i)(?:đt|sđt|điện thoại|tel|số điện thoại)\s*[:.]?\s*[\d.\s]+|(?<!\d)0\d[\d.\s]{7,12}(?!\d)")


_ADDRESS = regex.compile(
    r"(?:\n|[,;(–-]\s*|\s)(?:địa\s+chỉ\s*:?\s*)?(?=(?:thôn|xã|ấp|phường|thị\s+trấn|huyện|khóm|bản|buôn|tổ\s+dân\s+phố|xóm|khu\s+phố|đường|số\s+nhà|tiểu\s+khu|TP\.?|TX\.?|TT\.?)\s)",
    regex.IGNORECASE,
)


_TICK = regex.compile(r"(?i)x|✓|✔|v|1")


@dataclass(slots=True)
class Section:
    """What a row that heads a section says of the rows below."""

    stars: int | None = None
    stars_span: tuple[int, int] | None = None
    locality: str | None = None
    group: str | None = None
    span: tuple[int, int] | None = None


@dataclass(slots=True)
class Sheet:
    """A table being read."""

    document: Document
    view: View
    table: Table
    columns: Columns
    rules: RuleSet
    status: str | None
    status_span: tuple[int, int]
    section: Section = field(default_factory=Section)
    stars: int | None = None
    stars_span: tuple[int, int] | None = None
    count: int = 0
    since_section: int = 0


def cell_of(sheet: Sheet, row: int, role: str) -> Cell | None:
    """The cell of a row in the column of a role."""
    column = sheet.columns.roles.get(role)
    return None if column is None else sheet.table.at(row, column)


def text_of(sheet: Sheet, cell: Cell | None) -> str:
    """A cell's text on one line."""
    return "" if cell is None else " ".join(sheet.document.text[cell.span.start : cell.span.end].split())


def rate(sheet: Sheet, row: int, draft: Draft) -> None:
    """Stars, points, group and year of a row."""
    _stars(sheet, row, draft)
    cell = cell_of(sheet, row, "points")
    number = _POINTS.search(text_of(sheet, cell))
    if cell is not None and number is not None and float(number[1].replace(",", ".")) <= 100:
        draft.points, draft.points_span = float(number[1].replace(",", ".")), _at(cell)
    cell = cell_of(sheet, row, "year")
    year = _YEAR.search(text_of(sheet, cell))
    if cell is not None and year is not None:
        draft.year, draft.year_span = year[1], _at(cell)
    cell = cell_of(sheet, row, "group")
    if cell is not None and text_of(sheet, cell):
        draft.group, draft.group_span = text_of(sheet, cell), _at(cell)
    elif sheet.section.group:
        draft.group, draft.group_span = sheet.section.group, sheet.section.span


def _at(cell: Cell) -> tuple[int, int]:
    return cell.span.start, cell.span.end


def _stars(sheet: Sheet, row: int, draft: Draft) -> None:
    """From the rating's cell, a ticked "3 sao" column, or the heading of the section."""
    cell = cell_of(sheet, row, "stars")
    draft.stars = cell_stars(text_of(sheet, cell)) if cell is not None else None
    cell = cell or cell_of(sheet, row, "points")
    if cell is not None:
        draft.stars_span = _at(cell)
        if draft.stars is None:
            found = list(find_stars(sheet.view.folded, cell.span.start, cell.span.end))
            draft.stars = found[0].values[0] if found and len(found[0].values) == 1 else None
    for column, stars in sheet.columns.marks.items():
        ticked = sheet.table.at(row, column)
        if ticked is not None and _TICK.fullmatch(text_of(sheet, ticked)):
            draft.stars, draft.stars_span = stars, _at(ticked)
    if draft.stars is None:
        draft.stars, draft.stars_span = sheet.section.stars, sheet.section.stars_span or draft.stars_span
    if draft.stars is None and sheet.stars is not None:
        draft.stars, draft.stars_span = sheet.stars, sheet.stars_span


def locate(sheet: Sheet, row: int, draft: Draft, maker: Maker | None, home: Cell | None) -> None:
    """The locality: its own column, else the address in the producer's cell, else the section."""
    cell = cell_of(sheet, row, "locality")
    if cell is not None and text_of(sheet, cell):
        draft.place, draft.place_span = (
            _PHONE.sub("", text_of(sheet, cell)).strip(" ,;.-"),
            (cell.span.start, cell.span.end),
        )
        return
    if home is not None and maker is not None:
        own = cell_of(sheet, home.row, "locality")
        if own is not None and text_of(sheet, own):
            draft.place, draft.place_span = text_of(sheet, own), (own.span.start, own.span.end)
            return
        rest = sheet.document.text[maker.end : home.span.end]
        match = regex.match(r"[\s,;(–-]*(?:địa\s+chỉ\s*:?\s*)?", rest, regex.IGNORECASE)
        address = _PHONE.sub("", rest[match.end() :] if match else rest)
        address = " ".join(address.split()).strip(" ,;.()-–")
        if regex.search(r"\p{L}", address):
            draft.place, draft.place_span = address, (maker.end, home.span.end)
            return
    if sheet.section.locality:
        draft.place, draft.place_span = sheet.section.locality, sheet.section.span


def row_maker(sheet: Sheet, row: int) -> tuple[Maker | None, Cell | None]:
    """The producer of a row and its cell; an empty cell inherits from above."""
    column = sheet.columns.roles.get("producer")
    if column is None:
        return None, None
    for above in range(row, sheet.columns.first_row - 1, -1):
        cell = sheet.table.at(above, column)
        if cell is not None and text_of(sheet, cell):
            return _cell_maker(sheet, cell), cell
    return None, None


def _cell_maker(sheet: Sheet, cell: Cell) -> Maker | None:
    """The producer that a cell names: up to its address or phone where no kind word opens it."""
    text = sheet.document.text[cell.span.start : cell.span.end]
    named = find_makers(sheet.view, cell.span.start, cell.span.end)
    address = _ADDRESS.search(text, 4)
    phone = _PHONE.search(text)
    cut = min([m.start() for m in (address, phone) if m is not None], default=len(text))
    span = sheet.view.trimmed(cell.span.start, cell.span.start + cut)
    name = " ".join(sheet.document.text[span.start : span.end].split()).strip(" ,;.:(-–")
    if named and named[0].start - cell.span.start < 8:
        maker = named[0]
        rest = name[len(maker.name) :]
        more = name.startswith(maker.name) and len(rest) < 40 and not regex.search(r"[,;:(]", rest)
        longer = name if more else maker.name
        return Maker(longer, maker.kind, maker.start, max(maker.end, span.end if longer == name else maker.end))
    if not regex.search(r"\p{Lu}", name) or len(name) > 120:
        return None
    return Maker(name, _kind_alike(name, sheet.rules), span.start, span.end)


def _kind_alike(name: str, rules: RuleSet) -> str:
    """The kind that a name opens with, marks aside: OCR loses them."""
    folded = fold(name)
    kinds = rules.programme["producers"]["kinds"].items()
    fits = [
        (len(phrase), kind)
        for kind, phrases in kinds
        if kind != "none"
        for phrase in phrases
        if folded.startswith(fold(phrase) + " ")
    ]
    return max(fits)[1] if fits else "other"


def with_maker(sheet: Sheet, cell: Cell) -> tuple[int, Maker | None]:
    """Where the name ends in a cell that holds product and producer ("Mật ong (HTX Ong)"), and the producer."""
    named = [m for m in find_makers(sheet.view, cell.span.start, cell.span.end) if m.start > cell.span.start + 2]
    if not named:
        return cell.span.end, None
    link = regex.search(r"\s*(?:[-–(,:;]|của)?\s*$", sheet.document.text[cell.span.start : named[0].start])
    return cell.span.start + (link.start() if link else named[0].start - cell.span.start), named[0]
