"""A second look at a subject that was read badly: its box alone, enlarged, without what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.document import BBox, Document, Span
from extractor.layout.rows import find_rows
from extractor.ocr.reread import reread

_POOR, _GAIN, _SCALE = 0.88, 0.03, 1.5
AGAIN = "Vùng trích yếu được đọc lại từ ảnh vì lần đầu đọc kém."


@dataclass(frozen=True, slots=True)
class Look:
    """What the second look read, line by line."""

    text: str


def second_look(document: Document, spans: list[Span]) -> Look | None:
    """The subject read again when its words are poor and the new reading is better; None to keep the first."""
    words = [placed.word for span in spans for placed in document.words_in(span)]
    if document.picture is None or not words:
        return None
    mean = sum(word.confidence for word in words) / len(words)
    box = BBox.around(word.bbox for word in words)
    if mean >= _POOR or box is None:
        return None
    again = reread(document.picture(document.page_at(spans[0].start)), box, "block", scale=_SCALE, margin=3.0)
    if not again or sum(word.confidence for word in again) / len(again) < mean + _GAIN:
        return None
    return Look(" ".join(row.text for row in find_rows(again)))
