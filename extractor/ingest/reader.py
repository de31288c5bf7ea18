"""One file in, one reading out: sniff, look in the cache, hand to the reader of the format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from extractor.document import Reading
from extractor.errors import UnsupportedFormatError
from extractor.ingest import cache, docx, html, image, office, pdf, plain, sniff
from extractor.ingest.limits import DEFAULT, Limits
from extractor.ingest.source import Source

_READERS: dict[str, Callable[[Source], Reading]] = {
    sniff.PDF: pdf.read,
    sniff.TEXT: plain.read,
    sniff.HTML: html.read,
    sniff.DOCX: docx.read,
    **dict.fromkeys((sniff.DOC, sniff.RTF, sniff.ODT), office.read),
    **dict.fromkeys(sniff.IMAGES, image.read),
}


def read(path: Path, *, password: str | None = None, limits: Limits = DEFAULT, filename: str | None = None) -> Reading:
    """What a file says. `filename` is the name to report, the path's own by default.

    Raises InputError and its kinds for the file's own faults, ConfigurationError for a missing program or model.
    """
    return _read(Source.load(Path(path), filename, password, limits))


def read_bytes(data: bytes, filename: str, *, password: str | None = None, limits: Limits = DEFAULT) -> Reading:
    """The same for bytes that are no file (standard input, an upload)."""
    return _read(Source.of(data, filename, password, limits))


def _read(source: Source) -> Reading:
    kind = sniff.media_type(source.data, source.filename)
    reader = _READERS.get(kind)
    if reader is None:
        raise UnsupportedFormatError(
            f"{source.filename}: định dạng {kind} không được hỗ trợ.",
            hint="Chuyển sang PDF, DOCX hoặc ảnh rồi gửi lại.",
        )
    return cache.through(source, lambda: reader(source))
