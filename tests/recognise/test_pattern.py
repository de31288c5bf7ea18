from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractor import ruleset
from extractor.layout.arrange import from_text
from extractor.recognise import pattern
from extractor.recognise.base import Found
from extractor.ruleset import RuleSet

FILE = """
field: page_count
parser: pattern
type: {type}
zone: {zone}
patterns:
  - {{id: total, regex: 'gồm\\s+(?P<value>[\\d.]+)\\s+trang', confidence: 0.9}}
  - {{id: bare, regex: '[\\d.]+(?=\\s+tờ)', confidence: 0.6}}
"""


def rules(folder: Path, kind: str = "string", zone: str = "null") -> RuleSet:
    (folder / "field").mkdir(exist_ok=True)
    (folder / "vocabulary.yaml").write_text("pieces: {}\nvocabulary: {}\n", encoding="utf-8")
    (folder / "field" / "page_count.yaml").write_text(FILE.format(type=kind, zone=zone), encoding="utf-8")
    ruleset.load.cache_clear()
    return ruleset.load(folder)


def values(text: str, loaded: RuleSet) -> list[Any]:
    return [finding.value for finding in pattern.find(from_text(text, loaded), loaded, Found()).findings]


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("string", "Hồ sơ gồm 12 trang", ["12"]),
        ("integer", "Hồ sơ gồm 1.018 trang", [1018]),
        ("integer", "Hồ sơ gồm 1.0.8 trang", []),
        ("string", "Kho có 7 tờ", ["7"]),
        ("string", "Hồ sơ gồm nhiều trang", []),
    ],
)
def test_values(kind: str, text: str, found: list[Any], tmp_path: Path) -> None:
    assert values(text, rules(tmp_path, kind)) == found


def test_only_in_its_zone(tmp_path: Path) -> None:
    assert values("Hồ sơ gồm 12 trang", rules(tmp_path, zone="recipients")) == []


def test_the_span_is_the_value_and_the_rule_is_named(tmp_path: Path) -> None:
    loaded = rules(tmp_path)
    document = from_text("Hồ sơ gồm\n12 trang", loaded)
    (finding,) = pattern.find(document, loaded, Found()).findings
    leaf = finding.leaves[""]
    assert document.raw(leaf.spans[0]) == "12"
    assert leaf.rule == "page_count.total"
