"""The places in a sentence that name products: behind "gồm:", a count or "sản phẩm", beside a producer, as subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.programme.counts import Count
from extractor.programme.items import Listing
from extractor.programme.listing import read_list
from extractor.programme.makers import Maker, find_makers
from extractor.programme.names import lead_end
from extractor.programme.view import Sentence, View

_PRODUCTS = regex.compile(r"(?:sản|sảo)\s+ph[ẩầ]m|chủ\s+thể\s+(?:có|ocop)|ocop")


HEADING = regex.compile(r"(?<!(?:mỗi xã một|mỗi xã, phường một|mỗi xã phường một) )sản\s+phẩm")


_COLON = regex.compile(r":(?=\s)")


_OWNER_AHEAD = regex.compile(
    r"\s*(?:\([^)]*\)|,[^.;:]{0,50})?\s*(?:cũng\s+)?(?:với|có|là\s+chủ\s+thể(?:\s+của)?|đã\s+có)\s*$"
)


_SUBJECT_VERB = regex.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:vừa\s+|đã\s+|cũng\s+)*(?:đạt|được|là\s+(?:(?:một|1)\s+trong|sản\s+phẩm|đại\s+diện)|nằm\s+trong|có\s+tên)"
)


@dataclass(slots=True)
class Region:
    """Products named together. `owner` counts them; `ahead` is where the words that introduce them start."""

    kind: str
    sentence: Sentence
    ahead: int
    start: int
    end: int
    listing: Listing
    owner: Count | None = None
    maker: Maker | None = None
    opened: Region | None = None


def in_sentence(view: View, sentence: Sentence, mine: list[Count], counts: list[Count]) -> list[Region]:
    """The regions of a sentence; `mine` are its counts, `counts` those of the whole document."""
    found: list[Region] = []
    for finder in (_introduced, _counted, _called, _made, _subject):
        for region in finder(view, sentence, mine, counts):
            _shorten(region, found)
            if region.listing.items and not any(_overlap(region, other) for other in found):
                found.append(region)
    return sorted(found, key=lambda region: region.start)


def _shorten(region: Region, found: list[Region]) -> None:
    """A region ends where one that was found before it starts."""
    later = [other.start for other in found if other.start > region.start]
    if region.kind in ("made", "called", "subject") and later:
        region.end = min(region.end, min(later))
        region.listing.items = [item for item in region.listing.items if item.name.end <= region.end]


def mark_nested(regions: list[Region], counts: list[Count]) -> None:
    """Counts inside a list that only number its pieces ("…; 3 sản phẩm: A, B và C của Y") count nothing new."""
    for region in regions:
        if region.kind not in ("introduced", "counted", "item"):
            continue
        for count in counts:
            if not region.start <= count.start < region.end or count is region.owner or count.unit != "product":
                continue
            numbers_a_piece = any(0 <= item.name.start - count.end <= 3 for item in region.listing.items)
            count.nested = count.nested or (count.stars is None and not count.explicit and numbers_a_piece)


def _overlap(one: Region, other: Region) -> bool:
    if one.kind in ("made", "called", "subject"):
        taken = other.listing.items
        first, last = one.listing.items[0].name, one.listing.items[-1].name
        return any(item.name.start < last.end and item.name.end > first.start for item in taken) or (
            other.start <= first.start < other.listing.end
            and other.kind in ("introduced", "counted")
            and not _in_remark(other, first.start)
        )
    return one.start < other.end and one.end > other.start


def _in_remark(region: Region, position: int) -> bool:
    return any(item.tail is not None and item.tail[0] <= position for item in region.listing.items[-1:])


def _introduced(view: View, sentence: Sentence, mine: list[Count], counts: list[Count]) -> Iterator[Region]:
    """Lists behind "gồm", "là", "như", ":" that speak of products."""
    starts = sorted(set(_intro_ends(view, sentence)))
    reach = sentence.start
    for position, begin, strength in starts:
        if position < reach:
            continue
        ahead = view.folded[reach:position]
        owner = _owner(mine, reach, position)
        if not _PRODUCTS.search(ahead):
            owner = _carried(view, sentence, position, counts)
            if owner is None and not _after_products(view, sentence, position):
                continue
        end = _list_end(view, sentence, begin, mine, starts)
        trusted = strength == "strong" or (owner is not None and owner.number > 1)
        listing = read_list(view, begin, end, trusted, owner.number if owner else None)
        if not listing.items or not _opens_well(view, begin, listing) or not evident(listing, owner):
            continue
        region = Region("introduced", sentence, reach, begin, end, listing, owner)
        region.maker = _single_maker(view, reach, position)
        yield region
        reach = listing.end


def _carried(view: View, sentence: Sentence, position: int, counts: list[Count]) -> Count | None:
    """The count of the sentence before, for a sentence that opens with the intro: "… 14 sản phẩm. Bao gồm: …"."""
    if len(view.folded[sentence.start : position].split()) > 3:
        return None
    before = [c for c in counts if c.unit == "product" and c.sentence.index == sentence.index - 1]
    return before[-1] if before else None


def in_a_name(view: View, position: int) -> bool:
    """Whether a cue is a capitalised word amid capitals: "chị Trần Như Sen"."""
    before = regex.search(r"\p{Lu}\p{L}*\s+$", view.text[max(0, position - 12) : position])
    return before is not None and view.text[position].isupper()


def _after_products(view: View, sentence: Sentence, position: int) -> bool:
    """A sentence that opens with the intro goes on with the products of the one before: "Tiêu biểu như: …"."""
    if len(view.folded[sentence.start : position].split()) > 3 or not sentence.index:
        return False
    before = view.sentences[sentence.index - 1]
    return before.paragraph == sentence.paragraph and HEADING.search(view.folded[before.start : before.end]) is not None


def _intro_ends(view: View, sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """(where the intro starts, where the list starts, strength)."""
    for cue in view.cues("intro", sentence.start, sentence.end):
        if cue.value == "none" or in_a_name(view, cue.start):
            continue
        begin = view.skip_spaces(cue.end, sentence.end)
        colon = begin < sentence.end and view.text[begin] == ":"
        if begin < sentence.end and view.text[begin] == ",":
            continue
        yield cue.start, begin + 1 if colon else begin, "strong" if colon else cue.value
    for match in _COLON.finditer(view.text, sentence.start, sentence.end):
        yield match.start(), match.end(), "strong"


def evident(listing: Listing, owner: Count | None) -> bool:
    """Whether the pieces read as products: head nouns, producers or places beside them, or as many as announced."""
    known = sum(1 for item in listing.items if item.name.headed or item.maker is not None or item.place is not None)
    if owner is not None and owner.number == len(listing.items):
        return True
    return known * 2 >= len(listing.items)


def _opens_well(view: View, begin: int, listing: Listing) -> bool:
    """The first name stands where the list starts."""
    first = listing.items[0]
    return lead_end(view, begin, first.name.end) >= first.name.start - 1 or first.maker is not None


def _owner(mine: list[Count], start: int, position: int) -> Count | None:
    """The count of products just before the intro."""
    before = [c for c in mine if c.unit == "product" and start <= c.start < position]
    return before[-1] if before else None


def _single_maker(view: View, start: int, end: int) -> Maker | None:
    """The one producer named before the list: "3 sản phẩm của Công ty Y gồm"."""
    makers = find_makers(view, start, end)
    return makers[-1] if makers and end - makers[-1].end < 90 else None


def _list_end(view: View, sentence: Sentence, begin: int, mine: list[Count], starts: list[tuple[int, int, str]]) -> int:
    """The end of the sentence, of the bracket that holds the list, or the next count that opens a list of its own."""
    end = sentence.end
    depths = view.depth(sentence)
    level = depths[begin - sentence.start] if begin < sentence.end else 0
    for index in range(begin, sentence.end):
        if depths[index - sentence.start] < level:
            end = index
            break
    for count in mine:
        if begin < count.start < end and count.unit == "product":
            own_list = any(
                count.end <= at < count.end + 120 and at < (count.right + 1) for at, _, kind in starts if kind
            )
            plain = (
                regex.match(r"\s*:|\s*\p{Lu}", view.text[count.end : count.end + 3]) is not None and count.stars is None
            )
            if (own_list and not plain) or count.stars is not None:
                return max(begin, count.left)
    return end


def _counted(view: View, sentence: Sentence, mine: list[Count], counts: list[Count]) -> Iterator[Region]:
    """A count with the names right behind it: "02 sản phẩm Trà X của …"."""
    for index, count in enumerate(mine):
        if count.unit != "product":
            continue
        later = [c for c in mine[index + 1 :] if c.unit == "product" and (c.stars is not None or c.explicit)]
        end = later[0].left if later else sentence.end
        if end <= count.end:
            continue
        listing = read_list(view, count.end, end, False, count.number)
        alone = len(listing.items) == 1 and count.number > 2 and listing.items[0].maker is None
        if listing.items and listing.items[0].name.start - count.end <= 2 and not alone:
            yield Region("counted", sentence, count.left, count.end, end, listing, count)


def _called(view: View, sentence: Sentence, mine: list[Count], counts: list[Count]) -> Iterator[Region]:
    """A name behind "sản phẩm"."""
    for cue in view.cues("lead_in", sentence.start, sentence.end):
        if "phẩm" not in view.folded[cue.start : cue.end] and "phầm" not in view.folded[cue.start : cue.end]:
            continue
        if any(count.start <= cue.start < count.end for count in mine):
            continue
        listing = read_list(view, cue.start, sentence.end, False)
        if not listing.items or listing.items[0].name.start - cue.end > 3:
            continue
        if not _named(view, sentence, listing):
            continue
        region = Region("called", sentence, _clause_start(view, sentence, cue.start), cue.start, sentence.end, listing)
        makers = find_makers(view, sentence.start, cue.start)
        if makers and _OWNER_AHEAD.fullmatch(view.folded[makers[-1].end : cue.start]):
            region.maker = makers[-1]
        yield region


def _named(view: View, sentence: Sentence, listing: Listing) -> bool:
    """A name without a head noun needs a producer, quotes, or capitals beside a rating or recognition."""
    first = listing.items[0]
    if first.name.headed or first.maker is not None or view.text[first.name.start - 1] in '“"':
        return True
    capitals = regex.match(r"\p{Lu}\S*\s+\p{Lu}", first.name.text) is not None
    return (
        capitals
        and regex.search(r"\d\s*sao|công nhận|chứng nhận", view.folded[sentence.start : sentence.end]) is not None
    )


def _clause_start(view: View, sentence: Sentence, position: int) -> int:
    cut = max(view.text.rfind(mark, sentence.start, position) for mark in ";:")
    return max(sentence.start, cut + 1)


def _made(view: View, sentence: Sentence, mine: list[Count], counts: list[Count]) -> Iterator[Region]:
    """Names before "của Y", "(Y)", "do Y sản xuất": the run that ends there and opens with a head noun."""
    for maker in find_makers(view, sentence.start, sentence.end):
        link = regex.search(
            r"(?:\s(?:của|do|thuộc)\s*|\s*\(\s*(?:của\s+)?)$", view.folded[sentence.start : maker.start]
        )
        if link is None:
            continue
        right = sentence.start + link.start()
        begin = _run_start(view, sentence, right)
        if begin is None:
            continue
        listing = read_list(view, begin, sentence.end, False)
        if listing.items and listing.items[0].name.start - begin < 4 and listing.items[0].maker is not None:
            yield Region("made", sentence, _clause_start(view, sentence, begin), begin, sentence.end, listing)


def _run_start(view: View, sentence: Sentence, right: int) -> int | None:
    """The start of the run of names that ends at `right`; every one opens with a head noun."""
    start = _name_start(view, sentence, right)
    while start is not None:
        joint = regex.search(r"(?:,|\s(?:và|cùng))\s*$", view.folded[sentence.start : start])
        before = _name_start(view, sentence, sentence.start + joint.start()) if joint else None
        if before is None:
            return start
        start = before
    return None


def _name_start(view: View, sentence: Sentence, right: int) -> int | None:
    """The head noun behind the clause's last boundary before `right`."""
    left = sentence.start
    for match in regex.finditer(r"[.;:!?,()“”\"]|\s[-–]\s|(?i:năm\s+\d{4})\s", view.text[sentence.start : right]):
        left = sentence.start + match.end()
    for cue in view.cues("stop", left, right):
        left = cue.end
    for cue in view.cues("intro", left, right) + view.cues("lead_in", left, right):
        left = left if in_a_name(view, cue.start) else max(left, cue.end)
    start = lead_end(view, left, right)
    return start if start < right and view.head(start) is not None else None


def _subject(view: View, sentence: Sentence, mine: list[Count], counts: list[Count]) -> Iterator[Region]:
    """A name that opens the sentence and is said to be rated: "Cá X là sản phẩm đạt 4 sao"."""
    start = lead_end(view, sentence.start, sentence.end)
    brand = regex.compile(r"thương hiệu\s+").match(view.folded, start)
    start = brand.end() if brand else start
    if view.head(start) is None or not regex.search(r"\d\s*sao|ocop", view.folded[start : sentence.end]):
        return
    listing = read_list(view, start, sentence.end, False)
    if not listing.items or listing.items[0].name.start != start:
        return
    after = listing.items[0].name.end
    if _SUBJECT_VERB.match(view.folded, after, sentence.end):
        yield Region("subject", sentence, sentence.start, start, sentence.end, listing)
