"""Growing the text of a format without pages, with tables whose cells point into it."""

from __future__ import annotations

import regex

from extractor.document import Cell, Page, Reading, Span, Table
from extractor.errors import CorruptError, TooLargeError
from extractor.ingest.source import Source

PAGE = Page(1, 0.0, 0.0, "embedded")
"""A text format's only page: it has no size."""

_SPACES = regex.compile(r"[^\S\n]+")


class TextBuilder:
    """Paragraphs end in an empty line; a table gives each cell a line of its own and each row an empty line."""

    def __init__(self, limit: int, filename: str = "văn bản") -> None:
        self._filename = filename
        self._parts: list[str] = []
        self._size = 0
        self._limit = limit
        self.tables: list[Table] = []

    @property
    def text(self) -> str:
        """All that was put."""
        return "".join(self._parts)

    def put(self, text: str) -> Span:
        """Verbatim text; its span. Raises TooLargeError over the limit."""
        start = self._size
        self._parts.append(text)
        self._size += len(text)
        if self._size > self._limit:
            raise TooLargeError(
                f"{self._filename}: văn bản dài quá {self._limit} ký tự.",
                hint="Tách tệp thành nhiều phần rồi gửi từng phần.",
            )
        return Span(start, self._size)

    def paragraph(self, text: str) -> None:
        """A paragraph; line breaks inside stay, runs of spaces become one."""
        text = _tidy(text)
        if text:
            self.put(text)
            self.put("\n\n")

    def table(self, cells: list[tuple[int, int, int, int, str]], rows: int, columns: int) -> None:
        """A ruled table: cells as (row, column, rowspan, colspan, text) in reading order."""
        placed, row = [], 0
        for cell in sorted(cells, key=lambda item: item[:2]):
            if cell[0] != row:
                self.put("\n")
                row = cell[0]
            text = regex.sub(r"\n{2,}", "\n", _tidy(cell[4]))
            span = self.put(text)
            self.put("\n")
            placed.append(Cell(cell[0], cell[1], cell[2], cell[3], text=text, span=span))
        self.put("\n")
        self.tables.append(Table(1, None, rows, columns, tuple(placed), id=len(self.tables)))


def _tidy(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(lines).strip()


def reading(source: Source, media_type: str, builder: TextBuilder) -> Reading:
    """The reading of a text format; raises CorruptError when there is no text in it."""
    text = builder.text
    if not text.strip():
        raise CorruptError(
            f"{source.filename}: tệp không có chữ nào.",
            hint="Nếu nội dung là ảnh, xuất sang PDF rồi gửi lại.",
            code="empty",
        )
    return Reading(source.filename, source.sha256, media_type, (PAGE,), text=text, tables=tuple(builder.tables))
