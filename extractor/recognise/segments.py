"""The lines of a zone as segments: with a box on paged documents, with blank lines counted on text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import regex

from extractor.document import BBox, Document, Line, PlacedWord, Span, Word

_EDGES = " *_#\t"
_FIELDS = regex.compile(r"[^\t|]+?(?=\s{3,}|\t|\||$)")


def scanned(document: Document, offset: int) -> bool:
    """Whether the text at an offset was read by OCR."""
    return bool(document.lines) and document.pages[document.page_at(offset) - 1].text_source == "ocr"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one line in one column. `apart`: clear space (or a blank line) above it.

    `reread`: read again from the picture, so that it has a box and no span.
    """

    text: str
    span: Span
    page: int = 1
    box: BBox | None = None
    confidence: float = 1.0
    apart: bool = False
    row: int = 0
    reread: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        """The span in the document's text, none for what was read again from the picture."""
        return () if self.reread else (self.span,)


def segments(document: Document, span: Span) -> list[Segment]:
    """The segments of a span in text order."""
    found = list(_from_lines(document, span) if document.lines else _from_text(document, span))
    return [segment for segment in found if segment.text]


def _from_text(document: Document, span: Span) -> Iterator[Segment]:
    text = document.text
    blank = True
    for row, line in enumerate(regex.finditer(r"[^\n\f]*", _tabbed(document, span))):
        if not line[0].strip(_EDGES):
            blank = blank or (line[0] == "" and line.start() > 0 and text[span.start + line.start() - 1] in "\n\f")
            continue
        for field in _FIELDS.finditer(line[0]):
            start, end = trimmed(
                text, span.start + line.start() + field.start(), span.start + line.start() + field.end()
            )
            yield Segment(text[start:end], Span(start, end), apart=blank, row=row)
        blank = False


def _tabbed(document: Document, span: Span) -> str:
    """The text of a span with the tabs of the source put back: they part columns."""
    text = document.text[span.start : span.end]
    original, offsets = document.original, document.offsets
    if original is None or offsets is None or "\t" not in original:
        return text
    sources = offsets[span.start : span.end]
    return "".join("\t" if original[at] == "\t" else c for c, at in zip(text, sources, strict=True))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without white space and markdown marks at its edges."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def _from_lines(document: Document, span: Span) -> Iterator[Segment]:
    before: BBox | None = None
    for row, line in enumerate(document.lines_in(span)):
        for words in _runs(line):
            box = BBox.around(word.word.bbox for word in words)
            assert box is not None
            start, end = trimmed(document.text, words[0].start, words[-1].end)
            confidence = _confidence([word.word for word in words])
            apart = before is None or box.top - before.bottom > 0.8 * min(box.height, 16)
            yield Segment(document.text[start:end], Span(start, end), line.page, box, confidence, apart, row)
            before = box


def from_words(words: Sequence[Word], page: int) -> list[Segment]:
    """Segments of words read again from the picture, top to bottom."""
    found: list[Segment] = []
    before: BBox | None = None
    for row, line in enumerate(part for whole in _rows(words) for part in _parted(whole)):
        box = BBox.around(word.bbox for word in line)
        assert box is not None
        apart = before is None or box.top - before.bottom > 0.8 * min(box.height, 16)
        text = " ".join(word.text for word in line)
        found.append(Segment(text, Span(0, 0), page, box, _confidence(line), apart, row, reread=True))
        before = box
    return found


def _parted(line: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of a line, parted where the gap is wider than any space: the recipients end, the block begins."""
    heights = sorted(word.bbox.height for word in line if len(word.text) > 1) or [word.bbox.height for word in line]
    wide = 2.6 * heights[len(heights) // 2]
    run: list[Word] = []
    for word in line:
        if run and word.bbox.x0 - run[-1].bbox.x1 > wide:
            yield run
            run = []
        run.append(word)
    yield run


def _confidence(words: Sequence[Word]) -> float:
    """The words' mean confidence by letters: specks of ink count little."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / max(1, letters)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.bbox.middle):
        if rows and abs(rows[-1][0].bbox.middle - word.bbox.middle) < 0.5 * max(
            rows[-1][0].bbox.height, word.bbox.height
        ):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.bbox.x0) for row in rows]


def _runs(line: Line) -> Iterator[list[PlacedWord]]:
    """The words of a line, parted where the gap is wider than any space."""
    heights = sorted(word.word.bbox.height for word in line.words)
    if not heights:
        return
    wide = 2.6 * heights[len(heights) // 2]
    run = [line.words[0]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if word.word.bbox.x0 - before.word.bbox.x1 > wide:
            yield run
            run = []
        run.append(word)
    yield run


def columns(found: Sequence[Segment], telling: Callable[[Segment], bool]) -> list[list[Segment]]:
    """Segments by column. There are several only where two telling segments stand side by side."""
    rows: dict[tuple[int, int], list[Segment]] = {}
    for segment in found:
        if telling(segment):
            rows.setdefault((segment.page, segment.row), []).append(segment)
    widest = max(rows.values(), key=len, default=[])
    if len(widest) < 2:
        return [list(found)]
    groups: list[list[Segment]] = [[] for _ in widest]
    for segment in found:
        groups[_nearest(segment, widest, found)].append(segment)
    return groups


def _nearest(segment: Segment, heads: Sequence[Segment], found: Sequence[Segment]) -> int:
    if segment.box is not None:
        centre = segment.box.centre
        return min(range(len(heads)), key=lambda i: abs((heads[i].box or segment.box).centre - centre))  # type: ignore[union-attr]
    same_row = [other for other in found if other.row == segment.row]
    return min(same_row.index(segment), len(heads) - 1)
