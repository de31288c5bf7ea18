"""Weighing readers against each other."""

from __future__ import annotations

import pytest

from extractor.ocr.handwriting_vote import Voice, mean, merged, weigh


def test_agreement_is_surer_than_either_voice() -> None:
    alone = weigh([Voice({"46": 0.9, "48": 0.1})])
    both = weigh([Voice({"46": 0.9, "48": 0.1}), Voice({"46": 0.8, "45": 0.2})])
    assert alone is not None
    assert both is not None
    assert both.value == "46"
    assert both.probability > alone.probability


def test_disagreement_is_doubt() -> None:
    verdict = weigh([Voice({"03": 0.99}), Voice({"08": 0.98})])
    assert verdict is not None
    assert verdict.value == "03"
    assert verdict.second == "08"
    assert verdict.probability < 0.6


def test_a_voice_that_slips_counts_little() -> None:
    verdict = weigh([Voice({"7": 1.0}, slip=0.95), Voice({"1": 0.9}, slip=0.05)])
    assert verdict is not None
    assert verdict.value == "1"
    assert verdict.probability > 0.8


def test_one_doubtful_voice_alone_is_no_answer_to_trust() -> None:
    verdict = weigh([Voice({"5": 1.0}, slip=0.9)])
    assert verdict is not None
    assert verdict.probability < 0.6


def test_what_one_voice_hardly_believes_is_not_sure() -> None:
    verdict = weigh([Voice({"3": 1.0}), Voice({"3": 0.3, "31": 0.7}, slip=0.05)])
    assert verdict is not None
    assert verdict.value == "3"
    assert verdict.probability < 0.9


def test_nobody_speaks() -> None:
    assert weigh([]) is None
    assert weigh([Voice({})]) is None


def test_the_prior_breaks_a_tie() -> None:
    verdict = weigh([Voice({"4": 0.5, "04": 0.5})], prior=lambda text: 0.2 if len(text) == 1 else 1.0)
    assert verdict is not None
    assert verdict.value == "04"


def test_looks_of_one_reader_are_averaged() -> None:
    assert mean([{"1": 1.0}, {"1": 0.5, "7": 0.5}]) == {"1": 0.75, "7": 0.25}


def test_strings_of_one_meaning_are_added_and_impossible_ones_dropped() -> None:
    ballot = merged({"04": 0.5, "4": 0.25, "44": 0.25}, lambda text: str(int(text)) if int(text) <= 31 else None)
    assert ballot == {"4": pytest.approx(1.0)}
    assert merged({"44": 1.0}, lambda _: None) == {}
