from __future__ import annotations

from typing import Any

from extractor.store import realigned

BODY: dict[str, Any] = {
    "record": {"number": "1", "products": [{"name": "Gạo", "stars": 3}, {"name": "Chè", "stars": 4}]},
    "evidence": {"/number": "n", "/products/0/name": "gạo", "/products/1/name": "chè", "/products/1/stars": "4"},
    "issues": [{"code": "x", "pointers": ["/products/0", "/number"]}],
}


def test_nothing_moves_without_a_change() -> None:
    assert realigned(BODY, BODY["record"]) == BODY


def test_evidence_follows_its_entry() -> None:
    products = [{"name": "Mật", "stars": 5}, {"name": "Chè xanh", "stars": 4}]
    moved = realigned(BODY, {"number": "1", "products": products})
    assert moved["evidence"] == {"/number": "n", "/products/1/name": "chè", "/products/1/stars": "4"}
    assert moved["issues"][0]["pointers"] == ["/number"]
    assert BODY["issues"][0]["pointers"] == ["/products/0", "/number"]


def test_a_corrected_entry_keeps_its_place() -> None:
    products = [{"name": "Gạo nếp", "stars": 3}, {"name": "Chè", "stars": 4}]
    assert realigned(BODY, {"number": "1", "products": products})["evidence"] == BODY["evidence"]
