"""What was read → a document in reading order with zones."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from extractor.document import Document, Page, Reading, Zone, ZoneKind
from extractor.layout import assemble, markdown, plain, zones
from extractor.layout.compose import page_pieces
from extractor.layout.mend import mend
from extractor.layout.unwrap import printed_breaks, split_columns, split_heading, unwrap
from extractor.ruleset import RuleSet
from extractor.text.normalise import normalise


def arrange(reading: Reading, rules: RuleSet) -> Document:
    """The document of a reading: pages of words, or text when the format has no pages."""
    return _from_text(reading, rules) if reading.text is not None else _from_pages(reading, rules)


def from_text(text: str, rules: RuleSet, zone: ZoneKind | None = None) -> Document:
    """A plain-text document; with `zone` the whole text is that zone."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    page = Page(1, 0.0, 0.0, "embedded")
    document = arrange(Reading("text.txt", digest, "text/plain", (page,), text), rules)
    if zone is not None:
        document = replace(document, zones=(Zone(zone, 0, len(document.text)),))
    return document


def _from_text(reading: Reading, rules: RuleSet) -> Document:
    assert reading.text is not None
    text, offsets = normalise(reading.text)
    text, offsets = markdown.strip(split_columns(text, reading.text, offsets), offsets)
    text = unwrap(split_heading(printed_breaks(text)))
    tables = plain.map_tables(reading.tables, offsets, len(text))
    document = Document(
        filename=reading.filename,
        sha256=reading.sha256,
        media_type=reading.media_type,
        pages=reading.pages,
        text=text,
        blocks=plain.blocks(text, tables),
        tables=tables,
        notices=reading.notices,
        original=reading.text,
        offsets=offsets,
        picture=reading.picture,
        engines=reading.engines,
    )
    return zones.mark(document, (), rules)


def _from_pages(reading: Reading, rules: RuleSet) -> Document:
    written = assemble.write([(page, page_pieces(page)) for page in reading.pages])
    document = Document(
        filename=reading.filename,
        sha256=reading.sha256,
        media_type=reading.media_type,
        pages=reading.pages,
        text=written.text,
        lines=tuple(written.lines),
        blocks=tuple(written.blocks),
        tables=assemble.joined_tables(reading.pages, written.placed),
        notices=reading.notices,
        picture=reading.picture,
        engines=reading.engines,
    )
    return zones.mark(mend(document, rules), tuple(written.placed), rules)
