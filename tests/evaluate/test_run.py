from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.errors import ConfigurationError
from extractor.evaluate import evaluate
from extractor.evaluate.compare import compare, load
from extractor.evaluate.outcome import Outcome
from extractor.evaluate.run import DocumentScore, Evaluation
from extractor.evaluate.tally import calibration


def right(confidence: float) -> Outcome:
    return Outcome("number", "1", "1", True, True, "/number", confidence)


def wrong(confidence: float) -> Outcome:
    return Outcome("number", "1", "2", False, False, "/number", confidence)


def test_calibration_error() -> None:
    error, bins = calibration([right(0.95)] * 9 + [wrong(0.95)] + [wrong(0.15)])
    assert [one.values for one in bins] == [1, 10]
    assert error == pytest.approx((10 * 0.05 + 1 * 0.15) / 11, abs=1e-4)


def test_certainty_falls_into_the_last_bin() -> None:
    error, bins = calibration([right(1.0)])
    assert error == 0
    assert bins[0].low == 0.9


def test_calibration_without_confidences() -> None:
    assert calibration([Outcome("number", "1", None, False, False)]) == (None, [])


def test_sure_but_wrong_lists_only_confident_errors() -> None:
    evaluation = Evaluation("x", (DocumentScore("a", (wrong(0.95), wrong(0.5), right(0.95)), 0.1),))
    assert [(name, one.confidence) for name, one in evaluation.sure_but_wrong()] == [("a", 0.95)]


def test_compare_names_gains_and_losses_by_document() -> None:
    old = Evaluation("x", (DocumentScore("a", (wrong(0.5),), 0.1), DocumentScore("b", (right(0.5),), 0.1))).to_dict()
    new = Evaluation("x", (DocumentScore("a", (right(0.5),), 0.1), DocumentScore("b", (wrong(0.5),), 0.1))).to_dict()
    comparison = compare(old, new)
    assert [change.document for change in comparison.gains] == ["a"]
    assert [change.document for change in comparison.losses] == ["b"]
    assert comparison.fields == {}


def test_an_unreadable_source_misses_everything(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    (tmp_path / "a.gold.json").write_text(json.dumps({"source": "a.pdf", "number": "1"}), encoding="utf-8")
    evaluation = evaluate(tmp_path)
    assert evaluation.documents[0].error is not None
    assert evaluation.rows()[0].strict.missed == 1


def test_folder_without_gold(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"gold\.json"):
        evaluate(tmp_path)


def test_broken_gold_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.gold.json").write_text("{", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"a\.gold\.json"):
        evaluate(tmp_path)


def test_compare_wants_an_evaluation(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"old\.json"):
        load(path)


def test_workers_give_the_same_scores(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"Số: 1{name}/BC-UBND\n\nBÁO CÁO\nKết quả", encoding="utf-8")
        gold = {"source": f"{name}.txt", "doc_type": "BC", "symbol": "BC-UBND"}
        (tmp_path / f"{name}.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    alone, together = evaluate(tmp_path), evaluate(tmp_path, workers=2)
    assert [document.name for document in together.documents] == ["a", "b", "c"]
    assert together.rows() == alone.rows()
