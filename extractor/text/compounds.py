"""Marks that OCR lost or changed inside compounds of everyday Vietnamese: "bồ sung" → "bổ sung".

The words are those of the dictionary that underthesea carries (Apache-2.0). A syllable is changed only when neither
neighbour forms a word with it as it stands, exactly one change of marks makes one, and the change keeps its length.
Names (capitals inside a sentence) and digits are never touched.
"""

from __future__ import annotations

import functools
import importlib.util
import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from extractor.text.normalise import strip_marks
from extractor.text.syllables import is_syllable
from extractor.text.tones import tone_folded

_CORE = regex.compile(r"\p{L}+")
_LOOKALIKES = {"e": "c", "f": "t"}
_SURE = 0.85
"""Above this a syllable that often stands alone is believed as it was read."""
_LEFT_FREE, _RIGHT_FREE = "([“\"'", ".,;:!?)]”\"'…"


@dataclass(frozen=True, slots=True)
class Syllable:
    """A word as it was read: its letters, whether it may be changed, what may touch it."""

    text: str
    core: str
    start: int
    mutable: bool
    open_left: bool
    open_right: bool

    @property
    def named(self) -> bool:
        """Whether it may be part of a name."""
        return self.core[:1].isupper() and not self.core.isupper()


@dataclass(frozen=True, slots=True)
class Repair:
    """Word `index` reads better as `text`, of the same length."""

    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Compounds:
    """`bound`: pairs of syllables that stand together in a word; `words`: two-syllable words by their bare letters."""

    bound: frozenset[str]
    words: Mapping[str, tuple[str, ...]]

    def binds(self, left: Syllable, right: Syllable) -> bool:
        """Whether two neighbours form a word, or part of one, as they stand."""
        return left.open_right and right.open_left and f"{_key(left.core)} {_key(right.core)}" in self.bound

    def options(self, left: Syllable, right: Syllable) -> tuple[str, ...]:
        """The words that two neighbours could be with other marks."""
        if not (left.open_right and right.open_left) or right.named:
            return ()
        return self.words.get(_bare(left.core) + " " + _bare(right.core), ())


def _key(core: str) -> str:
    return tone_folded(core)


@functools.lru_cache(maxsize=20_000)
def _bare(core: str) -> str:
    """Bare letters; the first letter of what cannot be a syllable is read as the one it looks like."""
    bare = strip_marks(core).lower()
    return bare if is_syllable(core) else _LOOKALIKES.get(bare[:1], bare[:1]) + bare[1:]


@functools.cache
def load() -> Compounds:
    """The dictionary's compounds, once per process."""
    bound: set[str] = set()
    words: dict[str, set[str]] = {}
    for line in _dictionary().read_text(encoding="utf-8").splitlines():
        syllables = tone_folded(line).split()
        if len(syllables) < 2 or not all(_CORE.fullmatch(syllable) for syllable in syllables):
            continue
        bound.update(f"{a} {b}" for a, b in itertools.pairwise(syllables))
        if len(syllables) == 2:
            words.setdefault(strip_marks(" ".join(syllables)), set()).add(" ".join(syllables))
    return Compounds(frozenset(bound), {bare: tuple(sorted(found)) for bare, found in words.items()})


def _dictionary() -> Path:
    found = importlib.util.find_spec("underthesea")  # its import would load models that are not needed here
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "corpus" / "data" / "Viet74K.txt"


def syllable(
    word: str,
    confidence: float,
    ceiling: float,
    sentence_start: bool,
    alone: Collection[str],
    kept: Collection[str] = (),
) -> Syllable:
    """A word prepared for comparing; only one that was read with less than `ceiling` may be changed.

    `alone`: syllables that are words by themselves in most sentences; they must have been read badly to be changed.
    `kept`: family names, never changed where they have a capital.
    """
    match = _CORE.search(word)
    if match is None or len(_CORE.findall(word)) != 1 or any(char.isdigit() for char in word):
        return Syllable(word, "", 0, False, False, False)
    core, before, after = match[0], word[: match.start()], word[match.end() :]
    cased = core.islower() or ((core.isupper() or sentence_start) and core.lower() not in kept)
    return Syllable(
        word,
        core,
        match.start(),
        mutable=confidence < (min(ceiling, _SURE) if core.lower() in alone else ceiling) and cased and len(core) > 1,
        open_left=not before.strip(_LEFT_FREE) and (not before or before[-1] in _LEFT_FREE),
        open_right=not after,
    )


def repairs(words: Sequence[Syllable], compounds: Compounds) -> list[Repair]:
    """What to change in a run of words of one paragraph."""
    bound = [compounds.binds(a, b) for a, b in itertools.pairwise(words)]
    found: list[Repair] = []
    taken: set[int] = set()
    for index, (left, right) in enumerate(itertools.pairwise(words)):
        before, after = index > 0 and bound[index - 1], index + 1 < len(bound) and bound[index + 1]
        if bound[index] or before or after or {index, index + 1} & taken:
            continue
        better = _better(left, right, compounds)
        if better is not None:
            found += [Repair(index + place, text) for place, text in better]
            taken |= {index, index + 1}
    return found


def _better(left: Syllable, right: Syllable, compounds: Compounds) -> list[tuple[int, str]] | None:
    """The one dictionary word that two neighbours become by changing syllables that may be changed."""
    changes = []
    for option in compounds.options(left, right):
        wanted = option.split()
        changed = [
            (place, side, new)
            for place, side, new in ((0, left, wanted[0]), (1, right, wanted[1]))
            if _key(side.core) != new
        ]
        if changed and all(side.mutable and len(new) == len(side.core) for _, side, new in changed):
            changes.append(changed)
    fewest = min((len(changed) for changed in changes), default=0)
    best = [changed for changed in changes if len(changed) == fewest]
    if len(best) != 1 or fewest != 1:
        return None
    return [(place, _dressed(side, new)) for place, side, new in best[0]]


def _dressed(side: Syllable, new: str) -> str:
    core = new.upper() if side.core.isupper() else new.capitalize() if side.core[0].isupper() else new
    return side.text[: side.start] + core + side.text[side.start + len(side.core) :]
