"""Number and date of issue where they are written by hand, stamped or overprinted; a second reading where printed.

What the earlier recognisers took from Tesseract stays when the readers of the picture agree. Where Tesseract could not
be trusted, the weighed reading is given with its probability, or nothing (and the box) below `THRESHOLD`. Printed
digits are never changed: readers that disagree only lower the confidence and leave an issue.
"""

from __future__ import annotations

import regex

from extractor.document import BBox, Document, Region, Span
from extractor.ocr.handwriting_vote import Verdict
from extractor.recognise.base import Finding, Found, Leaf, Problem
from extractor.recognise.handwritten_judge import Judgement, Looker, date_box, judge, number_box, repeated
from extractor.recognise.issued import UNREADABLE as DATE_UNREADABLE
from extractor.recognise.number import UNREADABLE as NUMBER_UNREADABLE
from extractor.recognise.number import number_line
from extractor.recognise.slots import Slot, Slots, find_repeats, find_slots
from extractor.ruleset import RuleSet

RULE = "handwriting"
DISAGREEMENT = "handwriting.disagreement"
#: Strokes of the pen that were taken for the beginning of the symbol: "Số:J4 /CT-UBND".
_STROKES = regex.compile(r"\w{1,4}\s*/\s*(?=[^/]*-)")
THRESHOLD = 0.7
_AGREED = 0.9
_GLANCES = ((1, 0.96), (2, 0.93))  # looks at a line that are enough, and how sure the readers must be then
_SCORE = 2.0  # above the findings of the header's own recognisers
_CEILING = 0.96
WRITTEN = "Đọc từ chữ viết tay trên ảnh; hãy đối chiếu với ô ảnh."
OVERPRINTED = "Đọc lại từ ảnh: chữ số in hoặc đóng thêm vào chỗ trống."
SECOND = "Cách đọc khác có thể: {second}."
ISSUE = "{what} đọc từ chữ viết tay: {value}. Hãy xem ô ảnh và xác nhận."
DISAGREE = "{what} in trên trang đọc là {value}, lần đọc thứ hai ra {second}. Hãy xem ô ảnh và xác nhận."
_LABELS = {"number": "Số văn bản", "issued_on": "Ngày ban hành"}
_NAMES = ("day", "month", "year")


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """Findings and issues for `number`, `identifier` and `issued_on` of scanned pages; nothing for other documents."""
    found = Found()
    if document.picture is None or not any(page.text_source == "ocr" for page in document.pages):
        return found
    slots = find_slots(document, rules)
    if slots.number is not None and _scanned(document, slots.number):
        _number(document, rules, known, found, slots.number)
    if slots.day is not None and slots.month is not None and slots.year is not None and _scanned(document, slots.day):
        _date(document, rules, known, found, slots)
    return found


def _scanned(document: Document, slot: Slot) -> bool:
    return any(page.number == slot.page and page.text_source == "ocr" for page in document.pages)


def _number(document: Document, rules: RuleSet, known: Found, found: Found, slot: Slot) -> None:
    judgement = _judge_number(document, rules, slot)
    before = known.best("number")
    printed = None if before is None else str(before.value)
    if _confirmed(judgement, printed) or (judgement.empty and printed is None and _told(known, "number-blank")):
        return
    verdict = judgement.verdict
    if printed is not None and before is not None and judgement.printed == printed:
        if verdict is not None:
            _doubt(found, before, verdict.value if verdict.value != printed else verdict.second, "number", (slot,))
            _doubt_identifier(found, known)
        return
    if verdict is None or judgement.empty or verdict.probability < THRESHOLD:
        _unreadable(found, known, "number", NUMBER_UNREADABLE, (slot,))
        return
    leaf = _leaf(verdict.value, judgement.raw, verdict, judgement.written, judgement.box)
    found.findings.append(Finding.scalar("number", leaf, _SCORE))
    _identifier(document, rules, found, leaf)
    if judgement.written:
        found.problems.append(_handwritten("number", leaf, ("/number", "/identifier")))


