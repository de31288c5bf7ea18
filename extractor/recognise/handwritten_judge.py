"""What stands in a slot, weighed from the readers of its picture, Tesseract's text and what a slot can hold at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from extractor.document import BBox, Document, Region
from extractor.ocr.handwriting import Kind, Reading, broad_reader, line_variants, own_reader
from extractor.ocr.handwriting_ctc import Ballot
from extractor.ocr.handwriting_vote import Verdict, Voice, mean, merged, weigh
from extractor.recognise.slots import Slot, Slots
from extractor.recognise.trust import looks_printed

Looks = Mapping[str, Sequence[Sequence[Reading]]]
"""By slot, the readings of each reader (one for each picture variant that showed the slot)."""

_NUMBER = regex.compile(r"[1-9]\d{0,4}|0[1-9]|00[1-9]|0\d{2}")
_HALF = 11.0  # half the height of a line's cut-out, points on a page of A4 width (595 points)
_A4 = 595.0
# Slip: how often a voice is wrong altogether, measured on the development scans and invented lines.
_BROAD_SLIP, _OWN_SLIP = 0.10, 0.06
_PRINTED_SLIP, _GUESSED_SLIP = 0.05, 0.92
_REPEAT_SLIP = 0.3
_MARKS = " .,:;'`’_…-–—/|\\"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a slot. `printed` is Tesseract's digits where they look like sure print, else None.

    `written`: handwriting rather than print, as far as the readers can tell; `empty`: they see no ink that is a digit;
    `raw`: the digits as read, leading zeros included; `box`: where; `heard`: whether every reader found it.
    """

    slot: Slot
    verdict: Verdict | None
    printed: str | None
    written: bool
    empty: bool
    raw: str
    box: tuple[Region, ...]
    heard: bool = False


def meaning_of_number(text: str) -> str | None:
    """A serial as registers give it, leading zeros kept; None for what is none."""
    return text if _NUMBER.fullmatch(text) else None


def meaning_of(low: int, high: int) -> Callable[[str], str | None]:
    """Day, month or year: the value without a leading zero when it is in range."""

    def meaning(text: str) -> str | None:
        return str(int(text)) if text and low <= int(text) <= high else None

    return meaning


MEANINGS: Mapping[str, Callable[[str], str | None]] = {
    "number": meaning_of_number,
    "day": meaning_of(1, 31),
    "month": meaning_of(1, 12),
    "year": meaning_of(1945, 2099),
}


def number_box(document: Document, slot: Slot) -> BBox:
    """The line around the number: "Số:" before it and some of the symbol behind it."""
    scale, middle = _scale(document, slot), slot.bbox.top + 1.1 * slot.line_height
    right = max(slot.bbox.x1, slot.bbox.x0 + 18 * scale) + 72 * scale
    return BBox(slot.bbox.x0 - 28 * scale, middle - _HALF * scale, right, middle + _HALF * scale)


def date_box(document: Document, slots: Slots) -> BBox:
    """The line from "ngày" to the year."""
    first, last = slots.day or slots.month, slots.year or slots.month or slots.day
    assert first is not None
    assert last is not None
    scale, middle = _scale(document, first), first.bbox.top + 1.1 * first.line_height
    return BBox(first.bbox.x0 - 32 * scale, middle - _HALF * scale, last.bbox.x1 + 3 * scale, middle + _HALF * scale)


def _scale(document: Document, slot: Slot) -> float:
    width = next((page.width for page in document.pages if page.number == slot.page), _A4)
    return min(1.15, max(0.8, min(width, _A4 * 1.15) / _A4))


_ORDER = (0, 2, 1, 3)  # the cheapest first; the darkest channel of a grey page is its red one, and is not read twice


class Looker:
    """A line's picture before all readers; each variant is shown to them once, when it is first asked for."""

    def __init__(self, pixels: NDArray[np.uint8], kind: Kind) -> None:
        self._kind: Kind = kind
        self._broad, self._own = broad_reader(), own_reader()
        variants = line_variants(pixels)
        self._variants = [variants[place] for place in _ORDER] if self._broad is not None else []
        self._seen: list[list[dict[str, Reading]]] = []

    def looks(self, count: int = 4) -> Looks:
        """What the readers see in the first variants."""
        for place in range(len(self._seen), min(count, len(self._variants))):
            alike = next((at for at in range(place) if np.array_equal(self._variants[at], self._variants[place])), None)
            self._seen.append(self._read(self._variants[place]) if alike is None else self._seen[alike])
        found: dict[str, list[list[Reading]]] = {}
        for reader in range(2):
            seen: dict[str, list[Reading]] = {}
            for shown in self._seen[:count]:
                for name, reading in shown[reader].items():
                    seen.setdefault(name, []).append(reading)
            for name, readings in seen.items():
                found.setdefault(name, []).append(readings)
        return found

    def _read(self, variant: NDArray[np.uint8]) -> list[dict[str, Reading]]:
        assert self._broad is not None
        shown = self._broad.look(variant)
        return [self._broad.read(shown, self._kind), {} if self._own is None else self._own.read(shown, self._kind)]


