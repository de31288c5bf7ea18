"""Checks across fields: sums, conflicts, authority, dates. Each shows both places."""

from __future__ import annotations

from extractor.document import Document
from extractor.recognise.base import Found, Problem
from extractor.ruleset import RuleSet


def check(document: Document, rules: RuleSet, found: Found) -> list[Problem]:
    """The problems that only several findings together show."""
    return []
