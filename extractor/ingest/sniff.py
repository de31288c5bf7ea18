"""What a file is, by its first bytes; its name only decides between kinds of text."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from extractor.errors import UnsupportedFormatError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
HTML = "text/html"
TEXT = "text/plain"
PNG, JPEG, TIFF = "image/png", "image/jpeg", "image/tiff"
BMP, WEBP, GIF = "image/bmp", "image/webp", "image/gif"
IMAGES = (PNG, JPEG, TIFF, BMP, WEBP, GIF)

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"BM", BMP),
    (b"GIF8", GIF),
    (b"{\\rtf", RTF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DOC),
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML_HEADS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<!--", b"<meta", b"<div", b"<p", b"<table")
_BROKEN_ZIP = (
    zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError, LookupError, EOFError, zlib.error,
    struct.error,
)  # fmt: skip
_UNREAD = {"xl/workbook.xml": "bảng tính Excel", "ppt/presentation.xml": "bản trình chiếu"}
_SUPPORTED = "PDF, PNG, JPEG, TIFF, DOCX, DOC, HTML, TXT"


def media_type(data: bytes, filename: str) -> str:
    """The media type by content. Raises UnsupportedFormatError for what is none of the formats read."""
    if b"%PDF-" in data[:1024]:
        return PDF
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind if kind != BMP or _is_bitmap(data) else _text_kind(data, filename)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, filename)
    return _text_kind(data, filename)


def _is_bitmap(data: bytes) -> bool:
    return len(data) > 54 and int.from_bytes(data[14:18], "little") in (12, 40, 52, 56, 64, 108, 124)


def _zip_kind(data: bytes, filename: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist()[:10_000])
            if "word/document.xml" in names:
                return DOCX
            for mark, shown in _UNREAD.items():
                if mark in names:
                    raise _unread(filename, shown)
            small = "mimetype" in names and packed.getinfo("mimetype").file_size < 200
            if small and packed.read("mimetype").strip() == ODT.encode():
                return ODT
            raise UnsupportedFormatError(
                f"{filename}: đây là tệp nén ZIP, không phải một văn bản.",
                hint="Giải nén rồi gửi từng tệp, hoặc để trong thư mục rồi chạy: extractor backfill THƯ_MỤC",
            )
    except _BROKEN_ZIP:
        if filename.lower().endswith(".docx"):
            return DOCX  # a damaged one: its reader says so
    raise _unsupported(filename)


def _text_kind(data: bytes, filename: str) -> str:
    head = data[:4096]
    if not head.startswith(_BOMS) and b"\x00" in head and not _wide(head):
        raise _unsupported(filename)
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\x00", b"").lower()
    named = filename.lower().rsplit(".", 1)[-1] in ("html", "htm", "xhtml", "mht", "mhtml")
    if start.startswith(_HTML_HEADS) and (named or b"<html" in start or b"<body" in start or b"<!doctype" in start):
        return HTML
    return HTML if named and b"<" in start else TEXT


def _wide(head: bytes) -> bool:
    """UTF-16 without a byte order mark: nearly every second byte of Latin text is zero or small, the others not."""
    if len(head) < 4:
        return False
    low, high = sorted(sum(byte <= 0x1E for byte in half) / len(half) for half in (head[0::2], head[1::2]))
    return high > 0.9 and low < 0.5


def _unread(filename: str, shown: str) -> UnsupportedFormatError:
    return UnsupportedFormatError(f"{filename}: {shown} không được đọc trực tiếp.", hint="Xuất sang PDF rồi gửi lại.")


def _unsupported(filename: str) -> UnsupportedFormatError:
    return UnsupportedFormatError(
        f"{filename}: định dạng tệp không được hỗ trợ.", hint=f"Chuyển sang một trong các định dạng: {_SUPPORTED}."
    )
