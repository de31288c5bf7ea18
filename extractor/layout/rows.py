"""Words of one column → printed rows, top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from extractor.document import BBox, Word


@dataclass(frozen=True, slots=True)
class Row:
    """The words of one printed line of one column, left to right."""

    words: tuple[Word, ...]
    bbox: BBox

    @property
    def text(self) -> str:
        """The words with one space between."""
        return " ".join(word.text for word in self.words)

    @property
    def middle(self) -> float:
        """The typical vertical centre of the words: one tall stroke does not move it."""
        return median(word.bbox.middle for word in self.words)


def make_row(words: Sequence[Word]) -> Row:
    """A row of at least one word."""
    ordered = tuple(sorted(words, key=lambda word: (word.bbox.x0, word.bbox.x1)))
    box = BBox.around(word.bbox for word in ordered)
    assert box is not None
    return Row(ordered, box)


def typical_height(words: Iterable[Word]) -> float:
    """The median height of words with letters, 10 points where there are none."""
    return median([word.bbox.height for word in words if len(word.text) > 1] or [10.0])


def find_rows(words: Sequence[Word]) -> list[Row]:
    """Chain words from left to right, so that a slight slant does not mix two lines.

    A word joins the row whose nearest words it overlaps most in height; noise taller than two lines makes no bridge.
    """
    height = typical_height(words)
    chains: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.bbox.x0):
        best, best_score = None, 0.45
        for chain in chains:
            score = _fit(chain, word, height)
            if score > best_score:
                best, best_score = chain, score
        if best is None:
            chains.append([word])
        else:
            best.append(word)
    return sorted((make_row(chain) for chain in _merged(chains, height)), key=lambda row: (row.middle, row.bbox.x0))


def _fit(chain: list[Word], word: Word, height: float) -> float:
    """How well a word continues a chain: its share of common height with the chain's last words."""
    box = _level(chain, height)
    mine = _slim(word.bbox, height)
    shared = box.overlap_y(mine) / max(1.0, min(box.height, mine.height))
    gap = word.bbox.x0 - chain[-1].bbox.x1
    return shared - (0.1 if gap > 6 * height else 0.0)


def _level(chain: list[Word], height: float) -> BBox:
    """The vertical band of the end of a chain: its last word of letter height, else its last word."""
    for word in reversed(chain[-4:]):
        if 0.5 * height <= word.bbox.height <= 1.8 * height:
            return word.bbox
    return _slim(chain[-1].bbox, height)


def _slim(box: BBox, height: float) -> BBox:
    """A box no taller than a line and no thinner than a third of one, about the same centre."""
    half = min(max(box.height, height / 3), 1.8 * height) / 2
    return BBox(box.x0, box.middle - half, box.x1, box.middle + half)


def _merged(chains: list[list[Word]], height: float) -> list[list[Word]]:
    """Lone marks (a dash, a dot) put into the row at their level."""
    kept = [chain for chain in chains if len(chain) > 1 or chain[0].bbox.height >= 0.4 * height]
    if not kept:
        return chains
    for chain in chains:
        if chain in kept:
            continue
        mark = chain[0].bbox
        home = min(kept, key=lambda other: abs(median(w.bbox.middle for w in other) - mark.middle))
        if abs(median(w.bbox.middle for w in home) - mark.middle) <= 0.7 * height:
            home.append(chain[0])
        else:
            kept = [*kept, chain]
    return kept
