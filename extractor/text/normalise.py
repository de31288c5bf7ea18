"""Normalising with the way back, and folding for comparison.

`normalise` is what `Document.text` gets: NFC, plain spaces, no soft hyphens or zero-width marks, Đ for Ð.
`fold` is for comparing only: it also drops marks and case.
"""

from __future__ import annotations

import unicodedata

import numpy as np
import regex
from numpy.typing import NDArray

_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None)
_SPACES = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000, 0x09], " ")
_LETTERS = {ord("Ð"): "Đ", ord("Ɖ"): "Đ", ord("\r"): "\n", ord("\u2028"): "\n", ord("\u2029"): "\n"}
_TABLE = {**_DROPPED, **_SPACES, **_LETTERS}
_CLUSTER = regex.compile(r"\r\n|\X", regex.DOTALL)
_MARKS = regex.compile(r"\p{Mn}")


def normalise_word(text: str) -> str:
    """A word or line normalised, without the way back."""
    return unicodedata.normalize("NFC", text.translate(_TABLE))


def normalise(text: str) -> tuple[str, NDArray[np.int32]]:
    """The normalised text and, for each code point (and its end), the offset it came from.

    >>> text, offsets = normalise("Ho" + chr(0x301) + "a" + chr(0xA0) + "x")
    >>> text, offsets.tolist()
    ('Hóa x', [0, 1, 3, 4, 5, 6])
    """
    if text.isascii() and "\r" not in text and "\t" not in text:
        return text, np.arange(len(text) + 1, dtype=np.int32)
    parts: list[str] = []
    offsets: list[int] = []
    for match in _CLUSTER.finditer(text):
        cluster = "\n" if match[0] == "\r\n" else normalise_word(match[0])
        parts.append(cluster)
        offsets.extend([match.start()] * len(cluster))
    offsets.append(len(text))
    return "".join(parts), np.asarray(offsets, dtype=np.int32)


def strip_marks(text: str) -> str:
    """Without tone and vowel marks, đ as d; the length is kept for NFC input.

    >>> strip_marks("Đồng Tháp")
    'Dong Thap'
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text))
    return bare.replace("đ", "d").replace("Đ", "D")


def fold(text: str) -> str:
    """For comparing: no marks, lower case, one space for white space."""
    return " ".join(strip_marks(text).lower().split())
