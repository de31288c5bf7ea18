"""Number and date read from the picture: what is given, what is withheld, what is told."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from extractor import ruleset
from extractor.calibrate import calibrated
from extractor.document import BBox, Document, Page, Picture, Reading, Word
from extractor.layout import arrange
from extractor.ocr import handwriting
from extractor.recognise import handwritten, handwritten_judge, issued, number
from extractor.recognise.base import Found, Leaf

WIDTH, HEIGHT = 595.0, 842.0


def words(line: str, x: float, y: float, doubtful: dict[str, float]) -> Iterator[Word]:
    for text in line.split():
        width = 6.0 * len(text)
        yield Word(text, BBox(x, y, x + width, y + 11), doubtful.get(text, 0.96))
        x += width + 4


def document(serial: str = "#4", day: str = "A7", confidence: float = 0.3, source: str = "ocr") -> Document:
    """A scanned decision whose number and day Tesseract read as given."""
    doubtful = {serial: confidence, day: confidence}
    page = (
        *words("ỦY BAN NHÂN DÂN", 90, 60, {}),
        *words("HUYỆN LÂM SƠN", 95, 75, {}),
        *words("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 320, 60, {}),
        *words("Độc lập - Tự do - Hạnh phúc", 350, 75, {}),
        *words(f"Số: {serial} /QĐ-UBND", 90, 100, doubtful),
        *words(f"Lâm Sơn, ngày {day} tháng 3 năm 2024", 330, 100, doubtful),
        *words("QUYẾT ĐỊNH", 260, 140, {}),
        *words("Về việc công nhận sản phẩm", 220, 160, {}),
        *words("CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN", 180, 190, {}),
    )
    pixels = np.full((round(HEIGHT * 2), round(WIDTH * 2), 3), 255, np.uint8)
    pixels[200:224, 236:246] = 0  # ink in the number's slot
    picture = Picture(pixels, 144.0)
    reading = Reading(
        "scan.pdf",
        "0" * 64,
        "application/pdf",
        (Page(1, WIDTH, HEIGHT, source, words=page),),  # type: ignore[arg-type]
        picture=lambda _: picture,
    )
    return arrange(reading, ruleset.load())


class Fake:
    """A reader with fixed ballots; every slot as sure as told."""

    def __init__(self, written: float | None, **ballots: dict[str, float]) -> None:
        self.written, self.ballots = written, ballots

    def look(self, line: object) -> object:
        return line

    def read(self, look: object, kind: str) -> dict[str, handwriting.Reading]:
        return {
            name: handwriting.Reading(ballot, 1.0, (0.2, 0.4), self.written)
            for name, ballot in self.ballots.items()
            if (name == "number") == (kind == "number")
        }


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch):
    def use(broad: Fake | None, own: Fake | None) -> None:
        monkeypatch.setattr(handwritten_judge, "broad_reader", lambda: broad)
        monkeypatch.setattr(handwritten_judge, "own_reader", lambda: own)

    return use


def recognised(arranged: Document) -> tuple[Found, Found]:
    """What the header's recognisers found, and that with the second reading."""
    rules, known = ruleset.load(), Found()
    for recogniser in (number.find, issued.find):
        known.extend(recogniser(arranged, rules, known))
    second = handwritten.find(arranged, rules, known)
    known.extend(second)
    return second, known


YEAR = {"2024": 1.0}


def test_readers_that_agree_give_number_identifier_and_date(readers) -> None:
    ballots = {"number": {"24": 0.95, "14": 0.05}, "day": {"07": 0.9, "01": 0.1}, "month": {"3": 1.0}}
    readers(Fake(None, **ballots, year=YEAR), Fake(0.9, **ballots))
    second, known = recognised(document())
    assert known.value("number") == "24"
    assert known.value("identifier") == "24/QĐ-UBND"
    assert known.value("issued_on") == "2024-03-07"
    leaf = known.best("issued_on").leaves[""]
    assert leaf.rule == handwritten.RULE
    assert leaf.raw == "ngày 07 tháng 3 năm 2024"
    assert leaf.regions
    assert [problem.code for problem in second.problems] == ["handwritten", "handwritten"]


def test_readers_that_contradict_each_other_give_nothing(readers) -> None:
    common = {"day": {"07": 1.0}, "month": {"3": 1.0}}
    readers(Fake(None, number={"41": 0.97}, **common, year=YEAR), Fake(0.9, number={"11": 0.97}, **common))
    _, known = recognised(document())
    assert known.value("number") is None
    assert known.value("identifier") is None
    assert [problem.code for problem in known.problems if "/number" in problem.pointers] == ["number-unreadable"]
    assert known.value("issued_on") == "2024-03-07"


