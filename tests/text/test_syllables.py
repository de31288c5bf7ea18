"""Vietnamese syllables and what is none."""

from __future__ import annotations

import unicodedata

import pytest

from extractor.text.syllables import accented_share, is_syllable, valid_share

GOOD = """ngoằn nghiêng quyết gì giếng khuya thuở uống ươm yêu ỷ oăm huỳnh quýt choắt Mường XÃ hoà hòa uỷ ủy a Ở Oanh
""".split()
BAD = "cac thuc ngươc S6 thiJo qquy hoaf nguyênn ĐĐ Cong\u0301 bcd tế\u0300 xyz ®Þnh".split()


@pytest.mark.parametrize("word", GOOD)
def test_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", BAD)
def test_others(word: str) -> None:
    assert not is_syllable(word)


def test_shares() -> None:
    clean = "Ủy ban nhân dân tỉnh ban hành Quyết định số 12/QĐ-UBND của UBND các huyện".split()
    assert valid_share(clean) == 1.0
    assert accented_share(clean) > 0.2
    bare = "Uy ban nhan dan tinh ban hanh Quyet dinh cua cac huyen thuc hien tot".split()
    assert valid_share(bare) < 0.85
    assert accented_share(bare) == 0.0
    assert valid_share(["12", "/", "2024"]) == 1.0
