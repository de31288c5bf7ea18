"""Product tables → products and producers: merged cells, rows that head a section, totals, continued tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extractor.document import Cell, Document, Span, Table
from extractor.programme.columns import Columns, cell_text, find_columns, is_heading
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
_LEADS = regex.compile(r"(?i):\s*$|^\s*(?:danh\s+(?:sách|mục)|phụ\s+lục|biểu|bảng|kết\s+quả)")
_TICK = regex.compile(r"(?i)x|✓|✔|v|1")
_BEFORE = 500


@dataclass(slots=True)
class Rows:
    """What the product tables of a document hold. `totals`: (number, span) of totals rows with the rows counted."""

    products: list[Draft] = field(default_factory=list)
    makers: list[Maker] = field(default_factory=list)
    totals: list[tuple[int, Span, int]] = field(default_factory=list)
    tables: list[tuple[Span, int]] = field(default_factory=list)
    impossible: list[tuple[int, Span]] = field(default_factory=list)


@dataclass(slots=True)
class _Section:
    """What a row that heads a section says of the rows below."""

    stars: int | None = None
    stars_span: tuple[int, int] | None = None
    locality: str | None = None
    group: str | None = None
    span: tuple[int, int] | None = None


@dataclass(slots=True)
class _Sheet:
    """A table being read."""

    document: Document
    view: View
    table: Table
    columns: Columns
    rules: RuleSet
    status: str | None
    status_span: tuple[int, int]
    section: _Section = field(default_factory=_Section)
    count: int = 0
    since_section: int = 0


def read_tables(view: View, tables: Sequence[tuple[Table, Columns | None]], rules: RuleSet) -> Rows:
    """The products of all product tables; columns that are known already are not looked for."""
    rows = Rows()
    previous: _Sheet | None = None
    for table, known in tables:
        columns = known or find_columns(view.document, table, rules)
        if columns is None and previous is not None and table.columns == previous.columns.width:
            columns = Columns(previous.columns.roles, previous.columns.marks, 0, table.columns, previous.columns.status)
            status, span = previous.status, previous.status_span
        elif columns is None:
            continue
        else:
            status, span = _status(view.document, table, columns, rules)
        sheet = _Sheet(view.document, view, table, columns, rules, status, span)
        _read(sheet, rows)
        previous = sheet
    return rows


def _read(sheet: _Sheet, rows: Rows) -> None:
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


def _cell(sheet: _Sheet, row: int, role: str) -> Cell | None:
    column = sheet.columns.roles.get(role)
    return None if column is None else sheet.table.at(row, column)


def _text(sheet: _Sheet, cell: Cell | None) -> str:
    return "" if cell is None else " ".join(sheet.document.text[cell.span.start : cell.span.end].split())


def _heading_again(sheet: _Sheet, row: int) -> bool:
    named = {role: _text(sheet, _cell(sheet, row, role)) for role in sheet.columns.roles}
    return sum(1 for role, text in named.items() if is_heading(text, role, sheet.rules)) >= 2


def _total(sheet: _Sheet, row: int, rows: Rows) -> bool:
    """A totals row is a check and no product."""
    texts = [cell_text(sheet.document, sheet.table, row, column) for column in range(sheet.table.columns)]
    words = sheet.rules.programme["tables"]["totals"]
    opening = next((text for text in texts if text and not regex.fullmatch(r"[\dIVX.]+", text)), "")
    if not any(regex.match(rf"{word}(?!\p{{L}})", opening.lower()) for word in words):
        return False
    cell = next((c for c in sheet.table.cells if c.row == row and _text(sheet, c)), None)
    number = regex.search(r"(?<![\d.,])(\d{1,4})\s*(?:sản phẩm|sp)", " ".join(texts).lower())
    if number and cell is not None:
        rows.totals.append((int(number[1]), cell.span, sheet.count))
    return True


def _section(sheet: _Sheet, row: int) -> bool:
    """A row with one text over all columns, or only a Roman number and a text: stars, place or group of what follows."""
    cells = {id(cell): cell for column in range(sheet.table.columns) if (cell := sheet.table.at(row, column)) is not None}
    filled = [cell for cell in cells.values() if _text(sheet, cell) and cell.row == row]
    texts = [_text(sheet, cell) for cell in filled]
    marked = [text for text in texts if not regex.fullmatch(r"(?:[IVX]+|[A-ZĐ]|\d{1,3})[.)]?", text)]
    if len(marked) != 1 or sheet.table.columns < 3:
        return False
    cell = next(c for c in filled if _text(sheet, c) == marked[0])
    spread = cell.colspan >= sheet.table.columns - 1 or regex.fullmatch(r"(?:[IVX]+|[A-ZĐ])[.)]?", texts[0]) is not None
    if not spread and not (len(texts) == 1 and cell.colspan > 1):
        return False
    _enter(sheet, marked[0], cell)
    return True


def _enter(sheet: _Sheet, text: str, cell: Cell) -> None:
    folded = sheet.view.folded
    ratings = list(find_stars(folded, cell.span.start, cell.span.end))
    span = (cell.span.start, cell.span.end)
    section = _Section(span=span)
    section.stars = ratings[0].values[0] if ratings and len(ratings[0].values) == 1 else None
    section.stars_span = (ratings[0].start, ratings[0].end) if ratings else None
    group = regex.match(r"(?i)(?:nhóm|ngành)\s*(?:hàng|sản phẩm|ngành)?\s*:?\s*(.+)", text)
    if section.stars is None and group:
        section.group = group[1].strip(" .:")
    elif section.stars is None and regex.match(r"(?i)(?:xã|phường|thị trấn|huyện|thị xã|thành phố|quận|TP|TX)[\s.]", text):
        section.locality = text.strip(" .:")
    sheet.section = section


def _product(sheet: _Sheet, row: int) -> tuple[Draft | None, Maker | None]:
    cell = _cell(sheet, row, "name")
    name = _text(sheet, cell)
    maker, home = _maker(sheet, row)
    if cell is None or not regex.search(r"\p{L}{2}", name) or len(name) > 160 or cell.row != row:
        return None, maker
    draft = Draft(_tidy(name), (cell.span.start, cell.span.end), rule="products.table")
    if maker is not None:
        draft.producer, draft.producer_span = maker.name, (maker.start, maker.end)
    _rate(sheet, row, draft)
    _place(sheet, row, draft, maker, home)
    draft.status, draft.status_spans = sheet.status, [sheet.status_span]
    return draft, maker


def _tidy(name: str) -> str:
    return regex.sub(r"^(?:\d{1,3}[.)]\s+|[-+*•]\s*)", "", name).strip(" ;,").strip()


def _rate(sheet: _Sheet, row: int, draft: Draft) -> None:
    """Stars, points, group and year of a row."""
    cell = _cell(sheet, row, "stars")
    if cell is not None:
        draft.stars, draft.stars_span = cell_stars(_text(sheet, cell)), (cell.span.start, cell.span.end)
        if draft.stars is None:
            found = list(find_stars(sheet.view.folded, cell.span.start, cell.span.end))
            draft.stars = found[0].values[0] if found and len(found[0].values) == 1 else None
    for column, stars in sheet.columns.marks.items():
        ticked = sheet.table.at(row, column)
        if ticked is not None and _TICK.fullmatch(_text(sheet, ticked)):
            draft.stars, draft.stars_span = stars, (ticked.span.start, ticked.span.end)
    if draft.stars is None and sheet.section.stars is not None:
        draft.stars, draft.stars_span = sheet.section.stars, sheet.section.stars_span
    cell = _cell(sheet, row, "points")
    number = _POINTS.search(_text(sheet, cell)) if cell is not None else None
    if cell is not None and number is not None and float(number[1].replace(",", ".")) <= 100:
        draft.points, draft.points_span = float(number[1].replace(",", ".")), (cell.span.start, cell.span.end)
    cell = _cell(sheet, row, "year")
    year = _YEAR.search(_text(sheet, cell))
    if cell is not None and year is not None:
        draft.year, draft.year_span = year[1], (cell.span.start, cell.span.end)
    cell = _cell(sheet, row, "group")
    if cell is not None and _text(sheet, cell):
        draft.group, draft.group_span = _text(sheet, cell), (cell.span.start, cell.span.end)
    elif sheet.section.group:
        draft.group, draft.group_span = sheet.section.group, sheet.section.span


def _place(sheet: _Sheet, row: int, draft: Draft, maker: Maker | None, home: Cell | None) -> None:
    """The locality: its own column, else the address in the producer's cell, else the section."""
    cell = _cell(sheet, row, "locality")
    if cell is not None and _text(sheet, cell):
        draft.place, draft.place_span = _PHONE.sub("", _text(sheet, cell)).strip(" ,;.-"), (cell.span.start, cell.span.end)
        return
    if home is not None and maker is not None:
        own = _cell(sheet, home.row, "locality")
        if own is not None and _text(sheet, own):
            draft.place, draft.place_span = _text(sheet, own), (own.span.start, own.span.end)
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


