"""Marks that OCR lost, put back from known phrases. Letters are never changed, and each repair is told."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import regex

from extractor.text.normalise import strip_marks


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
    import unicodedata

    def marks(text: str) -> list[str]:
        return sorted(unicodedata.normalize("NFD", text))

    return marks(one) == marks(other)


def mend_signs(text: str, mends: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text with signs put right that OCR takes for others, and what was changed."""
    fixed = text
    for pattern, better in mends.items():
        fixed = regex.sub(pattern, better, fixed)
    return fixed, (f"Đọc được “{text}”, hiểu là “{fixed}”.",) if fixed != text else ()
