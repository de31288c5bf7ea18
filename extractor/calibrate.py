"""From a rule's own confidence and the words' to a probability that the value is right."""

from __future__ import annotations

from extractor.document import Document
from extractor.recognise.base import Leaf

_CEILING = 0.995


def calibrated(leaf: Leaf, field: str, document: Document) -> float:
    """The probability that a leaf is right, 0–1."""
    reading = min((document.confidence(span) for span in leaf.spans), default=1.0)
    return max(0.0, min(_CEILING, leaf.confidence * (0.5 + 0.5 * reading)))
