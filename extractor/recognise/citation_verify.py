"""A second reading of the digits of a citation, from the picture, where the first was not sure.

Tesseract slips on printed digits without saying more than a lower confidence ("37/2023" for "37/2025"). The words
that hold the digits are read again in several cuts by the reader of handwriting (PP-OCRv6, digits only); what most
cuts agree on is a second voice. It stands against the first only where that was doubtful, and the change is told
with both readings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import regex

from extractor.document import BBox, Document, Span
from extractor.ocr.handwriting import broad_reader, line_variants
from extractor.recognise.citation import Mention, Piece
from extractor.recognise.citation_grammar import grammar_of
from extractor.ruleset import RuleSet
from extractor.text.dates import match_at, scan
from extractor.text.identifiers import Identifier
from extractor.text.numerals import digits

#: Words the first reader was sure of are left alone.
SURE = 0.9
#: Below this the second voice decides; above it the two only disagree.
DOUBTFUL = 0.8
_MARGIN = 2.0
_NUMBER = regex.compile(r"(?<!\d)(?P<number>\d{1,6})(?:\s?/\s?(?P<year>\d{4}))?(?!\d)")
_DIGITS = regex.compile(r"\d+(?:[/.-]+\d+)*")
_WHOLE = regex.compile(r"\d{1,6}\s?[/-]\s?\p{Lu}[\p{L}\d/-]*")
READ_AGAIN = "Chữ số đọc lại từ ảnh: lần đầu {raw}, lần hai {value}."
SYMBOL_AGAIN = "Ký hiệu đọc lại từ ảnh: lần đầu {raw}, lần hai {value}."
DISAGREE = "Hai lần đọc chữ số khác nhau: {raw} và {value}. Hãy xem ô ảnh và xác nhận."


@dataclass(frozen=True, slots=True)
class DigitString:
    """Printed digits of a citation: where they are on the page, what the first reader read, how sure it was."""

    span: Span
    page: int
    bbox: BBox
    text: str
    confidence: float


def digit_strings(document: Document, span: Span) -> Iterator[DigitString]:
    """The words with digits that share a code point with the span, in text order."""
    for line in document.lines_in(span):
        for placed in line.words:
            if placed.start < span.end and placed.end > span.start and any(c.isdigit() for c in placed.word.text):
                word = placed.word
                yield DigitString(Span(placed.start, placed.end), line.page, word.bbox, word.text, word.confidence)


def verify(document: Document, rules: RuleSet, mention: Mention) -> Mention:
    """The mention with its number and date read a second time where the first reading was doubtful."""
    if document.picture is None or not any(page.text_source == "ocr" for page in document.pages):
        return mention  # before the reader is asked for: loading it costs more than a born-digital page
    if broad_reader() is None:
        return mention
    if mention.number is not None:
        mention = _number(document, mention)
    if mention.identifier is not None and not mention.strong:
        mention = _symbol(document, rules, mention, mention.identifier)
    if mention.date is not None:
        mention = _date(document, mention, mention.date)
    return mention


def _number(document: Document, mention: Mention) -> Mention:
    assert mention.number is not None
    assert mention.identifier is not None
    word = next(iter(digit_strings(document, mention.number)), None)
    if word is None or word.confidence >= SURE or not _scanned(document, word.page):
        return mention
    voice = _voice(document, word, _NUMBER)
    match = _NUMBER.search(voice) if voice else None
    identifier = mention.identifier
    if match is None or identifier.number is None or match["number"] == identifier.number:
        return mention
    if match["number"].endswith(identifier.number):  # a stroke at the edge of the cut
        return mention
    if match["year"] and identifier.year and match["year"] != identifier.year:
        return _doubted(mention, identifier.text, voice or "")
    raw = document.text[mention.number.start : mention.number.end]
    if word.confidence >= DOUBTFUL or len(match["number"]) != len(identifier.number):
        return _doubted(mention, raw, match["number"])
    reason = READ_AGAIN.format(raw=raw, value=match["number"])
    changed = replace(identifier, number=match["number"], reasons=(*identifier.reasons, reason))
    return _doubted(mention.having(identifier=changed), raw, match["number"])


def _symbol(document: Document, rules: RuleSet, mention: Mention, identifier: Identifier) -> Mention:
    """A symbol that no rule knows, read again: taken when it is known then and the number is the same."""
    word = next(iter(digit_strings(document, mention.span)), None)
    if word is None or word.confidence >= DOUBTFUL or not _scanned(document, word.page):
        return mention
    voice = _voice(document, word, _WHOLE)
    grammar = grammar_of(rules)
    again = grammar.parse(voice) if voice else None
    if again is None or again.number != identifier.number or again.symbol == identifier.symbol:
        return mention
    if not grammar.parts.knows(regex.split(r"[-/]", again.symbol)[0]):
        return mention
    reason = SYMBOL_AGAIN.format(raw=identifier.text, value=again.text)
    changed = replace(identifier, symbol=again.symbol, reasons=(*identifier.reasons, reason))
    return mention.having(identifier=changed, symbol_type=grammar.parts.type_of(changed.symbol))


def _date(document: Document, mention: Mention, date: Piece) -> Mention:
    """The date read again with the second voice's digits in the place of the doubtful words."""
    text, at, lowest = "", date.span.start, 1.0
    for word in digit_strings(document, date.span):
        if word.confidence >= SURE or not _scanned(document, word.page) or word.span.start < at:
            continue
        voice = _voice(document, word, _DIGITS)
        if voice is None or digits(word.text) == (voice, False):
            continue
        text += document.text[at : word.span.start] + voice
        at, lowest = word.span.end, min(lowest, word.confidence)
    if lowest == 1.0:
        return mention
    again = match_at(text + document.text[at : date.span.end], 0) or next(
        scan(text + document.text[at : date.span.end]), None
    )
    if again is None or again.value == date.value:
        return mention
    raw = " ".join(document.text[date.span.start : date.span.end].split())
    if lowest >= DOUBTFUL or len(again.value) != len(date.value):
        return _doubted(mention, raw, _shown(again.value))
    reasons = (*date.reasons, READ_AGAIN.format(raw=raw, value=_shown(again.value)))
    changed = replace(date, value=again.value, confidence=0.8, reasons=reasons)
    return _doubted(mention.having(date=changed), raw, _shown(again.value))


