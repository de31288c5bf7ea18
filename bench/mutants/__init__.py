"""Damaged and hostile inputs, made from a seed: the same number gives the same bytes.

    make(seed, index) -> Mutant

Half are blind damage (flipped bits, cut, doubled, spliced), half are the tricks of a format (bombs, cycles, lies).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from bench.mutants import blind, office, packs, pdfs, pictures, seeds, webtexts

Trick = Callable[[random.Random], bytes]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One input: `kind` the format it was made from, `recipe` what was done to it, `name` the name it is given."""

    kind: str
    recipe: str
    name: str
    data: bytes


#: Formats with their share of all mutants, and the tricks of each.
_SHARES: dict[str, tuple[int, dict[str, Trick]]] = {
    "pdf": (30, pdfs.TRICKS),
    "scan": (6, {}),
    "docx": (16, office.DOCX),
    "html": (11, webtexts.HTML),
    "mhtml": (2, webtexts.MHTML),
    "txt": (9, webtexts.TEXT),
    "png": (5, pictures.PNG),
    "jpeg": (5, pictures.JPEG),
    "tiff": (5, pictures.TIFF),
    "bmp": (1, {}),
    "gif": (1, pictures.GIF),
    "webp": (1, {}),
    "doc": (1, office.DOC),
    "odt": (1, office.ODT),
    "rtf": (1, office.RTF),
    "xlsx": (1, {}),
    "zip": (4, packs.TRICKS),
}
_ENDINGS = {"scan": "pdf", "jpeg": "jpg", "tiff": "tif", "mhtml": "mht"}
_WRONG = ("pdf", "docx", "html", "txt", "png", "doc", "zip", "jpg", "mht", "exe", "")
_MISNAMED = 0.06


def make(seed: int, index: int) -> Mutant:
    """The mutant of this number."""
    chance = random.Random(f"{seed}/{index}")
    kind = chance.choices(list(_SHARES), [share for share, _ in _SHARES.values()])[0]
    tricks = _SHARES[kind][1]
    if tricks and chance.random() < 0.5:
        recipe = chance.choice(list(tricks))
        data = tricks[recipe](chance)
    else:
        data = seeds.of(kind, chance)
        recipe, data = blind.damage(data, chance, lambda: seeds.of(chance.choice(list(_SHARES)), chance))
    ending = _ENDINGS.get(kind, kind)
    if chance.random() < _MISNAMED:
        ending, recipe = chance.choice(_WRONG), f"{recipe}, misnamed"
    return Mutant(kind, recipe, f"thử {index:05}.{ending}" if ending else f"thử {index:05}", data)
