"""Carrying corrections over to a newer reading."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.store.corrections import PatchTestError, apply, rebase, steps

OLD: dict[str, Any] = {
    "number": "12",
    "agency": {"name": "UBND xã A", "parent": None},
    "recipients": ["Như trên", "Lưu: VT"],
    "products": [{"name": "Gạo", "stars": 3}, {"name": "Chè", "stars": 4}],
}


def carry(patch: list[dict[str, Any]], new: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    record, differences = rebase(new, steps(OLD, patch))
    return record, [(one.pointer, one.corrected, one.reading, one.placed) for one in differences]


def test_same_reading_takes_the_correction() -> None:
    assert carry([{"op": "replace", "path": "/number", "value": "13"}], OLD) == ({**OLD, "number": "13"}, [])


def test_better_reading_agrees() -> None:
    new = {**OLD, "number": "13"}
    assert carry([{"op": "replace", "path": "/number", "value": "13"}], new) == (new, [])


def test_third_reading_differs_and_the_person_wins() -> None:
    record, told = carry([{"op": "replace", "path": "/agency/name", "value": "UBND xã B"}],
                         {**OLD, "agency": {"name": "UBND xã C"}})  # fmt: skip
    assert record["agency"]["name"] == "UBND xã B"
    assert told == [("/agency/name", "UBND xã B", "UBND xã C", True)]


def test_two_corrections_of_one_value_tell_the_last() -> None:
    first = [{"op": "replace", "path": "/number", "value": "13"}]
    history = steps(OLD, first) + steps(apply(OLD, first), [{"op": "replace", "path": "/number", "value": "14"}])
    record, differences = rebase({**OLD, "number": "18"}, history)
    assert record["number"] == "14"
    assert [(one.corrected, one.reading) for one in differences] == [("14", "18")]


def test_entries_are_found_by_what_they_hold() -> None:
    new = {**OLD, "products": [{"name": "Mật", "stars": 5}, {"name": "Chè", "stars": 4}, {"name": "Gạo", "stars": 3}]}
    record, told = carry([{"op": "replace", "path": "/products/0/stars", "value": 4}], new)
    assert [item["stars"] for item in record["products"]] == [5, 4, 4]
    assert told == []
    record, told = carry([{"op": "remove", "path": "/products/1"}], new)
    assert [item["name"] for item in record["products"]] == ["Mật", "Gạo"]


def test_corrected_name_is_found_under_its_new_name() -> None:
    new = {**OLD, "products": [{"name": "Chè", "stars": 4}, {"name": "Gạo nếp", "stars": 5}]}
    assert carry([{"op": "replace", "path": "/products/0/name", "value": "Gạo nếp"}], new) == (new, [])


def test_entry_that_is_gone_is_told() -> None:
    _, told = carry([{"op": "replace", "path": "/products/0/stars", "value": 4}], {**OLD, "products": []})
    assert told == [("/products/0/stars", 4, None, False)]


def test_added_and_removed_entries() -> None:
    record, told = carry([{"op": "add", "path": "/recipients/-", "value": "Sở A"}], {**OLD, "recipients": ["Lưu: VT"]})
    assert (record["recipients"], told) == (["Lưu: VT", "Sở A"], [])
    record, told = carry([{"op": "add", "path": "/recipients/0", "value": "Sở A"}], {**OLD, "recipients": ["Sở A"]})
    assert (record["recipients"], told) == (["Sở A"], [])
    record, told = carry([{"op": "remove", "path": "/recipients/0"}], {**OLD, "recipients": ["Lưu: VT"]})
    assert (record["recipients"], told) == (["Lưu: VT"], [])


def test_steps_are_plain_json() -> None:
    patch = [{"op": "add", "path": "/recipients/-", "value": "Sở A"}, {"op": "remove", "path": "/products/0"}]
    assert json.loads(json.dumps(steps(OLD, patch))) == steps(OLD, patch)


def test_moved_entries() -> None:
    patch = [{"op": "move", "from": "/recipients/1", "path": "/recipients/0"}]
    assert carry(patch, OLD)[0]["recipients"] == ["Lưu: VT", "Như trên"]


def test_confirmation_holds_against_a_newer_reading() -> None:
    record, told = carry([{"op": "test", "path": "/number", "value": "12"}], {**OLD, "number": "72"})
    assert (record["number"], told) == ("12", [("/number", "12", "72", True)])


def test_failed_test_is_told() -> None:
    with pytest.raises(PatchTestError):
        apply(OLD, [{"op": "test", "path": "/number", "value": "0"}])


LEAVES = st.sampled_from(["/number", "/agency/name", "/agency/parent", "/products/0/name", "/products/1/stars"])


@given(st.lists(st.tuples(LEAVES, st.text(max_size=3)), max_size=6))
def test_on_the_same_reading_steps_do_what_the_patch_does(changes: list[tuple[str, str]]) -> None:
    patch = [{"op": "replace", "path": path, "value": value} for path, value in changes]
    record, differences = rebase(OLD, steps(OLD, patch))
    if len({item["name"] for item in apply(OLD, patch)["products"]}) == 2:
        assert record == apply(OLD, patch)
        assert differences == ()
