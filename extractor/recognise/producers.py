"""Producers (chủ thể) named in prose and tables (the work is done in `extractor.programme`)."""

from __future__ import annotations

from extractor.document import Document, Span
from extractor.programme import understand
from extractor.recognise.base import Finding, Found, Leaf
from extractor.ruleset import RuleSet


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The producers of a document, each once."""
    found = Found()
    for maker in understand(document, rules).makers:
        span = (Span(maker.start, maker.end),)
        leaves = {
            "name": Leaf(maker.name, span, "producers.named", 0.93),
            "kind": Leaf(maker.kind, span, "producers.kind_word", 0.96),
            "locality": Leaf(None, span, "producers.locality"),
            "product_count": Leaf(None, span, "producers.product_count"),
        }
        found.findings.append(Finding("producers", leaves))
    return found
