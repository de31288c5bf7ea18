"""Where number, day, month and year stand in a header: the places that are filled in by hand, stamped or overprinted.

A slot is the room between two printed anchors: "Số:" and the slash, "ngày" and "tháng", "tháng" and "năm", and what
follows "năm". Anchors glued to what was read between them ("ngày22", "Số:2750") are cut in proportion to their
letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.document import BBox, Document, Span, Word
from extractor.recognise.textlines import TextLine, lines_in, lines_of
from extractor.ruleset import RuleSet

_LABEL = r"(?:\p{L}+\s+){0,3}?[Ss8$§][ốôóòồổỗoõỏÔỐ0ồộ6êếé]\w{0,1}\s*[:;.,]{0,2}"
_NUMBERS = (
    regex.compile(rf"^\W{{0,3}}(?P<label>{_LABEL})(?P<slot>.{{0,16}}?)\s*(?P<next>[/⁄∕]\s*\p{{L}})"),
    regex.compile(
        rf"^\W{{0,3}}(?P<label>{_LABEL})(?P<slot>.{{0,16}}?)\s*(?P<next>(?=\p{{Lu}}[\p{{L}}\d&]{{0,6}}\s?[-/]\s?\p{{L}}))"
    ),
    regex.compile(rf"^\W{{0,3}}(?P<label>{_LABEL})(?P<slot>.{{0,16}}?)\s*(?P<next>[/⁄∕])"),
    regex.compile(
        r"^\W{0,3}(?P<label>)(?P<slot>[^\p{L}]{0,12}?)\s*(?P<next>[/⁄∕]\s*\p{Lu}[\p{L}\d]{0,4}\s?-\s?\p{Lu})"
    ),
)
_DAY = r"(?P<day_word>[nr][gqø][àaáảâạãä][yỳýỷv])"
_MONTH = r"(?P<month_word>th[áaảâắàạãấ]n[gợq])"
_YEAR = r"(?P<year_word>n[ăãâaáàẫäạắ]m)"
_DATE = regex.compile(
    rf"{_DAY}(?P<day>.{{0,14}}?){_MONTH}(?P<month>.{{0,14}}?){_YEAR}(?P<year>.{{0,8}})", regex.IGNORECASE
)
#: Widths of the printed anchors relative to "ngày" in the usual serif italics.
_WIDTHS = {"day_word": 1.0, "month_word": 1.17, "year_word": 0.83}
#: Width of "Số:" in heights of its line.
_LABEL_WIDTH = 1.5
_KEPT = regex.compile(r"[k<]èm\s+theo", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to be filled in: its box with room for tall strokes, and what the reader saw there (may be empty).

    `span` is the text between the anchors, `words` the words that reach into the slot, `line_height` the height of the
    printed letters beside it in points.
    """

    page: int
    bbox: BBox
    text: str
    span: Span
    words: tuple[Word, ...]
    line_height: float

    @property
    def confidence(self) -> float:
        """The lowest confidence of the words in it, 1.0 when there are none."""
        return min((word.confidence for word in self.words), default=1.0)


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of one number line and one date line; None where the anchors are missing."""

    number: Slot | None = None
    day: Slot | None = None
    month: Slot | None = None
    year: Slot | None = None


def find_slots(document: Document, rules: RuleSet) -> Slots:
    """The slots of the document's own header; empty for text formats."""
    lines = lines_in(document, "header")
    return _slots(document, lines)


def find_repeats(document: Document, rules: RuleSet) -> tuple[Slots, ...]:
    """The slots of "(Kèm theo Quyết định số … ngày …)": the document's own number and date once more."""
    return tuple(slots for slots in _repeats(document) if slots.number or slots.day)


def _slots(document: Document, lines: list[TextLine]) -> Slots:
    tries = (_number_slot(document, line, pattern) for pattern in _NUMBERS for line in lines)
    number = next((slot for slot in tries if slot is not None), None)
    dates = next((match for line in lines if (match := _date_slots(document, line)) is not None), None)
    return Slots(number, *(dates or (None, None, None)))


def _number_slot(document: Document, line: TextLine, pattern: regex.Pattern[str]) -> Slot | None:
    match = pattern.search(line.text) if line.words else None
    if match is None:
        return None
    start = line.start + match.end("label")
    left = _x_behind(line, start)
    if match["label"]:
        label = _x_before(line, line.start + match.start("label"))
        left = min(left, label + _LABEL_WIDTH * _level(line)[1] * len(match["label"].split()))
    return _slot(document, line, Span(start, line.start + match.start("next")), left)


