"""Names that are the subject of a rating: "Năm 2021, chè X và miến Y do Z làm được công nhận OCOP 4 sao"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.programme.counts import Count
from extractor.programme.items import Region
from extractor.programme.listing import read_list
from extractor.programme.names import is_common, lead_end
from extractor.programme.view import Sentence, View

_VERB = regex.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:vừa\s+|đã\s+|cũng\s+|mới\s+)*"
    r"(?:đạt|được|là\s+(?:(?:một|1)\s+trong|sản\s+phẩm|đại\s+diện)|nằm\s+trong|có\s+tên)"
)
_RATED = regex.compile(
    r"\s*[”\"]?\s*(?:\([^)]*\)\s*)?(?:của\s[^,.;:]{2,50}?\s)?(?:,?\s*do\s[^,.;]{3,60}?(?:sản\s+xuất|chế\s+tác|làm(?:\s+ra)?|chế\s+biến)\s*,?\s*)?"
    r"(?:(?:vừa|đã|cũng|sau\s+khi|đều|mới|chính\s+thức|lần\s+lượt)\s+)*"
    r"(?:được\s[^,.;]{0,50}?(?:công\s+nhận|chứng\s+nhận|xếp|đánh\s+giá|cấp|nâng|gắn)|đạt|là\s+sản\s+phẩm)[^,.;]{0,60}?(?:\d\s*sao|ocop)"
)
_RATING = regex.compile(r"\d\s*sao|ocop|một\s+sản\s+phẩm")
_BRAND = regex.compile(r"(?:thương\s+hiệu|nhãn\s+hiệu|đặc\s+sản|mô\s+hình)\s+")
_COUNTED_KIND = regex.compile(r"(?:[2-9]|\d\d|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+(?:bộ\s+)?sản\s+phẩm\s*$")
_BOUNDARY = regex.compile(r"[,:]\s|\s[-–]\s|[“\"](?=\p{L})|\s(?:và|riêng|đặc\s+biệt)\s")


def is_rated(view: View, position: int, end: int) -> bool:
    """Whether what stands before a position is said to be recognised or rated there."""
    return rated_to(view, position, end) is not None


def rated_to(view: View, position: int, end: int) -> int | None:
    """Where the rating of what stands before a position ends, None when nothing rates it there."""
    match = _RATED.match(view.folded, position, end)
    return match.end() if match is not None else None


def subjects(view: View, sentence: Sentence, mine: list[Count], counts: list[Count]) -> Iterator[Region]:
    """Names that open the sentence and are said to be rated; further on, only with the rating right behind them."""
    if not _RATING.search(view.folded, sentence.start, _next_end(view, sentence)):
        return
    taken = sentence.start - 1
    for start in _starts(view, sentence):
        if start <= taken:
            continue
        region = _region(view, sentence, start)
        if region is not None:
            taken = region.listing.items[-1].name.end
            yield region


def _next_end(view: View, sentence: Sentence) -> int:
    """The end of the next sentence of the paragraph."""
    following = view.sentences[sentence.index + 1 : sentence.index + 2]
    return following[0].end if following and following[0].paragraph == sentence.paragraph else sentence.end


def _starts(view: View, sentence: Sentence) -> Iterator[int]:
    yield sentence.start
    for match in _BOUNDARY.finditer(view.folded, sentence.start, sentence.end):
        yield match.end()


_LISTED_AS = regex.compile(
    r"(?:[….]+|,|\s)*(?:đây\s+)?(?:đều\s+)?là\s+(?:những|các)\s+(?:\p{L}+\s+){0,2}?(?:sản\s+phẩm|đặc\s+sản|sản\s+vật)"
)


def _listed_as(view: View, sentence: Sentence, start: int) -> Region | None:
    """Names that open a sentence and are said to be products: "Tương A, giò B, hương C… là những đặc sản"."""
    said = _LISTED_AS.search(view.folded, start, sentence.end)
    if said is None or view.text.count(",", start, said.start()) < 2:
        return None
    listing = read_list(view, start, said.start(), True)
    headed = sum(1 for item in listing.items if item.name.headed)
    if len(listing.items) < 3 or headed * 2 < len(listing.items) or listing.items[0].name.start != start:
        return None
    return Region("subject", sentence, sentence.start, start, said.start(), listing)


def _region(view: View, sentence: Sentence, begin: int) -> Region | None:
    start = lead_end(view, begin, sentence.end)
    brand = _BRAND.match(view.folded, start)
    start = view.skip_spaces(brand.end() if brand else start, sentence.end)
    start += start < sentence.end and view.text[start] in '“"'
    if begin == sentence.start and (listed := _listed_as(view, sentence, start)) is not None:
        return listed
    if view.head(start) is None or not _RATING.search(view.folded, start, sentence.end):
        return None
    listing = read_list(view, start, sentence.end, False)
    if not listing.items or listing.items[0].name.start != start:
        return None
    if begin == sentence.start and _VERB.match(view.folded, listing.items[0].name.end, sentence.end):
        return Region("subject", sentence, begin, start, sentence.end, listing)
    kind_only = _COUNTED_KIND.search(view.folded[begin:start]) is not None and is_common(listing.items[0].name)
    if kind_only and len(listing.items) == 1:
        return None  # "5 sản phẩm nước mắm của công ty được công nhận": of what kind they are
    rated = [i for i, item in enumerate(listing.items) if is_rated(view, item.name.end, sentence.end)]
    if not rated:
        return None
    del listing.items[rated[0] + 1 :]
    return Region("subject", sentence, begin, start, sentence.end, listing)
