"""Numerals as Vietnamese documents print them: digit runs with OCR look-alikes, grouped thousands, number words.

`digits` repairs letters that OCR puts for digits inside a clear digit run and says so; it never changes a digit.
"""

from __future__ import annotations

import regex

from extractor.text.normalise import strip_marks

#: Glyphs that OCR gives for a printed digit. Letters that look like two digits (S, B, §) are left out: a guess.
LOOK_ALIKES = {
    "O": "0", "o": "0", "Q": "0", "l": "1", "I": "1", "i": "1", "|": "1", "]": "1", "[": "1", "!": "1",
    "Ì": "1", "Ï": "1", "Í": "1", "ì": "1", "í": "1",
}  # fmt: skip
#: A digit or a look-alike, as a character class for patterns.
DIGITISH = r"[0-9OolI|\]\[!ÌÏÍìí]"

_ONES = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9,
}  # fmt: skip
_GAPS = regex.compile(r"[\s.]+")
_GROUPED = regex.compile(r"\d{1,3}(?:[.\u00a0 ]\d{3})+|\d+")


def digits(text: str) -> tuple[str, bool] | None:
    """The digit run and whether look-alikes were read as digits; None when it is no clear digit run.

    At least one true digit must be there; spaces and full stops that OCR puts between digits are dropped.

    >>> digits("2O21")
    ('2021', True)
    >>> digits("201. 7")
    ('2017', True)
    >>> digits("07")
    ('07', False)
    >>> digits("ll") is None and digits("4S") is None
    True
    """
    compact = _GAPS.sub("", text)
    mapped = "".join(LOOK_ALIKES.get(char, char) for char in compact)
    if not mapped.isascii() or not mapped.isdigit() or not any(char.isdigit() for char in compact):
        return None
    return mapped, mapped != text


def integer(text: str) -> int | None:
    """A count with thousands separated by dots or spaces; None for anything else, decimals included.

    >>> integer("1.018"), integer("08"), integer("12,5"), integer("1.5")
    (1018, 8, None, None)
    """
    compact = text.strip()
    return int(regex.sub(r"\D", "", compact)) if _GROUPED.fullmatch(compact) else None


def spelled(text: str) -> int | None:
    """A number below 1,000 in words, None for anything else.

    >>> spelled("hai mươi lăm"), spelled("mười"), spelled("một trăm linh ba"), spelled("bốn"), spelled("sao")
    (25, 10, 103, 4, None)
    """
    words = strip_marks(text).lower().split()
    total = 0
    if len(words) >= 2 and words[1] == "tram" and words[0] in _ONES:
        total, words = _ONES[words[0]] * 100, words[2:]
    if words[:1] in (["linh"], ["le"]):
        words = words[1:]
    elif words[:1] == ["muoi"]:
        total, words = total + 10, words[1:]
    elif len(words) >= 2 and words[1] in ("muoi", "chuc") and words[0] in _ONES:
        total, words = total + _ONES[words[0]] * 10, words[2:]
    if not words:
        return total or None
    if len(words) == 1 and words[0] in _ONES:
        return total + _ONES[words[0]]
    return None


def roman(text: str) -> int | None:
    """A Roman numeral up to 39 (parts of a document, terms of a council), None for anything else.

    >>> roman("XIII"), roman("IV"), roman("IIX")
    (13, 4, None)
    """
    values = {"I": 1, "V": 5, "X": 10}
    if not regex.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", text) or not text:
        return None
    numbers = [values[char] for char in text]
    return sum(
        -value if index + 1 < len(numbers) and value < numbers[index + 1] else value
        for index, value in enumerate(numbers)
    )
