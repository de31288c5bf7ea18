"""Words that were read twice and marks that lie over a word."""

from __future__ import annotations

from extractor.document import BBox, Word
from extractor.layout.furniture import ghosts


def word(text: str, x0: float, top: float, x1: float, bottom: float, confidence: float = 0.9) -> Word:
    return Word(text, BBox(x0, top, x1, bottom), confidence)


GIO = word("giờ", 373.0, 100.0, 391.0, 112.0)


def test_digit_read_out_of_a_words_tail_is_a_ghost() -> None:
    nine = word("9", 373.5, 103.5, 380.0, 112.0)
    assert ghosts([GIO, word("00", 394.0, 101.0, 406.0, 110.0), nine]) == [nine]


def test_word_read_twice_counts_once() -> None:
    again = word("giờ", 373.0, 100.0, 391.0, 112.0)
    assert len(ghosts([GIO, again])) == 1


def test_marks_of_a_line_read_as_a_letter() -> None:
    flat = word("m", 374.0, 100.0, 390.0, 102.0)
    assert ghosts([GIO, flat]) == [flat]


def test_neighbours_and_a_text_layer_are_left_alone() -> None:
    raised = word("2", 391.5, 98.0, 395.0, 104.0)
    assert ghosts([GIO, raised]) == []
    nine = word("9", 373.5, 103.5, 380.0, 112.0, 1.0)
    assert ghosts([word("giờ", 373.0, 100.0, 391.0, 112.0, 1.0), nine]) == []
