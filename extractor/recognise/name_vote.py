"""One name out of several readings of its line, syllable by syllable from the right.

A seal lies over the left third of a signature, so readings differ in the family name first; the given name, which is
mostly free, says which readings are of the same name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extractor.recognise import persons
from extractor.text.normalise import strip_marks

Voice = tuple[persons.Name, str, float]
"""A reading: the name, the text it was read from, and its weight."""
JOINED = "Ghép họ tên từ nhiều lần đọc lại ảnh."
_RARE = 0.75  # what a rare family name counts
_UNKNOWN = 0.5  # what a syllable counts that no name is known to hold


def voted(voices: Sequence[Voice], names: persons.Names) -> Voice:
    """The name, the text of the reading nearest to it, and the share of the vote of its least certain syllable."""
    lengths = _lengths(voices)
    length = max(lengths, key=lambda size: lengths[size])
    chosen, share = [], 1.0
    for place in range(length, 0, -1):
        word, part = _syllable(voices, place, names, first=place == length)
        chosen.append(word)
        share = min(share, part)
    share = min(share, lengths[length] / sum(lengths.values()))
    return _as_read(" ".join(chosen), voices, names, share)


def _lengths(voices: Sequence[Voice]) -> dict[int, float]:
    """Weight by number of syllables; a reading that is the end of a longer one lost its beginning."""
    weights: dict[int, float] = defaultdict(float)
    for name, _, weight in voices:
        size = len(name.value.split())
        longer = [len(other.value.split()) for other, _, _ in voices if _ends_so(other.value, name.value)]
        weights[max(longer, default=size)] += weight
    return weights


def _ends_so(longer: str, shorter: str) -> bool:
    return _bare(longer).endswith(f" {_bare(shorter)}")


def _bare(text: str) -> str:
    return strip_marks(text).lower()


def _syllable(voices: Sequence[Voice], place: int, names: persons.Names, first: bool) -> tuple[str, float]:
    """The syllable at a place from the right and its share; known names weigh more, common family names first."""
    votes: dict[str, float] = defaultdict(float)
    for name, _, weight in voices:
        words = name.value.split()
        if len(words) >= place:
            votes[words[-place]] += weight * _known(words[-place], names, first)
    best = max(votes, key=lambda word: (votes[word], names.share.get(word, 0.0)))
    return best, votes[best] / sum(votes.values())


def _known(word: str, names: persons.Names, first: bool) -> float:
    if first and word in names.family:
        return 1.0 if word in names.share else _RARE
    return 1.0 if not first and (word in names.given or word in names.family) else _UNKNOWN


def _as_read(value: str, voices: Sequence[Voice], names: persons.Names, share: float) -> Voice:
    """The reading that says so, the likeliest of several; the nearest one's with the value put in its place."""
    same = [voice for voice in voices if voice[0].value == value]
    if same:
        name, text, _ = max(same, key=lambda voice: (not voice[0].reasons, voice[2]))
        return name, text, share
    name, text, _ = max(voices, key=lambda voice: (_ends_so(voice[0].value, value.split()[-1]), voice[2]))
    likeness = min(persons.likeness(value, names), max(voice[0].likeness for voice in voices))
    return persons.Name(value, name.start, name.end, likeness, (*name.reasons, JOINED)), text, share
