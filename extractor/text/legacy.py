"""Old Vietnamese encodings in text that was typed with their fonts: TCVN3 (.VnTime) and VNI (VNI-Times).

The tables are viparse's; added here are the letters it leaves out, capitals of the H fonts, and the letter ư where a
PDF made a hyphen of it.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import Literal

import regex
from viparse.normalize.tables import Charmap, build_charmap, convert
from viparse.normalize.tcvn3 import TCVN3 as _TCVN3
from viparse.normalize.vni import VNI as _VNI

from extractor.text.syllables import is_syllable, valid_share

Encoding = Literal["TCVN3", "VNI"]

_MISSING_VNI = [("aú", "ẳ"), ("AÚ", "Ẳ"), ("î", "ỵ"), ("Î", "Ỵ")]
_SUBSET = regex.compile(r"^[A-Z]{6}\+")
_HYPHENATED = regex.compile(  # no syllable has more letters, and a picture written as letters has millions
    r"(?<![^\W\d_])(?:[^\W\d_]{0,12}+[-\u2212](?:[^\W\d_]|[\u00a1-\u00bf\u00d7\u00f7]){1,24}|[^\W\d_]{1,12}+[-\u2212])"
)
_ENOUGH, _GAIN = 0.85, 0.2
_SAMPLE = 20_000


@functools.cache
def _table(encoding: Encoding) -> Charmap:
    if encoding == "TCVN3":
        return _TCVN3
    pairs = [*_VNI.pairs, *_MISSING_VNI]
    known = {legacy for legacy, _ in pairs}
    mixed = [(old[0] + old[1:].lower(), new) for old, new in pairs if len(old) > 1 and old[0].isupper()]
    return build_charmap("vni", [*pairs, *((old, new) for old, new in mixed if old not in known)])


def by_font(font: str) -> Encoding | None:
    """The encoding that a font's name stands for.

    >>> by_font("ABCDEF+.VnTimeH"), by_font("VNI-Times"), by_font("TimesNewRoman")
    ('TCVN3', 'VNI', None)
    """
    name = _SUBSET.sub("", font).lower()
    if name.startswith((".vn", "vntime", "vnarial")):
        return "TCVN3"
    return "VNI" if name.startswith("vni") else None


def is_capital(font: str) -> bool:
    """Whether a font draws small letters as capitals (.VnTimeH and its kin)."""
    name = _SUBSET.sub("", font)
    return name.lower().startswith(".vn") and regex.search(r"H(?:[-,\s]|$|Bold|Italic)", name) is not None


def detect(text: str) -> Encoding | None:
    """The old encoding that a text is in, by what decoding gains; None for Unicode and for anything unclear."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return None
    before = valid_share(sample.split())
    if before >= _ENOUGH:
        return None
    scores = {name: valid_share(to_unicode(sample, name).split()) for name in _encodings()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= _ENOUGH and scores[best] >= before + _GAIN else None


def to_unicode(text: str, encoding: Encoding | None = None, capital: bool = False) -> str:
    """The text in Unicode; without an encoding the one that fits best. `capital` for fonts without small letters.

    >>> to_unicode("Céng hoµ x· héi chñ nghÜa", "TCVN3"), to_unicode("n-íc Q§-UBND", "TCVN3")
    ('Cộng hoà xã hội chủ nghĩa', 'nước QĐ-UBND')
    >>> to_unicode("Coäng hoøa xaõ hoäi chuû nghóa", "VNI")
    'Cộng hòa xã hội chủ nghĩa'
    """
    if encoding is None:
        encoding = max(_encodings(), key=lambda name: valid_share(to_unicode(text[:_SAMPLE], name).split()))
    if encoding == "TCVN3":
        text = _HYPHENATED.sub(_lost_u, text)
    decoded = str(convert(text, _table(encoding)))
    return decoded.upper() if capital else decoded


def compose(text: str) -> str:
    """Windows-1258 as decoded, with its separate tone marks joined to their letters."""
    return unicodedata.normalize("NFC", text)


def _encodings() -> tuple[Encoding, Encoding]:
    return ("TCVN3", "VNI")


def _lost_u(match: regex.Match[str]) -> str:
    """A hyphen inside a word is ư when that makes a syllable of it."""
    restored = match[0].replace("-", "\u00ad").replace("\u2212", "\u00ad")
    return restored if is_syllable(convert(restored, _TCVN3)) else match[0]
