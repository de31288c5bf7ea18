"""Where number, day, month and year stand on a page."""

from __future__ import annotations

import pytest

from extractor import ruleset
from extractor.document import BBox, Document, Word
from extractor.layout import arrange
from extractor.recognise import issued, number
from extractor.recognise.base import Found
from extractor.recognise.slots import Slot, find_repeats, find_slots
from extractor.recognise.trust import looks_printed
from tests.layout.pages import centred, head, page, reading, words

RULES = ruleset.load()


def document(*lines: list[Word]) -> Document:
    return arrange(
        reading(page(*lines, centred("KẾ HOẠCH", 140, 13), centred("Triển khai Chương trình", 158, 13))), RULES
    )


def texts(made: Document) -> tuple[str, str, str, str]:
    slots = find_slots(made, RULES)
    found = (slots.number, slots.day, slots.month, slots.year)
    return tuple(slot.text if slot else "-" for slot in found)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("number_line", "date_line", "expected"),
    [
        ("Số: 12 /KH-UBND", "Mẫu Sơn, ngày 15 tháng 02 năm 2022", ("12", "15", "02", "2022")),
        ("Số:2750 /QĐ-BGDĐT", "Hà Nội, ngày03 tháng10năm 2025", ("2750", "03", "10", "2025")),
        ("Số: /BC-UBND", "Mẫu Sơn, ngày tháng năm 2021", ("", "", "", "2021")),
        ("Số: 5+5 /UBND-KTTH", "Mẫu Sơn, ngày 0Š tháng 02 năm 2025", ("5+5", "0Š", "02", "2025")),
        ("Số:J4 /CT-UBND", "Mẫu Sơn, ngày 1 tháng 5 năm 2021", ("J4", "1", "5", "2021")),
    ],
)
def test_slots_between_their_anchors(number_line: str, date_line: str, expected: tuple[str, ...]) -> None:
    assert texts(document(*head(number_line, date_line))) == expected


def test_a_slot_lies_between_label_and_slash() -> None:
    made = document(*head("Số: 12 /KH-UBND"))
    slot = find_slots(made, RULES).number
    assert slot is not None
    label, digits, symbol = (w.bbox for w in made.pages[0].words if w.text in ("Số:", "12", "/KH-UBND"))
    assert label.x0 < slot.bbox.x0 <= digits.x0
    assert digits.x1 <= slot.bbox.x1 <= symbol.x0
    assert slot.bbox.top < digits.top
    assert slot.bbox.bottom > digits.bottom


def test_an_anchor_that_swallowed_a_stroke_is_cut() -> None:
    lines = head(date="Mẫu Sơn, ngày tháng 11 năm 2024")
    date = lines[-1]
    day = next(w for w in date if w.text == "ngày")
    wide = Word("ngày", BBox(day.bbox.x0 - 16, day.bbox.top, day.bbox.x1, day.bbox.bottom), 0.9)
    lines[-1] = [wide if w is day else Word(w.text, w.bbox, w.confidence) for w in date]
    slot = find_slots(document(*lines), RULES).day
    assert slot is not None
    assert slot.bbox.width > 15


def test_text_formats_have_no_slots() -> None:
    from extractor.layout import from_text

    assert texts(from_text("Số: 12/KH-UBND\nMẫu Sơn, ngày 1 tháng 2 năm 2022", RULES)) == ("-", "-", "-", "-")


def test_the_number_once_more_in_the_appendix() -> None:
    line = words("(Kèm theo Kế hoạch số 12/KH-UBND ngày 15 tháng 02 năm 2022 của UBND)", 80, 300)
    repeats = find_repeats(document(*head(), line), RULES)
    assert [(r.number.text, r.day.text) for r in repeats if r.number and r.day] == [("12", "15")]


def tall(lines: list[list[Word]], text: str) -> list[list[Word]]:
    """The same with one word as tall as pen strokes are."""
    return [
        [
            Word(w.text, BBox(w.bbox.x0, w.bbox.top - 4, w.bbox.x1, w.bbox.bottom + 3), 0.9) if w.text == text else w
            for w in line
        ]
        for line in lines
    ]


def test_tall_digits_are_not_believed() -> None:
    made = document(*tall(head("Số: 43 /KH-UBND"), "43"), words("Căn cứ Luật năm 2015 và Luật năm 2019", 80, 300))
    found = number.find(made, RULES, Found())
    assert found.value("number") is None
    assert found.value("symbol") == "KH-UBND"
    problem = next(p for p in found.problems if p.code == "number-unreadable")
    assert problem.regions
    assert problem.pointers == ("/number", "/identifier")


def test_printed_digits_are_believed() -> None:
    made = document(*head("Số: 43 /KH-UBND"), words("Căn cứ Luật năm 2015", 80, 300))
    assert number.find(made, RULES, Found()).value("identifier") == "43/KH-UBND"
    assert issued.find(made, RULES, Found()).value("issued_on") == "2022-02-15"


def test_misread_digits_are_not_believed() -> None:
    made = document(*head("Số: 43 /KH-UBND"))
    slot = find_slots(made, RULES).number
    assert slot is not None
    assert looks_printed(made, slot)
    unsure = tuple(Word(w.text, w.bbox, 0.4) for w in slot.words)
    assert not looks_printed(made, Slot(slot.page, slot.bbox, slot.text, slot.span, unsure, slot.line_height))
    assert not looks_printed(made, Slot(slot.page, slot.bbox, "4+", slot.span, slot.words, slot.line_height))


def test_a_blank_place_without_a_picture_is_in_doubt() -> None:
    found = issued.find(document(*head(date="Mẫu Sơn, ngày tháng năm 2021")), RULES, Found())
    assert [problem.code for problem in found.problems] == ["issued-on-unreadable"]
