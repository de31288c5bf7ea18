"""One reading of a document: counts, products and producers together, so that each helps the others."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from extractor.document import Document
from extractor.programme.counts import Count
from extractor.programme.flat import find_flat
from extractor.programme.frames import read_counts
from extractor.programme.lexicon import lexicon
from extractor.programme.makers import Maker, find_makers
from extractor.programme.mentions import complete
from extractor.programme.merging import merge, merge_makers
from extractor.programme.naming import mark_nested
from extractor.programme.products import Draft, draft_products
from extractor.programme.regions import find_regions
from extractor.programme.tables import Rows, read_tables
from extractor.programme.tally import settle
from extractor.programme.view import View, view_of
from extractor.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a document says of the programme."""

    view: View
    counts: tuple[Count, ...]
    products: tuple[Draft, ...]
    makers: tuple[Maker, ...]
    rows: Rows
    every_count: tuple[Count, ...] = ()


_last: list[tuple[Document, RuleSet, Understanding]] = []


def understand(document: Document, rules: RuleSet) -> Understanding:
    """The reading of a document; the last one is kept, for three recognisers ask in turn."""
    for known, with_rules, reading in _last:
        if known is document and with_rules is rules:
            return reading
    reading = _read(document, rules)
    _last[:] = [(document, rules, reading)]
    return reading


def forget() -> None:
    """Drop the reading that is kept, for measuring."""
    _last.clear()


def _read(document: Document, rules: RuleSet) -> Understanding:
    if not rules.programme or not _about_programme(document.text):
        return Understanding(View(document, "", "", [], []), (), (), (), Rows())
    words = lexicon(rules)
    flat = find_flat(document, words, rules)
    view = view_of(document, words, [(item.table, item.span) for item in flat])
    counts = read_counts(view)
    regions = find_regions(view, counts)
    mark_nested(regions, counts)
    for region in regions:
        if region.owner is not None:
            region.owner.names |= {item.name.text.lower() for item in region.listing.items}
    tables = [(table, None) for table in document.tables] + [(item.table, item.columns) for item in flat]
    rows = read_tables(view, tables, rules)
    products = merge([replace(draft) for draft in rows.products] + draft_products(view, regions, counts))
    complete(view, products)
    makers = rows.makers + [maker for span in view.paragraphs for maker in find_makers(view, span.start, span.end)]
    return Understanding(view, tuple(settle(counts)), tuple(products), tuple(merge_makers(makers)), rows, tuple(counts))


# The programme by its name, or what only its products are given: a rating in stars.
_PROGRAMME = regex.compile(r"mỗi xã,?\s*(?:phường,?\s*)?một sản phẩm")
_RATING = regex.compile(r"(?:đạt|hạng|công nhận|chứng nhận|tiêu chuẩn)\s[^.;]{0,25}[3-5] sao")


def _about_programme(text: str) -> bool:
    """Whether the document speaks of OCOP at all."""
    folded = " ".join(text.lower().split())
    return (
        "ocop" in folded
        or _PROGRAMME.search(folded) is not None
        or ("sản phẩm" in folded and _RATING.search(folded) is not None)
    )
