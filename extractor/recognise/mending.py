"""Marks that OCR lost, put back from known phrases. Letters are never changed, and each repair is told."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping, Sequence

import regex

from extractor.places import bare_key, gazetteer
from extractor.text.normalise import strip_marks

_PLACE = regex.compile(
    r"(?<!\p{L})(?P<kind>TP\.?|thành phố|tỉnh|huyện|thị xã|quận)\s+"
    r"(?P<name>\p{Lu}\p{L}*(?:\s+\p{Lu}\p{L}*){0,3})",
    regex.I,
)


@functools.lru_cache(maxsize=8)
def _patterns(phrases: tuple[str, ...]) -> tuple[tuple[str, regex.Pattern[str]], ...]:
    """Each phrase with a pattern over text without marks, long phrases first."""
    ordered = sorted(phrases, key=len, reverse=True)
    return tuple((p, regex.compile(rf"(?<![\p{{L}}\d]){regex.escape(strip_marks(p))}(?![\p{{L}}\d])")) for p in ordered)


def mend(text: str, phrases: Sequence[str], confidence: float = 0.0) -> tuple[str, tuple[str, ...]]:
    """The text with the marks of known phrases put back, and what was changed.

    >>> mend("Công TTĐT tinh", ["Cổng TTĐT", "TTĐT tỉnh"])[0]
    'Cổng TTĐT tỉnh'
    """
    if confidence >= 0.97:
        return text, ()
    fixed = text
    reasons = []
    for phrase, pattern in _patterns(tuple(phrases)):
        for match in pattern.finditer(strip_marks(fixed)):
            seen = fixed[match.start() : match.end()]
            if len(seen) == len(phrase) and seen != phrase and not _same_tones(seen, phrase):
                fixed = fixed[: match.start()] + phrase + fixed[match.end() :]
                reasons.append(f"Đọc được “{seen}”, hiểu là “{phrase}” (mất dấu khi nhận dạng).")
    return fixed, tuple(reasons)


def _same_tones(one: str, other: str) -> bool:
    """Whether two spellings differ only in where the tone mark sits (uỷ, ủy)."""

    def marks(text: str) -> list[str]:
        return sorted(unicodedata.normalize("NFD", text))

    return marks(one) == marks(other)


def mend_places(text: str) -> tuple[str, tuple[str, ...]]:
    """Names of provinces and districts behind their kind word with the marks that OCR lost.

    >>> mend_places("Ban Mẫu TP. Đà Năng")[0]
    'Ban Mẫu TP. Đà Nẵng'
    """
    book = gazetteer()
    for match in _PLACE.finditer(text):
        seen = match["name"]
        if book.named(seen) or not seen[:1].isupper():
            continue
        names = {place.name for place in book.bare().get(bare_key(seen), ()) if place.level < 3}
        if len(names) == 1 and len(better := names.pop()) == len(seen):
            return text.replace(seen, better), (f"Đọc được “{seen}”, hiểu là “{better}” (mất dấu khi nhận dạng).",)
    return text, ()


def mend_signs(text: str, mends: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text with signs put right that OCR takes for others, and what was changed."""
    fixed = text
    for pattern, better in mends.items():
        fixed = regex.sub(pattern, better, fixed)
    return fixed, (f"Đọc được “{text}”, hiểu là “{fixed}”.",) if fixed != text else ()
