"""Normalising with the way back."""

import itertools
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from extractor.text.normalise import fold, normalise, normalise_word, strip_marks


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_offsets_rise_and_span_the_text(original: str) -> None:
    text, offsets = normalise(original)
    assert len(offsets) == len(text) + 1
    assert all(a <= b for a, b in itertools.pairwise(offsets))
    assert offsets[-1] == len(original)


def test_decomposed_and_composed_are_one() -> None:
    composed = "Triển khai Chương trình mỗi xã một sản phẩm"
    assert normalise(unicodedata.normalize("NFD", composed))[0] == composed


def test_letters_that_look_alike() -> None:
    assert normalise_word("QÐ\u00ad-UBND\u200b") == "QĐ-UBND"


def test_fold_is_for_comparing_only() -> None:
    assert fold("  Thanh\nHÓA ") == "thanh hoa"
    assert len(strip_marks("Đường")) == len("Đường")


@given(st.text(alphabet="aăâêđĐỘộ \u0301\u0306\u0323가x"))
def test_bare_letters_stand_where_the_letters_do(original: str) -> None:
    text = unicodedata.normalize("NFC", normalise(original)[0])
    assert len(strip_marks(text)) == len(text)


def test_a_mark_without_a_letter_shifts_nothing() -> None:
    assert strip_marks("ĐẮK \u0301 Số: 7") == "DAK \u0301 So: 7"
    assert fold("ĐẮK \u0301 Số") == "dak so"
