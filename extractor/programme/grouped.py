"""Names in a bracket behind what holds them: a group of products ("đồ uống (trà X, rượu Y)") or a producer."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.programme.counts import Count
from extractor.programme.items import Region
from extractor.programme.listing import read_list
from extractor.programme.makers import Maker, find_makers
from extractor.programme.stars import find_stars
from extractor.programme.view import Sentence, View

_BRACKET = regex.compile(r"\s?\(([^()]{4,500})\)")
_SPEAKS = regex.compile(r"sản\s+phẩm|ocop|nhóm")


def grouped(view: View, sentence: Sentence, mine: list[Count], counts: list[Count]) -> Iterator[Region]:
    """A region for each bracket that lists names behind a group or a producer."""
    if not _SPEAKS.search(view.folded, sentence.start, sentence.end):
        return
    makers = find_makers(view, sentence.start, sentence.end)
    for bracket in _BRACKET.finditer(view.text, sentence.start, sentence.end):
        maker = next((m for m in makers if m.end == bracket.start()), None)
        if maker is None and not _group_before(view, sentence, bracket.start()):
            continue
        region = _region(view, sentence, bracket, maker)
        if region is not None:
            yield region


def _group_before(view: View, sentence: Sentence, position: int) -> bool:
    """Whether the words before a bracket are a group of the programme."""
    return any(cue.end == position for cue in view.cues("group", max(sentence.start, position - 40), position))


def _region(view: View, sentence: Sentence, bracket: regex.Match[str], maker: Maker | None) -> Region | None:
    start, end = bracket.span(1)
    if find_makers(view, start, end) or next(find_stars(view.folded, start, end), None) is not None:
        return None
    listing = read_list(view, start, end, True)
    headed = sum(1 for item in listing.items if item.name.headed)
    if headed * 2 < max(1, len(listing.items)) or any(item.place is not None for item in listing.items):
        return None
    return Region("introduced", sentence, bracket.start(), start, end, listing, maker=maker)
