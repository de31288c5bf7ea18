"""Documents of text and tables for the tests of the programme's reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from extractor import ruleset
from extractor.document import Cell, Document, Page, Reading, Span, Table
from extractor.layout import arrange
from extractor.programme import Understanding, understand
from extractor.ruleset import RuleSet

Row = Sequence[str | None]
Part = str | Sequence[Row]
Read = Callable[..., Understanding]


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return ruleset.load()


@pytest.fixture
def read(rules: RuleSet) -> Read:
    """Reads a document of paragraphs (strings) and tables (rows of cells; None: covered by the cell above)."""

    def reading(*parts: Part) -> Understanding:
        return understand(document(rules, *parts), rules)

    return reading


def document(rules: RuleSet, *parts: Part) -> Document:
    text, tables = "", []
    for part in parts:
        if isinstance(part, str):
            text += part + "\n\n"
            continue
        table, text = _table(part, text, len(tables))
        tables.append(table)
        text += "\n"
    page = Page(1, 0, 0, "embedded")
    return arrange(Reading("x.docx", "0" * 64, "text/plain", (page,), text, tuple(tables)), rules)


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
