"""Numbers of citations that were written by hand or stamped into a printed line: "Quyết định số [87] /QĐ-UBND".

The line from "số" to the symbol is cut out and read by the reader of handwriting in several ways; the number is
given when their mean probability is high, or when a lower one repeats a number that the document gives elsewhere for
the same symbol.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import regex

from extractor.document import BBox, Document, Span
from extractor.ocr.handwriting import broad_reader, line_variants
from extractor.recognise.citation import Mention

ALONE = 0.85
REPEATED = 0.4
_MARGIN = 3.0
_LABEL = regex.compile(r"[sS][ốôóòồổỗoõỏ]\s*[:.,]*\s*$")
WRITTEN = "Số đọc từ chữ viết tay trên ảnh; hãy đối chiếu với ô ảnh."


def fill(document: Document, found: list[Mention]) -> list[Mention]:
    """The mentions with the numbers that could be read from the picture."""
    votes = {id(mention): _read(document, mention) for mention in found if mention.unreadable is not None}
    if not any(votes.values()):
        return found
    votes = _pooled(found, votes)
    known: set[tuple[str, str | None]] = {(m.identifier.symbol, m.identifier.number) for m in found if m.identifier}
    for mention in found:
        number, share = votes.get(id(mention)) or ("", 0.0)
        if share >= ALONE and mention.identifier:
            known.add((mention.identifier.symbol, number))
    return [_filled(mention, votes.get(id(mention)), known) for mention in found]


def _pooled(found: list[Mention], votes: dict[int, tuple[str, float] | None]) -> dict[int, tuple[str, float] | None]:
    """Places that were written apart and read alike speak for each other."""
    doubt: dict[tuple[str, str], float] = defaultdict(lambda: 1.0)
    for mention in found:
        vote = votes.get(id(mention))
        if vote is not None and mention.identifier is not None:
            doubt[mention.identifier.symbol, vote[0]] *= 1 - vote[1]
    return {
        id(m): (vote[0], 1 - doubt[m.identifier.symbol, vote[0]])
        if (vote := votes.get(id(m))) and m.identifier
        else None
        for m in found
    }


def _filled(mention: Mention, vote: tuple[str, float] | None, known: set[tuple[str, str | None]]) -> Mention:
    if vote is None or mention.identifier is None:
        return mention
    number, share = vote
    repeated = (mention.identifier.symbol, number) in known
    if share < (REPEATED if repeated else ALONE):
        return mention
    identifier = replace(mention.identifier, number=number, reasons=(*mention.identifier.reasons, WRITTEN))
    return mention.having(identifier=identifier, written=True, certainty=max(share, 0.8 if repeated else 0.0))


def _read(document: Document, mention: Mention) -> tuple[str, float] | None:
    """The likeliest number and its mean probability; None without a picture, a label, or ink."""
    box = _box(document, mention)
    if box is None or document.picture is None:
        return None
    page = document.page_at(mention.span.end - 1)
    if not any(p.number == page and p.text_source == "ocr" for p in document.pages):
        return None
    reader = broad_reader()
    if reader is None:
        return None
    shares: dict[str, float] = defaultdict(float)
    cuts = line_variants(document.picture(page).crop(box, _MARGIN))
    for cut in cuts:
        slot = reader.read(reader.look(cut), "number").get("number")
        for number, share in slot.ballot.items() if slot else ():
            shares[number] += share / len(cuts)
    best = max(shares, key=lambda number: shares[number], default="")
    return (best, shares[best]) if best else None


def _box(document: Document, mention: Mention) -> BBox | None:
    """The box from the label to the symbol, when both stand on one line."""
    if mention.unreadable is None:
        return None
    label = _LABEL.search(document.text, max(0, mention.unreadable.start - 12), mention.unreadable.start)
    if label is None:
        return None
    lines = list(document.lines_in(Span(label.start(), mention.span.end)))
    if len(lines) != 1:
        return None
    return BBox.around(word.word.bbox for word in document.words_in(Span(label.start(), mention.span.end)))
