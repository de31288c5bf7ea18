"""Who issued a cited document: the name behind it ("của X"), or before it ("đề nghị của X tại Tờ trình số …").

A name has no end of its own in running text; it ends before the first word that no name of an agency holds
(`agency_stop`). A name that stands between two fixed words ("của X tại") is taken whole.
"""

from __future__ import annotations

import regex

from extractor.document import Span
from extractor.places import gazetteer
from extractor.recognise.citation import Flow, Piece, cue, single_line
from extractor.ruleset import FieldRules
from extractor.text.normalise import fold

_MOST = 170
_QUOTES = "\"“”‘’'«»"
_TAIL = regex.compile(rf"(?:[\s,.\-–(]|[{_QUOTES}]|\s(?:và|hoặc|cùng|của|tại|theo|các))+$")
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
    end = trimmed(flow.text, start, end)
    end = _without_person(flow, rules, start, end)
    text = flow.text[start:end]
    for span in reversed(skipped):
        text = text[: span.start - start] + text[span.end - start :]
    name = single_line(text)
    if len(name) < 2 or (not name[0].isupper() and not name.startswith("liên")):
        return None
    return Piece(name, Span(start, end), "references.agency")


def _without_person(flow: Flow, rules: FieldRules, start: int, end: int) -> int:
    """The end of an office without the person who holds it; a place that begins like a family name stays."""
    match = cue(rules, "holder").fullmatch(flow.text, start, end)
    if match is None or gazetteer().named(" ".join(match["person"].split())):
        return end
    return int(match.start("person"))


def trimmed(text: str, start: int, end: int) -> int:
    """The end of a phrase without the spaces, commas and conjunctions that hang on it."""
    tail = _TAIL.search(text, start, end)
    return tail.start() if tail else end


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
    offices = cue(rules, "two_offices").match(flow.text, start, limit)
    if offices is not None and start + len(offices[0].rstrip()) == comma + 1:
        return True
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
    """Whether this "về" belongs to the name and a later one opens the subject.

    As in "Ban Chỉ đạo về chuyển đổi số về việc kiện toàn …".
    """
    if cue(rules, "agency_about").match(flow.text, at, limit) is None:
        return False
    if cue(rules, "committee").match(flow.text, start, at) is None:
        return False
    return cue(rules, "about_again").match(flow.bare, at, limit) is not None


def before(flow: Flow, rules: FieldRules, start: int, floor: int, near: int) -> Piece | None:
    """The agency that the words before a citation name.

    `floor` is where its clause begins, `near` where the citation before it in the same clause ends.
    """
    second = _right_before(flow, rules, start, max(near, floor)) if near > floor else None
    return (
        second
        or _nearest(_at_request(flow, rules, start, floor), _passive(flow, rules, start, floor))
        or _right_before(flow, rules, start, floor)
        or _subject(flow, rules, start, floor)
        or _has_done(flow, rules, start, floor)
        or _introduced(flow, rules, start)
    )


def _nearest(one: Piece | None, other: Piece | None) -> Piece | None:
    """Of two names before a citation the one that stands nearer to it."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda name: name.span.start)


def _right_before(flow: Flow, rules: FieldRules, start: int, near: int) -> Piece | None:
    """As in "… và Giám đốc Sở X tại Tờ trình": the name between the citation before it and "tại"."""
    match = cue(rules, "right_before").search(flow.text, near, start)
    if match is None or cue(rules, "agency_head").match(flow.text, match.start("agency")) is None:
        return None
    name = name_at(flow, rules, match.start("agency"), match.end("agency"))
    return name if name is not None and name.span.end == match.end("agency") else None


def _at_request(flow: Flow, rules: FieldRules, start: int, floor: int) -> Piece | None:
    """As in "theo đề nghị của X tại Tờ trình": the last "của X tại" of the clause, or "của X (Tờ trình …"."""
    pattern = cue(rules, "from_before")
    for at in reversed([match.start() for match in regex.finditer(r"[củùúeủ]{2,3}a\s", flow.text[floor:start])]):
        match = pattern.match(flow.text, floor + at, start)
        if match is not None and cue(rules, "other_clause").search(
            flow.text, match.start("agency"), match.end("agency")
        ):
            return None
        if match is not None and cue(rules, "away").search(flow.bare, match.end(), start) is None:
            return piece(flow, rules, match.start("agency"), match.end("agency"))
    return None


def _passive(flow: Flow, rules: FieldRules, start: int, floor: int) -> Piece | None:
    match = cue(rules, "passive").search(flow.text, floor, start)
    if match is None or cue(rules, "agency_head").match(flow.text, match.start("agency")) is None:
        return None
    return piece(flow, rules, match.start("agency"), match.end("agency"))


def _subject(flow: Flow, rules: FieldRules, start: int, floor: int) -> Piece | None:
    """As in "UBND tỉnh đã ban hành Kế hoạch số …": the name right before the verb."""
    verb = cue(rules, "has_issued").search(flow.bare, max(floor, start - 80), start)
    if verb is None:
        return None
    return _name_until(flow, rules, verb.start(), floor)


def _name_until(flow: Flow, rules: FieldRules, end: int, floor: int) -> Piece | None:
    """The longest name that ends at `end`: from an agency's first word, with no stop in between."""
    for head in cue(rules, "agency_head").finditer(flow.text, max(floor, end - _MOST), end):
        found = name_at(flow, rules, head.start(), end)
        wanted = _without_person(flow, rules, head.start(), trimmed(flow.text, head.start(), end))
        if found is not None and found.span.end >= wanted - 1:
            return found
    return None


def _has_done(flow: Flow, rules: FieldRules, start: int, floor: int) -> Piece | None:
    match = cue(rules, "has_done").match(flow.text, floor, start)
    if match is None or cue(rules, "agency_head").match(flow.text, floor) is None:
        return None
    return _name_until(flow, rules, match.end("agency"), floor)


def _introduced(flow: Flow, rules: FieldRules, start: int) -> Piece | None:
    """As in "UBND huyện đã ban hành các văn bản:" above a list of citations, each on its own line."""
    begin = flow.text.rfind("\f", 0, start) + 1
    if cue(rules, "item").fullmatch(flow.text, begin, start) is None:
        return None
    while begin > 0:
        end = begin - 1
        begin = flow.text.rfind("\f", 0, end) + 1
        if flow.text[begin:end].rstrip().endswith(":"):
            verb = cue(rules, "issues_these").search(flow.bare, begin, end)
            return None if verb is None else _name_until(flow, rules, verb.start(), begin)
        if cue(rules, "item").match(flow.text, begin, end) is None:
            return None
    return None


def by_whom(flow: Flow, rules: FieldRules, start: int, limit: int) -> Piece | None:
    """As in "… về tiêu chí X do Bộ trưởng Bộ Y ban hành": the agency behind the subject."""
    match = cue(rules, "issued_by_end").search(flow.text, start, limit)
    return None if match is None else piece(flow, rules, match.start("agency"), match.end("agency"))


def contradicts(rules: FieldRules, agency: Piece, issuers: set[str]) -> bool:
    """Whether the symbol names another issuer than the agency that was found near it (`12/NQ-HĐND` by the UBND)."""
    names = rules.vocabulary.get("issuers", {})
    wanted = [word for part in issuers for word in names.get(part, ())]
    return bool(wanted) and not any(fold(word) in fold(agency.value) for word in wanted)
