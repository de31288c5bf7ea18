"""A second look at the picture of a signature block where seal and pen lie over offices or name.

Nghị định 30/2020/NĐ-CP puts the seal over the left third of the signature, so it reaches the office above and the name
below. The block is read again in several ways; for the name every way is one voice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

import numpy as np
import regex

from extractor.document import BBox, Document, Picture, Word
from extractor.ocr import prepare
from extractor.ocr.engine import Engine, Grey, Mode
from extractor.ocr.reread import read_crop
from extractor.ocr.secondvoice import second_voice
from extractor.recognise import offices, persons
from extractor.recognise.name_vote import voted
from extractor.recognise.segments import Segment, from_words
from extractor.ruleset import RuleSet

Channel = Literal["red", "ink"]
_BLOCK_LOOKS: tuple[tuple[Channel, Mode, float], ...] = (
    ("red", "sparse", 1.0), ("red", "block", 1.0), ("ink", "sparse", 1.0), ("red", "sparse", 1.5),
    ("ink", "sparse", 1.5), ("red", "sparse", 2.0),
)  # fmt: skip
LINE_LOOKS: tuple[tuple[Channel, Mode, float], ...] = (
    ("red", "sparse", 1.0), ("red", "sparse", 1.5), ("red", "line", 1.0), ("ink", "line", 1.0), ("ink", "line", 2.0)
)  # fmt: skip
TEXT_LOOKS: tuple[tuple[Channel, Mode, float], ...] = (
    ("red", "block", 1.0),
    ("red", "sparse", 1.0),
    ("red", "sparse", 1.5),
)
OTHER_LOOKS: tuple[tuple[Channel, Mode, float], ...] = (("red", "block", 1.0), ("red", "line", 1.0))
_UNANIMOUS, _CLEAR = 0.99, 0.9  # share of the vote, confidence of the line: below, another model is asked
_OTHER = 1.5  # what a voice of the other model counts: it errs elsewhere
_DARK, _LIGHT = 60, 150  # grey levels of the red channel: print lies below, what a seal leaves above
_MARGIN = 2.0
_BULLETS = " -–—−•+*~_·.:;"
_FOREIGN = regex.compile(r"[äëïöüÿñçåøæœßîûžšß]", regex.I)  # letters that no Vietnamese document holds


def blocks(document: Document, page: int, box: BBox) -> Iterator[list[Segment]]:
    """The segments of a part of a page, once for each way of reading it."""
    picture = _picture(document, page)
    if picture is not None:
        for look in _BLOCK_LOOKS:
            yield from_words(_read(picture, box, *look), page)


def column(document: Document, page: int, box: BBox) -> Iterator[list[Segment]]:
    """The segments of a column of plain text, once for each way of reading it."""
    picture = _picture(document, page)
    if picture is not None:
        for look in TEXT_LOOKS:
            yield from_words(_read(picture, box, *look), page)


def name(
    document: Document, rules: RuleSet, line: Segment, first: persons.Name, left: float | None = None
) -> tuple[persons.Name, str, float] | None:
    """The name on a line by the vote of several readings: the name, its text, and its share of the vote.

    None without a picture. `first` is the reading that is there already, with the line's confidence behind it; `left`:
    how far to the left the line must reach, where more of it should stand there.
    """
    picture = _picture(document, line.page)
    if picture is None or line.box is None:
        return None
    voices = [(first, line.text, _weight(first, line.confidence))]
    edge = min(line.box.x0 - 14, line.box.x0 if left is None else left - 8)
    strip = BBox(edge, line.box.top - 4, line.box.x1 + 14, line.box.bottom + 4)
    for look in LINE_LOOKS:
        best = _best(from_words(_read(picture, strip, *look), line.page), rules)
        if best is not None:
            voices.append((best[0], best[1].text, _weight(best[0], best[1].confidence)))
    winner = voted(voices, persons.vocabulary(rules))
    other = second_voice() if winner[2] < _UNANIMOUS or winner[0].reasons or line.confidence < _CLEAR else None
    for look in OTHER_LOOKS if other is not None else ():
        best = _best(from_words(_read(picture, strip, *look, reader=other), line.page), rules)
        if best is not None:
            voices.append((best[0], best[1].text, _OTHER * _weight(best[0], best[1].confidence)))
            winner = voted(voices, persons.vocabulary(rules))
    return winner


def line(document: Document, segment: Segment) -> tuple[str, float] | None:
    """A line's text by the vote of several readings and the share of the vote; None when nothing better was read."""
    picture = _picture(document, segment.page)
    if picture is None or segment.box is None:
        return None
    votes: dict[str, float] = defaultdict(float)
    votes[segment.text] += segment.confidence**2
    strip = BBox(segment.box.x0 - 3, segment.box.top - 2, segment.box.x1 + 3, segment.box.bottom + 2)
    for look in TEXT_LOOKS:
        lines = from_words(_read(picture, strip, *look), segment.page)
        best = max(lines, key=lambda found: _shared(found.box, segment.box), default=None)
        if best is not None and best.confidence > 0.5 and _shared(best.box, segment.box) > 0.4:
            text = _same_lead(segment.text, best.text)
            enough = segment.confidence < 0.5 or _letters(text) >= 0.9 * _letters(segment.text)
            if enough and not _FOREIGN.search(text):
                votes[text] += best.confidence**2
    winner = max(votes, key=lambda text: votes[text])
    return (winner, votes[winner] / sum(votes.values())) if winner != segment.text else None


def _same_lead(before: str, after: str) -> str:
    """The new reading with the old one's bullet, where it had one."""
    lead = before[: len(before) - len(before.lstrip(_BULLETS))]
    return lead + after.lstrip(_BULLETS) if lead else after


def _letters(text: str) -> int:
    return sum(c.isalnum() for c in text)


def _shared(one: BBox | None, other: BBox | None) -> float:
    """How much of the higher of two boxes' heights they share."""
    if one is None or other is None:
        return 0.0
    return one.overlap_y(other) / max(one.height, other.height, 1.0)


def _best(lines: list[Segment], rules: RuleSet) -> tuple[persons.Name, Segment] | None:
    """The likeliest name among the lines of a reading; lines that hold an office are none."""
    found = []
    for line in lines:
        if offices.read_office(line.text, rules) is None and offices.authority(line.text, rules) is None:
            read = persons.read_name(line.text, persons.vocabulary(rules), hint=False, clear=line.confidence >= 0.95)
            if read is not None:
                found.append((read, line))
    return max(found, key=lambda item: _weight(item[0], item[1].confidence), default=None)


def _weight(read: persons.Name, confidence: float) -> float:
    return read.likeness * (0.3 + 0.7 * confidence) * (0.8 if read.reasons else 1.0)


def _read(
    picture: Picture, box: BBox, channel: Channel, mode: Mode, scale: float, reader: Engine | None = None
) -> tuple[Word, ...]:
    crop = picture.crop(box, _MARGIN)
    if crop.size == 0:
        return ()
    grey = prepare.red(crop)
    grey = _ink(grey) if channel == "ink" else prepare.prepare(grey)
    return read_crop(
        grey, picture.dpi, (max(0.0, box.x0 - _MARGIN), max(0.0, box.top - _MARGIN)), mode, scale=scale, reader=reader
    )


def _ink(grey: Grey) -> Grey:
    """Only what is as dark as print: a red seal is light in the red channel, not white."""
    stretched = (grey.astype(np.int32) - _DARK) * 255 // (_LIGHT - _DARK)
    return np.clip(stretched, 0, 255).astype(np.uint8)


def _picture(document: Document, page: int) -> Picture | None:
    return None if document.picture is None else document.picture(page)
