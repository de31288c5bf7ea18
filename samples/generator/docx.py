"""A spec as a Word document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import _Cell

from samples.generator.pieces import spans
from samples.generator.spec import LEFT, Spec, heads, rows


def write_docx(spec: Spec, path: Path) -> None:
    """Render to `path`."""
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(spec.size)
    _header(document, spec)
    _title(document, spec)
    for clause in spec.basis:
        document.add_paragraph().add_run(clause).italic = True
    _body(document, spec, spec.body)
    _foot(document, spec)
    for appendix in spec.appendices:
        _appendix(document, spec, appendix)
    buffer = io.BytesIO()
    document.save(buffer)
    _write(buffer, path)


def _write(buffer: io.BytesIO, path: Path) -> None:
    """The package again with one date for all its parts: the same document gives the same bytes."""
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), made.read(name), zipfile.ZIP_DEFLATED)


def _lines(cell: _Cell | DocumentType, lines: Sequence[str], *, bold: bool = False, italic: bool = False) -> None:
    for line in lines:
        first = isinstance(cell, _Cell) and len(cell.paragraphs) == 1 and not cell.paragraphs[0].text
        paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(line)
        run.bold, run.italic = bold, italic


def _header(document: DocumentType, spec: Spec) -> None:
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    _lines(left, spec.parent)
    _lines(left, spec.agency, bold=True)
    _lines(left, [f"Số: {spec.number_text}{spec.joint}{spec.symbol}"])
    if spec.type_word is None:
        _lines(left, [spec.subject])
    if spec.urgency is not None:
        _lines(left, [spec.urgency], bold=True)
    _lines(right, list(spec.motto), bold=True)
    _lines(right, [spec.date_line], italic=True)
    document.add_paragraph()


def _title(document: DocumentType, spec: Spec) -> None:
    if spec.type_word is not None:
        _lines(document, [spec.type_word, spec.subject], bold=True)
    if len(spec.addressees) == 1:
        _lines(document, [f"Kính gửi: {spec.addressees[0]}"])
    elif spec.addressees:
        _lines(document, ["Kính gửi:"])
        for name in spec.addressees:
            document.add_paragraph(f"- {name}{';' if name != spec.addressees[-1] else '.'}")


def _body(document: DocumentType, spec: Spec, blocks: Sequence[Mapping[str, Any]]) -> None:
    for block in blocks:
        ((kind, value),) = block.items()
        if kind == "table":
            _table(document, value)
        elif kind == "page":
            document.add_page_break()
        elif kind == "items":
            for item in value:
                document.add_paragraph(f"{spec.bullet} {item}")
        elif kind == "title":
            _lines(document, [value], bold=True)
        else:
            document.add_paragraph().add_run(value).bold = kind == "heading"


def _table(document: DocumentType, value: Mapping[str, Any]) -> None:
    titles, grid = heads(value), rows(value)
    table = document.add_table(rows=len(titles) + len(grid), cols=len(titles[0]), style="Table Grid")
    for index, row in enumerate([*titles, *grid]):
        for cell, text in zip(table.rows[index].cells, row, strict=True):
            cell.paragraphs[0].add_run("" if text is None or text == LEFT else text).bold = index < len(titles)
    for (left, top), (right, bottom) in spans(titles, 0) + spans(grid, len(titles)):
        text = table.cell(top, left).text
        table.cell(top, left).merge(table.cell(bottom, right)).text = text
    document.add_paragraph()


def _foot(document: DocumentType, spec: Spec) -> None:
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    if spec.recipients:
        run = left.paragraphs[0].add_run("Nơi nhận:")
        run.bold = run.italic = True
        for name in spec.recipients:
            left.add_paragraph(f"- {name}{'' if name.endswith('.') else ';'}")
    _lines(right, spec.signature, bold=True)
    _lines(right, ["", ""])
    if spec.signer is not None:
        _lines(right, [spec.signer], bold=True)


def _appendix(document: DocumentType, spec: Spec, appendix: Mapping[str, Any]) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    if appendix.get("landscape", False):
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    _lines(document, str(appendix["title"]).split("\n"), bold=True)
    if appendix.get("note"):
        _lines(document, [appendix["note"]], italic=True)
    _body(document, spec, appendix["body"])
