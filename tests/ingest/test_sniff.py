"""A file is what its bytes say, not what it is called."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from extractor.errors import UnsupportedFormatError
from extractor.ingest import sniff


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, kind)
    return out.getvalue()


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.4\n", "anh.png", sniff.PDF),
        (b"\n\n%PDF-1.7\n", "a.pdf", sniff.PDF),
        (_picture("PNG"), "a.pdf", sniff.PNG),
        (_picture("JPEG"), "a.docx", sniff.JPEG),
        (_picture("TIFF"), "a.txt", sniff.TIFF),
        (_picture("BMP"), "a.txt", sniff.BMP),
        (_zip("word/document.xml"), "a.doc", sniff.DOCX),
        (b"{\\rtf1 x}", "a.doc", sniff.RTF),
        ("Số: 12/QĐ-UBND".encode(), "a.pdf", sniff.TEXT),
        (b"BM la chu viet tat", "a.txt", sniff.TEXT),
        ("Số: 12".encode("utf-16"), "a.txt", sniff.TEXT),
        ("Số: 12".encode("utf-16-le"), "a.txt", sniff.TEXT),
        (b"<!DOCTYPE html><html><body>x", "a.txt", sniff.HTML),
        (b"  <html><p>x", "a", sniff.HTML),
        (b"<p>x</p>", "a.htm", sniff.HTML),
        (b"<p> la dau nho hon", "a.txt", sniff.TEXT),
    ],
)
def test_media_type(data: bytes, name: str, expected: str) -> None:
    assert sniff.media_type(data, name) == expected


def test_zip_of_something_else() -> None:
    with pytest.raises(UnsupportedFormatError):
        sniff.media_type(_zip("xl/workbook.xml"), "a.docx")
