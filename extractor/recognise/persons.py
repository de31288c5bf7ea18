"""Is this line a person's name? And its plain form: no rank, proper case, marks that OCR lost put back.

The vocabulary (family names, given names, ranks) is `rules/field/signers.yaml`; where it is silent, underthesea's
named-entity tagger gives a hint (it is right on a name standing alone on a line).
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import regex
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from extractor.ruleset import RuleSet
from extractor.text.normalise import strip_marks
from extractor.text.syllables import is_syllable

_SYLLABLE = regex.compile(r"\p{Lu}[\p{Ll}]{0,6}(?:['’]\p{L}+)?|\p{Lu}['’]\p{L}+")
_EDGE = regex.compile(r"^[^\p{L}]+|[^\p{L}]+$")
_TOKEN = regex.compile(r"\S+")
_VOWEL = regex.compile(r"(?i)[aeiouy]")
_MOST, _LEAST = 6, 2
_ENOUGH = 4  # letters of a damaged family name that tell which it is
_RARE, _FAR = 0.1, 4.0  # percent of people with a family name that is not among the common ones; how much likelier
_GUESSED = 0.55  # likeness of a name whose family name only resembles what was read
_OTHER_LETTERS = 0.1  # how often a letter is misread for each time a mark is
_MIDDLE = frozenset(
    ("Văn", "Thị", "Minh", "Hữu", "Ngọc", "Đình", "Quang", "Xuân")
)  # before it a family name is missing


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in plain form. `start`, `end`: where it stands in the text given; `likeness` 0–1."""

    value: str
    start: int
    end: int
    likeness: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of names."""

    family: frozenset[str]
    given: frozenset[str]
    family_bare: Mapping[str, tuple[str, ...]]
    given_bare: Mapping[str, tuple[str, ...]]
    rank: regex.Pattern[str]
    family_lower: Mapping[str, str]
    share: Mapping[str, float]

    def __hash__(self) -> int:
        return id(self)


def _by_bare(words: frozenset[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(words):
        found[strip_marks(word).lower()] = (*found.get(strip_marks(word).lower(), ()), word)
    return found


@functools.lru_cache(maxsize=4)
def _names(
    family: str, given: str, ranks: tuple[str, ...], military: tuple[str, ...], shares: tuple[tuple[str, float], ...]
) -> Names:
    families, givens = frozenset(family.split()), frozenset(given.split())
    short = "|".join(regex.escape(rank) for rank in sorted(ranks, key=len, reverse=True))
    words = "|".join(regex.escape(rank).replace(r"\ ", r"\s+") for rank in sorted(military, key=len, reverse=True))
    title = rf"(?:{short})\s*[.,]+\s*|(?:{short})\s+|(?i:{words})\s*[,.:]?\s+"
    rank = regex.compile(rf"(?:(?:{title})[-–,]?\s*)+(?=\p{{Lu}})")
    lower = {name: name.lower() for name in families}
    return Names(families, givens, _by_bare(families), _by_bare(givens), rank, lower, dict(shares))


def vocabulary(rules: RuleSet) -> Names:
    """The names of a rule set, indexed once."""
    words: Mapping[str, Any] = rules.fields["signers"].vocabulary
    shares = tuple(words["common_families"].items())
    return _names(words["family_names"], words["given_names"], tuple(words["ranks"]), tuple(words["military"]), shares)


def proper_case(name: str) -> str:
    """Capitals to proper case, other spellings as they are.

    >>> proper_case("NGUYỄN VĂN AN"), proper_case("Y Thanh H’BƠ")
    ('Nguyễn Văn An', 'Y Thanh H’BƠ')
    """
    if not name.isupper():
        return name
    return " ".join(regex.sub(r"\p{L}+", lambda m: m[0].capitalize(), word) for word in name.split())


def read_name(text: str, names: Names, hint: bool = True, verbatim: bool = False, clear: bool = False) -> Name | None:
    """The person's name that a line holds, None when it holds none.

    Ranks before it and specks of ink around it are left out; `likeness` says how sure it is that this is a name.
    `verbatim`: the text is no OCR's, so that nothing is put right; `clear`: OCR read it well, so that only a family
    name that does not exist is. `hint`: ask underthesea in doubt.
    """
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
    rank = names.rank.match(text.lstrip(" *_#\"'“”.-–—~:;`|"))
    if rank:
        begin = len(text) - len(text.lstrip(" *_#\"'“”.-–—~:;`|")) + rank.end()
        tokens = [token for token in tokens if token[0] >= begin]
    kept = [span for token in tokens if (span := _trimmed(text, *token)) is not None]
    kept = _longest_run(text, kept, names)
    if not _LEAST <= len(kept) <= _MOST:
        return None
    syllables = [text[start:end] for start, end in kept]
    value = proper_case(" ".join(syllables)).split()
    reasons: tuple[str, ...] = ()
    if not verbatim:
        value, reasons = _mended(value, names, clear)
    likeness = _likeness(value, names, verbatim)
    capitals = all(word.isupper() for word in syllables)
    if hint and 0.25 <= likeness < 0.8 and value[0] not in _MIDDLE and not capitals and tagged_person(" ".join(value)):
        likeness = 0.8
    if not verbatim and _far_fetched(syllables[0], value[0]):
        likeness = min(likeness, _GUESSED)
    if likeness < (0.75 if capitals else 0.5):  # headings are in capitals too
        return None
    dropped = (
        0
        if verbatim
        else len(regex.findall(r"[\p{L}\d]", text[: kept[0][0]] if not rank else ""))
        + len(regex.findall(r"[\p{L}\d]", text[kept[-1][1] :]))
    )
    return Name(" ".join(value), kept[0][0], kept[-1][1], likeness - 0.04 * min(dropped, 5), reasons)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A token without punctuation at its edges; None for a speck."""
    word = text[start:end]
    lead = len(word) - len(regex.sub(r"^[^\p{L}]+", "", word))
    word = _EDGE.sub("", word)
    return (start + lead, start + lead + len(word)) if word else None


