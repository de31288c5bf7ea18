"""The type word of a title: "KẾ HOẠCH", "QUYẾT ĐỊNH …" (Nghị định 30/2020/NĐ-CP, Phụ lục III)."""

from __future__ import annotations

import functools

import regex
from rapidfuzz import fuzz

from extractor.ruleset import RuleSet
from extractor.text.normalise import fold

_FUZZY = 88.0
_ALONE = 45  # a line in running-text case that is longer is not the type word alone
_BETWEEN = r"(?:\s+|\s*[^\w\s]{1,2}\s+)"


@functools.lru_cache(maxsize=8)
def _sorted(names: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((fold(name), code) for name, code in names), key=lambda item: -len(item[0])))


def type_names(rules: RuleSet) -> tuple[tuple[str, str], ...]:
    """Folded printed names with their codes, the longest first."""
    return _sorted(tuple((name, kind.code) for kind in rules.document_types.values() for name in kind.names))


def type_word(text: str, rules: RuleSet) -> tuple[str, int] | None:
    """The type code that a heading opens with and the length of the type word in `text`, None for none.

    A heading is in capitals, or is the type word and nothing else: "Kế hoạch số 97" in running text is a citation.
    OCR slips and letters set apart ("K Ế  H O Ạ C H") are allowed.
    """
    stripped = text.lstrip(" *_#\t\"“'`.,:;-–—|")
    lead = len(text) - len(stripped)
    if len(stripped) >= _ALONE and not stripped.split(" ", 1)[0].isupper():
        return None
    for likeness in (100.0, _FUZZY):  # what is printed exactly is never another word misread ("phương án")
        for name, code in type_names(rules):
            length = _opening(stripped, name, likeness)
            head = stripped[:length]
            if length and (head.isupper() or len(stripped.rstrip(" *_.:")) == length):
                return code, lead + length
    if stripped.isupper() and len(stripped) < 60:
        spaced = fold(stripped).replace(" ", "")
        for name, code in type_names(rules):
            if spaced == name.replace(" ", ""):
                return code, len(text)
    return None


def _opening(text: str, name: str, likeness: float) -> int:
    """The length of the type word at the start of `text`, 0 when it does not open with this name."""
    words = name.count(" ") + 1
    match = regex.match(r"[^\s\W]+" + rf"{_BETWEEN}[^\s\W]+" * (words - 1), text)
    if match is None or text[match.end() : match.end() + 1].isalnum():
        return 0
    bare = " ".join(regex.findall(r"\w+", fold(match[0])))
    if bare == name or (len(name) > 5 and fuzz.ratio(bare, name) >= likeness):
        return match.end()
    return 0
