"""Results out: JSON, JSON Lines, CSV and XLSX, one result at a time, in constant memory."""

from __future__ import annotations

from extractor.export.tables import TABLES, Table, rows
from extractor.export.writers import FORMATS, Writer, open_writer

__all__ = ["FORMATS", "TABLES", "Table", "Writer", "open_writer", "rows"]
