"""XLSX: one sheet a table, real dates and numbers, in constant memory."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from extractor.export.tables import TABLES, Table, Value, rows

_LONGEST = 32_767
_WIDTH = 22


class XlsxWriter:
    """Sheets in the order of TABLES, titled and labelled in Vietnamese."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._book = Workbook(write_only=True)
        self._sheets = {table.name: self._sheet(table) for table in TABLES}

    def _sheet(self, table: Table) -> Any:
        sheet = self._book.create_sheet(table.title)
        sheet.freeze_panes = "A2"
        for index in range(len(table.columns)):
            sheet.column_dimensions[get_column_letter(index + 1)].width = _WIDTH
        head = [WriteOnlyCell(sheet, label) for label in table.columns.values()]
        for cell in head:
            cell.font = Font(bold=True)
        sheet.append(head)
        return sheet

    def write(self, result: Mapping[str, Any]) -> None:
        """Add the rows of one result to every sheet."""
        for table in TABLES:
            sheet = self._sheets[table.name]
            for row in rows(table, result):
                sheet.append([_cell(sheet, row.get(name), name in table.dates) for name in table.columns])

    def close(self) -> None:
        """Write the file."""
        self._book.save(self._stream)


def _cell(sheet: Any, value: Value, is_date: bool) -> Any:
    """A cell's value. Text stays text, whatever it starts with; only a full date becomes one."""
    if is_date and isinstance(value, str) and len(value) == 10:
        cell = WriteOnlyCell(sheet, datetime.datetime.fromisoformat(value))
        cell.number_format = "dd/mm/yyyy"
        return cell
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST])
        cell.data_type = "s"
        return cell
    return value
