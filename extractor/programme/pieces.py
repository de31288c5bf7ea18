"""A list cut into pieces at commas, semicolons and "và", outside brackets, quotes and producers' names."""

from __future__ import annotations

from enum import Enum, auto

import regex

from extractor.programme.makers import Maker
from extractor.programme.names import lead_end
from extractor.programme.view import View, bracket_depth


class Cutting(Enum):
    """Where a list is cut in doubt.

    `CAREFUL`: at every comma, and at "và" before what reads as a name. `COMMAS_JOINED`: not at a comma before a common
    word. `ALL_PARTED`: at every "và". `AND_JOINED`: at no "và" before a lower-case word.
    """

    CAREFUL = auto()
    COMMAS_JOINED = auto()
    ALL_PARTED = auto()
    AND_JOINED = auto()


_CUT = regex.compile(r";|,(?!\d)|\s(?:và|cùng với|cũng như|cùng(?!\s+(?:do|của|là)\s))(?=\s)")


_QUOTED = regex.compile(r"[“\"][^“”\"]{3,60}[”\"]\s*(?:,|\(|(?:và|được|đạt|của|do|cũng)\s)")


def restarts(view: View, left: int, right: int, makers: list[Maker]) -> bool:
    """Whether a piece opens a new name after a remark on the last: "sản phẩm …", or a head noun and a producer."""
    start = view.skip_spaces(left, right)
    if _QUOTED.match(view.folded, start) is not None:
        return True
    head = view.head(start)
    if head is not None:
        owner = next((m for m in makers if start < m.start < right), None)
        if owner is not None and not _said(view, start, head.end, owner.start - 5):
            return True
        bracket = regex.match(r"[^()]{3,50}\((?:xã|phường|thị trấn|huyện|TX|TP|thị xã)[\s.]", view.text[start:right])
        if bracket is not None and not view.cues("stop", start, start + bracket.end()):
            return True
    return (
        regex.match(r"(?:và\s+)?(?:\d+\s+|các\s+|bộ\s+)?sản phẩm\s+(?!này|đều|được|đã|khác)", view.folded[start:right])
        is not None
    )


def _said(view: View, start: int, left: int, right: int) -> bool:
    """Whether a verb stands between, brackets aside: "X (đạt 92 điểm) của Y" says nothing of X."""
    depths = bracket_depth(view.text[start:right])
    return any(depths[cue.start - start] == 0 for cue in view.cues("stop", left, right))


def cut_pieces(view: View, start: int, end: int, makers: list[Maker], how: Cutting) -> list[tuple[int, int, str]]:
    """(start, end, the mark before it) of the pieces."""
    depths = bracket_depth(view.text[start:end])
    pieces: list[tuple[int, int, str]] = []
    left, mark = start, ";"
    for match in _CUT.finditer(view.folded, start, end):
        if depths[match.start() - start] > 0 or any(m.start <= match.start() < m.end for m in makers):
            continue
        here = match[0] if match[0] in ",;" else "và"
        parts = _before_maker(makers, match.end()) or _parts(view, here, left, match.end(), end, how)
        if not parts:
            continue
        pieces.append((left, match.start(), mark))
        left, mark = match.end(), here
    pieces.append((left, end, mark))
    return pieces


def _parts(view: View, mark: str, left: int, position: int, end: int, how: Cutting) -> bool:
    """Whether a mark parts two pieces."""
    start = view.skip_spaces(position, end)
    lower = start < end and view.text[start].islower()
    if mark == "và":
        if how is Cutting.AND_JOINED and lower and _two_names(view, left, position, start, end):
            return True
        if how is Cutting.ALL_PARTED or (how is Cutting.AND_JOINED and lower):
            return how is Cutting.ALL_PARTED
        return _opens_name(view, position, end) or _alike(view, left, position, end)
    common = lower and not any(view.at(family, start) for family in ("head", "lead_in", "place", "stop"))
    return not (mark == "," and how is Cutting.COMMAS_JOINED and common)


def _two_names(view: View, left: int, position: int, start: int, end: int) -> bool:
    """Whether each side of "và" is a name of three words or more: no count of names joins these."""
    right = regex.match(r"[^,;()]*?(?=\s(?:của|do|và|được|đạt)\s|[,;().]|$)", view.text[start:end])
    words = len(right[0].split()) if right is not None else 0
    before = regex.split(r"[,;]", view.text[left:position])[-1].split()
    return view.head(start) is not None and words >= 3 and len(before) >= 4


def _opens_name(view: View, position: int, end: int) -> bool:
    """Whether what follows "và" reads as a name of its own: a capital, a head noun, a quote, "sản phẩm", a number."""
    start = view.skip_spaces(position, end)
    if start >= end:
        return False
    return (
        view.text[start].isupper()
        or view.text[start] in '“"('
        or view.head(start) is not None
        or view.at("lead_in", start) is not None
        or regex.match(r"\d+\s+sản phẩm", view.folded[start : start + 20]) is not None
    )


def _alike(view: View, left: int, position: int, end: int) -> bool:
    """Whether both sides of "và" open with the same word: "nhóm hộp … và nhóm đèn …"."""
    one, other = lead_end(view, left, position), view.skip_spaces(position, end)
    first = regex.match(r"\p{L}+", view.folded[one:position])
    second = regex.match(r"\p{L}+", view.folded[other:end])
    return first is not None and second is not None and first[0] == second[0]


def _before_maker(makers: list[Maker], position: int) -> bool:
    return any(0 <= maker.start - position <= 2 for maker in makers)
