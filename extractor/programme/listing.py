"""A stretch of text that lists products → items with name, producer, place and what is said of each.

A producer closes the run of names before it: "A, B và C của Y", "A, B (Y)". Words behind a name ("đạt 3 sao …") belong
to that item and end the names until the next semicolon.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from extractor.programme.addresses import address, address_behind, makers_only
from extractor.programme.endings import BRACKET, name_stop
from extractor.programme.items import Item, Listing
from extractor.programme.makers import Maker, find_makers
from extractor.programme.names import is_place, lead_end, name_in
from extractor.programme.pieces import Cutting, cut_pieces, restarts
from extractor.programme.stars import find_stars
from extractor.programme.view import View

_BRINGS = regex.compile(
    r"\s*(?:\([^()]*\)\s*)?:\s*(?:(?:các\s+|bộ\s+)?sản\s+phẩm\s+)?(?=[\p{L}“\"])|"
    r"[^.;:]{0,60}?(?<!\p{L})(?:với|có|gồm|là)\s+(?:\d+\s+|hai\s+|ba\s+)?(?:các\s+|bộ\s+(?=sản))?(?:sản|sảo)\s+phẩm\s*:?\s*"
)


@dataclass(slots=True)
class _State:
    """Where the reading of a list stands."""

    pending: list[Item] = field(default_factory=list)
    skipping: bool = False
    detached: bool = False
    owned_groups: bool = False
    lead: Maker | None = None


def read_list(view: View, start: int, end: int, trusted: bool, expected: int | None = None) -> Listing:
    """The products listed in `[start, end)`.

    `trusted`: the words before it say that products follow, so lower-case names need no head noun. `expected`: how
    many the text announced; it decides whether "và" and odd commas part two names or stand inside one.
    """
    listing = _read(view, start, end, trusted, Cutting.CAREFUL)
    if expected is None or len(listing.items) == expected:
        return listing
    for how in (Cutting.COMMAS_JOINED, Cutting.ALL_PARTED, Cutting.AND_JOINED):
        other = _read(view, start, end, trusted, how)
        if len(other.items) == expected:
            return other
    return listing


def _read(view: View, start: int, end: int, trusted: bool, how: Cutting) -> Listing:
    makers = find_makers(view, start, end)
    listing, state = Listing(end=end), _State()
    for left, right, mark in cut_pieces(view, start, end, makers, how):
        if mark == ";":
            state.skipping = state.detached = False
            if state.owned_groups or (state.pending and state.pending[-1].place is not None):
                state.pending.clear()
        elif restarts(view, left, right, makers) or (trusted and _new_name(view, listing, left, right)):
            state.skipping = False
        if state.skipping:
            if not state.detached:
                _extend_tail(listing, right)
            _claim(view, listing, state, [m for m in makers if left <= m.start < right and _linked(view, m, makers)])
            continue
        _piece(view, listing, state, left, right, mark, [m for m in makers if left <= m.start < right], trusted)
    _share_places(listing)
    return listing


_MADE_FROM = regex.compile(
    r"(?:làm|chế\s+biến|nguyên\s+liệu|thành\s+phần|sản\s+xuất|chiết\s+xuất|từ|bằng|với|như|gồm)\s"
)


def _new_name(view: View, listing: Listing, left: int, right: int) -> bool:
    """Whether a piece behind a short remark is nothing but a name with a capital: "…, rượu vang Ba Mẫu, …"."""
    tail = listing.items[-1].tail if listing.items else None
    if tail is None or tail[1] - tail[0] > 60 or _MADE_FROM.search(view.folded, *tail):
        return False
    start = view.skip_spaces(left, right)
    head = view.head(start)
    if head is None or right - start > 60 or view.cues("stop", head.end, right):
        return False
    if regex.search(r"\p{Lu}", view.text[head.end : right]) is not None:
        return True
    return len(view.text[start:right].split()) <= 4 and tail[1] - tail[0] < 20


def _linked(view: View, maker: Maker, makers: list[Maker]) -> bool:
    """Whether a word ties a producer to what stands before it; behind a remark a bare one opens something new."""
    if any(0 < maker.start - other.end <= 3 for other in makers):
        return False  # "HTX Nông nghiệp Mẫu (HTX Mẫu)"
    return (
        regex.search(r"(?:của|do|thuộc|bởi|\(|[-–])\s*$", view.folded[max(0, maker.start - 7) : maker.start])
        is not None
    )


def _share_places(listing: Listing) -> None:
    """The address behind a producer is that of all its products in the run."""
    for item in listing.items:
        if item.place is None and item.maker is not None:
            item.place = next((o.place for o in listing.items if o.maker is item.maker and o.place is not None), None)


def _piece(
    view: View, listing: Listing, state: _State, left: int, right: int, mark: str, makers: list[Maker], trusted: bool
) -> None:
    """One piece: an address of the last item, a producer, or a name with what hangs on it."""
    start = lead_end(view, left, right)
    if start >= right:
        return
    if makers and makers[0].start - start <= 1:
        _maker_first(view, listing, state, start, right, makers, trusted)
        return
    if state.lead is not None and not makers:
        brings = _BRINGS.match(view.folded, start, right)
        start = brings.end() if brings else start
    if mark != ";" and address(view, start, right, listing):
        _rated_address(view, listing, start, right)
        return
    stop = name_stop(view, start, right, makers)
    name = name_in(view, start, stop, trusted or _closed(view, left, start, stop, makers))
    if name is None:
        _no_name(view, listing, state, (left, start, stop, right), mark, makers)
        return
    item = Item(name, maker=state.lead)
    listing.items.append(item)
    if state.lead is None:
        state.pending.append(item)
    _after_name(view, listing, state, item, stop, right, makers)


def _rated_address(view: View, listing: Listing, start: int, right: int) -> None:
    """A rating in a bracket behind the address of the last item: "…, xã Mẫu (đạt 4 sao)"."""
    bracket = BRACKET.search(view.text, start, right)
    if bracket is not None and listing.items and next(find_stars(view.folded, *bracket.span(1)), None) is not None:
        listing.items[-1].tail = listing.items[-1].tail or bracket.span(1)


def _closed(view: View, left: int, start: int, stop: int, makers: list[Maker]) -> bool:
    """Whether "sản phẩm" stands before a few words and their producer right behind: "các sản phẩm ngọc trai của Y"."""
    if not makers or makers[0].start - stop > 6 or len(view.text[start:stop].split()) > 5:
        return False
    return regex.search(r"sản\s+phẩm\s*[“\"]?$", view.folded[left:start]) is not None


def _no_name(
    view: View, listing: Listing, state: _State, at: tuple[int, int, int, int], mark: str, makers: list[Maker]
) -> None:
    """A piece without a name: the end of the one before ("…, bẹ ngô của Y"), or a remark that ends the names."""
    left, start, stop, right = at
    last = state.pending[-1] if state.pending else None
    if (
        last is not None
        and makers
        and last.tail is None
        and start < stop
        and view.text[start].islower()
        and view.at("stop", start) is None
        and left - last.name.end <= 2
    ):
        whole = name_in(view, last.name.start, stop, True)
        if whole is not None:
            last.name = whole
    _claim(view, listing, state, makers)
    if not makers:
        if mark != ";":
            _extend_tail(listing, right)
        state.skipping, state.detached = True, mark == ";"


def _maker_first(
    view: View, listing: Listing, state: _State, start: int, right: int, makers: list[Maker], trusted: bool
) -> None:
    """A producer that opens a piece: the owner of the run before it, or one that brings its own product."""
    own = _BRINGS.match(view.folded[makers[0].end : right])
    if own is None:
        state.lead = None if state.pending else makers[0]
        _claim(view, listing, state, makers)
        return
    state.pending.clear()
    begin = makers[0].end + own.end()
    stop = name_stop(view, begin, right, makers[1:])
    name = name_in(view, begin, stop, trusted)
    if name is not None:
        state.lead = makers[0]
        listing.items.append(Item(name, maker=makers[0]))


def _claim(view: View, listing: Listing, state: _State, makers: list[Maker]) -> None:
    """Give the producer to the names that wait for one."""
    for maker in makers:
        state.owned_groups = True
        if state.pending:
            for item in state.pending:
                item.maker = maker
            state.pending.clear()
        else:
            listing.loose.append(maker)


def _after_name(
    view: View, listing: Listing, state: _State, item: Item, stop: int, right: int, makers: list[Maker]
) -> None:
    """What stands behind a name in its piece: producer, bracketed place, remark."""
    bracket = BRACKET.match(view.text, stop, right)
    if bracket is not None and not any(bracket.start() <= m.start < bracket.end() for m in makers):
        _in_bracket(view, state, item, bracket, right)
        stop = bracket.end()
    _claim(view, listing, state, makers)
    if makers:
        stop = address_behind(view, item, makers[-1].end, right)
    rest = view.trimmed(stop, right)
    remark = regex.search(r"\p{L}", view.text[rest.start : rest.end]) is not None and not makers_only(
        view, rest.start, rest.end
    )
    if remark:
        item.tail = (rest.start, right)
        _owned_elsewhere(view, state, item)
        state.skipping = not _bracket_closes(view, item, right)


def _in_bracket(view: View, state: _State, item: Item, bracket: regex.Match[str], right: int) -> None:
    """What a bracket without a producer says of a name: its place, its rating, whose it is."""
    inside = view.trimmed(bracket.start(1), bracket.end(1))
    owned = _owner_follows(view, bracket.end(), right)
    if is_place(view.text[inside.start : inside.end].split(",")[0]) or view.at("place", inside.start):
        item.place = (inside.start, inside.end)
        if state.pending and item in state.pending and not owned:
            state.pending.clear()
    elif next(find_stars(view.folded, inside.start, inside.end), None) is not None:
        for waiting in [*state.pending, item]:  # "A, B (OCOP 4 sao) của Y"
            waiting.tail = waiting.tail or (inside.start, inside.end)
    elif view.folded.startswith("của", inside.start) and not owned:
        state.pending.clear()


# "X của Trung tâm Mẫu và Y của HTX Mẫu": X has an owner of its own, though of no known kind
_OF_ANOTHER = regex.compile(r"(?:của|do)\s+\p{Lu}")


def _owned_elsewhere(view: View, state: _State, item: Item) -> None:
    """A name whose remark names an owner waits for none."""
    if item.tail is not None and item in state.pending and _OF_ANOTHER.match(view.text, *item.tail):
        state.pending.remove(item)


def _bracket_closes(view: View, item: Item, right: int) -> bool:
    """Whether the remark ends with the bracket that holds the producer: "A (HTX X, 4 sao), B (HTX Y, 3 sao)"."""
    if item.maker is None or not view.text[:right].rstrip(" .").endswith(")"):
        return False
    return regex.fullmatch(r"\s*\([^()]*", view.text[item.name.end : item.maker.start]) is not None


def _owner_follows(view: View, position: int, right: int) -> bool:
    return regex.match(r"\s*của\s", view.folded[position:right]) is not None


def _extend_tail(listing: Listing, right: int) -> None:
    """A remark goes on over commas."""
    if listing.items and listing.items[-1].tail is not None:
        listing.items[-1].tail = (listing.items[-1].tail[0], right)
    elif listing.items:
        item = listing.items[-1]
        item.tail = (item.name.end, right)
