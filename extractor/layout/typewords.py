"""The type word of a title: "KẾ HOẠCH", "QUYẾT ĐỊNH …" (Nghị định 30/2020/NĐ-CP, Phụ lục III)."""

from __future__ import annotations

import functools

import regex
from rapidfuzz import fuzz

from extractor.ruleset import RuleSet, for_rules
from extractor.text.normalise import fold

_FUZZY = 88.0
_ALONE = 45  # a line in running-text case that is longer is not the type word alone
_WORD = regex.compile(r"\w+")
_BETWEEN = r"(?:\s+|\s*[^\w\s]{1,2}\s+)"


@for_rules
def type_names(rules: RuleSet) -> tuple[tuple[str, str], ...]:
    """Folded printed names with their codes, the longest first."""
    names = [(fold(name), kind.code) for kind in rules.document_types.values() for name in kind.names]
    return tuple(sorted(names, key=lambda item: -len(item[0])))


def type_word(text: str, rules: RuleSet) -> tuple[str, int] | None:
    """The type code that a heading opens with and the length of the type word in `text`, None for none.

    A heading is in capitals, or is the type word and nothing else: "Kế hoạch số 97" in running text is a citation.
    OCR slips and letters set apart ("K Ế  H O Ạ C H") are allowed.
    """
    stripped = text.lstrip(" *_#\t\"“'`.,:;-–—|")
    lead = len(text) - len(stripped)
    if len(stripped) >= _ALONE and not stripped.split(" ", 1)[0].isupper():
        return None
    opened = _opened(stripped, rules)
    if opened is not None:
        return opened[0], lead + opened[1]
    if stripped.isupper() and len(stripped) < 60:
        spaced = fold(stripped).replace(" ", "")
        for name, code in type_names(rules):
            if spaced == name.replace(" ", ""):
                return code, len(text)
    return None


def _opened(text: str, rules: RuleSet) -> tuple[str, int] | None:
    """The code and the length of the type word that stands at the start of `text`."""
    openings: dict[int, tuple[int, str]] = {}
    for likeness in (100.0, _FUZZY):  # what is printed exactly is never another word misread ("phương án")
        for name, code in type_names(rules):
            count = name.count(" ") + 1
            if count not in openings:
                openings[count] = _opening(text, count)
            length, bare = openings[count]
            if not length or not _alike(bare, name, likeness):
                continue
            if text[:length].isupper() or len(text.rstrip(" *_.:")) == length:
                return code, length
    return None


@functools.cache
def _words(count: int) -> regex.Pattern[str]:
    """So many words at the start of a text."""
    return regex.compile(r"[^\s\W]+" + rf"{_BETWEEN}[^\s\W]+" * (count - 1))


def _opening(text: str, count: int) -> tuple[int, str]:
    """The length of the first words of `text` and their folded form, 0 when there are not so many."""
    match = _words(count).match(text)
    if match is None or text[match.end() : match.end() + 1].isalnum():
        return 0, ""
    return match.end(), " ".join(_WORD.findall(fold(match[0])))


def _alike(bare: str, name: str, likeness: float) -> bool:
    return bare == name or (len(name) > 5 and fuzz.ratio(bare, name, score_cutoff=likeness) >= likeness)