def judge(
    document: Document, name: str, slot: Slot, line: BBox, looks: Looks, repeats: Sequence[Ballot] = ()
) -> Judgement:
    """The verdict on one slot of the line at `line`. `repeats`: ballots of the value where it is given again."""
    meaning = MEANINGS[name]
    readings = looks.get(name, ())
    told = [reading.written for group in readings for reading in group if reading.written is not None]
    written = bool(told) and sum(told) / len(told) >= 0.5
    text = slot.text.strip(_MARKS)
    digits = meaning(text) if text.isdecimal() else None
    sure = digits is not None and looks_printed(document, slot) and not written
    voices = [_voice(group, meaning) for group in readings]
    if digits is not None:
        voices.append(Voice({digits: 1.0}, _PRINTED_SLIP if sure else _GUESSED_SLIP))
    voices += [Voice(merged(ballot, meaning), _REPEAT_SLIP) for ballot in repeats]
    empty = bool(readings) and all(mean([r.ballot for r in group]).get("", 0.0) > 0.8 for group in readings)
    prior = _serial_prior if name == "number" else _flat
    verdict = weigh(voices, prior)
    raw = _raw(verdict, readings, text, meaning)
    place = _place(slot, line, readings)
    heard = len(readings) >= (1 if name == "year" else 2)  # years are read by the broad reader alone
    return Judgement(slot, verdict, digits if sure else None, written, empty, raw, place, heard)


def _raw(
    verdict: Verdict | None, readings: Sequence[Sequence[Reading]], text: str, meaning: Callable[[str], str | None]
) -> str:
    """The likeliest string of those that mean the verdict."""
    if verdict is None:
        return text
    shares = mean([reading.ballot for group in readings for reading in group]) if readings else {}
    fitting = {string: share for string, share in shares.items() if meaning(string) == verdict.value}
    return max(fitting, key=lambda string: fitting[string], default=text)


def _place(slot: Slot, line: BBox, readings: Sequence[Sequence[Reading]]) -> tuple[Region, ...]:
    """The slot's box, widened to where the readers found the digits (strokes reach over the printed anchors)."""
    box = slot.bbox
    for group in readings[:1]:
        left, right = group[0].place
        seen = BBox(line.x0 + left * line.width, box.top, line.x0 + right * line.width, box.bottom)
        box = box.union(seen) if seen.width > 0 else box
    return (Region(slot.page, box),)


def _voice(group: Sequence[Reading], meaning: Callable[[str], str | None]) -> Voice:
    """One reader's looks as one voice, trusted as far as it read digits that make sense."""
    ballot = mean([reading.ballot for reading in group])
    possible = sum(share for text, share in ballot.items() if meaning(text) is not None)
    impossible = 1.0 - possible - ballot.get("", 0.0)
    sure = sum(reading.sure for reading in group) / len(group)
    slip = _OWN_SLIP if group[0].written is not None else _BROAD_SLIP
    trust = (1 - slip) * min(1.0, possible + 0.5 * impossible) * min(1.0, 0.4 + sure)
    return Voice(merged(ballot, meaning), 1 - trust)


def _serial_prior(text: str) -> float:
    """Serials below ten are written with a zero, those of five digits are rare."""
    if len(text) == 1:
        return 0.25
    return 0.3 if len(text) == 5 or (len(text) == 3 and text[0] == "0") else 1.0


def _flat(text: str) -> float:
    return 1.0


def repeated(document: Document, repeats: Sequence[Slots]) -> dict[str, list[Ballot]]:
    """Ballots from the places that give number and date once more ("Kèm theo Quyết định số …")."""
    found: dict[str, list[Ballot]] = {}
    if document.picture is None:
        return found
    for slots in repeats[:3]:
        for kind, names, box, page in _repeat_lines(document, slots):
            looks = Looker(document.picture(page).crop(box), kind).looks(1)
            for name in names:
                found.setdefault(name, []).extend(mean([r.ballot for r in group]) for group in looks.get(name, []))
    return found


def _repeat_lines(document: Document, slots: Slots) -> list[tuple[Kind, tuple[str, ...], BBox, int]]:
    lines: list[tuple[Kind, tuple[str, ...], BBox, int]] = []
    if slots.number is not None:
        lines.append(("number", ("number",), number_box(document, slots.number), slots.number.page))
    if slots.day is not None and slots.month is not None:
        lines.append(("date", ("day", "month"), date_box(document, slots), slots.day.page))
    return lines
