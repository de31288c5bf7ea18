"""Totals rows of a table: checks on its rows, no products. One may count a section, the table, or stand above them."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.document import Span
from extractor.programme.cells import Sheet, text_of
from extractor.programme.columns import cell_text
from extractor.text.normalise import fold

_NUMBERED = regex.compile(r"(?<![\d.,])(\d{1,4})\s*(?:san pham|sp)(?![a-z])")
_MARK = regex.compile(r"[\dIVX.]+")


def is_total(sheet: Sheet, row: int) -> bool:
    """Whether a row is a total; its number, if any, is kept with the rows before it."""
    texts = [cell_text(sheet.document, sheet.table, row, column) for column in range(sheet.table.columns)]
    opening = next((text for text in texts if text and not _MARK.fullmatch(text)), "")
    if not _opens_total(opening.lower(), [str(word) for word in sheet.rules.programme["tables"]["totals"]]):
        return False
    cell = next((c for c in sheet.table.cells if c.row == row and text_of(sheet, c)), None)
    number = _NUMBERED.search(fold(" ".join(dict.fromkeys(texts))))
    if number and cell is not None:
        sheet.totals.append((int(number[1]), cell.span, sheet.count))
    return True


def _opens_total(text: str, words: list[str]) -> bool:
    """Whether a text opens with a word for totals; marks may be lost (OCR) where two words together say it."""
    plain = fold(text)
    if plain.startswith("tong cong ty"):
        return False
    return any(
        (text.startswith(word) and not text[len(word) : len(word) + 1].isalpha())
        or (" " in word and plain.startswith(fold(word)) and not plain[len(word) : len(word) + 1].isalpha())
        for word in words
    )


def settled(sheet: Sheet) -> Iterator[tuple[int, Span, int]]:
    """(number, span, rows counted) of each total: of section, table or the rows below it, what comes nearest."""
    starts = [0, *sheet.starts]
    for number, span, before in sheet.totals:
        ahead = [total for _, _, total in sheet.totals if total > before] + [s for s in starts if s > before]
        counts = [before - start for start in starts if start < before]
        counts += [] if counts else [sheet.count - before, min(ahead, default=sheet.count) - before]
        yield number, span, min([sheet.count, *reversed(counts)], key=lambda count: abs(count - number))
