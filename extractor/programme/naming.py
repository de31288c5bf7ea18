"""The places in a sentence that name products: behind "gồm:", a count or "sản phẩm", beside a producer, as subject."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

import regex

from extractor.programme.counts import Count
from extractor.programme.grouped import grouped
from extractor.programme.intros import OWNER_AHEAD, holder, in_a_name, introduced
from extractor.programme.items import Listing, Region
from extractor.programme.listing import read_list
from extractor.programme.makers import Maker, find_makers
from extractor.programme.names import is_common, is_place, lead_end
from extractor.programme.subjects import is_rated, subjects
from extractor.programme.view import Sentence, View

_IN_BRACKET = regex.compile(r"\(([^()]{4,400})\)")


_RECOGNITION = regex.compile(r"\d\s*sao|công nhận|chứng nhận|tham gia (?:đánh giá|xếp hạng|phân hạng|dự thi)")


def in_sentence(view: View, sentence: Sentence, mine: list[Count], counts: list[Count]) -> list[Region]:
    """The regions of a sentence; `mine` are its counts, `counts` those of the whole document."""
    found: list[Region] = []
    for finder in (grouped, introduced, _counted, _bracketed, _called, _made, subjects):
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


def _counted(view: View, sentence: Sentence, mine: list[Count], counts: list[Count]) -> Iterator[Region]:
    """A count with the names right behind it: "02 sản phẩm Trà X của …"."""
    for index, count in enumerate(mine):
        if count.unit != "product":
            continue
        later = [c for c in mine[index + 1 :] if c.unit == "product" and (c.stars is not None or c.explicit)]
        end = later[0].left if later else sentence.end
        if end <= count.end:
            continue
        begin = _behind_rating(view, count, end)
        listing = read_list(view, begin, end, False, count.number)
        alone = len(listing.items) == 1 < count.number and (
            is_common(listing.items[0].name) or (count.number > 2 and listing.items[0].maker is None)
        )
        if listing.items and listing.items[0].name.start - begin <= 2 and not alone:
            region = Region("counted", sentence, count.left, count.end, end, listing, count)
            region.maker = holder(view, count)
            yield region


_OCOP = regex.compile(r"\s+ocop(?=\s)")
_RATED_ONE = regex.compile(r"(?:\s+ocop)?(?:\s+đạt)?(?:\s+hạng)?\s+[1-5]\s*sao(?:\s+ocop)?(?=\s)")


def _behind_rating(view: View, count: Count, end: int) -> int:
    """Where the names behind a count may start: "1 sản phẩm OCOP 4 sao rượu Mẫu"."""
    rated = _RATED_ONE.match(view.folded, count.end, end)
    if rated is not None and view.head(view.skip_spaces(rated.end(), end)) is not None:
        return rated.end()
    ocop = _OCOP.match(view.folded, count.end, end)
    return ocop.end() if ocop is not None else count.end


def _bracketed(view: View, sentence: Sentence, mine: list[Count], counts: list[Count]) -> Iterator[Region]:
    """The names in the bracket behind a count, as many as it says: "2 sản phẩm đạt 4 sao (Trà X và Mật ong Y)"."""
    products = [count for count in mine if count.unit == "product"]
    for count, after in zip_longest(products, products[1:]):
        bracket = _IN_BRACKET.search(view.text, count.end, after.start if after else sentence.end)
        if bracket is None:
            continue
        trusted = count.number > 1 or count.stars is not None
        listing = read_list(view, bracket.start(1), bracket.end(1), trusted, count.number)
        if len(listing.items) == count.number and _evident(listing):
            region = Region("counted", sentence, count.left, bracket.start(1), bracket.end(1), listing, count)
            region.maker = _behind_bracket(view, sentence, bracket.end())
            yield region


def _evident(listing: Listing) -> bool:
    """Whether most names open with a head noun; a single one may also be common words with a proper name behind."""
    headed = sum(1 for item in listing.items if item.name.headed)
    if len(listing.items) == 1:
        name = listing.items[0].name
        return name.headed or (name.text[0].islower() and not is_common(name))
    return headed * 2 > len(listing.items)


def _behind_bracket(view: View, sentence: Sentence, position: int) -> Maker | None:
    """The producer of what a bracket listed: "3 sản phẩm (A, B và C) của HTX Mẫu"."""
    link = regex.compile(r"\s*(?:đều\s+)?(?:của|do)\s+").match(view.folded, position, sentence.end)
    makers = find_makers(view, link.end(), sentence.end) if link is not None else []
    return makers[0] if link is not None and makers and makers[0].start == link.end() else None


def _called(view: View, sentence: Sentence, mine: list[Count], counts: list[Count]) -> Iterator[Region]:
    """A name behind "sản phẩm"."""
    for cue in view.cues("lead_in", sentence.start, sentence.end):
        if "phẩm" not in view.folded[cue.start : cue.end] and "phầm" not in view.folded[cue.start : cue.end]:
            continue
        if any(count.start <= cue.start < count.end for count in mine):
            continue
        listing = read_list(view, cue.start, sentence.end, False)
        if not listing.items or listing.items[0].name.start - lead_end(view, cue.start, sentence.end) > 3:
            continue
        if not _named(view, sentence, listing):
            continue
        region = Region("called", sentence, _clause_start(view, sentence, cue.start), cue.start, sentence.end, listing)
        makers = find_makers(view, sentence.start, cue.start)
        if makers and OWNER_AHEAD.fullmatch(view.folded[makers[-1].end : cue.start]):
            region.maker = makers[-1]
        yield region


def _named(view: View, sentence: Sentence, listing: Listing) -> bool:
    """A name without a head noun needs a producer, quotes, or capitals beside a rating or recognition."""
    first = listing.items[0]
    if first.maker is not None or view.text[first.name.start - 1] in '“"':
        return True
    if not first.name.headed and regex.match(r"\p{Lu}\S*\s+\p{Lu}", first.name.text) is None:
        return False
    head = view.head(first.name.start)
    if len(listing.items) == 1 and head is not None and _of_a_kind(view.text[head.end : first.name.end]):
        return is_rated(view, first.name.end, sentence.end)
    if first.name.headed and not is_common(first.name):
        return True
    return _RECOGNITION.search(view.folded, sentence.start, sentence.end) is not None


def _of_a_kind(rest: str) -> bool:
    """Whether a head noun stands alone or with a place: "sản phẩm chè", "sản phẩm chè Thái Nguyên"."""
    return not rest.strip() or is_place(rest.strip())


def _clause_start(view: View, sentence: Sentence, position: int) -> int:
    cut = max(view.text.rfind(mark, sentence.start, position) for mark in ";:")
    return max(sentence.start, cut + 1)


def _made(view: View, sentence: Sentence, mine: list[Count], counts: list[Count]) -> Iterator[Region]:
    """Names before "của Y", "(Y)", "do Y sản xuất": the run that ends there and opens with a head noun."""
    for maker in find_makers(view, sentence.start, sentence.end):
        link = regex.search(
            r"(?:(?:\s*\((?!xã|phường|huyện|thị|tp|tỉnh)[^()]{2,40}\))?(?:\s(?:đều|cùng))?\s(?:của|do|thuộc)\s*|\s*\(\s*(?:của\s+)?)$",
            view.folded[sentence.start : maker.start],
        )
        if link is None:
            continue
        right = sentence.start + link.start()
        begin = _run_start(view, sentence, right)
        if begin is None:
            continue
        listing = read_list(view, begin, sentence.end, False)
        if _kind_counted(view, sentence, begin, listing):
            continue
        if listing.items and listing.items[0].name.start - begin < 4 and listing.items[0].maker is not None:
            yield Region("made", sentence, _clause_start(view, sentence, begin), begin, sentence.end, listing)


def _kind_counted(view: View, sentence: Sentence, begin: int, listing: Listing) -> bool:
    """Whether a common name only says of what kind the counted products are: "hai sản phẩm muối của Công ty Y"."""
    ahead = regex.search(r"(\d+|hai|ba|bốn|năm|các)\s+sản\s+phẩm\s*$", view.folded[sentence.start : begin])
    return (
        ahead is not None
        and ahead[1] not in ("1", "01", "các")
        and len(listing.items) == 1
        and is_common(listing.items[0].name)
    )


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
