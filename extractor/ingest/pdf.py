"""PDF: decides page by page whether the text layer is believed or the picture is read."""

from __future__ import annotations

from dataclasses import dataclass, field

import pypdfium2 as pdfium

from extractor.document import Notice, Page, Reading, Region, Word
from extractor.errors import InputError
from extractor.ingest import notices, sniff, stamps, trust
from extractor.ingest.pdffile import LOCK, PdfFile
from extractor.ingest.pdfwords import TextWord, words
from extractor.ingest.pictures import Pictures
from extractor.ingest.source import Source
from extractor.ocr.engine import engine
from extractor.ocr.page import PageScan, Scan, Turn, read_scan


@dataclass(slots=True)
class _Progress:
    """What piles up over the pages."""

    pages: list[Page] = field(default_factory=list)
    turns: dict[int, Turn] = field(default_factory=dict)
    garbled: list[Page] = field(default_factory=list)
    blank: list[Page] = field(default_factory=list)
    unreadable: list[Page] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    engine: str = ""

    def add(self, scan: PageScan) -> Page:
        self.pages.append(scan.page)
        self.turns[scan.page.number] = scan.turn
        if scan.blank:
            self.blank.append(scan.page)
        if scan.unreadable:
            self.unreadable.append(scan.page)
        return scan.page


def read(source: Source) -> Reading:
    """A PDF's pages. Raises CorruptError, EncryptedError, TooLargeError."""
    with LOCK:
        document = PdfFile(source)
        try:
            progress = _Progress()
            for index in range(len(document)):
                _page(document, index, progress)
            signatures = document.signatures()
        finally:
            document.close()
    if signatures:
        progress.notices.append(notices.signed(()))
    return _reading(source, progress)


def draw(source: Source, number: int) -> Scan:
    """A page as its viewer shows it. Raises InputError when there is no such page."""
    with LOCK:
        document = PdfFile(source)
        try:
            if not 1 <= number <= len(document):
                raise InputError(f"{source.filename}: không có trang {number}.", hint=f"Tệp có {len(document)} trang.")
            with document.page(number - 1) as page:
                return document.scan(page)
        finally:
            document.close()


def _page(document: PdfFile, index: int, progress: _Progress) -> None:
    number = index + 1
    try:
        with document.page(index) as page:
            found = words(page)
            layer = trust.layer(page, found)
            verdict = trust.judge(layer)
            if verdict == "embedded":
                progress.add(PageScan(_embedded(number, page, found), Turn()))
                return
            if layer.empty:
                width, height = page.get_size()
                progress.add(PageScan(Page(number, width, height, "none"), Turn(), blank=True))
                return
            scan = document.scan(page)
    except pdfium.PdfiumError:
        progress.pages.append(Page(number, 595.0, 842.0, "none"))
        progress.notices.append(notices.failed(number))
        return
    _scanned(scan, number, verdict, found, progress)


def _scanned(scan: Scan, number: int, verdict: trust.Verdict, found: list[TextWord], progress: _Progress) -> None:
    reader = engine()
    progress.engine = reader.name
    result = read_scan(scan, number, reader)
    page = progress.add(result)
    if verdict == "garbled":
        progress.garbled.append(page)


def _embedded(number: int, page: pdfium.PdfPage, found: list[TextWord]) -> Page:
    width, height = page.get_size()
    kept = tuple(word.word() for word in found if not word.hidden)
    return Page(number, width, height, "embedded", words=kept)


def _reading(source: Source, progress: _Progress) -> Reading:
    said = list(progress.notices)
    for pages, notice in (
        (progress.garbled, notices.garbled),
        (progress.blank, notices.blank),
        (progress.unreadable, notices.unreadable),
    ):
        if pages:
            said.append(notice(pages))
    turns = tuple(sorted((number, turn) for number, turn in progress.turns.items() if turn != Turn()))
    return Reading(
        filename=source.filename,
        sha256=source.sha256,
        media_type=sniff.PDF,
        pages=tuple(progress.pages),
        notices=tuple(said),
        picture=Pictures(source, sniff.PDF, turns),
        engines=(("ocr", progress.engine),) if progress.engine else (),
    )