def test_a_day_that_cannot_be_is_not_given(readers) -> None:
    ballots = {"number": {"24": 1.0}, "day": {"34": 0.6, "31": 0.4}, "month": {"2": 1.0}}
    readers(Fake(None, **ballots, year=YEAR), Fake(0.9, **ballots))
    _, known = recognised(document())
    assert known.value("issued_on") is None
    assert "issued-on-unreadable" in [problem.code for problem in known.problems]


def test_print_confirmed_by_the_picture_is_left_alone(readers) -> None:
    ballots = {"number": {"24": 1.0}, "day": {"07": 1.0}, "month": {"3": 1.0}}
    readers(Fake(None, **ballots, year=YEAR), Fake(0.05, **ballots))
    second, known = recognised(document("24", "07", 0.95))
    assert (second.findings, second.problems) == ([], [])
    assert known.value("identifier") == "24/QĐ-UBND"
    assert known.best("number").leaves[""].rule.startswith("number.")


def test_print_that_the_picture_contradicts_is_kept_in_doubt(readers) -> None:
    ballots = {"number": {"21": 1.0}, "day": {"07": 1.0}, "month": {"3": 1.0}}
    readers(Fake(None, **ballots, year=YEAR), Fake(0.05, **ballots))
    second, known = recognised(document("24", "07", 0.95))
    assert known.value("number") == "24"
    assert known.best("number").leaves[""].confidence < 0.6
    assert known.best("identifier").leaves[""].confidence < 0.6
    assert [problem.code for problem in second.problems] == ["low-confidence"]
    assert "21" in second.problems[0].message


def test_digits_that_tesseract_took_for_print_are_replaced_when_they_are_written(readers) -> None:
    ballots = {"number": {"24": 1.0}, "day": {"07": 1.0}, "month": {"3": 1.0}}
    readers(Fake(None, **ballots, year=YEAR), Fake(0.95, **ballots))
    second, known = recognised(document("29", "07", 0.95))
    assert known.value("number") == "24"
    assert "handwritten" in [problem.code for problem in second.problems]


def test_embedded_text_needs_no_second_reading(readers) -> None:
    readers(Fake(None, number={"99": 1.0}), None)
    second, known = recognised(document("24", "07", 1.0, source="embedded"))
    assert (second.findings, second.problems) == ([], [])
    assert known.value("number") == "24"


def test_no_reader_leaves_everything_as_it_was(readers) -> None:
    readers(None, None)
    _, known = recognised(document())
    assert known.value("number") is None
    assert "number-unreadable" in [problem.code for problem in known.problems]


@pytest.mark.parametrize("rule", [handwritten.RULE, handwritten.DISAGREEMENT])
def test_the_weighed_probability_is_not_calibrated_again(rule: str) -> None:
    assert calibrated(Leaf("24", (), rule, 0.55), "number", document()) == 0.55


class Counting(Fake):
    """A reader that counts how often it is shown a line."""

    def __init__(self, written: float | None, **ballots: dict[str, float]) -> None:
        super().__init__(written, **ballots)
        self.shown = 0

    def look(self, line: object) -> object:
        self.shown += 1
        return line


@pytest.mark.parametrize(
    ("certain", "looks"),
    [(0.999, 1 + 4), (0.6, 4 + 4)],  # the line of the number, and that of the date, where nothing can be read
)
def test_a_line_is_looked_at_until_the_readers_are_sure(readers, certain: float, looks: int) -> None:
    rng = np.random.default_rng(3)
    pixels = rng.integers(0, 255, (60, 200, 3)).astype(np.uint8)
    broad = Counting(None, number={"24": certain, "29": 1 - certain})
    readers(broad, Fake(0.9, number={"24": certain, "29": 1 - certain}))
    scanned = document()
    object.__setattr__(scanned, "picture", lambda _: _Shown(pixels))
    handwritten.find(scanned, ruleset.load(), Found())
    assert broad.shown == looks


def test_darkest_channel_of_a_grey_line_is_not_read_twice(readers) -> None:
    rng = np.random.default_rng(3)
    grey = np.repeat(rng.integers(0, 255, (60, 200, 1)), 3, axis=2).astype(np.uint8)
    broad = Counting(None, number={"24": 1.0})
    readers(broad, None)
    looks = handwritten_judge.Looker(grey, "number").looks()
    assert broad.shown == 3
    assert len(looks["number"][0]) == 4


class _Shown:
    """A page that shows the same line wherever it is cut."""

    def __init__(self, pixels: np.ndarray) -> None:
        self.pixels, self.dpi = pixels, 144.0

    def crop(self, box: BBox, margin: float = 0.0) -> np.ndarray:
        return self.pixels
