"""From a rule's own confidence and the words' to a probability that the value is right.

The curves lie in models/calibration.json, made by `python -m tools.calibrate` from evaluated documents; a field without
a curve of its own takes that of all fields. Without the file the raw confidence stands.
"""

from __future__ import annotations

import bisect
import functools
import json
from collections.abc import Mapping, Sequence
from contextvars import ContextVar

from extractor.document import Document
from extractor.recognise.base import Leaf
from extractor.resources import models_dir

CEILING = 0.99
ANY = "*"
PROBABLE = "handwriting"
"""Rules that begin so give a probability already, weighed on many more lines than there are evaluated documents."""
Curve = Sequence[tuple[float, float]]
"""Knots (raw confidence, probability), both rising; between them the line."""
RAW: ContextVar[bool] = ContextVar("raw_confidence", default=False)
"""Set while curves are made: confidences stay raw."""


@functools.cache
def curves() -> Mapping[str, Curve]:
    """Field → curve."""
    path = models_dir() / "calibration.json"
    if not path.is_file():
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))["curves"]
    return {name: [(float(raw), float(probability)) for raw, probability in knots] for name, knots in found.items()}


def raw_confidence(leaf: Leaf, document: Document) -> float:
    """The rule's confidence, lowered by that of the worst word it stands on."""
    reading = min((document.confidence(span) for span in leaf.spans), default=1.0)
    return max(0.0, min(1.0, leaf.confidence * (0.5 + 0.5 * reading)))


def calibrated(leaf: Leaf, field: str, document: Document) -> float:
    """The probability that a leaf is right, 0–1."""
    raw = raw_confidence(leaf, document)
    if RAW.get() or leaf.rule.startswith(PROBABLE):
        return raw
    known = curves()
    curve = known.get(field) or known.get(ANY)
    return min(CEILING, raw if curve is None else along(curve, raw))


def along(curve: Curve, raw: float) -> float:
    """The curve's value, its ends kept level.

    >>> along([(0.5, 0.4), (0.9, 0.8)], 0.7)
    0.6
    """
    place = bisect.bisect_left([knot[0] for knot in curve], raw)
    if place == 0:
        return curve[0][1]
    if place == len(curve):
        return curve[-1][1]
    (x0, y0), (x1, y1) = curve[place - 1], curve[place]
    return round(y0 + (y1 - y0) * (raw - x0) / (x1 - x0), 6) if x1 > x0 else y1
