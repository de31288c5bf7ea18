"""Pages of the project's generator with the truth of their body: what the error benches read.

The text is that of samples/specs: invented documents, laid out as real ones. Truth comes from the specs; where it
stands comes from the same pages before anybody spoiled them, whose text layer is checked against the spec.
"""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
import regex
from numpy.typing import NDArray

from extractor import ingest
from extractor.document import BBox, Page, Word
from samples.generator import Spec, load
from samples.generator.pdf import write_pdf
from samples.generator.spec import LEFT, heads, rows

SPECS = Path(__file__).resolve().parent.parent / "samples" / "specs"
DPI = 200
Pixels = NDArray[np.uint8]

_PAGE_NUMBER = 48.0  # points from the top: above it stands only the number of the page
_SLACK = 4.0


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a cell of a table: its truth, folded, and the rectangle it fills."""

    text: str
    bbox: BBox
    cell: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its name, its clean picture (RGB, `DPI`), its size in points, the blocks of its body."""

    name: str
    pixels: Pixels
    size: tuple[float, float]
    blocks: tuple[Block, ...]

    @property
    def letters(self) -> int:
        """Characters of the truth."""
        return sum(len(block.text) for block in self.blocks)

    def body(self) -> BBox:
        """The rectangle around all blocks."""
        found = BBox.around(block.bbox for block in self.blocks)
        assert found is not None
        return BBox(0, found.top - _SLACK, self.size[0], found.bottom + _SLACK)


def folded(text: str) -> str:
    r"""NFC, every run of white space one space. Nothing else is forgiven: case, marks and signs all count.

    >>> folded(" Sở  Nông\nnghiệp ")
    'Sở Nông nghiệp'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def sheets(names: Sequence[str] = ()) -> list[Sheet]:
    """The pages of the specs named (all without a name) that have a body."""
    found: list[Sheet] = []
    for path in sorted(SPECS.glob("*.yaml")):
        if not names or path.stem in names:
            found += _sheets(load(path))
    return found


def _sheets(spec: Spec) -> Iterator[Sheet]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clean.pdf"
        write_pdf(spec, path, ink=True)
        pages = ingest.read(path).pages
        document = pypdfium2.PdfDocument(path)
        pictures = [page.render(scale=DPI / 72).to_numpy()[:, :, 2::-1] for page in document]
        document.close()
    found: dict[int, list[Block]] = {page.number: [] for page in pages}
    for number, block in [*_paragraphs(spec, pages), *_cells(spec, pages)]:
        found[number].append(block)
    for page, picture in zip(pages, pictures, strict=True):
        if blocks := found[page.number]:
            name, pixels = f"{spec.id}:{page.number}", np.ascontiguousarray(picture)
            yield Sheet(name, pixels, (page.width, page.height), tuple(blocks))


def _paragraphs(spec: Spec, pages: Sequence[Page]) -> Iterator[tuple[int, Block]]:
    """Every paragraph of the spec as it stands on its page, or on each of the pages that it spans."""
    words = [(page.number, word) for page in pages for word in page.words if word.bbox.top > _PAGE_NUMBER]
    said, at = [word.text for _, word in words], 0
    for paragraph in _texts(spec):
        wanted = folded(paragraph).split()
        at = next((i for i in range(at, len(said)) if said[i : i + len(wanted)] == wanted), -1)
        if at < 0:
            raise ValueError(f"{spec.id}: not on the page as the spec has it: {paragraph[:60]}")
        run, at = words[at : at + len(wanted)], at + len(wanted)
        for number in sorted({number for number, _ in run}):
            yield number, _block(word for place, word in run if place == number)


def _texts(spec: Spec) -> Iterator[str]:
    yield from spec.basis
    for blocks in (spec.body, *(appendix["body"] for appendix in spec.appendices)):
        for block in blocks:
            ((kind, value),) = block.items()
            if kind in ("text", "heading", "title"):
                yield value
            elif kind == "items":
                yield from (f"{spec.bullet} {item}" for item in value)


def _cells(spec: Spec, pages: Sequence[Page]) -> Iterator[tuple[int, Block]]:
    """The cells of every ruled table, checked against the spec's."""
    wanted = {folded(cell) for cell in _cell_texts(spec)}
    for page in pages:
        for table in page.tables:
            for cell in table.cells:
                if not cell.words or cell.bbox is None:
                    continue
                block = Block(folded(" ".join(word.text for word in cell.words)), cell.bbox, cell=True)
                if block.text not in wanted:
                    raise ValueError(f"{spec.id}: a cell that the spec does not have: {block.text}")
                yield page.number, block


def _cell_texts(spec: Spec) -> Iterator[str]:
    for blocks in (spec.body, *(appendix["body"] for appendix in spec.appendices)):
        for block in blocks:
            if "table" in block:
                yield from (
                    cell
                    for row in heads(block["table"]) + rows(block["table"])
                    for cell in row
                    if cell and cell != LEFT
                )


def _block(words: Iterable[Word]) -> Block:
    run = list(words)
    box = BBox.around(word.bbox for word in run)
    assert box is not None
    return Block(folded(" ".join(word.text for word in run)), box)


def read_blocks(sheet: Sheet, words: Sequence[Word]) -> list[str]:
    """What was read of each block: the words whose middle lies in it, in the reader's order.

    A word of the body that lies in no block counts to the nearest one, as an error of that block.
    """
    heard: list[list[str]] = [[] for _ in sheet.blocks]
    body = sheet.body()
    for word in words:
        if body.top <= word.bbox.middle <= body.bottom:
            distances = [_distance(block.bbox, word.bbox) for block in sheet.blocks]
            heard[int(np.argmin(distances))].append(word.text)
    return [folded(" ".join(parts)) for parts in heard]


def _distance(block: BBox, word: BBox) -> float:
    across = max(block.x0 - word.centre, 0.0, word.centre - block.x1)
    down = max(block.top - word.middle, 0.0, word.middle - block.bottom)
    return across + down


def identifiers(text: str) -> list[str]:
    """Numbers with symbols and dates in a text, as they are printed: what an archive looks documents up by."""
    return [folded(match[0]) for match in _LOOKED_UP.finditer(text)]


_LOOKED_UP = regex.compile(
    r"\d+(?:/\d{4})?/\p{Lu}[\p{L}\d-]*-[\p{L}\d-]+|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|\b\d{1,2}/\d{1,2}/\d{4}\b"
)
