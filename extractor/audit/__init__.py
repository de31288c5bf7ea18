"""Checks across what was found of the programme: sums, ratings, authority, doubles. Each shows both places.

Citations with two dates are told by the recogniser that reads them.
"""

from __future__ import annotations

from extractor.audit.citations import citations
from extractor.audit.doubles import doubles
from extractor.audit.ratings import authority, bands, out_of_range
from extractor.audit.sums import sums, table_sums
from extractor.audit.targets import targets
from extractor.audit.validity import expired
from extractor.document import Document
from extractor.programme import understand
from extractor.recognise.base import Found, Problem
from extractor.ruleset import RuleSet


def check(document: Document, rules: RuleSet, found: Found) -> list[Problem]:
    """The problems that only several findings together show."""
    reading = understand(document, rules)
    problems = sums(reading, found)
    problems += table_sums(reading, found)
    problems += out_of_range(reading)
    problems += bands(reading, found)
    problems += authority(reading, found)
    problems += doubles(reading)
    problems += targets(reading, found)
    problems += expired(reading, found)
    problems += citations(document, found)
    return problems
