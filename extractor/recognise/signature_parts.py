"""A signature block that a web export put on one line falls apart: authorities, office, name."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from extractor.document import Document, Span
from extractor.recognise import offices, persons
from extractor.recognise.segments import Segment, trimmed
from extractor.ruleset import RuleSet

_CAPITALS = regex.compile(r"[^\p{Ll}()\[\]]*[\p{Lu}][^\p{Ll}()\[\]]*(?=[\s(\[]|$)")


def parts(segment: Segment, document: Document, rules: RuleSet) -> Iterator[Segment]:
    """A one-line block of a web export falls apart: capitals before the rest, authority by authority."""
    lead = first_authority(segment.text, rules)
    text, start = segment.text[lead:], segment.span.start + lead
    heading = _CAPITALS.match(text)
    edge = heading.end() if heading and offices.is_heading(heading[0]) and heading.end() < len(text) else len(text)
    borders = [0, *offices.cuts(text[:edge], rules), edge]
    if edge < len(text):
        borders += [m.start() + edge for m in regex.finditer(r"(?<=[)\]])\s*(?=\S)", text[edge:]) if m.start()] + [
            len(text)
        ]
    borders = sorted({*borders, *_name_edges(text, borders, rules)})
    for number, (begin, end) in enumerate(itertools.pairwise(borders)):
        first, last = trimmed(document.text, start + begin, start + end)
        if first < last:
            yield replace(
                segment, text=document.text[first:last], span=Span(first, last), apart=segment.apart and not number
            )


def _name_edges(text: str, borders: Sequence[int], rules: RuleSet) -> Iterator[int]:
    """Where a person's name follows an office on the same line: "Giám đốc: Nguyễn Văn An"."""
    names = persons.vocabulary(rules)
    for begin, end in itertools.pairwise(borders):
        for word in regex.finditer(r"(?<=\s)\S+", text[begin:end]):
            rest = text[begin + word.start() : end]
            name = persons.read_name(rest, names, hint=False, verbatim=True)
            head = offices.read_office(text[begin : begin + word.start()], rules, like=95)
            if (
                head
                and name
                and name.likeness >= 0.95
                and not rest[: name.start].strip()
                and not rest[name.end :].strip(" .*")
            ):
                yield begin + word.start()
                break


def first_authority(text: str, rules: RuleSet) -> int:
    """Where an authority in capitals stands behind recipients on the same line; 0 for nowhere."""
    found = [
        match.start()
        for name, pattern in rules.fields["signers"].patterns.items()
        if name.startswith("authority.") and name != "authority.Q"
        for match in pattern.regex.finditer(text, 1)
        if offices.is_heading(text[match.start() : match.end() + 8])
    ]
    return min(found, default=0)
