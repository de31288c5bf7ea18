"""Regions → products with producer, stars, status, year and place; what is said twice is given once."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from extractor.programme.counts import Count
from extractor.programme.items import Item, Region
from extractor.programme.periods import find_periods
from extractor.programme.stars import Stars, find_stars
from extractor.programme.status import Clause, verdict
from extractor.programme.view import View

_UNDECIDED = ("assessed", "proposed", "target")
_POINTS = regex.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,2})?)\s*điểm(?!\s+(?:bán|du|đến|trở))")


@dataclass(slots=True)
class Draft:
    """A product in the making. Spans are (start, end) in the document's text."""

    name: str
    name_span: tuple[int, int]
    producer: str | None = None
    producer_span: tuple[int, int] | None = None
    stars: int | None = None
    stars_span: tuple[int, int] | None = None
    status: str | None = None
    status_spans: list[tuple[int, int]] = field(default_factory=list)
    year: str | None = None
    year_span: tuple[int, int] | None = None
    place: str | None = None
    place_span: tuple[int, int] | None = None
    points: float | None = None
    points_span: tuple[int, int] | None = None
    group: str | None = None
    group_span: tuple[int, int] | None = None
    rule: str = "products.listed"
    region: int = -1


def draft_products(view: View, regions: list[Region], counts: list[Count]) -> list[Draft]:
    """A draft for every name of every region, in text order."""
    drafts: list[Draft] = []
    for index, region in enumerate(regions):
        drafts += _region(view, region, counts, index)
    _spread_back(drafts, regions)
    return drafts


def _spread_back(drafts: list[Draft], regions: list[Region]) -> None:
    """A rating at the end of a sentence speaks of the lists before it in the sentence that have none."""
    for draft in drafts:
        if draft.stars is not None or regions[draft.region].owner is None:
            continue
        sentence = regions[draft.region].sentence
        later = [d for d in drafts if d.region > draft.region and regions[d.region].sentence is sentence]
        if later and _closes(later[-1], regions) and all(d.stars is not None for d in later):
            draft.stars, draft.stars_span = later[-1].stars, later[-1].stars_span


