"""Text folded for search: no marks, lower case, words of a–z and 0–9 only.

"Thanh Hóa", "THANH HÓA" and "Thanh Hoa" fold to the same text on every database, so no database extension is needed.
"""

from __future__ import annotations

import unicodedata

import regex

_WORD = regex.compile(r"[^\W_]+")
_PHRASE = regex.compile(r'"([^"]*)"|(\S+)')
_LETTERS = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"})


def fold(text: str) -> str:
    """The words of a text without marks, in lower case, one space between.

    >>> fold("Số: 122/KH-UBND, Thanh Hóa")
    'so 122 kh ubnd thanh hoa'
    """
    bare = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(bare.translate(_LETTERS)))


def phrases(query: str) -> list[list[str]]:
    """What a query asks for: each item is a run of words that must stand together; all items must be found.

    >>> phrases('gạo "Thanh Hóa" 122/KH')
    [['gao'], ['thanh', 'hoa'], ['122', 'kh']]
    """
    runs = (fold(match[1] or match[2] or "").split() for match in _PHRASE.finditer(query))
    return [run for run in runs if run]
