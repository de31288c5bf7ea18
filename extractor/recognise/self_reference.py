"""Whether a mention names the document itself: its own number again, or the heading of an appendix to it.

"(Kèm theo Quyết định số …/QĐ-UBND ngày …)" under the heading of an appendix names the document, and its number is
often written by hand there, so OCR may give another or none. The same words in running text ("Quy chế ban hành kèm
theo Quyết định số …") cite another document.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from extractor.recognise.base import Found
from extractor.recognise.citation import Flow, Mention, cue
from extractor.ruleset import FieldRules
from extractor.text.dates import agree, year_of


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of the document itself."""

    identifier: str | None
    number: str | None
    symbol: str | None
    issued_on: str | None

    @staticmethod
    def of(known: Found) -> Own:
        """From the findings of the header."""
        return Own(known.value("identifier"), known.value("number"), known.value("symbol"), known.value("issued_on"))


def is_self(flow: Flow, rules: FieldRules, own: Own, mention: Mention) -> bool:
    """Whether the mention names the document itself."""
    if mention.identifier is None or not _same_time(own, mention):
        return False
    if own.identifier is not None and mention.identifier.text.casefold() == own.identifier.casefold():
        return True
    if own.symbol is not None and mention.identifier.symbol.casefold() != own.symbol.casefold():
        return False
    attached = cue(rules, "attached").search(flow.bare, max(0, mention.start - 90), mention.start)
    if attached is not None:
        return attached.groupdict().get("inline") is None or own.symbol is not None
    hurt = cue(rules, "attached_hurt").search(flow.bare, max(0, mention.start - 60), mention.start)
    return hurt is not None and _near(own, mention)


def _same_time(own: Own, mention: Mention) -> bool:
    """Numbers begin again each year: a date in another year is another document."""
    if own.issued_on is None or mention.date is None:
        return True
    return agree(own.issued_on, mention.date.value) or year_of(own.issued_on) == year_of(mention.date.value)


def _near(own: Own, mention: Mention) -> bool:
    number = mention.identifier.number if mention.identifier else None
    return own.number is None or number is None or Levenshtein.distance(own.number, number) <= 1