def _date_slots(document: Document, line: TextLine) -> tuple[Slot, Slot, Slot] | None:
    """Day, month and year; an anchor whose box swallowed a stroke is cut to the width that its letters need."""
    match = _DATE.search(line.text) if line.words else None
    if match is None:
        return None
    unit = _anchor_unit(line, match)
    found = []
    for part, before, after in (("day", "day_word", "month_word"), ("month", "month_word", "year_word")):
        span = Span(line.start + match.start(part), line.start + match.end(part))
        left, right = _x_behind(line, span.start), _x_before(line, span.end)
        inside = [word.word.bbox for word in line.words if span.start <= word.start and word.end <= span.end]
        if part == "day" or any(box.x0 < left - 1 for box in inside):
            left = min(left, _x_before(line, line.start + match.start(before)) + unit * _WIDTHS[before])
        right = max(right, _x_behind(line, line.start + match.end(after)) - unit * _WIDTHS[after])
        found.append(_slot(document, line, span, left, right))
    year = Span(line.start + match.start("year"), line.start + match.end("year"))
    found.append(_slot(document, line, year, _x_behind(line, year.start)))
    return found[0], found[1], found[2]


def _anchor_unit(line: TextLine, match: regex.Match[str]) -> float:
    """Points for one unit of `_WIDTHS`, from the anchor whose box is tightest."""
    units = [9999.0]
    for name, width in _WIDTHS.items():
        start, end = line.start + match.start(name), line.start + match.end(name)
        units += [w.word.bbox.width / width for w in line.words if (w.start, w.end) == (start, end)]
    tight = min(units)
    return tight * 1.04 if tight < 9999 else _level(line)[1] * 2.2


def _repeats(document: Document) -> Iterator[Slots]:
    for match in _KEPT.finditer(document.text):
        lines = lines_of(document, Span(max(0, match.start() - 200), match.end() + 160))
        near = [line for line in lines if line.end > match.start() and line.start < match.end() + 120]
        number = next((s for line in near if (s := _number_slot(document, line, _INLINE)) is not None), None)
        dates = next((d for line in near if (d := _date_slots(document, line)) is not None), None)
        yield Slots(number, *(dates or (None, None, None)))


_INLINE = regex.compile(
    r"(?P<label>\bs[ốôóỐ]\s*:?)(?P<slot>[^\p{L}]{0,12}?)\s*(?P<next>[/⁄∕]\s*\p{Lu})", regex.IGNORECASE
)


def _slot(document: Document, line: TextLine, span: Span, left: float, right: float | None = None) -> Slot:
    """The slot between two text offsets of a line; `left` and `right` are its edges in points."""
    middle, height = _level(line, span)
    right = _x_before(line, span.end) if right is None else right
    box = BBox(min(left, right), middle - 1.1 * height, max(left, right), middle + 0.95 * height)
    words = tuple(word for word in _page_words(document, line.page) if _reaches(word.bbox, box))
    text = document.text[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    return Slot(line.page, box, text.strip(), Span(start, start + len(text.strip())), words, height)


def _page_words(document: Document, page: int) -> tuple[Word, ...]:
    return next((p.words for p in document.pages if p.number == page), ())


def _reaches(word: BBox, box: BBox) -> bool:
    return word.overlap_x(box) > 1.0 and word.overlap_y(box) > 0.4 * min(word.height, box.height)


def _level(line: TextLine, near: Span | None = None) -> tuple[float, float]:
    """Vertical centre and height of the printed letters, of the words next to a span when one is given.

    Of several words the least tall counts: a stroke of the pen makes a box taller, never lower.
    """
    words = [word for word in line.words if sum(char.isalpha() for char in word.word.text) > 1]
    if near is not None and words:
        before = [word for word in words if word.start < near.start][-1:]
        words = before + [word for word in words if word.end > near.end][:1] or words
    boxes = [word.word.bbox for word in words] or ([line.bbox] if line.bbox else [])
    if not boxes:
        return 0.0, 10.0
    best = min(boxes, key=lambda box: box.height)
    return best.middle, max(best.height, 6.0)


def _x_behind(line: TextLine, offset: int) -> float:
    """The x at which the text before `offset` ends."""
    edge = line.bbox.x0 if line.bbox else 0.0
    for word in line.words:
        if word.end <= offset:
            edge = word.word.bbox.x1
        elif word.start < offset:
            edge = _inside(word.word, offset - word.start)
    return edge


def _x_before(line: TextLine, offset: int) -> float:
    """The x at which the text from `offset` on begins."""
    for word in line.words:
        if word.start >= offset:
            return word.word.bbox.x0
        if word.end > offset:
            return _inside(word.word, offset - word.start)
    return line.bbox.x1 if line.bbox else 0.0


def _inside(word: Word, letters: int) -> float:
    """The x inside a word after some of its letters, narrow ones counted half."""
    widths = [0.5 if char in ".,:;'`|Ililj!/⁄ 1" else 1.0 for char in word.text]
    share = sum(widths[:letters]) / sum(widths)
    return word.bbox.x0 + share * word.bbox.width
