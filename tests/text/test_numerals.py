"""Numerals: look-alikes, thousands, words, Roman."""

from __future__ import annotations

import pytest

from extractor.text.numerals import digits, integer, roman, spelled


@pytest.mark.parametrize(("text", "found"), [("2O21", "2021"), ("]7", "17"), ("201. 7", "2017"), ("07", "07")])
def test_digit_runs(text: str, found: str) -> None:
    result = digits(text)
    assert result is not None
    assert result[0] == found
    assert result[1] == (text != found)


@pytest.mark.parametrize("text", ["", "ll", "O", "4S", "1§", "ab"])
def test_no_digit_run(text: str) -> None:
    assert digits(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("1.018", 1018), ("12 345", 12345), ("08", 8), ("1.5", None), ("12,5", None)]
)
def test_thousands(text: str, value: int | None) -> None:
    assert integer(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("ba", 3), ("mười lăm", 15), ("hai mươi tư", 24), ("một trăm linh năm", 105), ("sản phẩm", None)],
)
def test_words(text: str, value: int | None) -> None:
    assert spelled(text) == value


@pytest.mark.parametrize(("text", "value"), [("XVIII", 18), ("IX", 9), ("", None), ("VX", None)])
def test_roman(text: str, value: int | None) -> None:
    assert roman(text) == value