def _closes(draft: Draft, regions: list[Region]) -> bool:
    """Whether the rating of the last name stands behind it and its list was counted."""
    behind = draft.stars_span is not None and draft.stars_span[0] > draft.name_span[1]
    return draft.stars is not None and behind and regions[draft.region].owner is not None


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the words around a list say of all its items."""

    stars: Stars | None
    stars_known: bool
    status: str | None
    spans: tuple[tuple[int, int], ...]
    year: str | None


def _region(view: View, region: Region, counts: list[Count], index: int) -> list[Draft]:
    shared = _shared(view, region, counts)
    drafts = []
    for item in region.listing.items:
        draft = _draft(view, region, item, shared)
        draft.region = index
        drafts.append(draft)
    _spread_last(drafts, region, shared)
    return drafts


def _shared(view: View, region: Region, counts: list[Count]) -> _Shared:
    owner = _resolved_owner(view, region, counts)
    if owner is not None:
        stars = owner.stars or _whole_rating(view, owner)
        source = owner if owner.status is not None else owner.parent
        status = source.status if source is not None else None
        if not (owner.explicit or stars or _speaks_of_ocop(view, owner)):
            status = None if status == "recognized" and owner.reason == "" else status
        if stars is None and view.cues("other_award", owner.sentence.start, owner.sentence.end):
            status = None
        spans = tuple(owner.spans) or ((owner.start, owner.end),)
        limit = min(region.start, owner.sentence.end)
        nearer = _last_rating(view, owner.end, limit) if owner is region.owner else None
        stars = nearer if nearer is not None and len(nearer.values) == 1 else stars
        return _Shared(stars, stars is not None, status, spans, owner.period)
    return _from_words(view, region)


def _whole_rating(view: View, owner: Count) -> Stars | None:
    """The rating of what the count is a part of."""
    if owner.parent is not None:
        return owner.parent.stars
    if regex.search(r"trong\s+đó", view.folded[owner.left : owner.start]):
        return _last_rating(view, owner.sentence.start, owner.start)
    return None


def _speaks_of_ocop(view: View, owner: Count) -> bool:
    return "ocop" in view.folded[owner.sentence.start : owner.sentence.end]


def _from_words(view: View, region: Region) -> _Shared:
    """Status and stars of a list without a count, from its own clause."""
    source = region.opened or region
    first, last = source.listing.items[:1] or region.listing.items[:1], region.listing.items[-1:]
    start = source.start if source is not region else first[0].name.start
    end = start if source is not region else _item_end(last[0])
    right = source.sentence.end
    found = verdict(view, Clause(source.sentence, source.ahead, start, end, right))
    opening = view.folded[source.sentence.start : source.start].split()
    if found is None and len(opening) <= 4 and source.sentence.index:
        before = view.sentences[source.sentence.index - 1]
        if before.paragraph == source.sentence.paragraph:
            found = verdict(view, Clause(before, before.start, before.start, before.start, before.end))
    stars = _last_rating(view, source.ahead, source.start if source.kind == "introduced" else start)
    if (stars is None and len(region.listing.items) == 1) or (
        region.kind in ("subject", "called", "made") and stars is None
    ):
        stars = next(find_stars(view.folded, end, right), None)
    award = view.cues("other_award", source.sentence.start, source.sentence.end)
    if found is None or award or not (found.strong or stars):
        return _Shared(stars, stars is not None, None, (), None)
    years = [
        p.value for p in find_periods(view.folded, source.sentence.start, source.sentence.end) if "/" not in p.value
    ]
    return _Shared(stars, stars is not None, found.status, ((found.start, found.end),), years[0] if years else None)


def _last_rating(view: View, start: int, end: int) -> Stars | None:
    found = list(find_stars(view.folded, start, end))
    return found[-1] if found and end - found[-1].end < 70 else None


def _item_end(item: Item) -> int:
    return max(item.name.end, item.maker.end if item.maker else 0)


def _resolved_owner(view: View, region: Region, counts: list[Count]) -> Count | None:
    """The count of the list; without one, the last main count if the list is announced as "các sản phẩm …"."""
    owner = region.owner
    if owner is not None:
        owner = _taken_up(view, owner, counts) or owner
    if owner is None:
        words = view.folded[region.ahead : region.start]
        if region.kind in ("introduced", "item") and regex.search(
            r"(?:các|những|số)\s+sản\s+phẩm(?:\s+\p{L}+){0,3}\s*(?:gồm|là|:|bao)", words
        ):
            before = [c for c in counts if c.start < region.start and c.unit == "product"]
            near = [c for c in before if region.sentence.paragraph - c.sentence.paragraph <= 2]
            if near and _speaks_otherwise(view, region, near[-1]):
                return None
            return near[-1] if (near and _rating(near[-1]) is not None) or (near and near[-1].explicit) else None
        if region.kind == "introduced" and regex.match(r"\s*(?:bao gồm|gồm|cụ thể|trong đó|theo đó)\s*:?\s*$", words):
            before = [c for c in counts if c.start < region.start and c.unit == "product"]
            near = [c for c in before if region.sentence.paragraph - c.sentence.paragraph <= 1]
            return near[-1] if near else None
        return _as_many(region, words, counts)
    if owner.stars is None or not owner.explicit:
        same = [
            c
            for c in counts
            if c is not owner and c.number == owner.number and c.unit == "product" and c.start < owner.start
        ]
        rated = [c for c in same if c.stars is not None and (owner.status in (c.status, None) or not owner.explicit)]
        if owner.stars is None and rated:
            return rated[-1]
    return owner


def _speaks_otherwise(view: View, region: Region, count: Count) -> bool:
    """Whether the words that open a list say something else of it than of the count before."""
    own = verdict(view, Clause(region.sentence, region.ahead, region.start, region.start, region.start))
    other_sentence = count.sentence is not region.sentence
    return other_sentence and own is not None and own.strong and own.status != count.status


def _as_many(region: Region, words: str, counts: list[Count]) -> Count | None:
    """The rated count before a list of as many: "… 7 sản phẩm đạt 3 sao. … Các sản phẩm được … đợt này, gồm"."""
    if region.kind != "introduced" or regex.search(r"(?:các|những)\s+sản\s+phẩm\s[^.;:]*:?\s*$", words) is None:
        return None
    same = [c for c in counts if c.start < region.start and c.unit == "product" and c.stars is not None]
    near = [c for c in same if region.sentence.paragraph - c.sentence.paragraph <= 2]
    return near[-1] if near and near[-1].number == len(region.listing.items) > 1 else None


def _taken_up(view: View, owner: Count, counts: list[Count]) -> Count | None:
    """A later count that speaks of the same products: "cả 2 sản phẩm được công nhận đạt 4 sao"."""
    for count in counts:
        if count.start > owner.start and count.number == owner.number and count.unit == "product" and count.explicit:
            near = count.sentence.index - owner.sentence.index <= 1
            if near and regex.search(r"(?:cả|số)\s*$", view.folded[count.start - 6 : count.start]):
                return count
    return None


def _rating(count: Count) -> Stars | None:
    return count.stars or (count.parent.stars if count.parent else None)


def _single(stars: Stars | None) -> int | None:
    return stars.values[0] if stars is not None and len(stars.values) == 1 else None


def _draft(view: View, region: Region, item: Item, shared: _Shared) -> Draft:
    draft = Draft(item.name.text, (item.name.start, item.name.end), rule=f"products.{region.kind}")
    maker = item.maker or region.maker
    if maker is not None:
        draft.producer, draft.producer_span = maker.name, (maker.start, maker.end)
    if item.place is not None:
        draft.place, draft.place_span = view.text[slice(*item.place)], item.place
    draft.stars = _single(shared.stars)
    draft.stars_span = (shared.stars.start, shared.stars.end) if shared.stars and draft.stars else None
    draft.status, draft.status_spans = shared.status, list(shared.spans)
    if shared.year is not None and "/" not in shared.year and shared.status in ("recognized", "assessed"):
        draft.year = shared.year
    _own_words(view, region, item, draft)
    return draft


def _own_words(view: View, region: Region, item: Item, draft: Draft) -> None:
    """What the remark behind the item says of it overrides what the list says."""
    if item.tail is None:
        return
    start, end = item.tail
    ratings = list(find_stars(view.folded, start, end))
    if ratings and (draft.stars is None or region.kind == "item" or len(region.listing.items) > 1):
        draft.stars, draft.stars_span = _single(ratings[-1]), (ratings[-1].start, ratings[-1].end)
    points = _POINTS.search(view.folded, start, end)
    if points is not None and float(points[1].replace(",", ".")) <= 100:
        draft.points, draft.points_span = float(points[1].replace(",", ".")), points.span()
    found = verdict(view, Clause(region.sentence, start, start, start, end))
    if found is not None and found.status == "recognized" and draft.status == "revoked":
        return  # "thu hồi giấy chứng nhận của X được công nhận năm 2022"
    if found is not None and found.status == "recognized" and not found.strong and draft.status in _UNDECIDED:
        return  # "đạt 4 sao" in a list of what a board scored, or of what is proposed, is no recognition
    unsaid = draft.status is None or region.owner is None
    own_rating = bool(ratings) and region.owner is not None and region.owner.stars is None
    if found is not None and (((found.strong or ratings) and unsaid) or ((found.strong or own_rating) and ratings)):
        draft.status, draft.status_spans = found.status, [(found.start, found.end)]


def _spread_last(drafts: list[Draft], region: Region, shared: _Shared) -> None:
    """A rating behind the last item speaks of all when no other item has one: "A và B của Y, đạt 3 sao"."""
    if len(drafts) < 2 or shared.stars_known:
        return
    last = drafts[-1]
    if last.stars is None or any(d.stars is not None for d in drafts[:-1]):
        return
    for draft in drafts[:-1]:
        draft.stars, draft.stars_span = last.stars, last.stars_span
        if draft.status is None:
            draft.status, draft.status_spans = last.status, last.status_spans
