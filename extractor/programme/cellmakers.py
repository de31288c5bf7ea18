"""The producer's cell of a row: name, address, phone and person; merged, repeated or empty cells inherit from above."""

from __future__ import annotations

import regex

from extractor.document import Cell
from extractor.programme.cells import Sheet, at, filled, is_ditto, text_of
from extractor.programme.makers import Maker, find_makers
from extractor.programme.products import Draft
from extractor.ruleset import RuleSet
from extractor.text.normalise import fold

_PHONE = regex.compile(r"(?i)(?:đt|sđt|điện thoại|tel|số điện thoại)\s*[:.]?\s*[\d.\s]+|(?<!\d)0\d[\d.\s]{7,12}(?!\d)")


_ADDRESS = regex.compile(
    r"(?:\n|[,;(–-]\s*|\s)(?:địa\s+chỉ\s*:?\s*)?(?=(?:thôn|xã|ấp|phường|thị\s+trấn|huyện|khóm|bản|buôn|tổ\s+dân\s+phố|xóm|khu\s+phố|đường|số\s+nhà|tiểu\s+khu|TP\.?|TX\.?|TT\.?)\s)",
    regex.IGNORECASE,
)
_PERSON = regex.compile(
    r"(?i)[\s;,.(–-]*(?<!\p{L})(?:(?:người\s+)?đại\s+diện(?:\s+(?:theo\s+)?pháp\s+luật)?|đdpl|giám\s+đốc|chủ\s+(?:hộ|cơ\s+sở|nhiệm)"
    r"|người\s+liên\s+hệ|liên\s+hệ)\s*:[^;]*?(?=;|$|\n(?:thôn|xã|ấp|phường|huyện|bản|số)\s|[\s,.;-]*(?:địa\s+chỉ|đt|sđt|điện\s+thoại|tel|số\s+điện)|,\s*0\d{8})"
)


def locate(sheet: Sheet, row: int, draft: Draft, maker: Maker | None, home: Cell | None) -> None:
    """The locality: its own column, else the address in the producer's cell, else the section."""
    own = filled(sheet, row, "locality") or (filled(sheet, home.row, "locality") if home is not None else None)
    if own is not None and len(text_of(sheet, own)) > 2:
        draft.place, draft.place_span = _PHONE.sub("", text_of(sheet, own)).strip(" ,;.-"), at(own)
        return
    if home is not None and maker is not None:
        address = address_of(sheet.document.text[maker.end : home.span.end])
        if regex.search(r"\p{L}{2}", address):
            draft.place, draft.place_span = address, (maker.end, home.span.end)
            return
    section = sheet.said("locality")
    if section is not None:
        draft.place, draft.place_span = section.locality, section.span


def address_of(rest: str) -> str:
    """The address in what a producer's cell says behind the name; persons and phones are left out.

    >>> address_of("; thôn 3, xã Mẫu; người đại diện: bà Lê Thị Mẫu; ĐT: 0900000000")
    'thôn 3, xã Mẫu'
    """
    kept = _PHONE.sub("", _PERSON.sub("", rest))
    return " ".join(regex.sub(r"(?i)^[\s,;.:(–-]*(?:địa\s+chỉ|đ/c)\s*:?\s*", "", kept).split()).strip(" ,;.:()-–")


def row_maker(sheet: Sheet, row: int) -> tuple[Maker | None, Cell | None]:
    """The producer of a row and its cell; an empty cell, or a mark too short for a name, inherits from above."""
    column, section = sheet.columns.roles.get("producer"), sheet.said("maker")
    if column is None:
        return (section.maker if section is not None else None), None
    for above in range(row, sheet.columns.first_row - 1, -1):
        cell = sheet.table.at(above, column)
        if cell is not None and len(text := text_of(sheet, cell)) > 2 and not is_ditto(text, sheet):
            return _cell_maker(sheet, cell), cell
    return None, None


def _cell_maker(sheet: Sheet, cell: Cell) -> Maker | None:
    """The producer that a cell names: up to its address or phone where no kind word opens it."""
    text = sheet.document.text[cell.span.start : cell.span.end]
    named = find_makers(sheet.view, cell.span.start, cell.span.end)
    address = _ADDRESS.search(text, 4)
    found = (address, _PHONE.search(text), _PERSON.search(text, 4))
    cut = min([m.start() for m in found if m is not None], default=len(text))
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
