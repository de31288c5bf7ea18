"""Plain text: UTF-8, UTF-16, Windows-1258, and the old Vietnamese encodings."""

from __future__ import annotations

from extractor.document import Reading
from extractor.errors import CorruptError, TooLargeError
from extractor.ingest import sniff
from extractor.ingest.source import Source
from extractor.ingest.textbuilder import PAGE
from extractor.text import legacy
from extractor.text.syllables import valid_share

_SAMPLE = 20_000


def read(source: Source) -> Reading:
    """A text file verbatim; `text` keeps every character as decoded."""
    text = decode(source.data, source.filename)
    if len(text) > source.limits.text_chars:
        raise TooLargeError(
            f"{source.filename}: văn bản dài {len(text)} ký tự, quá giới hạn.", hint="Tách tệp thành nhiều phần."
        )
    if not text.strip():
        raise CorruptError(f"{source.filename}: tệp không có chữ nào.", hint="Kiểm tra lại tệp gốc.", code="empty")
    return Reading(source.filename, source.sha256, sniff.TEXT, (PAGE,), text=text)


def decode(data: bytes, filename: str) -> str:
    """Bytes as text by byte order mark, by UTF-8, by the share of Vietnamese syllables among the old encodings."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    if b"\x00" in data[:4096]:
        return data.decode("utf-16-le" if data[1:2] == b"\x00" or data[1] < 0x20 else "utf-16-be", errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _from_old(data)
    return legacy.to_unicode(text) if legacy.detect(text) else text


def _from_old(data: bytes) -> str:
    candidates = [data.decode("utf-8", errors="replace")]
    for name in ("cp1258", "cp1252", "latin-1"):
        text = data.decode(name, errors="replace")
        candidates.append(legacy.to_unicode(text) if name != "cp1258" else legacy.compose(text))
    return max(candidates, key=lambda text: valid_share(text[:_SAMPLE].split()))
