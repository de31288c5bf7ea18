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
_ODD = regex.compile("[" + "".join(regex.escape(chr(code)) for code in _TABLE) + "]")
_CLUSTER = regex.compile(r"\r\n|\X", regex.DOTALL)
_MARKS = regex.compile(r"\p{Mn}")


class _Bare(dict[int, str]):
    """Code point → its letter without marks, worked out once for each."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if unicodedata.category(letter) != "Mn":
            parts = unicodedata.normalize("NFD", letter)
            letter = parts[0] if all(unicodedata.category(mark) == "Mn" for mark in parts[1:]) else letter
        self[code] = letter
        return letter


_BARE = _Bare({ord("đ"): "d", ord("Đ"): "D"})


def normalise_word(text: str) -> str:
    """A word or line normalised, without the way back."""
    if _ODD.search(text) is None:
        return unicodedata.normalize("NFC", text)
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
    """Without tone and vowel marks, đ as d; the length is kept for NFC input, so a mark without a letter stays.

    >>> strip_marks("Đồng Tháp")
    'Dong Thap'
    """
    return unicodedata.normalize("NFC", text).translate(_BARE)


def fold(text: str) -> str:
    """For comparing: no marks, lower case, one space for white space."""
    return " ".join(_MARKS.sub("", strip_marks(text)).lower().split())
