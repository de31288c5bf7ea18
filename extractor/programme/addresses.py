"""Addresses in a list of products: the bracket or the piece that says where the last item comes from."""

from __future__ import annotations

import regex

from extractor.programme.endings import BRACKET
from extractor.programme.items import Item, Listing
from extractor.programme.names import is_place
from extractor.programme.view import View

_OCOP_STOP = regex.compile(r"\s(?:đạt|được|vừa|đã|đang)\s")


def address_behind(view: View, item: Item, position: int, right: int) -> int:
    """The bracket behind a producer is its address: "của HTX Y (xã Z)". Returns where what follows starts."""
    bracket = BRACKET.match(view.text, position, right)
    if bracket is None:
        return position
    inside = view.trimmed(bracket.start(1), bracket.end(1))
    if view.at("place", inside.start) is not None or is_place(view.text[inside.start : inside.end].split(",")[0]):
        item.place = (inside.start, inside.end)
    return bracket.end()


def makers_only(view: View, start: int, end: int) -> bool:
    """Whether a remainder is only an address, a bracket or a link word."""
    text = view.folded[start:end]
    if regex.fullmatch(r"[\s(),.–-]*", text) or text.startswith("("):
        return not _OCOP_STOP.search(" " + text)
    opening = regex.match(r"[\s,;(–-]*", text)
    return view.at("place", start + (opening.end() if opening else 0)) is not None and not _OCOP_STOP.search(text)


def address(view: View, start: int, right: int, listing: Listing) -> bool:
    """Whether a piece is an address; it is given to the last item."""
    text = view.text[start:right].strip(" .)")
    place = view.at("place", start)
    opened = place is not None and view.text[start].islower()
    opened = opened or regex.match(r"(?:TP|TX|TT|T\.X|T\.P)\b", view.text[start:right]) is not None
    known = bool(listing.items) and (listing.items[-1].maker is not None or listing.items[-1].place is not None)
    if not (opened and view.head(start) is None) and not (known and is_place(text)):
        return False
    if listing.items:
        _give_place(view, listing.items[-1], start, right)
    return True


def _give_place(view: View, item: Item, start: int, right: int) -> None:
    """The address up to the first verb, without its punctuation; a second piece lengthens the first."""
    verbs = [cue.start for cue in view.cues("stop", start, right)]
    span = view.trimmed(start, min([right, *verbs]))
    text = view.text[span.start : span.end]
    end = span.start + len(text.rstrip(" .;)" if text.count(")") > text.count("(") else " .;"))
    if item.place is None and end > span.start:
        item.place = (span.start, end)
    elif item.place is not None and span.start - item.place[1] <= 2:
        item.place = (item.place[0], end)
