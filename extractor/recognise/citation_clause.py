"""The clause a citation stands in: how it opens and where it begins. "Căn cứ" makes what it cites a basis."""

from __future__ import annotations

from extractor.document import Span
from extractor.recognise.citation import Flow, cue
from extractor.ruleset import FieldRules
from extractor.text.normalise import fold


def is_basis(flow: Flow, opener: Span) -> bool:
    """Whether the opening word is "Căn cứ", however OCR read its marks."""
    return fold(flow.text[opener.start : opener.end]).startswith("ca")


def clause(flow: Flow, rules: FieldRules, at: int) -> tuple[Span | None, int]:
    """The word that opens the clause of an offset, if it is one of the cues, and where the clause begins.

    The clause of a basis goes on over ";" to further documents ("Căn cứ Nghị định A; Nghị định B").
    """
    start = flow.text.rfind("\f", 0, at) + 1
    opener: Span | None = None
    for match in cue(rules, "opener").finditer(flow.text, max(0, start - 1), at):
        opener = Span(match.start("open"), match.end("open"))
    stops = [match.end() for match in cue(rules, "sentence").finditer(flow.text, start, at)]
    if opener is not None and any(stop > opener.end for stop in stops if flow.text[stop - 1 : stop] != ";"):
        later = [stop for stop in stops if stop > opener.end and not _semicolon(flow, stop)]
        if later:
            opener = None
    floor = max([start, *stops] + ([opener.start] if opener else []))
    while floor < at and not flow.text[floor].isalnum():
        floor += 1
    return opener, floor


def _semicolon(flow: Flow, stop: int) -> bool:
    return flow.text[:stop].rstrip()[-1:] in (";", ":")
