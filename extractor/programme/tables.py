"""Product tables → products and producers: merged cells, rows that head a section, totals, continued tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from extractor.document import Span, Table
from extractor.programme.cellmakers import locate, row_maker, with_maker
from extractor.programme.cellnames import names_in
from extractor.programme.cells import Sheet, cell_of, rate, text_of
from extractor.programme.columns import Columns, find_columns, has_heading, is_heading
from extractor.programme.makers import Maker
from extractor.programme.names import is_indicator
from extractor.programme.products import Draft
from extractor.programme.remarks import state
from extractor.programme.sections import enter_section
from extractor.programme.titles import table_status, title_ratings
from extractor.programme.totals import is_total, settled
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
        if columns is None and previous is not None and _goes_on(view, table, previous, rules):
            columns = replace(previous.columns, first_row=0)
            status, span = previous.status, previous.status_span
        elif columns is None:
            continue
        else:
            status, span = table_status(view.document, table, columns, rules)
        sheet = Sheet(view.document, view, table, columns, rules, status, span)
        _title_rating(sheet)
        _read(sheet, rows, whole=known is None or not view.document.lines)
        previous = sheet
    return rows


def _goes_on(view: View, table: Table, before: Sheet, rules: RuleSet) -> bool:
    """Whether a table without product columns of its own is the rest of the one before."""
    return table.columns == before.columns.width and not has_heading(view.document, table, rules)


def _read(sheet: Sheet, rows: Rows, whole: bool) -> None:
    """Rows to products; a table that may not be `whole` is no measure of what the text says."""
    start = len(rows.products)
    for row in range(sheet.columns.first_row, sheet.table.rows):
        if _heading_again(sheet, row) or is_total(sheet, row):
            continue
        if enter_section(sheet, row):
            sheet.starts.append(sheet.count)
            maker = sheet.sections[-1][2].maker
            rows.makers += [maker] if maker is not None else []
            continue
        drafts, maker = _products(sheet, row)
        for draft in drafts:
            _keep(sheet, rows, draft)
        if maker is not None:
            rows.makers.append(maker)
    if not whole:
        return
    rows.totals += settled(sheet)
    spans = [cell.span for cell in sheet.table.cells]
    if spans and len(rows.products) > start:
        rows.tables.append((Span(min(s.start for s in spans), max(s.end for s in spans)), sheet.count))


def _keep(sheet: Sheet, rows: Rows, draft: Draft) -> None:
    draft.region = -2 - sheet.table.id
    if draft.stars is not None and draft.stars not in range(1, 6):
        rows.impossible.append((draft.stars, Span(*(draft.stars_span or draft.name_span))))
        draft.stars = None
    rows.products.append(draft)
    sheet.count += 1


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


def _products(sheet: Sheet, row: int) -> tuple[list[Draft], Maker | None]:
    """The products of a row (a cell may list several) and their producer."""
    cell = cell_of(sheet, row, "name")
    maker, home = row_maker(sheet, row)
    if cell is None or cell.row != row:
        return [], maker
    drafts, spans = [], names_in(sheet, cell)
    for start, end in spans:
        if len(spans) == 1 and "producer" not in sheet.columns.roles:
            end, own = with_maker(sheet, cell)
            maker = own or maker
        name = " ".join(sheet.document.text[start:end].split())
        if not regex.search(r"\p{L}{2}", name) or len(name) > 160 or is_indicator(name):
            continue
        draft = Draft(_tidy(name), (start, end), rule="products.table")
        if maker is not None:
            draft.producer, draft.producer_span = maker.name, (maker.start, maker.end)
        rate(sheet, row, draft)
        locate(sheet, row, draft, maker, home)
        state(sheet, row, draft)
        drafts.append(draft)
    return drafts, maker


def _tidy(name: str) -> str:
    return regex.sub(r"^(?:\d{1,3}[.)]\s+|[-+*•]\s*)", "", name).strip(" ;,").strip()
