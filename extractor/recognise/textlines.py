"""The lines of a document's zones, whether they were printed on pages or are lines of a text."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.document import BBox, Document, PlacedWord, Span, ZoneKind
from extractor.layout.textlines import text_lines


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line and its place; `bbox` and `words` are empty for text formats."""

    start: int
    end: int
    text: str
    page: int = 1
    bbox: BBox | None = None
    words: tuple[PlacedWord, ...] = ()

    @property
    def span(self) -> Span:
        """The line's span."""
        return Span(self.start, self.end)

    @property
    def upper(self) -> bool:
        """Whether nearly all letters are capitals."""
        letters = [char for char in self.text if char.isalpha()]
        return bool(letters) and sum(char.isupper() for char in letters) >= 0.85 * len(letters)


def lines_in(document: Document, *kinds: ZoneKind) -> list[TextLine]:
    """The lines of these zones in text order, blank ones left out."""
    return [line for zone in document.zone(*kinds) for line in lines_of(document, zone.span)]


def lines_of(document: Document, span: Span) -> list[TextLine]:
    """The lines that begin inside a span."""
    if document.lines:
        return [
            TextLine(line.start, line.end, document.text[line.start : line.end], line.page, line.bbox, line.words)
            for line in document.lines_in(span)
            if span.start <= line.start < span.end
        ]
    found = []
    for line in text_lines(document.text, span.start, span.end):
        raw = document.text[line.start : line.end].replace("\n", " ")
        text = raw.strip(" *_#")
        if text:
            start = line.start + raw.index(text)
            found.append(TextLine(start, start + len(text), text))
    return found
