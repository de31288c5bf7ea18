"""The rule file of references: its examples hold, and each cue is needed by one of them."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from extractor import rulecheck, ruleset
from extractor.ruleset import FieldRules, RuleSet

RULES = ruleset.load()
FIELD = RULES.fields["references"]


def _faults(rules: RuleSet, field: FieldRules) -> list[str]:
    wrong = []
    for example in field.examples:
        found = rulecheck.found_values(field, example.text, example.zone, rules)
        if not rulecheck._agrees(example.value, found):
            wrong.append(example.text)
    return wrong


def _without(name: str) -> RuleSet:
    cues = {**FIELD.vocabulary["cues"], name: {"regex": r"(?!)"}}
    field = replace(FIELD, vocabulary=MappingProxyType({**FIELD.vocabulary, "cues": cues}))
    return replace(RULES, fields=MappingProxyType({**RULES.fields, "references": field}))


def test_examples_hold() -> None:
    assert _faults(RULES, FIELD) == []


@pytest.mark.parametrize("name", sorted(FIELD.vocabulary["cues"]))
def test_each_cue_is_needed_by_an_example(name: str) -> None:
    rules = _without(name)
    assert _faults(rules, rules.fields["references"]), f"no example fails without the cue {name!r}"
