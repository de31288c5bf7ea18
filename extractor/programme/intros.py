"""Lists behind "gồm", "là", "như" and a colon: which words announce products, and where the list ends."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.programme.counts import Count
from extractor.programme.items import Listing, Region
from extractor.programme.listing import read_list
from extractor.programme.makers import Maker, find_makers
from extractor.programme.names import is_common, lead_end
from extractor.programme.view import Sentence, View

_PRODUCTS = regex.compile(r"(?:sản|sảo)\s+ph[ẩầ]m|chủ\s+thể\s+(?:có|ocop)|ocop")


HEADING = regex.compile(r"(?<!(?:mỗi xã một|mỗi xã, phường một|mỗi xã phường một) )sản\s+phẩm")


# What follows these words are kinds of products, documents or tasks.
OF_KINDS = regex.compile(
    r"(?:ngành(?:\s+hàng)?|nhóm(?:\s+(?:ngành|hàng|sản\s+phẩm|ngành\s+hàng))?|lĩnh\s+vực|tiêu\s+chí|loại\s+hình|chủng\s+loại)\s*"
    r"(?:(?:bao\s+)?gồm|như|là|sau)?\s*:?\s*$"
)
_COLON = regex.compile(r":(?=\s)")


def introduced(view: View, sentence: Sentence, mine: list[Count], counts: list[Count]) -> Iterator[Region]:
    """Lists behind "gồm", "là", "như", ":" that speak of products."""
    starts = sorted(set(_intro_ends(view, sentence)))
    reach = sentence.start
    for position, begin, strength in starts:
        if position < reach:
            continue
        ahead = view.folded[reach:position]
        if OF_KINDS.search(view.folded[reach:begin]):
            continue
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
        if owner is not None and owner.number > len(listing.items) == 1 and is_common(listing.items[0].name):
            continue  # "6 sản phẩm đều là cà phê": of what kind they are
        region = Region("introduced", sentence, reach, begin, end, listing, owner)
        region.maker = _single_maker(view, reach, position) or (holder(view, owner) if owner else None)
        yield region
        reach = listing.end


def _carried(view: View, sentence: Sentence, position: int, counts: list[Count]) -> Count | None:
    """The count of the sentence before, for a sentence that opens with the intro: "… 14 sản phẩm. Bao gồm: …"."""
    if len(view.folded[sentence.start : position].split()) > 3:
        return None
    before = [c for c in counts if c.unit == "product" and c.sentence.index == sentence.index - 1]
    return before[-1] if before else None


def in_a_name(view: View, position: int) -> bool:
    """Whether a cue is a capitalised word amid capitals: "chị Trần Như Sen", "(Như Thanh)"."""
    if not view.text[position].isupper():
        return False
    before = view.document.text[max(0, position - 12) : position]
    amid = regex.search(r"\p{Lu}\p{L}*[ ]+$", before) is not None
    return amid or (
        before.endswith("(") and regex.match(r"\p{Lu}\p{L}*[ ]\p{Lu}", view.text[position : position + 12]) is not None
    )


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
            if len(view.folded[sentence.start : cue.start].split()) > 0 or cue.value != "strong":
                continue
            colon = True  # "Cụ thể là, …" opens the sentence
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
    return whole_count([c for c in mine if start <= c.start < position])


def whole_count(counts: list[Count]) -> Count | None:
    """The last count of products that is no part in a bracket: "8 sản phẩm (3 đạt 4 sao, 5 đạt 3 sao), gồm"."""
    products = [c for c in counts if c.unit == "product"]
    level = min((c.depth for c in products), default=0)
    return next((c for c in reversed(products) if c.depth == level), None)


_PRODUCES = regex.compile(
    r"[^.;:]{0,60}?\s(?:sản\s+xuất|chế\s+biến|làm\s+ra|sở\s+hữu|xây\s+dựng|phát\s+triển|cho\s+ra)\s"
)


OWNER_AHEAD = regex.compile(
    r"\s*(?:\([^)]*\)|,[^.;:]{0,50})?\s*(?:cũng\s+)?(?:với|có|là\s+chủ\s+thể(?:\s+của)?|đã\s+có)\s*$"
)


def holder(view: View, count: Count) -> Maker | None:
    """The producer just before a count: "Công ty Y có 7 sản phẩm A, B, …"."""
    makers = find_makers(view, count.sentence.start, count.start)
    if makers and OWNER_AHEAD.fullmatch(view.folded[makers[-1].end : count.start]):
        return makers[-1]
    return None


def _single_maker(view: View, start: int, end: int) -> Maker | None:
    """The one producer named before the list: "3 sản phẩm của Công ty Y gồm"."""
    makers = find_makers(view, start, end)
    if not makers:
        return None
    produces = _PRODUCES.match(view.folded, makers[-1].end, end)
    return makers[-1] if produces or end - makers[-1].end < 90 else None


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
            held = regex.search(r"\scó\s*$", view.folded[max(0, count.start - 5) : count.start]) is not None
            if (own_list and (held or not plain)) or count.stars is not None:
                return max(begin, count.left)
    return end
