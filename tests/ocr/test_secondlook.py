"""The second look at doubtful lines."""

from __future__ import annotations

import numpy as np

from extractor.document import BBox, Word
from extractor.ocr.engine import Grey, Mode, Orientation
from extractor.ocr.secondlook import improve

PAGE = np.full((1000, 1000), 255, np.uint8)


class _Engine:
    """Reads every crop as the same words."""

    name = "fixed"

    def __init__(self, *words: Word) -> None:
        self.words, self.asked = words, 0

    def recognise(self, grey: Grey, dpi: float, mode: Mode = "page") -> list[Word]:
        self.asked += 1
        assert mode == "line"
        return list(self.words)

    def orientation(self, grey: Grey, dpi: float) -> Orientation | None:
        return None


def _word(text: str, x: float, top: float, confidence: float) -> Word:
    return Word(text, BBox(x, top, x + 8 * len(text), top + 10), confidence)


def test_surer_reading_of_a_doubtful_line_is_taken() -> None:
    words = [_word("Căn", 50, 50, 0.9), _word("cử", 80, 50, 0.4), _word("Luật", 50, 80, 0.95)]
    engine = _Engine(_word("Căn", 13, 13, 0.95), _word("cứ", 43, 13, 0.9))
    found = improve(words, PAGE, 72, engine)
    assert [word.text for word in found] == ["Căn", "cứ", "Luật"]
    assert engine.asked == 1
    assert (found[1].bbox.x0, found[1].bbox.top) == (80, 51)


def test_less_sure_and_shorter_readings_are_not_taken() -> None:
    words = [_word("Quyết", 50, 50, 0.9), _word("đinh", 110, 50, 0.4)]
    assert improve(words, PAGE, 72, _Engine(_word("Quyết", 13, 13, 0.5), _word("định", 70, 13, 0.5))) == words
    assert improve(words, PAGE, 72, _Engine(_word("Qu", 13, 13, 0.99))) == words
    assert improve(words, PAGE, 72, _Engine()) == words


def test_good_lines_and_scraps_are_not_looked_at_again() -> None:
    engine = _Engine()
    words = [_word("Quyết", 50, 50, 0.6), _word("ab", 50, 80, 0.1)]
    assert improve(words, PAGE, 72, engine) == words
    assert engine.asked == 0


def test_a_form_filled_in_by_hand_does_not_cost_the_page_twice() -> None:
    engine = _Engine()
    improve([_word("viếttay", 50, 20 * row, 0.2) for row in range(40)], PAGE, 72, engine)
    assert engine.asked == 4


def test_lines_with_numbers_come_first() -> None:
    words = [_word("Quyết", 50, 20 * row, 0.45) for row in range(6)] + [_word("466/QĐ", 50, 200, 0.2)]
    found = improve(words, PAGE, 72, _Engine(_word("1466/QĐ", 13, 13, 0.9)))
    assert found[-1].text == "1466/QĐ"