def _longest_run(text: str, spans: list[tuple[int, int]], names: Names) -> list[tuple[int, int]]:
    """The longest run of syllables that could be a name's: capital first (or all capitals), a vowel inside.

    A scrap in small letters right before it is the family name whose capital a seal has eaten, where one fits.
    """
    best: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for start, end in spans:
        run = [*run, (start, end)] if _syllable(text[start:end]) else []
        if len(run) > len(best):
            best = list(run)
    first = spans.index(best[0]) if best else 0
    opening = text[best[0][0] : best[0][1]] if best else ""
    if first and (opening in _MIDDLE or opening not in names.family):
        start, end = spans[first - 1]
        if _cut(text[start:end], names) is not None:
            return [(start, end), *best]
    return best


def _syllable(word: str) -> bool:
    capital = word[0].isupper() and (word[1:].islower() or word.isupper() or "’" in word or "'" in word)
    return capital and len(word) <= 8 and bool(_VOWEL.search(strip_marks(word)))


@functools.lru_cache(maxsize=512)
def _cut(word: str, names: Names) -> str | None:
    """The family name whose end is left of it: "rần" is Trần. None where several are as likely."""
    if not word.islower() or len(word) > 6 or not _VOWEL.search(strip_marks(word)):
        return None
    ends = [name for name in names.family if name.lower().endswith(word) and 0 < len(name) - len(word) <= 2]
    if not ends and len(word) > 2:
        bare = strip_marks(word)
        ends = [name for name in names.family if Levenshtein.distance(strip_marks(name).lower(), bare) <= 1]
    ranked = sorted(ends, key=lambda name: -names.share.get(name, _RARE))
    if not ranked:
        return None
    clear = len(ranked) == 1 or names.share.get(ranked[0], _RARE) >= _FAR * names.share.get(ranked[1], _RARE)
    return ranked[0] if clear else None


def _far_fetched(read: str, family: str) -> bool:
    """Whether a scrap in small letters is not the end of the family name that it was taken for ("thợ", Hồ)."""
    return read.islower() and not strip_marks(family).lower().endswith(strip_marks(read))


