"""Products named in prose and tables (the work is done in `extractor.programme`)."""

from __future__ import annotations

from typing import Any

from extractor.document import Document, Span
from extractor.programme import understand
from extractor.programme.products import Draft
from extractor.recognise.base import Finding, Found, Leaf
from extractor.ruleset import RuleSet

_CONFIDENCE = {
    "products.introduced": 0.93, "products.item": 0.93, "products.counted": 0.92, "products.made": 0.88,
    "products.called": 0.8, "products.subject": 0.85, "products.table": 0.97,
}  # fmt: skip


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The products of a document, each once."""
    drafts = understand(document, rules).products
    return Found([Finding("products", _leaves(draft)) for draft in drafts])


def _leaves(draft: Draft) -> dict[str, Leaf]:
    sure = _CONFIDENCE.get(draft.rule, 0.85)
    leaves = {"name": Leaf(draft.name, (Span(*draft.name_span),), draft.rule, sure)}
    leaves["producer"] = _leaf(draft.producer, draft.producer_span, draft, "producer", sure)
    leaves["stars"] = _leaf(draft.stars, draft.stars_span, draft, "stars", sure)
    spans = tuple(Span(*span) for span in draft.status_spans) or (Span(*draft.name_span),)
    leaves["status"] = Leaf(draft.status, spans, f"{draft.rule}.status", min(sure, 0.9))
    for name, value, span in (
        ("points", draft.points, draft.points_span),
        ("group", draft.group, draft.group_span),
        ("locality", draft.place, draft.place_span),
        ("year", draft.year, draft.year_span),
    ):
        leaves[name] = _leaf(value, span or (spans[0].start, spans[0].end), draft, name, 0.85)
    return leaves


def _leaf(value: Any, span: tuple[int, int] | None, draft: Draft, name: str, confidence: float) -> Leaf:
    place = Span(*span) if span is not None else Span(*draft.name_span)
    return Leaf(value, (place,), f"{draft.rule}.{name}", confidence)
