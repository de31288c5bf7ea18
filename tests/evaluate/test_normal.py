import pytest

from extractor.evaluate.normal import alike, comparable, equal, normal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà bình", "hòa bình"),
        ("Thuỷ", "Thủy"),
        ("Ho\u0300a", "hòa"),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("UBND  tỉnh\nHậu Giang", "ubnd tỉnh hậu giang"),
        ("715/QĐ – UBND", "715/QĐ-UBND"),
        ("34/ HD - SNN", "34/HD-SNN"),
        ("Về việc công nhận", "V/v công nhận"),
        ("V/v: công nhận", "Công nhận"),
        ("“Hạt sen”", '"Hạt sen"'),
        ("Lưu: VT, NN.", "Lưu: VT, NN;"),
        ("TP. Cần Thơ", "thành phố Cần Thơ"),
        ("Công ty CP Sao Mai", "Công ty cổ phần Sao Mai"),
        ("Ðồng Tháp", "Đồng Tháp"),
        ("HTX Suối Mây", "Hợp tác xã Suối Mây"),
    ],
)
def test_same(one: str, other: str) -> None:
    assert equal(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("122", "0122"), ("ma", "má"), ("BC-UBND", "BCUBND"), ("3 sao", "4 sao"), ("hòa", "hoa"), ("2021", "2021-04")],
)
def test_different(one: str, other: str) -> None:
    assert not equal(one, other)


def test_normal_is_stable() -> None:
    text = "V/v rà soát  “sản phẩm” của UBND TP. Hoà An - năm 2022./."
    assert normal(normal(text)) == normal(text)


def test_values_that_are_no_text() -> None:
    assert comparable([4, 3]) == (3, 4)
    assert comparable([]) is None
    assert comparable("  ") is None
    assert equal(62, 62.0)
    assert not equal(None, 0)


def test_soft_tolerates_one_letter_in_ten() -> None:
    assert alike("Bánh phồng chay hạt sen", "Bánh phồng chay hạt sên")
    assert not alike("Mít sấy", "Xoài sấy")
    assert not alike(None, "Mít sấy")
