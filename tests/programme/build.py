"""Documents for these tests: text around tables given as rows of cells; `None` is covered by a merged cell above."""

from __future__ import annotations

from collections.abc import Sequence

from extractor import ruleset
from extractor.document import Cell, Document, Page, Reading, Span, Table
from extractor.layout import arrange

RULES = ruleset.load()
Row = Sequence[str | None]


def document(*parts: str | Sequence[Row]) -> Document:
    """Paragraphs (strings) and tables (lists of rows) in this order, as a text document with tables."""
    text, tables = "", []
    for part in parts:
        if isinstance(part, str):
            text += part + "\n\n"
            continue
        table, text = _table(part, text, len(tables))
        tables.append(table)
        text += "\n"
    return arrange(Reading("x.docx", "0" * 64, "text/plain", (Page(1, 0, 0, "embedded"),), text, tuple(tables)), RULES)


def _table(rows: Sequence[Row], text: str, number: int) -> tuple[Table, str]:
    cells = []
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value is None:
                continue
            rowspan = 1
            while row + rowspan < len(rows) and rows[row + rowspan][column] is None:
                rowspan += 1
            cells.append(Cell(row, column, rowspan, span=Span(len(text), len(text) + len(value)), text=value))
            text += value + "\n"
    return Table(1, None, len(rows), len(rows[0]), tuple(cells), number), text
