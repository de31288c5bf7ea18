"""Who issued a cited document: the name behind it ("của X"), or before it ("đề nghị của X tại Tờ trình số …").

A name has no end of its own in running text; it ends before the first word that no name of an agency holds (`agency_stop`).
A name that stands between two fixed words ("của X tại") is taken whole.
"""

from __future__ import annotations

import regex

from extractor.document import Span
from extractor.recognise.citation import Flow, Piece, cue, single_line
from extractor.ruleset import FieldRules

_MOST = 170
_QUOTES = "\"“”‘’'«»"
_ABBREVIATION = regex.compile(r"\s*\(\p{Lu}[\p{L}\d&-]{1,11}\)")


def name_at(flow: Flow, rules: FieldRules, start: int, limit: int) -> Piece | None:
    """The name that begins at `start` and ends before the first stop, None when there is none."""
    limit = min(limit, start + _MOST)
    end = start
    skipped: list[Span] = []
    while (stop := _next_stop(flow, rules, end, limit)) is not None:
        end = stop
        if flow.text[end] == "," and _comma_inside(flow, rules, start, end, limit):
            end += 1
        elif (bracket := _ABBREVIATION.match(flow.text, end, limit)) and _goes_on(flow, rules, bracket.end(), limit):
            skipped.append(Span(bracket.start(), bracket.end()))
            end = bracket.end()
        elif _about_inside(flow, rules, start, end, limit):
            end += 2
        else:
            break
    else:
        end = limit
    return piece(flow, rules, start, end, tuple(skipped))


def piece(flow: Flow, rules: FieldRules, start: int, end: int, skipped: tuple[Span, ...] = ()) -> Piece | None:
    """The name between two offsets, its quotes and spaces trimmed; brackets in `skipped` are no part of the value."""
    while start < end and (flow.text[start].isspace() or flow.text[start] in _QUOTES):
        start += 1
    while end > start and (flow.text[end - 1].isspace() or flow.text[end - 1] in _QUOTES + ",.-–"):
        end -= 1
    text = flow.text[start:end]
    for span in reversed(skipped):
        text = text[: span.start - start] + text[span.end - start :]
    name = single_line(text)
    if len(name) < 2 or not name[0].isupper() and not name.startswith("liên"):
        return None
    return Piece(name, Span(start, end), "references.agency")


def _next_stop(flow: Flow, rules: FieldRules, start: int, limit: int) -> int | None:
    found = [
        match.start()
        for match in (
            cue(rules, "agency_stop").search(flow.bare, start, limit),
            cue(rules, "agency_stop_word").search(flow.text, start, limit),
            cue(rules, "agency_about").search(flow.text, start, limit),
            cue(rules, "bracket").search(flow.text, start, limit),
        )
        if match is not None
    ]
    return min(found, default=None)


def _comma_inside(flow: Flow, rules: FieldRules, start: int, comma: int, limit: int) -> bool:
    if cue(rules, "compound").match(flow.text, start, comma) is None:
        return False
    if cue(rules, "agency_head").match(flow.text, comma + 2, limit) is not None:
        return False
    return cue(rules, "inner_comma").match(flow.text, comma, limit) is not None


def _goes_on(flow: Flow, rules: FieldRules, at: int, limit: int) -> bool:
    """Whether a name goes on behind a bracketed abbreviation: "… nông thôn mới (NTM) tỉnh X"."""
    stop = _next_stop(flow, rules, at, limit)
    return stop is not None and stop > at + 1


def _about_inside(flow: Flow, rules: FieldRules, start: int, at: int, limit: int) -> bool:
    """ "Ban Chỉ đạo về chuyển đổi số về việc …": the first "về" belongs to the name, the second opens the subject."""
    if cue(rules, "agency_about").match(flow.text, at, limit) is None:
        return False
    if cue(rules, "committee").match(flow.text, start, at) is None:
        return False
    return cue(rules, "about_again").match(flow.bare, at, limit) is not None


def before(flow: Flow, rules: FieldRules, start: int, floor: int) -> Piece | None:
    """The agency that the words before a citation name; `floor` is where its clause begins."""
    return (
        _at_request(flow, rules, start, floor)
        or _passive(flow, rules, start, floor)
        or _subject(flow, rules, start, floor)
        or _has_done(flow, rules, start, floor)
    )


def _at_request(flow: Flow, rules: FieldRules, start: int, floor: int) -> Piece | None:
    """ "theo đề nghị của X tại Tờ trình": the last "của X tại" of the clause."""
    pattern = cue(rules, "from_before")
    for at in reversed([match.start() for match in regex.finditer(r"[củùúeủ]{2,3}a\s", flow.text[floor:start])]):
        match = pattern.match(flow.text, floor + at, start)
        if match is not None and cue(rules, "away").search(flow.bare, match.end(), start) is None:
            return piece(flow, rules, match.start("agency"), match.end("agency"))
    return None


def _passive(flow: Flow, rules: FieldRules, start: int, floor: int) -> Piece | None:
    match = cue(rules, "passive").search(flow.text, floor, start)
    if match is None or cue(rules, "agency_head").match(flow.text, match.start("agency")) is None:
        return None
    return piece(flow, rules, match.start("agency"), match.end("agency"))


def _subject(flow: Flow, rules: FieldRules, start: int, floor: int) -> Piece | None:
    """ "UBND tỉnh đã ban hành Kế hoạch số …": the name right before the verb."""
    verb = cue(rules, "has_issued").search(flow.bare, max(floor, start - 80), start)
    if verb is None:
        return None
    return _name_until(flow, rules, verb.start(), floor)


def _name_until(flow: Flow, rules: FieldRules, end: int, floor: int) -> Piece | None:
    """The longest name that ends at `end`: from an agency's first word, with no stop in between."""
    for head in cue(rules, "agency_head").finditer(flow.text, max(floor, end - _MOST), end):
        found = name_at(flow, rules, head.start(), end)
        if found is not None and found.span.end >= end - 1:
            return found
    return None


def _has_done(flow: Flow, rules: FieldRules, start: int, floor: int) -> Piece | None:
    match = cue(rules, "has_done").match(flow.text, floor, start)
    if match is None or cue(rules, "agency_head").match(flow.text, floor) is None:
        return None
    return _name_until(flow, rules, match.end("agency"), floor)