def _judge_number(document: Document, rules: RuleSet, slot: Slot) -> Judgement:
    assert document.picture is not None
    line = number_box(document, slot)
    looker = Looker(document.picture(slot.page).crop(line), "number")
    first = judge(document, "number", slot, line, looker.looks(1))
    if _confirmed(first, first.printed):
        return first
    for count, sure in _GLANCES:
        again = judge(document, "number", slot, line, looker.looks(count))
        if _settled(again, sure):
            return again
    repeats = repeated(document, find_repeats(document, rules))
    return judge(document, "number", slot, line, looker.looks(), repeats.get("number", []))


def _settled(judgement: Judgement, sure: float) -> bool:
    """Whether more looks would tell nothing new: all readers see nothing, or their verdict is sure."""
    verdict = judgement.verdict
    return judgement.heard and (judgement.empty or (verdict is not None and verdict.probability >= sure))


def _confirmed(judgement: Judgement, printed: str | None) -> bool:
    """Whether print and second reading agree."""
    verdict = judgement.verdict
    return (
        printed is not None
        and verdict is not None
        and judgement.printed is not None
        and verdict.value == judgement.printed
        and verdict.probability >= _AGREED
    )


def _identifier(document: Document, rules: RuleSet, found: Found, number: Leaf) -> None:
    """Number and symbol as one, when the symbol is known."""
    line = number_line(document, rules)
    if line is None or line.symbol is None or line.symbol_span is None:
        return
    symbol, span, joint = line.symbol, line.symbol_span, line.joint
    strokes = _STROKES.match(symbol) if joint == "-" else None
    if strokes is not None and not document.text[: span.start].rstrip().endswith(("-", "–", "—")):
        symbol, joint = symbol[strokes.end() :], "/"
        span = Span(span.end - len(symbol), span.end)
        found.findings.append(Finding.scalar("symbol", Leaf(symbol, (span,), RULE, line.pattern.confidence), _SCORE))
    year = f"/{line.year}" if line.year else ""
    value = f"{number.value}{year}{joint}{symbol}"
    raw = f"{number.raw} {joint}{document.text[span.start : span.end]}"
    regions = (*(number.regions or ()), *document.regions(span))
    leaf = Leaf(
        value, (), RULE, min(number.confidence, line.pattern.confidence), (*number.reasons, *line.reasons), raw, regions
    )
    found.findings.append(Finding.scalar("identifier", leaf, _SCORE))


def _date(document: Document, rules: RuleSet, known: Found, found: Found, slots: Slots) -> None:
    judgements = _judge_date(document, rules, slots)
    places = tuple(judgement.slot for judgement in judgements)
    before = known.best("issued_on")
    if before is not None and len(str(before.value)) < 10 and any(judgement.empty for judgement in judgements):
        return
    if before is not None and all(_confirmed(judgement, judgement.printed) for judgement in judgements):
        return
    verdicts = [judgement.verdict for judgement in judgements]
    sound = [verdict for verdict in verdicts if verdict is not None]
    probability = min((verdict.probability for verdict in sound), default=0.0)
    value = _iso([verdict.value for verdict in sound]) if len(sound) == 3 else None
    if before is not None and all(judgement.printed is not None for judgement in judgements):
        if (value is not None and str(before.value) != value) or probability < _AGREED:
            _doubt(found, before, value if value != str(before.value) else None, "issued_on", places)
        return
    if value is None or probability < THRESHOLD or any(judgement.empty for judgement in judgements):
        _unreadable(found, known, "issued_on", DATE_UNREADABLE, _worst(judgements))
        return
    weakest = min(sound, key=lambda verdict: verdict.probability)
    written = any(judgement.written for judgement in judgements)
    raw = "ngày {} tháng {} năm {}".format(*(judgement.raw for judgement in judgements))
    leaf = _leaf(value, raw, weakest, written, _around(places))
    found.findings.append(Finding.scalar("issued_on", leaf, _SCORE))
    if written:
        found.problems.append(_handwritten("issued_on", leaf, ("/issued_on",)))


