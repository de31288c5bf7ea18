"""A record against its gold: one outcome for each value that counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from extractor.evaluate.gold import Entry, Expected, Gold, entry, expected
from extractor.evaluate.lists import LISTS, score_list
from extractor.evaluate.outcome import Outcome, judge

HEADER: Mapping[str, bool] = {
    "doc_type": False,
    "number": False,
    "symbol": False,
    "identifier": False,
    "issued_on": False,
    "issued_at": False,
    "agency.name": True,
    "agency.parent": True,
    "agency.place": False,
    "subject": True,
    "urgency": False,
    "secrecy": False,
}
"""Header fields and whether likeness is enough for the soft score."""

AUDITED = frozenset(
    "number-blank date-incomplete number-conflict date-conflict type-conflict sum-mismatch reference-date-conflict "
    "star-out-of-range star-authority several-documents".split()
)
"""Issue codes that count as wrong when the gold's `warnings` do not name them."""


def score(gold: Gold, record: Mapping[str, Any], evidence: Mapping[str, Any], codes: Sequence[str]) -> list[Outcome]:
    """Every outcome of one document.

    `record` and `evidence` are those of a result as plain JSON values, `codes` its issue codes. An empty record
    scores a document that could not be read: everything expected is missed.
    """
    outcomes = [outcome for name, soft in HEADER.items() for outcome in _header(name, soft, gold, record)]
    for field in LISTS:
        if field.name in gold.values:
            outcomes += score_list(field, gold.values[field.name] or [], record.get(field.name) or [])
    if "warnings" in gold.values:
        outcomes += _codes(set(gold.values["warnings"]), set(codes))
    return [_with_confidence(outcome, evidence) for outcome in outcomes]


def _with_confidence(outcome: Outcome, evidence: Mapping[str, Any]) -> Outcome:
    proof = evidence.get(outcome.pointer)
    if proof is None or outcome.found is None:
        return outcome
    return replace(outcome, confidence=float(proof["confidence"]))


def _header(name: str, soft: bool, gold: Gold, record: Mapping[str, Any]) -> Iterator[Outcome]:
    top, _, attribute = name.partition(".")
    if top not in gold.values:
        return
    found: Any = record.get(top)
    want: Expected | None = None
    if not attribute:
        want = expected(gold.values[top])
    else:
        want = _attribute(None if gold.values[top] is None else entry(gold.values[top], "name"), attribute)
        found = found.get(attribute) if isinstance(found, Mapping) else None
    if want is not None:
        yield from judge(name, want, found, soft, "/" + name.replace(".", "/"), gold.split(top))


def _attribute(holder: Entry | None, name: str) -> Expected | None:
    """An attribute of an object; of a null object only the name is expected, to be null."""
    if holder is None:
        return Expected((None,)) if name == "name" else None
    want = holder.get(name)
    return replace(want, optional=True) if want is not None and holder.optional else want


def _codes(wanted: set[str], found: set[str]) -> Iterator[Outcome]:
    for code in sorted(wanted):
        right = code in found
        yield Outcome("issues", code, code if right else None, right, right)
    for code in sorted((found & AUDITED) - wanted):
        yield Outcome("issues", None, code, False, False)
