"""Cue phrases of rules/programme/*.yaml, matched by spaCy's PhraseMatcher over our own tokens.

A cue belongs to a family (`status`, `kind`, `head` …) and has a value in it (`target.strong`, `cooperative` …). Inside a
family the longest of overlapping phrases wins, so that "chương trình" shields "trình".
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import regex
import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extractor.ruleset import RuleSet

_TOKEN = regex.compile(r"[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*|\d+(?:[.,]\d+)*|\S")
_OPEN = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
_TONE = regex.compile("|".join(_OPEN))


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of a family found at `[start, end)`."""

    family: str
    value: str
    start: int
    end: int


def tone_folded(text: str) -> str:
    """Lower case with one tone placement (hòa → hoà); the length stays for NFC text.

    >>> tone_folded("Hòa Ủy")
    'hoà uỷ'
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return _TONE.sub(lambda match: _OPEN[match[0]], lowered)


def _phrases(rules: RuleSet) -> Iterator[tuple[str, str, str]]:
    """(family, value, phrase) of all rule files of the programme."""
    programme = rules.programme
    for status, strengths in programme["status"].items():
        if isinstance(strengths, Mapping):
            for strength, phrases in strengths.items():
                yield from (("status", f"{status}.{strength}", phrase) for phrase in phrases)
    yield from (("status", "neutral", phrase) for phrase in programme["status"]["neutral"])
    for family in ("council", "reset", "other_award", "connectors"):
        yield from ((family, family, phrase) for phrase in programme["status"][family])
    for family, value, phrase in _quantities(programme["quantities"]):
        yield family, value, phrase
    for kind, phrases in programme["producers"]["kinds"].items():
        yield from (("kind", kind, phrase) for phrase in phrases)
    yield from (("producer_stop", "stop", phrase) for phrase in programme["producers"]["stops"])
    yield from (("inner", "inner", phrase) for phrase in programme["producers"]["inner"])
    yield from (("place", "place", phrase) for phrase in programme["places"]["openers"])
    products = programme["products"]
    for group, phrases in products["heads"].items():
        yield from (("head", group, phrase) for phrase in phrases)
    for name, family in (("lead_ins", "lead_in"), ("stops", "stop"), ("tails", "tail"), ("reject_starts", "reject")):
        yield from ((family, family, str(phrase)) for phrase in products[name])
    yield from (("reject", "allow", phrase) for phrase in products["allow_starts"])
    for strength, phrases in products["intros"].items():
        yield from (("intro", strength, phrase) for phrase in phrases)


def _quantities(rules: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for sign, phrases in rules["comparisons"].items():
        yield from (("comparison", sign, phrase) for phrase in phrases)
    for unit in ("product", "producer", "producer_parts"):
        yield from (("unit", unit, phrase) for phrase in rules[unit])
    for family in ("not_product", "not_before"):
        yield from ((family, family, phrase) for phrase in rules[family])


class Lexicon:
    """The compiled cues of a rule set."""

    def __init__(self, rules: RuleSet) -> None:
        self.vocab = spacy.blank("xx").vocab
        self._matcher = PhraseMatcher(self.vocab)
        for family, value, phrase in _phrases(rules):
            words = _TOKEN.findall(tone_folded(phrase))
            self._matcher.add(f"{family}:{value}", [Doc(self.vocab, words=words)])

    def find(self, text: str, start: int, end: int) -> list[Cue]:
        """All cues in `text[start:end]` (tone-folded text), longest of a family, in text order."""
        tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(text, start, end)]
        if not tokens:
            return []
        doc = Doc(self.vocab, words=[text[a:b] for a, b in tokens])
        found = []
        for key, first, last in self._matcher(doc):
            family, value = self.vocab.strings[key].split(":", 1)
            found.append(Cue(family, value, tokens[first][0], tokens[last - 1][1]))
        return _longest(found)


def _longest(cues: Iterable[Cue]) -> list[Cue]:
    """Without cues that overlap a longer one (or an equal, earlier one) of their family."""
    kept: list[Cue] = []
    taken: dict[str, list[tuple[int, int]]] = {}
    for cue in sorted(cues, key=lambda cue: (cue.start - cue.end, cue.start)):
        spans = taken.setdefault(cue.family, [])
        if all(cue.end <= a or cue.start >= b for a, b in spans):
            spans.append((cue.start, cue.end))
            kept.append(cue)
    return sorted(kept, key=lambda cue: (cue.start, cue.end))


@functools.lru_cache(maxsize=4)
def _compiled(fingerprint: str, holder: _Holder) -> Lexicon:
    return Lexicon(holder.rules)


@dataclass(frozen=True, slots=True)
class _Holder:
    """Hands a rule set to the cache under its fingerprint."""

    fingerprint: str
    rules: RuleSet

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Holder) and other.fingerprint == self.fingerprint


def lexicon(rules: RuleSet) -> Lexicon:
    """The lexicon of a rule set, compiled once per process."""
    return _compiled(rules.fingerprint, _Holder(rules.fingerprint, rules))
