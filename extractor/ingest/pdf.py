"""PDF: decides page by page whether the text layer is believed or the picture is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from extractor.document import BBox, Notice, Page, Reading, Region
from extractor.errors import InputError
from extractor.ingest import notices, pdfpage, pdfrules, sniff, stamps, trust
from extractor.ingest.listener import page_read
from extractor.ingest.pdffile import LOCK, PdfFile, corrupt
from extractor.ingest.pdftables import TableFinder
from extractor.ingest.pdfwords import TextWord, words
from extractor.ingest.pictures import Pictures
from extractor.ingest.source import Source
from extractor.ocr.engine import engine
from extractor.ocr.page import STRAIGHT, Scan, Turn, read_scan

_RULED = 4  # edges on a page from which a table is looked for

_END, _TAIL = b"%%EOF", 2048


@dataclass(slots=True)
class _Progress:
    """What piles up over the pages."""

    pages: list[Page] = field(default_factory=list)
    turns: dict[int, Turn] = field(default_factory=dict)
    garbled: list[Page] = field(default_factory=list)
    blank: list[Page] = field(default_factory=list)
    unreadable: list[Page] = field(default_factory=list)
    decoded: dict[str, list[Page]] = field(default_factory=dict)
    stamps: list[Region] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    engine: str = ""

    def add(self, page: Page, turn: Turn = STRAIGHT, stamps: Sequence[BBox] = ()) -> None:
        """A page that was read."""
        self.pages.append(page)
        if turn != STRAIGHT:
            self.turns[page.number] = turn
        self.stamps += [Region(page.number, box) for box in stamps]


def read(source: Source) -> Reading:
    """A PDF's pages. Raises CorruptError, EncryptedError, TooLargeError."""
    with LOCK:
        document = PdfFile(source)
        finder = TableFinder(document.data, source.password)
        try:
            progress = _Progress()
            for index in range(len(document)):
                _page(document, finder, index, progress)
                page_read(index + 1, len(document))
            signatures = document.signatures()
        finally:
            finder.close()
            document.close()
    if _END not in source.data[-_TAIL:] and not any(page.words or page.tables for page in progress.pages):
        raise corrupt(source)  # cut short: what pdfium rebuilt are empty pages, not blank ones
    if signatures or progress.stamps:
        progress.notices.append(notices.signed(tuple(progress.stamps)))
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


def _page(document: PdfFile, finder: TableFinder, index: int, progress: _Progress) -> None:
    number = index + 1
    try:
        with document.page(index) as page:
            size = page.get_size()
            found, encoding = pdfpage.decode(words(page))
            layer = trust.layer(page, found)
            verdict = trust.judge(layer)
            scan = None if verdict == "embedded" or layer.empty else document.scan(page)
            left_out = document.stamps_of(index)
            ruled = layer.lines >= _RULED and verdict in ("embedded", "garbled")
            drawn = pdfrules.grids(page) if ruled else []
    except pdfium.PdfiumError:
        progress.add(Page(number, 595.0, 842.0, "none"))
        progress.notices.append(notices.failed(number))
        return
    progress.stamps += [Region(number, box) for box in left_out]

    def believed() -> pdfpage.Embedded:
        return pdfpage.compose(number, size, found, lambda: drawn or (finder.grids(index) if ruled else []))

    if scan is not None:
        _scanned(scan, verdict, found, progress, believed, number)
    elif layer.empty:
        progress.add(Page(number, size[0], size[1], "none"))
        progress.blank.append(progress.pages[-1])
    else:
        done = believed()
        progress.add(done.page, done.turn, done.stamps)
        if encoding:
            progress.decoded.setdefault(encoding, []).append(done.page)


def _scanned(
    scan: Scan,
    verdict: trust.Verdict,
    found: list[TextWord],
    progress: _Progress,
    believed: Callable[[], pdfpage.Embedded],
    number: int,
) -> None:
    """A page read from its picture; its layer counts after all where the picture bears its words out."""
    reader = engine()
    progress.engine = reader.name
    result = read_scan(scan, number, reader)
    turn = result.turn
    page, left_out = stamps.clean(result.page)
    if verdict == "overlay":
        page, more = pdfpage.overlay(page, found, turn)
        left_out += more
    elif verdict == "garbled":
        visible = [word.text for word in found if not word.hidden]
        if trust.agrees([word.text for word in found], all_words(page)):
            if len(visible) == len(found):
                done = believed()
                page, turn, left_out = done.page, done.turn, list(done.stamps)
        else:
            progress.garbled.append(page)
    progress.add(page, turn, left_out)
    if result.blank:
        progress.blank.append(page)
    if result.unreadable:
        progress.unreadable.append(page)


def all_words(page: Page) -> list[str]:
    """Every word of a page, table cells included."""
    return [w.text for w in page.words] + [w.text for t in page.tables for cell in t.cells for w in cell.words]


def _reading(source: Source, progress: _Progress) -> Reading:
    said = list(progress.notices)
    for pages, notice in (
        (progress.garbled, notices.garbled),
        (progress.blank, notices.blank),
        (progress.unreadable, notices.unreadable),
    ):
        if pages:
            said.append(notice(pages))
    said += [notices.legacy(pages, encoding) for encoding, pages in progress.decoded.items()]
    return Reading(
        filename=source.filename,
        sha256=source.sha256,
        media_type=sniff.PDF,
        pages=tuple(progress.pages),
        notices=tuple(said),
        picture=Pictures(source, sniff.PDF, tuple(sorted(progress.turns.items()))),
        engines=(("ocr", progress.engine),) if progress.engine else (),
    )
