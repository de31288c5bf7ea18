"""Counts of OCOP products and producers (the work is done in `extractor.programme`)."""

from __future__ import annotations

from extractor.document import Document, Span
from extractor.programme import understand
from extractor.programme.counts import Count
from extractor.recognise.base import Finding, Found, Leaf
from extractor.ruleset import RuleSet


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The counts of a document, each once."""
    return Found([Finding("star_counts", _leaves(count)) for count in understand(document, rules).counts])


def _leaves(count: Count) -> dict[str, Leaf]:
    own = (Span(count.start, count.end),)
    stars = count.stars
    cues = tuple(Span(*span) for span in count.spans) or own
    reasons = (count.reason,) if count.reason else ()
    return {
        "stars": Leaf(
            list(stars.values) if stars else None,
            (Span(stars.start, stars.end),) if stars else own,
            "star_counts.stars",
            0.93,
        ),
        "count": Leaf(count.number, own, "star_counts.number", 0.93),
        "comparison": Leaf(count.comparison, own, "star_counts.comparison", 0.95),
        "unit": Leaf(count.unit, own, "star_counts.unit", 0.95),
        "status": Leaf(count.status, cues, "star_counts.status", 0.88 if count.explicit else 0.8, reasons),
        "period": Leaf(count.period, cues, "star_counts.period", 0.85),
        "scope": Leaf(count.scope, own, "star_counts.scope", 0.7),
    }
