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
_MOST_ROWS = 1_048_576
"""Of a sheet, its head included; what is more goes on in a further sheet."""
_WIDTH = 22


class XlsxWriter:
    """Sheets in the order of TABLES, titled and labelled in Vietnamese."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._book = Workbook(write_only=True)
        self._sheets = {table.name: self._sheet(table) for table in TABLES}
        self._rows = dict.fromkeys(self._sheets, 1)

    def _sheet(self, table: Table, number: int = 1) -> Any:
        sheet = self._book.create_sheet(table.title if number == 1 else f"{table.title} {number}")
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
            for row in rows(table, result):
                sheet = self._room(table)
                sheet.append([_cell(sheet, row.get(name), name in table.dates) for name in table.columns])

    def _room(self, table: Table) -> Any:
        """The table's sheet, a new one where the last is full."""
        filled, full = self._rows[table.name], _MOST_ROWS - 1
        if filled > 1 and (filled - 1) % full == 0:
            self._sheets[table.name] = self._sheet(table, 1 + (filled - 1) // full)
        self._rows[table.name] += 1
        return self._sheets[table.name]

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