def _maker(sheet: _Sheet, row: int) -> tuple[Maker | None, Cell | None]:
    """The producer of a row and its cell; an empty cell inherits from above."""
    column = sheet.columns.roles.get("producer")
    if column is None:
        return None, None
    for above in range(row, sheet.columns.first_row - 1, -1):
        cell = sheet.table.at(above, column)
        if cell is not None and _text(sheet, cell):
            return _cell_maker(sheet, cell), cell
    return None, None


def _cell_maker(sheet: _Sheet, cell: Cell) -> Maker | None:
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
        longer = name if name.startswith(maker.name) and len(name) - len(maker.name) < 40 and "," not in name[len(maker.name) :] else maker.name
        return Maker(longer, maker.kind, maker.start, max(maker.end, span.end if longer == name else maker.end))
    if not regex.search(r"\p{Lu}", name) or len(name) > 120:
        return None
    return Maker(name, _kind_alike(name, sheet.rules), span.start, span.end)


def _kind_alike(name: str, rules: RuleSet) -> str:
    """The kind that a name opens with, marks aside: OCR loses them."""
    folded = fold(name)
    kinds = rules.programme["producers"]["kinds"].items()
    fits = [(len(phrase), kind) for kind, phrases in kinds if kind != "none" for phrase in phrases if folded.startswith(fold(phrase) + " ")]
    return max(fits)[1] if fits else "other"


