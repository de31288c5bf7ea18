"""DOCX: paragraphs and tables in order, with what Word shows but the plain text leaves out.

List numbers are counted, capitals set by a style are capitals, text boxes, running heads and notes are read, deleted
text is not, runs in old Vietnamese fonts are decoded.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from lxml import etree

from extractor.document import Reading
from extractor.ingest import sniff, unpack, wordtables
from extractor.ingest.source import Source
from extractor.ingest.textbuilder import TextBuilder, reading
from extractor.ingest.wordtext import Numbering, paragraph_text, text_boxes

_FAULTS = (
    PackageNotFoundError,
    PythonDocxError,
    KeyError,
    ValueError,
    AttributeError,
    IndexError,
    zipfile.BadZipFile,
    etree.XMLSyntaxError,
    OSError,
    NotImplementedError,
    TypeError,
    zlib.error,
    struct.error,
)


def read(source: Source) -> Reading:
    """A Word document's text. Raises CorruptError, TooLargeError."""
    unpack.check(source)
    builder = TextBuilder(source.limits.text_chars, source.filename)
    try:
        document = docx.Document(io.BytesIO(source.data))
        _write(document, builder)
    except _FAULTS as error:
        raise unpack.broken(source) from error
    return reading(source, sniff.DOCX, builder)


def _write(document: WordDocument, builder: TextBuilder) -> None:
    numbering = Numbering(document)
    for line in _running(document, "header"):
        builder.paragraph(line)
    _body(document, builder, numbering)
    for line in _notes(document):
        builder.paragraph(line)
    for line in _running(document, "footer"):
        builder.paragraph(line)


def _body(document: WordDocument, builder: TextBuilder, numbering: Numbering) -> None:
    for item in document.iter_inner_content():
        if isinstance(item, WordTable):
            wordtables.write(item, builder, numbering)
            continue
        for box in text_boxes(item):
            builder.paragraph(box)
        builder.paragraph(numbering.label(item) + paragraph_text(item))


def _running(document: WordDocument, kind: str) -> Iterator[str]:
    """Running heads or feet, each once, page numbers left out."""
    seen: set[str] = set()
    for section in document.sections:
        for name in (f"first_page_{kind}", kind):
            part = getattr(section, name)
            if part.is_linked_to_previous:
                continue
            for paragraph in part.paragraphs:
                text = paragraph_text(paragraph).strip()
                if text and not text.isdigit() and text not in seen:
                    seen.add(text)
                    yield text


def _notes(document: WordDocument) -> Iterator[str]:
    """Footnotes and endnotes, numbered as their marks in the text are not."""
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
        for note in root:
            if note.get(qn("w:type")) in (None, "normal"):
                lines = (paragraph_text(Paragraph(p, document)) for p in note.iter(qn("w:p")))
                yield "\n".join(lines).strip()
