"""Flowables of reportlab for the parts of an administrative document."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import regex
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable, PageBreak, Paragraph, Spacer, TableStyle

from samples.generator import pen
from samples.generator.spec import LEFT, Spec, columns, heads, rows

INDENT = 36.0


def style(spec: Spec, face: str = "", size: float | None = None, **options: Any) -> ParagraphStyle:
    """A paragraph style in the document's font."""
    size = size or spec.size
    options.setdefault("leading", size * 1.28)
    return ParagraphStyle("p", fontName=spec.font + face, fontSize=size, splitLongWords=0, **options)


def marked(text: str) -> str:
    """Text as reportlab's markup; stars come from a font that has them."""
    marked_up = escape(text).replace("\n", "<br/>")
    return regex.sub("[★☆✩]+", lambda match: f'<font name="symbols">{match[0]}</font>', marked_up)


def paragraph(spec: Spec, text: str, face: str = "", **options: Any) -> Paragraph:
    """Running text: justified, first line indented."""
    options.setdefault("alignment", TA_JUSTIFY)
    options.setdefault("firstLineIndent", INDENT)
    options.setdefault("spaceAfter", 5)
    return Paragraph(marked(text), style(spec, face, **options))


def centred(spec: Spec, text: str, face: str = "", size: float | None = None, **options: Any) -> Paragraph:
    """A centred line."""
    return Paragraph(marked(text), style(spec, face, size, alignment=TA_CENTER, **options))


class Rule(Flowable):
    """A thin line, centred, `share` of the width."""

    def __init__(self, share: float, before: float = 5.0, after: float = 3.0) -> None:
        super().__init__()
        self.share, self.before, self.after = share, before, after

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.room = width
        return width, self.before + self.after

    def draw(self) -> None:
        length = self.room * self.share
        self.canv.setLineWidth(0.8)
        self.canv.line((self.room - length) / 2, self.after, (self.room + length) / 2, self.after)


class Filled(Flowable):
    """A centred line of printed text with slots: each slot is printed, written by pen, or typed in later.

    `parts` are pairs of text and how it is set: `print`, `hand`, `over`.
    """

    def __init__(self, spec: Spec, parts: Sequence[tuple[str, str]], face: str = "", seed: int = 1) -> None:
        super().__init__()
        self.spec, self.parts, self.face, self.seed = spec, parts, face, seed

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.room = width
        return width, self.spec.size * 1.5

    def draw(self) -> None:
        canvas, size, y = self.canv, self.spec.size - 1, self.spec.size * 0.45
        x = (self.room - sum(self._width(text, how, size) for text, how in self.parts)) / 2
        for index, (text, how) in enumerate(self.parts):
            if how == "hand":
                _write(canvas, text, x, y, size, self.seed + index)
            else:
                canvas.setFont("sans" if how == "over" else self.spec.font + self.face, size)
                canvas.drawString(x, y + (2.2 if how == "over" else 0), text)
            x += self._width(text, how, size)

    def _width(self, text: str, how: str, size: float) -> float:
        if how == "hand":
            return len(text) * size * 0.72 + 6
        return float(stringWidth(text, "sans" if how == "over" else self.spec.font + self.face, size))


def _write(canvas: Canvas, text: str, x: float, y: float, size: float, seed: int) -> None:
    lift = random.Random(seed).uniform(-1.5, 3.0)
    pen.write(canvas, text, x + 2, y + lift, size * 0.95, seed)


class Drawing(Flowable):
    """Seal and signature over what stands around; takes no room. Offsets from the flow position, in points."""

    def __init__(self, spec: Spec, width: float, seed: int) -> None:
        super().__init__()
        self.spec, self.span, self.seed = spec, width, seed

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        centre = self.span / 2
        pen.sign(self.canv, centre - 40, 14, 95, 34, self.seed)
        if self.spec.seal is not None:
            pen.seal(self.canv, centre - 52, 34, self.spec.seal, "sans-bold")


def body(spec: Spec, blocks: Sequence[Mapping[str, Any]], width: float) -> list[Flowable]:
    """The flowables of body blocks."""
    flow: list[Flowable] = []
    for block in blocks:
        ((kind, value),) = block.items()
        flow += _BLOCKS[kind](spec, value, width)
    return flow


def _text(spec: Spec, value: str, _width: float) -> list[Flowable]:
    return [paragraph(spec, value)]


def _heading(spec: Spec, value: str, _width: float) -> list[Flowable]:
    return [paragraph(spec, value, "-bold", spaceBefore=3, keepWithNext=1)]


def _title(spec: Spec, value: str, _width: float) -> list[Flowable]:
    return [centred(spec, value, "-bold", spaceBefore=4, spaceAfter=6, keepWithNext=1)]


def _items(spec: Spec, value: Sequence[str], _width: float) -> list[Flowable]:
    return [paragraph(spec, f"{spec.bullet} {item}") for item in value]


def _page(_spec: Spec, _value: Any, _width: float) -> list[Flowable]:
    return [PageBreak()]


def _table(spec: Spec, value: Mapping[str, Any], width: float) -> list[Flowable]:
    size = float(value.get("size", spec.size - 2))
    cell = style(spec, size=size, alignment=0)
    head = style(spec, "-bold", size=size, alignment=TA_CENTER)
    shares = [column.width for column in columns(value)]
    titles, body_rows = heads(value), rows(value)
    data = [[_cell(text, head) for text in row] for row in titles]
    data += [[_cell(text, cell) for text in row] for row in body_rows]
    looks: list[Any] = [("GRID", (0, 0), (-1, -1), 0.7, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    looks += [("SPAN", *span) for span in spans(titles, 0) + spans(body_rows, len(titles))]
    looks += [("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 4)]
    repeated = len(titles) if value.get("repeat_head", True) else 0
    table = LongTable(data, [share * width / sum(shares) for share in shares], repeatRows=repeated)
    table.setStyle(TableStyle(looks))
    return [Spacer(0, 4), table, Spacer(0, 8)]


def _cell(text: str | None, looks: ParagraphStyle) -> Paragraph | str:
    return "" if text is None or text == LEFT else Paragraph(marked(text), looks)


def spans(grid: Sequence[Sequence[str | None]], first: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Merged cells as ((column, row), (column, row)), both ends included; `first` is the grid's place in the table."""
    found = [((column, top), (column, bottom)) for column, top, bottom in merged(grid, first)]
    for index, row in enumerate(grid):
        left = 0
        for column in range(1, len(row) + 1):
            if column == len(row) or row[column] != LEFT:
                if column - 1 > left:
                    found.append(((left, first + index), (column - 1, first + index)))
                left = column
    return found


def merged(grid: Sequence[Sequence[str | None]], first: int = 1) -> list[tuple[int, int, int]]:
    """Runs merged downwards as (column, first table row, last table row); `first` is the grid's place in the table."""
    found = []
    for column in range(len(grid[0]) if grid else 0):
        top = 0
        for index in range(1, len(grid) + 1):
            if index == len(grid) or grid[index][column] is not None:
                if index - 1 > top:
                    found.append((column, first + top, first + index - 1))
                top = index
    return found


_BLOCKS = {"text": _text, "heading": _heading, "title": _title, "items": _items, "page": _page, "table": _table}
