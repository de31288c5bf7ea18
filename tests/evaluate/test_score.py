from __future__ import annotations

from pathlib import Path
from typing import Any

from extractor.evaluate.gold import Gold
from extractor.evaluate.outcome import Outcome
from extractor.evaluate.score import score
from extractor.evaluate.tally import Counts, count, tally


def outcomes(
    gold: dict[str, Any], record: dict[str, Any], evidence: dict[str, Any] | None = None, codes: tuple[str, ...] = ()
) -> list[Outcome]:
    hand = frozenset(gold.get("hand", ()))
    return score(Gold("x", Path("x"), gold, hand), record, evidence or {}, codes)


def counts(gold: dict[str, Any], record: dict[str, Any], field: str, soft: bool = False) -> Counts:
    return count([one for one in outcomes(gold, record) if one.field == field], soft)


def test_header_right_wrong_missed_spurious() -> None:
    assert counts({"number": "08"}, {"number": "08"}, "number") == Counts(1, 0, 0)
    assert counts({"number": "08"}, {"number": "8"}, "number") == Counts(0, 1, 1)
    assert counts({"number": "08"}, {"number": None}, "number") == Counts(0, 0, 1)
    assert counts({"number": None}, {"number": "8"}, "number") == Counts(0, 1, 0)


def test_null_and_null_is_not_counted() -> None:
    assert outcomes({"number": None}, {"number": None}) == []
    assert outcomes({"recipients": []}, {"recipients": []}) == []


def test_keys_missing_in_gold_are_not_scored() -> None:
    assert outcomes({"note": "x", "address": "y"}, {"number": "8", "products": [{"name": "A"}]}) == []


def test_aliases_and_optional() -> None:
    gold = {"number": {"value": "08", "aliases": ["8", None]}}
    assert counts(gold, {"number": "8"}, "number") == Counts(1, 0, 0)
    assert outcomes(gold, {"number": None}) == []
    optional = {"number": {"value": "08", "optional": True}}
    assert outcomes(optional, {"number": "9"}) == []


def test_agency_is_scored_by_attribute_and_takes_aliases() -> None:
    gold = {"agency": {"name": "Sở Y tế", "parent": None, "aliases": ["Sở Y tế tỉnh A"]}}
    found = {"agency": {"name": "SỞ Y TẾ TỈNH A", "parent": "UBND tỉnh A"}}
    assert counts(gold, found, "agency.name") == Counts(1, 0, 0)
    assert counts(gold, found, "agency.parent") == Counts(0, 1, 0)
    assert counts({"agency": None}, found, "agency.name") == Counts(0, 1, 0)


def test_subject_strict_and_soft() -> None:
    gold = {"subject": "Triển khai Chương trình năm 2021"}
    found = {"subject": "Về việc triển khai Chương trinh năm 2021"}
    assert counts(gold, found, "subject") == Counts(0, 1, 1)
    assert counts(gold, found, "subject", soft=True) == Counts(1, 0, 0)


def test_lists_match_one_to_one_in_any_order() -> None:
    gold = {"recipients": ["Như trên", "Lưu: VT."]}
    assert counts(gold, {"recipients": ["Lưu: VT", "Như trên", "Như trên"]}, "recipients") == Counts(2, 1, 0)


def test_references_by_identifier_then_date_and_role() -> None:
    gold = {
        "references": [
            {"identifier": "12/QĐ-X", "issued_on": "2021-01-02", "agency": "UBND tỉnh A", "role": "basis"},
            {"identifier": None, "issued_on": "2015-06-19", "agency": "Quốc hội", "role": "basis"},
        ]
    }
    found = {
        "references": [
            {"identifier": "12/QĐ - X", "issued_on": "2021-01-03", "agency": "Ủy ban nhân dân tỉnh A", "role": "basis"},
            {"identifier": None, "issued_on": None, "agency": None, "role": "mention"},
        ]
    }
    assert counts(gold, found, "references") == Counts(1, 0, 0)
    assert counts(gold, found, "references.issued_on") == Counts(0, 1, 1)
    assert counts(gold, found, "references.agency") == Counts(1, 0, 0)
    assert counts(gold, found, "references.role") == Counts(1, 0, 0)


def test_products_by_soft_name_then_attributes() -> None:
    gold = {"products": [{"name": "Mít sấy giòn", "producer": "HTX A", "stars": 4, "status": "recognized"}]}
    found = {"products": [{"name": "Mit sấy giòn", "producer": "Hợp tác xã A", "stars": 4, "status": "proposed"}]}
    assert counts(gold, found, "products") == Counts(0, 1, 1)
    assert counts(gold, found, "products", soft=True) == Counts(1, 0, 0)
    assert counts(gold, found, "products.producer") == Counts(1, 0, 0)
    assert counts(gold, found, "products.stars") == Counts(1, 0, 0)
    assert counts(gold, found, "products.status") == Counts(0, 1, 1)


def test_optional_entries_are_neither_rewarded_nor_punished() -> None:
    gold = {"products": [{"name": "Mít sấy", "optional": True}, {"name": "Chè xanh"}]}
    assert counts(gold, {"products": [{"name": "Mít sấy"}]}, "products") == Counts(0, 0, 1)
    assert counts(gold, {"products": [{"name": "Chè xanh"}]}, "products") == Counts(1, 0, 0)


def test_star_counts_by_stars_count_unit_and_best_agreement() -> None:
    def entry(status: str, period: str) -> dict[str, Any]:
        return {"stars": [3, 4], "count": 5, "unit": "product", "status": status, "period": period, "comparison": "="}

    gold = {"star_counts": [entry("recognized", "2021"), entry("target", "2022")]}
    found = {"star_counts": [entry("target", "2022"), entry("recognized", "2021")]}
    assert counts(gold, found, "star_counts") == Counts(2, 0, 0)
    assert counts(gold, found, "star_counts.status") == Counts(2, 0, 0)
    found["star_counts"][0]["unit"] = "producer"
    assert counts(gold, found, "star_counts") == Counts(1, 1, 1)


def test_signers_whole_and_by_part() -> None:
    signer = {"name": "Vi Đình Khoát", "position": "Phó Chủ tịch", "authority": "KT.", "on_behalf_of": "Chủ tịch"}
    found = {**signer, "position": "Chủ tịch"}
    assert counts({"signers": [signer]}, {"signers": [signer]}, "signers") == Counts(1, 0, 0)
    assert counts({"signers": [signer]}, {"signers": [found]}, "signers") == Counts(0, 1, 1)
    assert counts({"signers": [signer]}, {"signers": [found]}, "signers.name") == Counts(1, 0, 0)
    assert counts({"signers": [signer]}, {"signers": []}, "signers.name") == Counts(0, 0, 1)


def test_issue_codes() -> None:
    gold = {"warnings": ["number-blank"]}
    found = outcomes(gold, {}, codes=("number-blank", "number-not-found", "sum-mismatch"))
    assert count(found, soft=False) == Counts(1, 1, 0)


def test_hand_fields_are_shown_apart() -> None:
    rows = {row.name: row for row in tally(outcomes({"number": "1", "hand": ["number"]}, {"number": "7"}))}
    assert rows["number [hand]"].strict == rows["number"].strict == Counts(0, 1, 1)


def test_confidence_comes_from_the_evidence() -> None:
    found = outcomes({"number": "1"}, {"number": "7"}, {"/number": {"confidence": 0.93}})
    assert [one.confidence for one in found] == [0.93]
