"""One placement of tone marks for comparing: hòa and hoà, ủy and uỷ are one word."""

from __future__ import annotations

import regex

_OPEN = dict(
    pair.split("/")
    for pair in ("òa/oà óa/oá ỏa/oả õa/oã ọa/oạ òe/oè óe/oé ỏe/oẻ õe/oẽ ọe/oẹ ùy/uỳ úy/uý ủy/uỷ ũy/uỹ ụy/uỵ").split()
)
_TONE = regex.compile("|".join(_OPEN))


def tone_folded(text: str) -> str:
    """Lower case with one tone placement (hòa → hoà); the length stays for NFC text.

    >>> tone_folded("Hòa Ủy")
    'hoà uỷ'
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return _TONE.sub(lambda match: _OPEN[match[0]], lowered)
