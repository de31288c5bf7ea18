"""Words of one column → printed rows, top to bottom."""

from __future__ import annotations

from collections import defaultdict
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


class _Chain:
    """A row in the making; `middle` and `half` are the band of its last word of letter height."""

    __slots__ = ("bucket", "half", "middle", "words", "x1")

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.middle = self.half = self.x1 = 0.0
        self.bucket = 0

    def add(self, word: Word, middle: float, half: float, height: float) -> None:
        """Take in the next word to the right."""
        self.words.append(word)
        self.x1 = word.bbox.x1
        if len(self.words) == 1 or 0.5 * height <= word.bbox.height <= 1.8 * height:
            self.middle, self.half = middle, half

    def fit(self, word: Word, middle: float, half: float, height: float) -> float:
        """How well a word continues the chain: its share of common height, less for a long way."""
        shared = min(self.middle + self.half, middle + half) - max(self.middle - self.half, middle - half)
        gap = word.bbox.x0 - self.x1
        return shared / max(1.0, 2 * min(self.half, half)) - min(0.3, max(0.0, gap) / (40 * height))


def find_rows(words: Sequence[Word]) -> list[Row]:
    """Chain words from left to right, so that a slight slant does not mix two lines.

    A word joins the row whose last words it overlaps most in height; noise taller than two lines makes no bridge.
    """
    height = typical_height(words)
    shelves: dict[int, list[_Chain]] = defaultdict(list)
    for word in sorted(words, key=lambda word: word.bbox.x0):
        box = word.bbox
        middle, half = box.middle, min(max(box.height, height / 3), 1.8 * height) / 2
        shelf = int(middle // height)
        best, most = None, 0.45
        for at in range(shelf - 2, shelf + 3):
            for chain in shelves.get(at, ()):
                if (fit := chain.fit(word, middle, half, height)) > most:
                    best, most = chain, fit
        if best is None:
            best = _Chain()
            best.add(word, middle, half, height)
            best.bucket = shelf
            shelves[shelf].append(best)
            continue
        best.add(word, middle, half, height)
        if (bucket := int(best.middle // height)) != best.bucket:
            shelves[best.bucket].remove(best)
            shelves[bucket].append(best)
            best.bucket = bucket
    chains = [chain.words for shelf in shelves.values() for chain in shelf]
    return sorted((make_row(chain) for chain in _merged(chains, height)), key=lambda row: (row.middle, row.bbox.x0))


def _merged(chains: list[list[Word]], height: float) -> list[list[Word]]:
    """Lone marks (a dash, a dot) put into the row at their level."""
    kept = [chain for chain in chains if len(chain) > 1 or chain[0].bbox.height >= 0.4 * height]
    if not kept:
        return chains
    middles = [median(word.bbox.middle for word in chain) for chain in kept]
    lone = []
    for chain in chains:
        if len(chain) > 1 or chain[0].bbox.height >= 0.4 * height:
            continue
        mark = chain[0].bbox.middle
        home = min(range(len(kept)), key=lambda index: abs(middles[index] - mark))
        if abs(middles[home] - mark) <= 0.7 * height:
            kept[home].append(chain[0])
        else:
            lone.append(chain)
    return kept + lone
