"""Lists of citations: what one mention tells about its neighbours.

    các Công văn: số A ngày …, số B ngày …          the type word, and the agency before it, hold for all
    số A và số B ngày … của X                       date and agency at the end hold for both
    Thông tư A và được sửa đổi tại Thông tư B của X   X issued both
    X tại Tờ trình A ngày … và Báo cáo B ngày …       X stands before both

A date is never shared between laws ("Luật số A, Luật số B ngày …": it belongs to one of them), nor against a year that
stands in the identifier.
"""

from __future__ import annotations

import regex

from extractor.recognise.citation import Flow, Mention, Piece, cue
from extractor.ruleset import FieldRules
from extractor.text.dates import year_of


def share(flow: Flow, rules: FieldRules, found: list[Mention]) -> list[Mention]:
    """The mentions with what their neighbours tell."""
    found = _typed(flow, rules, found)
    found = _from_next(flow, rules, found)
    return _from_previous(flow, rules, found)


def _typed(flow: Flow, rules: FieldRules, found: list[Mention]) -> list[Mention]:
    """The type word and the agency of the list's head for members without their own."""
    done: list[Mention] = []
    head: Mention | None = None
    for mention in found:
        if head is not None and _ended(flow, rules, head.span.end, mention.start):
            head = None
        if mention.word is None:
            lead = head or (done[-1] if done and _glued(flow, rules, done[-1], mention) else None)
            if lead is not None and lead.word is not None and mention.symbol_type in (None, "CV", lead.word):
                mention = mention.having(word=lead.word, word_span=lead.word_span)
                if mention.agency is None and lead.agency_source == "head":
                    mention = mention.having(agency=lead.agency, agency_source="head")
            elif lead is None and not mention.strong:
                continue
        elif mention.plural:
            head = mention
        done.append(mention)
    return done


def _ended(flow: Flow, rules: FieldRules, start: int, end: int) -> bool:
    stops = cue(rules, "sentence").finditer(flow.text, start, end)
    return any(not stop[0].startswith(";") for stop in stops)


def _from_next(flow: Flow, rules: FieldRules, found: list[Mention]) -> list[Mention]:
    for index in range(len(found) - 2, -1, -1):
        one, other = found[index], found[index + 1]
        glued = _glued(flow, rules, one, other)
        amended = cue(rules, "amended").fullmatch(flow.bare, one.end, other.start) is not None
        if glued and one.date is None and other.date is not None and _same_day(one, other):
            one = one.having(date=_shared(other.date))
        told = other.agency is not None and other.agency_source != "head" and issuer(one) == issuer(other)
        if (glued or amended) and told and other.agency and one.agency is None and one.subject is None:
            one = one.having(agency=_shared(other.agency), agency_source="shared")
        found[index] = one
    return found


def _from_previous(flow: Flow, rules: FieldRules, found: list[Mention]) -> list[Mention]:
    for index in range(1, len(found)):
        one, other = found[index - 1], found[index]
        if other.agency is not None or one.agency is None or one.agency_source != "head":
            continue
        end = one.subject.span.end if one.subject and issuer(one) == issuer(other) else one.end
        if cue(rules, "glue").fullmatch(flow.text, end, other.start):
            found[index] = other.having(agency=one.agency, agency_source="head")
    return found


def _glued(flow: Flow, rules: FieldRules, one: Mention, other: Mention) -> bool:
    return cue(rules, "glue").fullmatch(flow.text, one.end, other.start) is not None


def _same_day(one: Mention, other: Mention) -> bool:
    if one.identifier is None or other.identifier is None or other.date is None:
        return False
    if one.symbol_type == "L" or one.identifier.symbol != other.identifier.symbol:
        return False
    return one.identifier.year in (None, year_of(other.date.value))


def issuer(mention: Mention) -> str | None:
    """The last part of the symbol: who issued it, in short."""
    return None if mention.identifier is None else regex.split(r"[-/]", mention.identifier.symbol)[-1]


def _shared(found: Piece) -> Piece:
    return Piece(found.value, found.span, found.rule, min(found.confidence, 0.9), found.reasons)
