"""PDF: decides page by page whether the text layer is believed or the picture is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from extractor.document import BBox, Notice, Page, Reading, Region
from extractor.errors import InputError
from extractor.ingest import notices, pdfpage, pdfrules, sniff, stamps, trust
from extractor.ingest.listener import page_read
from extractor.ingest.parts import Part, joined
from extractor.ingest.pdffile import LOCK, PdfFile, corrupt
from extractor.ingest.pdftables import TableFinder
from extractor.ingest.pdfwords import TextWord, words
from extractor.ingest.pictures import Pictures, Shelf
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
    shelf: Shelf = field(default_factory=Shelf)

    def add(self, page: Page, turn: Turn = STRAIGHT, stamps: Sequence[BBox] = ()) -> None:
        """A page that was read."""
        self.pages.append(page)
        if turn != STRAIGHT:
            self.turns[page.number] = turn
        self.stamps += [Region(page.number, box) for box in stamps]


def read(source: Source) -> Reading:
    """A PDF's pages. Raises CorruptError, EncryptedError, TooLargeError."""
    return join(source, [read_part(source)])


def count(source: Source) -> int:
    """How many pages there are."""
    with LOCK:
        document = PdfFile(source)
        try:
            return len(document)
        finally:
            document.close()


def read_part(source: Source, first: int = 1, last: int | None = None) -> Part:
    """Some of the pages, numbered from 1. Each is read by itself, so that parts can be read anywhere and joined."""
    with LOCK:
        document = PdfFile(source)
        finder = TableFinder(document.data, source.password)
        try:
            progress = _Progress()
            last = len(document) if last is None else min(last, len(document))
            for index in range(first - 1, last):
                _page(document, finder, index, progress)
                page_read(index + 2 - first, last + 1 - first)
            return _part(progress, document.signatures())
        finally:
            finder.close()
            document.close()


def join(source: Source, parts: Sequence[Part]) -> Reading:
    """The reading of parts in page order. Raises CorruptError for a file that lost what it held."""
    found = joined(parts)
    if _END not in source.data[-_TAIL:] and not any(page.words or page.tables for page in found.pages):
        raise corrupt(source)  # cut short: what pdfium rebuilt are empty pages, not blank ones
    return _reading(source, found)


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
    progress.shelf.put(number, scan)
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


def _part(progress: _Progress, signatures: int) -> Part:
    """What was read, as a part that can be kept and joined."""
    return Part(
        pages=tuple(progress.pages),
        turns=tuple(sorted(progress.turns.items())),
        garbled=_numbers(progress.garbled),
        blank=_numbers(progress.blank),
        unreadable=_numbers(progress.unreadable),
        decoded=tuple((encoding, _numbers(pages)) for encoding, pages in progress.decoded.items()),
        stamps=tuple(progress.stamps),
        notices=tuple(progress.notices),
        signatures=signatures,
        engine=progress.engine,
        shelf=progress.shelf,
    )


def _numbers(pages: Sequence[Page]) -> tuple[int, ...]:
    return tuple(page.number for page in pages)


def _reading(source: Source, found: Part) -> Reading:
    said = list(found.notices)
    if found.signatures or found.stamps:
        said.append(notices.signed(found.stamps))
    for numbers, notice in (
        (found.garbled, notices.garbled),
        (found.blank, notices.blank),
        (found.unreadable, notices.unreadable),
    ):
        if numbers:
            said.append(notice(found.of(numbers)))
    said += [notices.legacy(found.of(numbers), encoding) for encoding, numbers in found.decoded]
    return Reading(
        filename=source.filename,
        sha256=source.sha256,
        media_type=sniff.PDF,
        pages=found.pages,
        notices=tuple(said),
        picture=Pictures(source, sniff.PDF, found.turns, found.shelf),
        engines=(("ocr", found.engine),) if found.engine else (),
    )
