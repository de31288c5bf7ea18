"""What belongs to a citation beside its number: the date, the agency, the subject, and whether it is a basis."""

from __future__ import annotations

import regex

from extractor.document import Span
from extractor.recognise.citation import Flow, Mention, Piece, cue, single_line
from extractor.recognise.citation_agency import before, by_whom, contradicts, name_at, trimmed
from extractor.recognise.citation_clause import clause, is_basis
from extractor.ruleset import FieldRules
from extractor.text.dates import match_at, scan, year_of

_SUBJECT = 320


def complete(flow: Flow, rules: FieldRules, found: list[Mention]) -> list[Mention]:
    """The mentions with what stands around each of them."""
    done = []
    for index, mention in enumerate(found):
        paragraph = flow.text.find("\f", mention.span.end)
        limit = paragraph if paragraph >= 0 else len(flow.text)
        if index + 1 < len(found):
            limit = min(limit, found[index + 1].start)
        near = found[index - 1].span.end if index else 0
        done.append(_around(flow, rules, _behind(flow, rules, mention, limit), near, limit))
    return done


def _behind(flow: Flow, rules: FieldRules, mention: Mention, limit: int) -> Mention:
    """Date and agency, in either order, right behind the number."""
    for _ in range(3):
        date = None if mention.date else _date(flow, rules, mention, limit)
        if date is not None:
            mention = mention.having(date=date, end=date.span.end)
            continue
        agency = None if mention.agency else _agency(flow, rules, mention, limit)
        if agency is None:
            broken = cue(rules, "broken_date").match(flow.bare, mention.end, limit)
            if broken is None:
                break
            mention = mention.having(end=broken.end())
            continue
        mention = mention.having(agency=agency, agency_source="own", end=agency.span.end)
    return mention


def _date(flow: Flow, rules: FieldRules, mention: Mention, limit: int) -> Piece | None:
    lead = cue(rules, "date_lead").match(flow.bare, mention.end, limit)
    if lead is None:
        return None
    found = match_at(flow.text, lead.end(), limit, year_only=True)
    if found is None:
        return None
    confidence = 0.97 if len(found.value) == 10 and not found.reasons else 0.9
    year = mention.identifier.year if mention.identifier else None
    if year is not None and year_of(found.value) != year:
        return (
            None
            if mention.symbol_type == "L"
            else Piece(
                found.value,
                found.span,
                "references.date",
                0.5,
                (*found.reasons, f"Năm trong ngày khác năm {year} trong số hiệu."),
            )
        )
    return Piece(found.value, found.span, "references.date", confidence, found.reasons)


def _agency(flow: Flow, rules: FieldRules, mention: Mention, limit: int) -> Piece | None:
    lead = cue(rules, "agency_lead").match(flow.text, mention.end, limit)
    if lead is not None:
        return name_at(flow, rules, lead.end(), limit)
    bare = cue(rules, "agency_bare").match(flow.text, mention.end, limit) if mention.date else None
    if bare is None or cue(rules, "agency_head").match(flow.text, bare.end(), limit) is None:
        return None
    name = name_at(flow, rules, bare.end(), limit)
    return name if name and cue(rules, "issued_by").match(flow.bare, name.span.end, limit) else None


def _around(flow: Flow, rules: FieldRules, mention: Mention, near: int, limit: int) -> Mention:
    opener, floor = clause(flow, rules, mention.start)
    basis = opener if opener is not None and is_basis(flow, opener) else None
    if basis is not None and cue(rules, "closes_basis").search(flow.text, basis.end, mention.start):
        basis = None
    mention = mention.having(basis=basis, subject=mention.subject or _subject(flow, rules, mention, limit))
    if mention.agency is None:
        mention = _issuer(flow, rules, mention, floor, near, limit)
    if mention.date is None:
        mention = mention.having(date=_issued_before(flow, rules, mention, floor))
    return mention


def _issuer(flow: Flow, rules: FieldRules, mention: Mention, floor: int, near: int, limit: int) -> Mention:
    """The mention with the agency from somewhere else than right behind it; never one that its symbol gainsays."""
    end = mention.subject.span.end if mention.subject else mention.end
    late = by_whom(flow, rules, mention.end, min(limit, end + 80))
    if late is not None:
        return mention.having(agency=late, agency_source="own", subject=_cut(flow, mention.subject, late))
    name = _between(flow, rules, mention) or before(flow, rules, mention.start, floor, near)
    if name is None or contradicts(rules, name, _issuers(mention)):
        return mention
    return mention.having(agency=name, agency_source="head")


def _cut(flow: Flow, subject: Piece | None, agency: Piece) -> Piece | None:
    """The subject without the "do X ban hành" at its end."""
    if subject is None or subject.span.end <= agency.span.start:
        return subject
    end = trimmed(flow.text, subject.span.start, agency.span.start - len("do "))
    text = single_line(flow.text[subject.span.start : end])
    return Piece(text, Span(subject.span.start, end), subject.rule, subject.confidence) if len(text) > 8 else None


def _issuers(mention: Mention) -> set[str]:
    """The parts of the symbol that may name the issuer."""
    return set(regex.split(r"[-/]", mention.identifier.symbol)) if mention.identifier else set()


def _between(flow: Flow, rules: FieldRules, mention: Mention) -> Piece | None:
    """As in "các Nghị định của Chính phủ: Số …": the agency between the type word and the number."""
    if mention.word_span is None:
        return None
    lead = cue(rules, "agency_lead").search(flow.text, mention.word_span.end, mention.span.start)
    if lead is None or cue(rules, "agency_head").match(flow.text, lead.end(), mention.span.start) is None:
        return None
    return name_at(flow, rules, lead.end(), mention.span.start)


def _issued_before(flow: Flow, rules: FieldRules, mention: Mention, floor: int) -> Piece | None:
    """As in "Ngày 05/5/2022, UBND tỉnh ban hành Quyết định số …": the day of issue stands first."""
    lead = cue(rules, "issued_on_before").search(flow.bare, floor, mention.start)
    if lead is None:
        return None
    for found in scan(flow.text, lead.start(), lead.end()):
        return Piece(found.value, found.span, "references.date_before", 0.85, found.reasons)
    return None


def _subject(flow: Flow, rules: FieldRules, mention: Mention, limit: int) -> Piece | None:
    lead = cue(rules, "subject_lead").match(flow.text, mention.end, limit)
    if lead is None:
        return None
    end = min(limit, mention.end + _SUBJECT)
    stop = cue(rules, "subject_stop").search(flow.text, lead.end(), end)
    end = stop.start() if stop else end
    end = trimmed(flow.text, lead.end(), end)
    text = single_line(flow.text[lead.end() : end])
    if len(text) < 8 or (stop is None and end - lead.end() >= _SUBJECT - 5):
        return None
    return Piece(text, Span(lead.end(), end), "references.subject", 0.8)
