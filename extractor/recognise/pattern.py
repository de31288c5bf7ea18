"""The plain parser: what a field's patterns match, in the field's zone, is its value.

For fields that need a rule file and no Python. The group `value` of a pattern (or all it matches) is the value, on one
line; a field of `type: integer` gets its digits as a number, thousands dots read ("1.018").
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.document import Document, Span
from extractor.recognise.base import Finding, Found, Leaf
from extractor.ruleset import FieldRules, Pattern, RuleSet

PARSER = "pattern"
_THOUSANDS = regex.compile(r"(?<=\d)[.\s](?=\d{3}(?!\d))")


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The findings of every field whose file says `parser: pattern`."""
    found = Found()
    for field in rules.fields.values():
        if field.parser == PARSER:
            found.findings += _field(document, field)
    return found


def _field(document: Document, field: FieldRules) -> Iterator[Finding]:
    for pattern in field.patterns.values():
        for span in _spans(document, field):
            for match in pattern.regex.finditer(document.text, span.start, span.end):
                leaf = _leaf(match, field, pattern)
                if leaf is not None:
                    yield Finding.scalar(field.field, leaf, score=pattern.confidence)


def _spans(document: Document, field: FieldRules) -> list[Span]:
    if field.zone is None:
        return [Span(0, len(document.text))]
    return [zone.span for zone in document.zones if zone.kind == field.zone]


def _leaf(match: regex.Match[str], field: FieldRules, pattern: Pattern) -> Leaf | None:
    start, end = match.span("value" if "value" in match.groupdict() else 0)
    text = " ".join(match.string[start:end].split())
    value: str | int | None = text or None
    if field.type == "integer":
        digits = _THOUSANDS.sub("", text)
        value = int(digits) if digits.isdecimal() else None
    if value is None:
        return None
    return Leaf(value, (Span(start, end),), f"{field.field}.{pattern.id}", pattern.confidence)
