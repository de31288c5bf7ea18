"""Marks inside compounds: put right where no word stands, left alone everywhere else."""

import pytest

from extractor import ruleset
from extractor.text.compounds import load, repairs, syllable

FAMILIES = frozenset(ruleset.load().vocabulary["mending"]["family_names"].split())
ALONE = frozenset(ruleset.load().vocabulary["mending"]["alone"].split())


def _mended(text: str, confidence: float = 0.95, ceiling: float = 0.975) -> str:
    words = text.split()
    prepared = [
        syllable(word, confidence, ceiling, not index or words[index - 1].endswith("."), ALONE, FAMILIES)
        for index, word in enumerate(words)
    ]
    for repair in repairs(prepared, load()):
        assert len(repair.text) == len(words[repair.index])
        words[repair.index] = repair.text
    return " ".join(words)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("việc sửa đồi, bồ sung Quy chế", "việc sửa đổi, bổ sung Quy chế"),
        ("tại thị trần Mộ", "tại thị trấn Mộ"),
        ("công tác eải cách", "công tác cải cách"),
        ("QUYÉT ĐỊNH", "QUYẾT ĐỊNH"),
        ("Kiêm tra việc triền khai", "Kiểm tra việc triển khai"),
        ("thành phô trực thuộc", "thành phố trực thuộc"),
    ],
)
def test_mended(read: str, meant: str) -> None:
    assert _mended(read) == meant


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("nhân dân huyện Phù Cát", "half of a name"),
        ("Tỏi đen Lý Sơn và chả bò", "plain words side by side"),
        ("(viết tắt là Ban Chỉ đạo)", "a word that often stands alone"),
        ("sự có mặt của các", "bound to the other side"),
        ("số 12 triền", "no neighbour with letters"),
        ("sửa, đồi", "a comma between"),
        ("Nguyễn Văn Mẫu", "a person at the start of a line"),
        ("NGUYỄN VĂN MẪU", "a person in capitals"),
    ],
)
def test_left_alone(text: str, because: str) -> None:
    assert _mended(text) == text, because


def test_what_was_read_well_is_believed() -> None:
    assert _mended("bồ sung", confidence=0.99) == "bồ sung"