def _status(document: Document, table: Table, columns: Columns, rules: RuleSet) -> tuple[str | None, tuple[int, int]]:
    """What the heading, the title above, or the document's own title says of the table's products."""
    start = min((cell.span.start for cell in table.cells), default=0)
    here = (start, min(len(document.text), start + 1))
    if columns.status is not None:
        return columns.status, here
    for left, right in _titles(document, start):
        found = _title_status(document.text[left:right].lower(), rules)
        if found is not None:
            status, a, b = found
            scored = "points" in columns.roles and status in ("potential", "registered", "target")
            return "assessed" if scored else status, (left + a, left + b)
    title = " ".join(document.text[zone.start : zone.end] for zone in document.zone("title")).lower()
    for word, status in rules.programme["tables"]["types"].items():
        if title.startswith(word):
            return status, here
    rated = "stars" in columns.roles or columns.marks
    return ("recognized" if rated else None), here


def _titles(document: Document, start: int) -> list[tuple[int, int]]:
    """The paragraphs before the table, nearest first, then the document's title."""
    before = [b for b in document.blocks if b.end <= start and b.kind != "cell" and start - b.end < _BEFORE]
    near = [(b.start, b.end) for b in reversed(before[-5:])]
    leading = [span for span in near if _LEADS.search(document.text[span[0] : span[1]])]
    return leading + near + [(z.start, z.end) for z in document.zone("title")]


def _title_status(text: str, rules: RuleSet) -> tuple[str, int, int] | None:
    text = " ".join(text.split(" "))
    for status, phrases in rules.programme["tables"]["titles"].items():
        for phrase in phrases:
            match = regex.search(rf"(?<!\p{{L}}){phrase}(?!\p{{L}})", text)
            if match is not None and not regex.search(r"(?:chương|quy|chu|lộ|theo|xét)\s*$", text[: match.start()]):
                return status, match.start(), match.end()
    return None
