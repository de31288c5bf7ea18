"""Findings of products, producers and star counts: every leaf points at the text that proves it."""

from __future__ import annotations

import pytest

from extractor import ruleset
from extractor.layout import from_text
from extractor.recognise import producers, products, star_counts
from extractor.recognise.base import Finding, Found

TEXT = (
    "Năm 2023, huyện có 2 sản phẩm OCOP của 2 chủ thể được công nhận đạt 3 sao gồm: Mật ong Mẫu của HTX Ong Mẫu "
    "(xã Mẫu) và 1 sản phẩm của Công ty TNHH Mẫu Hạ là chả cá."
)


def findings() -> list[Finding]:
    rules = ruleset.load()
    document = from_text(TEXT, rules)
    known = Found()
    for recogniser in (star_counts.find, products.find, producers.find):
        known.extend(recogniser(document, rules, known))
    return known.findings


@pytest.mark.parametrize(("field", "name"), [("products", "name"), ("products", "producer"), ("producers", "name")])
def test_a_name_stands_at_its_span(field: str, name: str) -> None:
    document = from_text(TEXT, ruleset.load())
    for finding in findings():
        if finding.field == field and finding.leaves[name].value is not None:
            leaf = finding.leaves[name]
            assert " ".join(document.raw(leaf.spans[0]).split()) == leaf.value


def test_a_count_shows_number_stars_and_the_word_of_its_status() -> None:
    document = from_text(TEXT, ruleset.load())
    count = next(finding for finding in findings() if finding.field == "star_counts")
    assert count.value["stars"] == [3]
    assert document.raw(count.leaves["count"].spans[0]) == "2 sản phẩm"
    assert document.raw(count.leaves["stars"].spans[0]) == "3 sao"
    assert "công nhận" in " ".join(document.raw(span) for span in count.leaves["status"].spans)


def test_a_producer_has_its_place() -> None:
    places = {f.value["name"]: f.value["locality"] for f in findings() if f.field == "producers"}
    assert places["HTX Ong Mẫu"] == "xã Mẫu"
