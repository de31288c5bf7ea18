"""Cue phrases of rules/programme/*.yaml, matched by spaCy's PhraseMatcher over our own tokens.

A cue belongs to a family (`status`, `kind`, `head` …) and has a value in it (`target.strong`, `cooperative` …). Inside
a family the longest of overlapping phrases wins, so that "chương trình" shields "trình".
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
from extractor.text.tones import tone_folded

_TOKEN = regex.compile(r"[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*|\d+(?:[.,]\d+)*|\S")


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of a family found at `[start, end)`."""

    family: str
    value: str
    start: int
    end: int


def _phrases(rules: RuleSet) -> Iterator[tuple[str, str, str]]:
    """(family, value, phrase) of all rule files of the programme."""
    programme = rules.programme
    yield from _statuses(programme["status"])
    yield from _quantities(programme["quantities"])
    yield from _valued("kind", programme["producers"]["kinds"])
    yield from _named("producer_stop", programme["producers"]["stops"])
    yield from _named("inner", programme["producers"]["inner"])
    yield from _named("place", programme["places"]["openers"])
    products = programme["products"]
    yield from _valued("head", products["heads"])
    yield from _valued("intro", products["intros"])
    yield from _named("group", products["groups"])
    yield from _named("lead_in", products["lead_ins"])
    yield from _valued("stop", {"stop": products["stops"], "none": products["stops_inside"]})
    yield from _valued("reject", {"reject": products["reject_starts"], "allow": products["allow_starts"]})


def _valued(family: str, phrases: Mapping[str, Iterable[Any]]) -> Iterator[tuple[str, str, str]]:
    for value, group in phrases.items():
        yield from ((family, value, str(phrase)) for phrase in group)


def _named(family: str, phrases: Iterable[Any]) -> Iterator[tuple[str, str, str]]:
    yield from ((family, family, str(phrase)) for phrase in phrases)


def _statuses(rules: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for status, strengths in rules.items():
        if isinstance(strengths, Mapping):
            yield from _valued("status", {f"{status}.{strength}": phrases for strength, phrases in strengths.items()})
    yield from (("status", "neutral", phrase) for phrase in rules["neutral"])
    for family in ("council", "reset", "other_award", "connectors"):
        yield from _named(family, rules[family])


def _quantities(rules: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield from _valued("comparison", rules["comparisons"])
    yield from _valued("unit", {unit: rules[unit] for unit in ("product", "producer", "producer_parts")})


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
    for cue in sorted(cues, key=_rank):
        spans = taken.setdefault(cue.family, [])
        if all(cue.end <= a or cue.start >= b for a, b in spans):
            spans.append((cue.start, cue.end))
            kept.append(cue)
    return sorted(kept, key=lambda cue: (cue.start, cue.end))


def _rank(cue: Cue) -> tuple[int, int]:
    """The longest first; of head nouns the leftmost, for a name opens with it: "điểm du lịch sinh thái"."""
    return (cue.start, cue.start - cue.end) if cue.family == "head" else (cue.start - cue.end, cue.start)


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