def _judge_date(document: Document, rules: RuleSet, slots: Slots) -> list[Judgement]:
    assert document.picture is not None
    assert slots.day is not None
    line = date_box(document, slots)
    looker = Looker(document.picture(slots.day.page).crop(line), "date")
    named = {name: slot for name in _NAMES if (slot := getattr(slots, name)) is not None}
    first = [judge(document, name, slot, line, looker.looks(1)) for name, slot in named.items()]
    if all(_confirmed(judgement, judgement.printed) for judgement in first):
        return first
    for count, sure in _GLANCES:
        again = [judge(document, name, slot, line, looker.looks(count)) for name, slot in named.items()]
        if all(_settled(judgement, sure) for judgement in again):
            return again
    looks = looker.looks()
    repeats = repeated(document, find_repeats(document, rules))
    return [judge(document, name, slot, line, looks, repeats.get(name, [])) for name, slot in named.items()]


def _iso(parts: list[str]) -> str | None:
    """Day, month and year as a date, None when there is no such day."""
    day, month, year = (int(part) for part in parts)
    longest = 31 if month in (1, 3, 5, 7, 8, 10, 12) else 30 if month != 2 else 29
    return f"{year:04}-{month:02}-{day:02}" if day <= longest else None


def _worst(judgements: list[Judgement]) -> tuple[Slot, ...]:
    weak = [j.slot for j in judgements if j.empty or j.verdict is None or j.verdict.probability < THRESHOLD]
    return tuple(weak or [judgement.slot for judgement in judgements])


def _leaf(value: str, raw: str, verdict: Verdict, written: bool, place: tuple[Region, ...]) -> Leaf:
    reasons = [WRITTEN if written else OVERPRINTED]
    if verdict.second and verdict.probability < _AGREED:
        reasons.append(SECOND.format(second=verdict.second))
    return Leaf(value, (), RULE, min(_CEILING, verdict.probability), tuple(reasons), raw, place)


def _around(slots: tuple[Slot, ...]) -> tuple[Region, ...]:
    box = BBox.around(slot.bbox for slot in slots)
    assert box is not None
    return (Region(slots[0].page, box),)


def _handwritten(field: str, leaf: Leaf, pointers: tuple[str, ...]) -> Problem:
    message = ISSUE.format(what=_LABELS[field], value=leaf.value)
    return Problem("handwritten", "info", message, pointers, regions=leaf.regions or ())


def _doubt(found: Found, before: Finding, second: str | None, field: str, slots: tuple[Slot, ...]) -> None:
    """The printed value once more with little confidence, and the issue that shows both readings."""
    leaf = before.leaves[""]
    message = DISAGREE.format(what=_LABELS[field], value=leaf.value, second=second or "không rõ")
    doubtful = Leaf(
        leaf.value,
        leaf.spans,
        DISAGREEMENT,
        min(0.55, leaf.confidence),
        (*leaf.reasons, message),
        leaf.raw,
        leaf.regions,
    )
    found.findings.append(Finding.scalar(field, doubtful, _SCORE))
    found.problems.append(Problem("low-confidence", "warning", message, (f"/{field}",), regions=_around(slots)))


def _doubt_identifier(found: Found, known: Found) -> None:
    before = known.best("identifier")
    if before is None:
        return
    leaf = before.leaves[""]
    doubtful = Leaf(
        leaf.value, leaf.spans, DISAGREEMENT, min(0.55, leaf.confidence), leaf.reasons, leaf.raw, leaf.regions
    )
    found.findings.append(Finding.scalar("identifier", doubtful, _SCORE))


def _unreadable(found: Found, known: Found, field: str, message: str, slots: tuple[Slot, ...]) -> None:
    """No value, and the box; an earlier value of the field is withdrawn."""
    code = f"{field.replace('_', '-')}-unreadable"
    fields = ("number", "identifier") if field == "number" else (field,)
    for name in fields:
        if known.best(name) is not None:
            found.findings.append(Finding.scalar(name, Leaf(None, (), RULE), _SCORE))
    if not _told(known, code):
        pointers = tuple(f"/{name}" for name in fields)
        found.problems.append(Problem(code, "warning", message, pointers, regions=_around(slots)))


def _told(known: Found, code: str) -> bool:
    return any(problem.code == code for problem in known.problems)
