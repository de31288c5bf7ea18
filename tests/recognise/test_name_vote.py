"""One name out of several readings of its line."""

from __future__ import annotations

from extractor import ruleset
from extractor.recognise import persons
from extractor.recognise.name_vote import JOINED, voted

NAMES = persons.vocabulary(ruleset.load())


def voice(text: str, weight: float = 0.8) -> tuple[persons.Name, str, float]:
    name = persons.read_name(text, NAMES, hint=False)
    assert name is not None
    return name, text, weight


def test_the_beginning_that_one_reading_has_is_kept() -> None:
    name, _, share = voted([voice("Văn Bình"), voice("Văn Bình"), voice("Trần Văn Bình")], NAMES)
    assert name.value == "Trần Văn Bình"
    assert share > 0.9


def test_syllables_are_chosen_one_by_one() -> None:
    name, _, share = voted([voice("Trần Vân Bình"), voice("Trần Văn Binh"), voice("Trần Văn Bình", 0.5)], NAMES)
    assert name.value == "Trần Văn Bình"
    assert 0.5 < share < 0.8


def test_a_name_put_together_says_so() -> None:
    name, _, _ = voted([voice("Trần Vân Bình"), voice("Phan Văn Bình"), voice("Trần Văn Minh")], NAMES)
    assert name.value == "Trần Văn Bình"
    assert JOINED in name.reasons
    assert "ảnh" in JOINED


def test_family_names_whose_capital_was_lost() -> None:
    for text, value in (
        ("rần Văn Bình", "Trần Văn Bình"),
        ("ê Minh Đức", "Lê Minh Đức"),
        ("- ê Bình", "Lê Bình"),
        ("a Thị Bình", "Thị Bình"),  # Hà, La, Tạ …: nothing to choose by
    ):
        name = persons.read_name(text, NAMES, hint=False)
        assert name is not None
        assert name.value == value


def test_a_name_without_its_family_name_is_not_likely() -> None:
    name = persons.read_name("a Thị Bình", NAMES, hint=False)
    assert name is not None
    assert name.likeness < 0.7
