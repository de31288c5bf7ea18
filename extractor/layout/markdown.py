"""Marks of Markdown that a web converter left in a text: emphasis, escapes, headings, two-column rows.

They are dropped from the text that is read, never from the original: offsets lead back to it. Rows of tables with
more columns keep their bars, which is how tables are found.
"""

from __future__ import annotations

import numpy as np
import regex
from numpy.typing import NDArray

_SIGNS = regex.compile(r"\*\*|(?m:^#{1,6} )|(?m:^\s*\|?\s*:?-{3,}:?\s*\|)|\\[-_*.#()|]|(?<!\w)_\p{Lu}")
_MARKS = regex.compile(
    r"""
      (?<![\d*]|\d\s)_?\*\*_?(?!\*)                     # bold; "3**" and rows of stars are counts of stars
    | (?<![\w*])_(?=[\p{L}\d“"(]) | (?<=[\p{L}\d.,;:)”"/])_(?![\w*])
    | (?<![\w*])\*(?=\p{L}[^*\n]{1,200}[\p{L}\d.,;:)]\*(?![\w*]))
    | (?<=(?<![\w*])\*\p{L}[^*\n]{1,200}[\p{L}\d.,;:)])\*(?![\w*])
    | (?m:^[ ]*\#{1,6}[ ]+)
    | \\(?=[-_*.\#()|\[\]!+])                       # an escaped sign stays, its escape goes
    """,
    regex.VERBOSE,
)
_TWO_COLUMNS = regex.compile(
    r"(?im)^(?=[^|\n]*\|[^|\n]*$)(?=.*(?:cộng\s+h|số\s*:|độc\s+lập|ngày\b.*tháng|nơi\s+nhận|lưu\s*:|\bt/?m\.|\bk/?t\.|\btl\.|"
    r"chủ\s+tịch|giám\s+đốc|chánh\s+văn|bộ\s+trưởng)).*?(\|)"
)
_RULE = regex.compile(r"(?m)^[ ]*-{3,}[ ]*\|[ ]*-{3,}[ ]*$")


def strip(text: str, offsets: NDArray[np.int32]) -> tuple[str, NDArray[np.int32]]:
    """The text without marks of Markdown and the offsets that go with it; both as they were where there are none."""
    if not _SIGNS.search(text):
        return text, offsets
    columns = {match.start(1) for match in _TWO_COLUMNS.finditer(text)}
    rules = {place for match in _RULE.finditer(text) for place in range(match.start(), match.end())}
    if columns or rules:
        text = "".join(
            "\n" if place in columns else " " if place in rules and columns else char for place, char in enumerate(text)
        )
    keep = np.ones(len(text) + 1, dtype=bool)
    for match in _MARKS.finditer(text):
        keep[match.start() : match.end()] = False
    letters = np.array(list(text) or [""], dtype="U1")[: len(text)]
    return "".join(letters[keep[:-1]]), offsets[keep]
