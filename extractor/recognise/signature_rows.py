"""Several readings of one signature block → its lines, each as the reading that makes most sense of it.

A seal spoils another line in every reading: the authority is whole in one, the office below it in the next. So lines
are chosen one by one, from the top, each in the light of what stands above it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extractor.document import BBox
from extractor.recognise.offices import is_heading
from extractor.recognise.segments import Segment
from extractor.recognise.signature import Unit, in_context
from extractor.ruleset import RuleSet
from extractor.text.normalise import fold

_SAME_ROW = 0.5  # of their mean height that two readings of one line share at least
_APART = 60.0  # points between the middles of two blocks side by side
_SLACK = 15.0  # points by which a line whose beginning was not read may miss the axis
_LETTERS = 3  # in a line that says anything
_PLAIN = 0.6  # of the worth of a reading of its part that a longer one needs to be believed
_NOTHING = 0.12  # what a reading that makes no sense weighs against one that does


def fused(readings: Sequence[Sequence[Segment]], rules: RuleSet) -> list[Segment]:
    """The lines of a block from top to bottom, of each the best of its readings; what makes no sense is left out."""
    units = _units(readings, rules)
    middle = axis(units)
    if middle is not None:
        kept = [[segment for segment in reading if _astride(segment, middle)] for reading in readings]
        units = _units(kept, rules) if sum(map(len, kept)) < sum(map(len, readings)) else units
    return [unit.segment for unit in units]


def axis(units: Sequence[Unit]) -> float | None:
    """The middle of the offices that were read without a repair, None where they do not stand below each other."""
    clear = [unit.segment.box for unit in units if unit.office is not None and not unit.office.reasons]
    middles = [box.centre for box in clear if box is not None]
    return median(middles) if middles and max(middles) - min(middles) < _APART else None


def _astride(segment: Segment, middle: float) -> bool:
    """Whether a line stands on the axis: all lines of a block do, those of the recipients do not."""
    return segment.box is None or segment.box.x0 - _SLACK < middle < segment.box.x1 + _SLACK


def _units(readings: Sequence[Sequence[Segment]], rules: RuleSet) -> list[Unit]:
    units: list[Unit] = []
    for row in _rows(readings):
        unit = _best(row, units, rules)
        if unit.kind != "other" or (is_heading(unit.segment.text) and " " in unit.segment.text):
            apart = not units or _clear(units[-1].segment.box, unit.segment.box)
            units.append(replace(unit, segment=replace(unit.segment, apart=apart, row=len(units))))
    return units


def _clear(above: BBox | None, below: BBox | None) -> bool:
    """Whether there is room between two lines."""
    return above is None or below is None or below.top - above.bottom > 0.8 * min(below.height, 16)


def _rows(readings: Sequence[Sequence[Segment]]) -> list[list[Segment]]:
    """Readings of the same line together, lines from top to bottom; specks belong to none."""
    rows: list[list[Segment]] = []
    for reading in readings:
        for segment in reading:
            if sum(char.isalpha() for char in segment.text) < _LETTERS:
                continue
            shares = [max(_shared(other.box, segment.box) for other in row) for row in rows]
            if max(shares, default=0.0) < _SAME_ROW:
                rows.append([segment])
            else:
                rows[shares.index(max(shares))].append(segment)
    return sorted(rows, key=_middle)


def _middle(row: Sequence[Segment]) -> float:
    middles = sorted(segment.box.middle for segment in row if segment.box is not None)
    return middles[len(middles) // 2] if middles else 0.0


def _shared(one: BBox | None, other: BBox | None) -> float:
    """How much of their heights two boxes share; 0.0 for boxes side by side."""
    if one is None or other is None or one.overlap_x(other) <= 0.3 * min(one.width, other.width):
        return 0.0
    return 2 * one.overlap_y(other) / max(1.0, one.height + other.height)


def _best(row: Sequence[Segment], above: Sequence[Unit], rules: RuleSet) -> Unit:
    """The reading whose meaning weighs most, readings of a part of it counted with the whole.

    A seal hides letters and makes up no offices: "CHỦ TỊCH" speaks for "KT. CHỦ TỊCH" where that was read as well.
    """
    votes: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, Unit]] = {}
    for segment in row:
        unit = in_context(segment, above, rules)
        key, worth = _meaning(unit), _worth(unit)
        votes[key] += worth
        if key not in best or worth > best[key][0]:
            best[key] = (worth, unit)
    whole = {key: next((other for other in votes if fold(other).endswith(f" {fold(key)}")), key) for key in votes}
    for part, other in whole.items():
        if part and part != other and best[other][0] > _PLAIN * best[part][0]:
            votes[other] += votes[part]
    return best[max(votes, key=lambda key: votes[key])][1]


def _meaning(unit: Unit) -> str:
    """What a line says; nothing for one that is neither authority nor office nor name."""
    if unit.kind == "other":
        return ""
    if unit.name is not None:
        return unit.name.value
    return f"{unit.mark} {unit.office.value if unit.office else unit.body}".strip()


def _worth(unit: Unit) -> float:
    """How much a reading says, 0–1."""
    confidence = 0.4 + 0.6 * unit.segment.confidence
    if unit.kind == "other":
        return _NOTHING * confidence
    if unit.name is not None:
        return unit.name.likeness * confidence
    likeness = unit.office.likeness if unit.office else 0.6
    return confidence * likeness * (1.0 if not unit.office or not unit.office.reasons else 0.85)