def _shown(value: str) -> str:
    return "/".join(reversed(value.split("-")))


def _doubted(mention: Mention, raw: str, value: str) -> Mention:
    return mention.having(doubts=(*mention.doubts, DISAGREE.format(raw=raw, value=value)))


def _scanned(document: Document, number: int) -> bool:
    return any(page.number == number and page.text_source == "ocr" for page in document.pages)


def _voice(document: Document, word: DigitString, pattern: regex.Pattern[str]) -> str | None:
    """What at least two of three cuts of the word agree on, None without agreement.

    One cut is enough where it bears the first reading out.
    """
    reader, picture = broad_reader(), document.picture
    if reader is None or picture is None:
        return None
    pixels = picture(word.page).crop(word.bbox, _MARGIN)
    if min(pixels.shape[:2]) < 8:
        return None
    red, wide, _, dark = line_variants(pixels)
    votes: Counter[str] = Counter()
    first = ""
    for cut in (red, wide, dark):
        same = cut is not red and np.array_equal(cut, red)  # the darkest channel of a grey page is its red one
        text = first if same else reader.text(reader.look(cut))
        first = text if cut is red else first
        match = pattern.search(text)
        if match is None:
            continue
        voice = regex.sub(r"\.?/\.?", "/", match[0].replace(" ", ""))
        if not votes and word.text.startswith(voice):
            return voice
        votes[voice] += 1
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] >= 2 else None
