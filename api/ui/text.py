"""The text of a text document, cut where evidence begins and ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `pointer` is the value it proves, if any."""

    text: str
    pointer: str | None = None


def pieces(text: str, evidence: Mapping[str, Mapping[str, Any]]) -> Iterable[Piece]:
    """The whole text in order; where proofs overlap the one that began first holds."""
    place = 0
    for start, end, pointer in sorted(_spans(evidence)):
        if start < place or end > len(text):
            continue
        if start > place:
            yield Piece(text[place:start])
        yield Piece(text[start:end], pointer)
        place = end
    if place < len(text):
        yield Piece(text[place:])


def _spans(evidence: Mapping[str, Mapping[str, Any]]) -> Iterable[tuple[int, int, str]]:
    for pointer, proof in evidence.items():
        span = proof.get("span")
        if span and span[0] < span[1]:
            yield int(span[0]), int(span[1]), pointer