def _mended(syllables: list[str], names: Names, clear: bool) -> tuple[list[str], tuple[str, ...]]:
    """Family name restored where a letter or a mark was lost and one known name fits; the rest likewise by marks."""
    rest = syllables[1:] if clear else [_given(word, names) for word in syllables[1:]]
    first = _family(syllables[0], names)
    fixed = [first[:1].upper() + first[1:], *rest]
    changed = [(old, new) for old, new in zip(syllables, fixed, strict=True) if old != new]
    why = "chữ bị che hoặc nhầm dấu khi nhận dạng"
    return fixed, tuple(f"Đọc được “{old}”, hiểu là “{new}” ({why})." for old, new in changed)


def _family(word: str, names: Names) -> str:
    """The known family name that a first syllable stands for; the syllable itself in doubt."""
    if word in names.family:
        return word
    if word.islower():
        return _cut(word, names) or word
    same = _same_tone_place(word, names.family_bare.get(strip_marks(word).lower(), ()))
    if same and not (strip_marks(same[0]) == same[0] and strip_marks(word) != word):
        return _likeliest(same, word, names)
    if is_syllable(word.lower()) and word[0].isupper():
        return word  # a rare family name, not a damaged one
    if len(word) < _ENOUGH:
        return word
    scored = process.extract(word.lower(), names.family_lower, scorer=fuzz.ratio, score_cutoff=72, limit=2)
    if scored and (len(scored) == 1 or scored[0][1] - scored[1][1] >= 8 or len(word) > 4):
        return str(scored[0][2])
    return word


def _likeliest(same: tuple[str, ...], word: str, names: Names) -> str:
    """The family name of these letters, unless it is rare and a common one differs by a letter; the word in doubt."""
    bare = strip_marks(word).lower()
    near = [name for name in names.share if Levenshtein.distance(strip_marks(name).lower(), bare) == 1]
    worth = {name: _OTHER_LETTERS * names.share[name] for name in near}
    worth |= {name: names.share.get(name, _RARE) for name in same}
    ranked = sorted(worth, key=lambda name: -worth[name])
    return ranked[0] if len(ranked) == 1 or worth[ranked[0]] >= _FAR * worth[ranked[1]] else word


def _given(word: str, names: Names) -> str:
    """A syllable unknown in names, when one that is known differs by a mark in the same place."""
    if word in names.given or word in names.family:
        return word
    same = _same_tone_place(word, names.given_bare.get(strip_marks(word).lower(), ()))
    return same[0] if len(same) == 1 else word


def _same_tone_place(word: str, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """Candidates with the tone mark where the word has one: above, below or none. Scanners blur marks."""
    near = tuple(name for name in candidates if _tone_place(name) == _tone_place(word))
    return near if near else candidates


def _tone_place(word: str) -> str:
    marks = unicodedata.normalize("NFD", word)
    if "\u0323" in marks:
        return "below"
    return "above" if any(mark in marks for mark in "\u0300\u0301\u0303\u0309") else ""


def likeness(name: str, names: Names) -> float:
    """How sure it is that these syllables are a person's name, 0–1."""
    return _likeness(name.split(), names, verbatim=False)


def _likeness(syllables: list[str], names: Names, verbatim: bool) -> float:
    family = syllables[0] in names.family
    bare = strip_marks(syllables[0]).lower() in names.family_bare or syllables[0][1:2] in ("'", "’")  # H'Yim, K'Brol
    known = sum(_known(word, names) for word in syllables[1:]) / (len(syllables) - 1)
    start = 0.5 if family else 0.4 if bare else 0.1
    start = min(start, 0.25) if syllables[0] in _MIDDLE and not verbatim else start
    odd = 0 if verbatim else sum(not is_syllable(word) and not _known(word, names) for word in syllables)
    return round(start + 0.48 * known - 0.1 * max(0, len(syllables) - 5) - 0.15 * odd, 3)


def _known(word: str, names: Names) -> float:
    if word in names.given or word in names.family:
        return 1.0
    return 0.6 if strip_marks(word).lower() in names.given_bare else 0.0


@functools.lru_cache(maxsize=512)
def tagged_person(text: str) -> bool:
    """Whether underthesea tags the whole line as a person (loaded on first use, half a second)."""
    from underthesea.pipeline.ner import ner

    tags = [row[3] for row in ner(text)]
    return bool(tags) and all(tag.endswith("PER") for tag in tags)
