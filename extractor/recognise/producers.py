"""Producers (chủ thể) named in prose and tables (the work is done in `extractor.programme`)."""

from __future__ import annotations

import regex

from extractor.document import Document, Span
from extractor.programme import Understanding, understand
from extractor.programme.counts import Count
from extractor.programme.makers import Maker
from extractor.programme.merging import folded_name
from extractor.recognise.base import Finding, Found, Leaf
from extractor.ruleset import RuleSet

_OF = regex.compile(r"\s*(?:ocop\s*)?của\s*")


def _place(reading: Understanding, maker: Maker) -> tuple[str, tuple[int, int]] | None:
    """The place given beside one of the producer's products."""
    name = folded_name(maker.name)
    for draft in reading.products:
        if draft.place and draft.place_span and draft.producer and folded_name(draft.producer) == name:
            return draft.place, draft.place_span
    return None


def _stated(reading: Understanding, maker: Maker) -> Count | None:
    """The count in "3 sản phẩm của Công ty Y"."""
    name = folded_name(maker.name)
    for count in reading.every_count:
        if count.unit == "product":
            link = _OF.match(reading.view.folded, count.end)
            if link and folded_name(reading.view.text[link.end() : link.end() + len(maker.name)]) == name:
                return count
    return None


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The producers of a document, each once."""
    found = Found()
    reading = understand(document, rules)
    for maker in reading.makers:
        place, stated = _place(reading, maker), _stated(reading, maker)
        span = (Span(maker.start, maker.end),)
        leaves = {
            "name": Leaf(maker.name, span, "producers.named", 0.93),
            "kind": Leaf(maker.kind, span, "producers.kind_word", 0.96),
            "locality": Leaf(place[0], (Span(*place[1]),), "producers.locality", 0.8)
            if place
            else Leaf(None, span, ""),
            "product_count": Leaf(stated.number, (Span(stated.start, stated.end),), "producers.product_count", 0.85)
            if stated
            else Leaf(None, span, ""),
        }
        found.findings.append(Finding("producers", leaves))
    return found
