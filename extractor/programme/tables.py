"""Product tables → products and producers: merged cells, rows that head a section, totals, continued tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extractor.document import Cell, Span, Table
from extractor.programme.cells import Section, Sheet, cell_of, locate, rate, row_maker, text_of, with_maker
from extractor.programme.columns import Columns, cell_text, find_columns, is_heading
from extractor.programme.makers import Maker
from extractor.programme.products import Draft
from extractor.programme.stars import find_stars
from extractor.programme.titles import table_status, title_ratings
from extractor.programme.view import View
from extractor.ruleset import RuleSet


@dataclass(slots=True)
class Rows:
    """What the product tables of a document hold. `totals`: (number, span) of totals rows with the rows counted."""

    products: list[Draft] = field(default_factory=list)
    makers: list[Maker] = field(default_factory=list)
    totals: list[tuple[int, Span, int]] = field(default_factory=list)
    tables: list[tuple[Span, int]] = field(default_factory=list)
    impossible: list[tuple[int, Span]] = field(default_factory=list)


def read_tables(view: View, tables: Sequence[tuple[Table, Columns | None]], rules: RuleSet) -> Rows:
    """The products of all product tables; columns that are known already are not looked for."""
    rows = Rows()
    previous: Sheet | None = None
    for table, known in tables:
        columns = known or find_columns(view.document, table, rules)
        if columns is None and previous is not None and table.columns == previous.columns.width:
            columns = Columns(previous.columns.roles, previous.columns.marks, 0, table.columns, previous.columns.status)
            status, span = previous.status, previous.status_span
        elif columns is None:
            continue
        else:
            status, span = table_status(view.document, table, columns, rules)
        sheet = Sheet(view.document, view, table, columns, rules, status, span)
        _title_rating(sheet)
        _read(sheet, rows)
        previous = sheet
    return rows


def _read(sheet: Sheet, rows: Rows) -> None:
    start = len(rows.products)
    for row in range(sheet.columns.first_row, sheet.table.rows):
        if _heading_again(sheet, row) or _total(sheet, row, rows) or _section(sheet, row):
            continue
        draft, maker = _product(sheet, row)
        if draft is not None:
            draft.region = -2 - sheet.table.id
            if draft.stars is not None and draft.stars not in range(1, 6):
                rows.impossible.append((draft.stars, Span(*(draft.stars_span or draft.name_span))))
                draft.stars = None
            rows.products.append(draft)
            sheet.count += 1
        if maker is not None:
            rows.makers.append(maker)
    spans = [cell.span for cell in sheet.table.cells]
    if spans and len(rows.products) > start:
        rows.tables.append((Span(min(s.start for s in spans), max(s.end for s in spans)), sheet.count))


def _title_rating(sheet: Sheet) -> None:
    """A table without a column of ratings has that of its title: "Danh sách sản phẩm đạt hạng 3 sao"."""
    if "stars" in sheet.columns.roles or "points" in sheet.columns.roles or sheet.columns.marks:
        return
    ratings = title_ratings(sheet.document, sheet.table, sheet.view.folded)
    if len(ratings) == 1 and len(ratings[0].values) == 1:
        sheet.stars, sheet.stars_span = ratings[0].values[0], (ratings[0].start, ratings[0].end)


def _heading_again(sheet: Sheet, row: int) -> bool:
    named = {role: text_of(sheet, cell_of(sheet, row, role)) for role in sheet.columns.roles}
    return sum(1 for role, text in named.items() if is_heading(text, role, sheet.rules)) >= 2


def _total(sheet: Sheet, row: int, rows: Rows) -> bool:
    """A totals row is a check and no product."""
    texts = [cell_text(sheet.document, sheet.table, row, column) for column in range(sheet.table.columns)]
    words = sheet.rules.programme["tables"]["totals"]
    opening = next((text for text in texts if text and not regex.fullmatch(r"[\dIVX.]+", text)), "")
    if not any(regex.match(rf"{word}(?!\p{{L}})", opening.lower()) for word in words):
        return False
    cell = next((c for c in sheet.table.cells if c.row == row and text_of(sheet, c)), None)
    number = regex.search(r"(?<![\d.,])(\d{1,4})\s*(?:sản phẩm|sp)", " ".join(texts).lower())
    if number and cell is not None:
        rows.totals.append((int(number[1]), cell.span, sheet.count))
    return True


def _section(sheet: Sheet, row: int) -> bool:
    """A row with one text over all columns, or a Roman number and a text: stars, place or group of what follows."""
    cells = {
        id(cell): cell for column in range(sheet.table.columns) if (cell := sheet.table.at(row, column)) is not None
    }
    filled = [cell for cell in cells.values() if text_of(sheet, cell) and cell.row == row]
    texts = [text_of(sheet, cell) for cell in filled]
    marked = [text for text in texts if not regex.fullmatch(r"(?:[IVX]+|[A-ZĐ]|\d{1,3})[.)]?", text)]
    if len(marked) != 1 or sheet.table.columns < 3:
        return False
    cell = next(c for c in filled if text_of(sheet, c) == marked[0])
    spread = cell.colspan >= sheet.table.columns - 1 or regex.fullmatch(r"(?:[IVX]+|[A-ZĐ])[.)]?", texts[0]) is not None
    if not spread and not (len(texts) == 1 and cell.colspan > 1):
        return False
    _enter(sheet, marked[0], cell)
    return True


def _enter(sheet: Sheet, text: str, cell: Cell) -> None:
    folded = sheet.view.folded
    ratings = list(find_stars(folded, cell.span.start, cell.span.end))
    span = (cell.span.start, cell.span.end)
    section = Section(span=span)
    section.stars = ratings[0].values[0] if ratings and len(ratings[0].values) == 1 else None
    section.stars_span = (ratings[0].start, ratings[0].end) if ratings else None
    group = regex.match(r"(?i)(?:nhóm|ngành)\s*(?:hàng|sản phẩm|ngành)?\s*:?\s*(.+)", text)
    if section.stars is None and group:
        section.group = group[1].strip(" .:")
    elif section.stars is None and regex.match(
        r"(?i)(?:xã|phường|thị trấn|huyện|thị xã|thành phố|quận|TP|TX)[\s.]", text
    ):
        section.locality = text.strip(" .:")
    sheet.section = section


def _product(sheet: Sheet, row: int) -> tuple[Draft | None, Maker | None]:
    cell = cell_of(sheet, row, "name")
    name = text_of(sheet, cell)
    maker, home = row_maker(sheet, row)
    if cell is None or not regex.search(r"\p{L}{2}", name) or len(name) > 160 or cell.row != row:
        return None, maker
    end = cell.span.end
    if "producer" not in sheet.columns.roles:
        end, maker = with_maker(sheet, cell)
        name = " ".join(sheet.document.text[cell.span.start : end].split())
    draft = Draft(_tidy(name), (cell.span.start, end), rule="products.table")
    if maker is not None:
        draft.producer, draft.producer_span = maker.name, (maker.start, maker.end)
    rate(sheet, row, draft)
    locate(sheet, row, draft, maker, home)
    draft.status, draft.status_spans = sheet.status, [sheet.status_span]
    return draft, maker


def _tidy(name: str) -> str:
    return regex.sub(r"^(?:\d{1,3}[.)]\s+|[-+*•]\s*)", "", name).strip(" ;,").strip()
