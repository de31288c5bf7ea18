"""How two values are compared: normalising both sides, then equality or likeness.

The table of abbreviations belongs to the measure and not to the rules: a change of rules must not move the measure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

import regex
from rapidfuzz import fuzz

SOFT_RATIO = 90.0

_ABBREVIATIONS = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "mttq": "mặt trận tổ quốc",
    "htx": "hợp tác xã",
    "tht": "tổ hợp tác",
    "tnhh": "trách nhiệm hữu hạn",
    "mtv": "một thành viên",
    "dntn": "doanh nghiệp tư nhân",
    "vpđp": "văn phòng điều phối",
    "bcđ": "ban chỉ đạo",
    "ntm": "nông thôn mới",
    "ptnt": "phát triển nông thôn",
    "nn&ptnt": "nông nghiệp và phát triển nông thôn",
    "tw": "trung ương",
    "tp": "thành phố",
}
_OPEN_TONES = {
    early + second: plain + late
    for early_set, plain, second, late_set in (
        ("òóỏõọ", "o", "a", "àáảãạ"),
        ("òóỏõọ", "o", "e", "èéẻẽẹ"),
        ("ùúủũụ", "u", "y", "ỳýỷỹỵ"),
    )
    for early, late in zip(early_set, late_set, strict=True)
}
_TONE = regex.compile("|".join(_OPEN_TONES))
_QUOTES = regex.compile("[\"'“”„‟‘’‚‛«»`´]+")
_DASHES = regex.compile("[\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d]")
_TIGHT = regex.compile(r"\s*([/-])\s*")
_WORD = regex.compile(
    r"(?<![\p{L}\p{N}])(?:"
    + "|".join(sorted(map(regex.escape, _ABBREVIATIONS), key=len, reverse=True))
    + r")(?![\p{L}\p{N}])\.?"
)
_JOINT_STOCK = regex.compile(r"(?<=\b(?:công ty|cty)\s+)cp\b")
_ABOUT = regex.compile(r"^\s*(?:về việc|v/v)\s*:?\s*")
_FINAL = " \t\n.,;:/…"


def normal(text: str) -> str:
    """A text as the evaluation compares it.

    >>> normal("V/v công nhận sản phẩm của UBND huyện Hoà An ;")
    'công nhận sản phẩm của uỷ ban nhân dân huyện hoà an'
    >>> normal("715/QĐ – UBND") == normal("715/qđ-ubnd.")
    True
    """
    text = unicodedata.normalize("NFC", text).replace("Ð", "Đ").casefold()
    text = _DASHES.sub("-", text)
    text = _TIGHT.sub(r"\1", text)
    text = _WORD.sub(lambda match: _ABBREVIATIONS[match[0].rstrip(".")] + (" " if match[0].endswith(".") else ""), text)
    text = _JOINT_STOCK.sub("cổ phần", text)
    text = _TONE.sub(lambda match: _OPEN_TONES[match[0]], text)
    text = _QUOTES.sub('"', text)
    text = _ABOUT.sub("", " ".join(text.split()))
    return text.rstrip(_FINAL).strip()


def comparable(value: Any) -> Any:
    """A value of any kind in the form in which equality is tested; empty text and empty lists are null."""
    if isinstance(value, str):
        return normal(value) or None
    if isinstance(value, Sequence):
        return tuple(sorted(value)) or None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def equal(expected: Any, found: Any) -> bool:
    """Strict: equal after normalising."""
    return bool(comparable(expected) == comparable(found))


def likeness(expected: Any, found: Any) -> float:
    """0–100: the rapidfuzz ratio of two normalised texts, all or nothing for other values."""
    one, other = comparable(expected), comparable(found)
    if isinstance(one, str) and isinstance(other, str):
        return fuzz.ratio(one, other)
    return 100.0 if one == other else 0.0


def alike(expected: Any, found: Any) -> bool:
    """Soft: a rapidfuzz ratio of at least 90 after normalising."""
    return likeness(expected, found) >= SOFT_RATIO
