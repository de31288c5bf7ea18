"""Marks that OCR lost in a heading, got back from the same words in the body.

Only words that are equal but for their marks are changed, and only where the body writes the other form, between the
same neighbours, more often and read with more confidence than the heading's: "chồng tham nhũng" → "chống tham nhũng".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mean

import regex

from extractor.document import Document, Span
from extractor.text.normalise import fold

ECHOED = "Dấu chữ bị OCR đọc sai đã sửa theo cách viết trong thân văn bản: {pairs}."
_WORD = regex.compile(r"[\p{L}\d]+")
_VOTES = 2

Forms = dict[tuple[str, str, str], dict[str, list[float]]]


@dataclass(frozen=True, slots=True)
class _Read:
    """A word with the confidence with which it was read."""

    text: str
    confidence: float


def echoed(document: Document, text: str, span: Span) -> tuple[str, tuple[str, ...]]:
    """The text of a heading at `span` with marks as the body behind it writes them; the reason when any was changed."""
    forms = _forms(document, span.end)
    own = {word.text: word.confidence for word in _reads(document, span)}
    words = list(_WORD.finditer(text))
    bare = ["", *(fold(word[0]) for word in words), ""]
    pieces, last, pairs = [], 0, []
    for index, word in enumerate(words):
        best = _better(word[0], own.get(word[0], 1.0), forms.get((bare[index], bare[index + 1], bare[index + 2]), {}))
        pieces += [text[last : word.start()], best or word[0]]
        last = word.end()
        if best:
            pairs.append(f"{word[0]} → {best}")
    return "".join([*pieces, text[last:]]), (ECHOED.format(pairs="; ".join(pairs)),) if pairs else ()


def _reads(document: Document, span: Span) -> Iterator[_Read]:
    for placed in document.words_in(span):
        for match in _WORD.finditer(placed.word.text):
            yield _Read(match[0], placed.word.confidence)


def _forms(document: Document, begin: int) -> Forms:
    """How the body writes each word between its neighbours, with confidences; "" stands for any neighbour."""
    words = list(_reads(document, Span(begin, len(document.text))))
    bare = ["", *(fold(word.text) for word in words), ""]
    found: Forms = defaultdict(lambda: defaultdict(list))
    for index, word in enumerate(words):
        before, middle, after = bare[index : index + 3]
        for key in {(before, middle, after), (before, middle, ""), ("", middle, after)}:
            found[key][word.text.lower()].append(word.confidence)
    return found


def _better(word: str, confidence: float, forms: dict[str, list[float]]) -> str | None:
    """The body's form when it outvotes and was read more surely than the heading's, in the heading's case."""
    best = max(forms, key=lambda form: sum(forms[form]), default=word.lower())
    rivals = len(forms.get(word.lower(), ())) + 1
    if best == word.lower() or len(forms[best]) < _VOTES or len(forms[best]) <= rivals:
        return None
    if mean(forms[best]) < confidence - 0.005:
        return None
    return best.upper() if word.isupper() and len(word) > 1 else best.capitalize() if word[0].isupper() else best
