"""Small files made for one trap each."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from extractor.document import Page, Reading
from extractor.ingest import read_bytes

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    """A PDF as bytes."""
    out = io.BytesIO()
    pdf.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def pdf_of(content: bytes, font: str = "/Helvetica", size: tuple[float, float] = (595, 842)) -> pikepdf.Pdf:
    """A page with one content stream and one font, F1, in Windows encoding."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=size)
    face = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(font), Encoding=Name.WinAnsiEncoding,
        FirstChar=32, LastChar=255, Widths=Array([500] * 224),
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor, FontName=Name(font), Flags=32, FontBBox=Array([0, -200, 1000, 900]),
            ItalicAngle=0, Ascent=900, Descent=-200, CapHeight=700, StemV=80,
        ),
    )  # fmt: skip
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(face)))
    page.Contents = Stream(pdf, content)
    return pdf


def lines(*texts: bytes, size: int = 12, x: int = 72, top: int = 770) -> bytes:
    """Content that writes lines of text with font F1."""
    parts = [b"BT /F1 %d Tf %d TL %d %d Td" % (size, size + 4, x, top)]
    for text in texts:
        safe = text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        parts.append(b"(" + safe + b") Tj T*")
    return b" ".join([*parts, b"ET"])


def sample(name: str) -> pikepdf.Pdf:
    """A shipped sample, to be changed."""
    return pikepdf.open(SAMPLES / name / "source.pdf")


def add_widget(pdf: pikepdf.Pdf, text: str, box: tuple[float, float, float, float], page: int = 0) -> None:
    """A signature field whose look is a line of text (box in PDF space: left, bottom, right, top)."""
    width, height = box[2] - box[0], box[3] - box[1]
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    look = Stream(pdf, b"BT /F1 11 Tf 2 4 Td (%s) Tj ET" % text.encode("latin-1"))
    look.Type, look.Subtype = Name.XObject, Name.Form
    look.BBox = Array([0, 0, width, height])
    look.Resources = Dictionary(Font=Dictionary(F1=font))
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=pikepdf.String(f"S{box[0]}"), F=4,
            Rect=Array(list(box)), AP=Dictionary(N=pdf.make_indirect(look)),
        )
    )  # fmt: skip
    leaf = pdf.pages[page].obj
    leaf.Annots = Array([*leaf.get("/Annots", []), widget])
    if "/AcroForm" not in pdf.Root:
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([]), SigFlags=3))
    pdf.Root.AcroForm.Fields.append(widget)


def read_pdf(pdf: pikepdf.Pdf) -> Reading:
    """What the reader makes of it."""
    return read_bytes(saved(pdf), "thu.pdf")


def text_of(page: Page) -> str:
    """A page's words outside tables, in the reader's order."""
    return " ".join(word.text for word in page.words)


def codes(reading: Reading) -> list[str]:
    """The codes of the reader's notices."""
    return [notice.code for notice in reading.notices]
