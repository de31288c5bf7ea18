"""Numbers that count products or producers of the programme, with the words that belong to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from extractor.programme.names import lead_end
from extractor.programme.stars import Stars, find_stars
from extractor.programme.view import Sentence, View
from extractor.text.numerals import integer

_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_NUMBER = regex.compile(
    r"(?<![\p{L}\d.,%–-])(?<!\d\s)(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,5}|"
    + "|".join(_WORDS)
    + r")(?:/(?P<of>\d{1,3}(?:\.\d{3})+|\d{1,5}))?(?P<gap>\s+)(?=[\p{L}(])"
)
_GAP_WORDS = regex.compile(r"(?:(?:lượt|mẫu|bộ|chuỗi|tổng\s+số|các)\s+)?")
_LISTED = regex.compile(r":(?=\s)|\b(?:bao\s+)?gồm\b(?=\s*:|\s+\p{L})|,\s*như\s")
_ARTICLE = regex.compile(r"(?:có|thêm|ít\s+nhất|tối\s+thiểu|là|đạt|được|cả|,|và|với|\()\s*$")
_BARRED_AFTER = regex.compile(
    r"\s*(?:ocop\s*)?(?:/\s*(?:huyện|xã|năm|tháng|đơn)|[^.;:\d]{0,70}công\s+nghiệp\s+nông\s+thôn|(?<=đơn\svị\s*)sản\s+phẩm|(?<=phẩm)\s+tiêu\s+biểu(?![^.;]{0,60}ocop)|(?<=hộ)\s+(?:dân|nông\s+dân|nghèo|thành\s+viên|liên\s+kết|trồng|nuôi)|là\s+(?:các\s+)?(?:sở|ngành|cơ\s+quan)|nông\s+nghiệp(?!\s+ocop)|(?<!thể\s+sản\s+xuất\s*)nông\s+sản|khác\s+nhau|mỗi|du\s+lịch\s+(?!đạt|được|ocop|gồm|của))"
)
_BARRED_BEFORE = regex.compile(
    r"(?:(?:bình\s+quân|trung\s+bình)[^,.;]{0,25}|mỗi\s+(?:xã|làng|phường|thôn|xã,?\s*phường)(?:\s*\(phường\))?|bình\s+quân|trung\s+bình|(?:^|\s)năm|ngày|tháng|(?<!tổng\s)(?<!(?<!một\s)trong\s)số|điều|khoản|"
    r"phụ\s+lục|thứ|nhóm|mục|từ\s+\d+\s*(?:-|–|đến)|đồng\s*/|top|đợt|lần|vòng|\d\s*(?:-|–|đến))\s*$"
)
_GLUE = regex.compile(
    r"(?:\s*(?:ocop|cấp\s+(?:tỉnh|huyện|quốc\s+gia|thành\s+phố|trung\s+ương)|năm\s+\d{4}|đợt\s+\w+|đạt\s+(?:tiêu\s+chuẩn|chuẩn)|còn\s+lại|"
    r"chỉ|\)|của\s+[^,.;:()]{0,60}?|được\s+[^,.;:()]{0,40}?|(?:tỉnh|huyện|xã|thành\s+phố|thị\s+xã)(?:\s+\p{L}+){0,3}?|này))*\s*"
    r"(?:\(\s*|,\s*(?=(?:bao\s+)?gồm))?(?:có|bao\s+gồm|gồm|là|cho|đối\s+với|đối|với|:|lên|đạt)\s*(?:thêm\s+|tổng\s+số\s+|tổng\s+)?$"
)


_RAISED_TOTAL = regex.compile(
    r"(?:nâng|đưa)\s+(?:tổng\s+)?số\s+(?:lượng\s+)?(?P<unit>sản\s+phẩm|chủ\s+thể)[^,.;:\d]{0,70}?\s(?:lên|là|thành)\s+"
    r"(?:con\s+số\s+)?(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,5})(?![\d%])(?=\s*(?:[.;,:()]|$|và\s|trong\s+đó))"
)
_CLAUSE_END = regex.compile(
    r"[,;(/]|(?<!\dsao)(?<!\d\ssao)(?<!\dsao\s)(?<!\d\ssao\s):"
    r"|\s(?:và|trong\s+đó|nâng)(?=\s)"
)
_AGAIN = regex.compile(r"(?:^|[\s,.])(?:trong(?:\s+(?:tổng\s+)?số)?|cả)\s*$")
_RESTATES = regex.compile(
    r"\s*(?:ocop\s+)?[1-5]\s+sao\s+này|"
    r"\s*(?:này|trên|được\s+(?:công nhận|đề xuất|đề nghị)[^.;:]{0,30}\s*)?(?:gồm|bao\s+gồm|là|:|này|nói|đạt\s+kết)"
)


# Companies and households count as producers only where products or the programme are spoken of.
_AMONG = regex.compile(r"sản\s+ph[ẩầ]m|ocop|\d\s*sao|chủ\s+thể|hồ\s+sơ")
# A share bounds the clause of the counts beside it: "10.322 sản phẩm, trong đó 67,3% sản phẩm đạt 3 sao".
_SHARE = regex.compile(r"\d+(?:[.,]\d+)?\s*%\s*(?:(?:tổng\s+)?số\s+|là\s+)?(?:sản\s+phẩm|đạt)")


# What tells something new of a number; without it the number takes up what was counted before.
_FRESH = regex.compile(r"(?:có|thêm|cho|đạt|là|gồm|được|tổng\s+số|công\s+nhận|với|đối\s+với|và|\()\s*$")


@dataclass(slots=True)
class Count:
    """A count in a sentence. `[start, end)` is number and unit; `left` and `right` bound its clause."""

    number: int
    unit: str
    start: int
    end: int
    digits_end: int
    comparison: str
    sentence: Sentence
    depth: int
    listed: int = 0
    left: int = 0
    right: int = 0
    stars: Stars | None = None
    status: str | None = None
    reason: str = ""
    period: str | None = None
    scope: str | None = None
    parent: Count | None = None
    explicit: bool = False
    part: bool = False
    restated: bool = False
    again: bool = False
    nested: bool = False
    fresh: bool = True
    names: frozenset[str] = frozenset()
    spans: list[tuple[int, int]] = field(default_factory=list)


def find_counts(view: View, sentence: Sentence) -> list[Count]:
    """The counts of a sentence, with clause bounds and stars."""
    found = sorted([*_candidates(view, sentence), *_raised_totals(view, sentence)], key=lambda count: count.start)
    for count in found[1:]:
        count.fresh = count.fresh or view.text[: count.start].rstrip().endswith(",")
    _bound(view, sentence, found)
    _attach_stars(view, sentence, found)
    return found


def _candidates(view: View, sentence: Sentence) -> Iterator[Count]:
    depths = view.depth(sentence)
    for match in _NUMBER.finditer(view.folded, sentence.start, sentence.end):
        unit_at = _GAP_WORDS.match(view.folded, match.end()).end()  # type: ignore[union-attr]
        unit = view.at("unit", unit_at) or view.at("unit", match.end())
        if unit is None or not _counts(view, sentence, match, unit.end):
            continue
        if unit.value != "product" and view.folded.startswith("lượt", match.end()):
            continue  # "1.018 lượt hộ": visits, no producers
        number = _WORDS.get(match["number"]) or integer(match["number"])
        if number is None:
            continue
        sign, start = _comparison(view, sentence, match.start(), unit.end)
        kind = "product" if unit.value == "product" else "producer"
        depth = depths[match.start() - sentence.start]
        count = Count(number, kind, start, unit.end, match.end("number"), sign, sentence, depth)
        count.part = unit.value == "producer_parts"
        if count.part and not _AMONG.search(view.folded, sentence.start, sentence.end):
            continue
        count.again = _AGAIN.search(view.folded[sentence.start : start]) is not None
        count.fresh = _FRESH.search(view.folded[max(0, start - 20) : start]) is not None
        count.restated = _RESTATES.match(view.folded, unit.end, sentence.end) is not None
        yield count


def _raised_totals(view: View, sentence: Sentence) -> Iterator[Count]:
    """A total whose unit stands before it: "nâng tổng số sản phẩm OCOP của huyện lên 144"."""
    depths = view.depth(sentence)
    for match in _RAISED_TOTAL.finditer(view.folded, sentence.start, sentence.end):
        number = integer(match["number"])
        if number is not None:
            kind = "producer" if match["unit"].startswith("chủ") else "product"
            start, end = match.span("number")
            yield Count(number, kind, start, end, end, "=", sentence, depths[start - sentence.start])


def _counts(view: View, sentence: Sentence, match: regex.Match[str], end: int) -> bool:
    """Whether a number before a unit counts it: no year, article, average or share."""
    before = view.folded[max(sentence.start, match.start() - 30) : match.start()]
    if _BARRED_BEFORE.search(before) or _BARRED_AFTER.match(view.folded, end, sentence.end):
        return False
    if before.endswith("/") and not regex.search(r"(?:sản\s+phẩm|hồ\s+sơ)\s*/$", before):
        return False
    return match["number"] != "một" or _ARTICLE.search(before) is not None


def _comparison(view: View, sentence: Sentence, start: int, end: int) -> tuple[str, int]:
    """The sign and where it starts: "ít nhất 3", "trên 100", "30 sản phẩm trở lên"."""
    for cue in view.cues("comparison", max(sentence.start, start - 20), start):
        if cue.end <= start and not view.folded[cue.end : start].strip() and cue.value != ">=":
            return cue.value, cue.start
        if cue.value == ">=" and not view.folded[cue.end : start].strip() and view.folded[cue.start : cue.end] != "từ":
            return cue.value, cue.start
    since = regex.search(r"\scó\s+(từ\s+)$", view.folded[max(sentence.start, start - 12) : start])
    if since is not None:
        return ">=", start - len(since[1])
    if regex.match(r"(?:\s+ocop)?\s+trở\s+lên", view.folded[end : end + 18]):
        return ">=", start
    return "=", start


def _bound(view: View, sentence: Sentence, counts: list[Count]) -> None:
    """Clause bounds: between two counts of products, the last comma, semicolon, "và" or bracket before the second."""
    products = [count for count in counts if count.unit == "product"]
    for count in counts:
        following = [c for c in (products if count.unit == "product" else counts) if c.start > count.start]
        previous = [c for c in (products if count.unit == "product" else counts) if c.start < count.start]
        count.right = _gap(view, count.end, following[0].start) if following else sentence.end
        count.left = _gap(view, previous[-1].end, count.start) if previous else sentence.start
        if following and following[0].depth > count.depth:
            count.right = _after_bracket(view, count, following, sentence)
        _bound_by_shares(view, sentence, count)
        count.listed = _list_start(view, count)


def _bound_by_shares(view: View, sentence: Sentence, count: Count) -> None:
    """A share beside a count has its own words."""
    for share in _SHARE.finditer(view.folded, sentence.start, sentence.end):
        if share.start() >= count.end:
            count.right = min(count.right, _gap(view, count.end, share.start()))
            return
        count.left = max(count.left, _gap(view, share.end(), count.start))


def _list_start(view: View, count: Count) -> int:
    """Where the list of what was counted begins ("gồm:"), for its words do not speak of the count."""
    depths = view.depth(count.sentence)
    named = regex.compile(r"\slà\s+(?=\p{L})").match(view.text, count.end, count.right)
    if named is not None and view.head(lead_end(view, named.end(), count.right)) is not None:
        return named.start()
    for match in _LISTED.finditer(view.folded, count.end, count.right):
        if depths[match.start() - count.sentence.start] <= count.depth:
            return match.start()
    return count.right


def _after_bracket(view: View, count: Count, following: list[Count], sentence: Sentence) -> int:
    """Before the bracket that holds the next count, if a rating stands there; else up to the next count outside."""
    inner = _gap(view, count.end, following[0].start)
    if next(find_stars(view.folded, count.end, inner), None) is not None:
        return inner
    outside = [c for c in following if c.depth <= count.depth]
    return _gap(view, count.end, outside[0].start) if outside else inner


def _gap(view: View, start: int, end: int) -> int:
    """Where the clause of the first count ends and that of the second begins."""
    text = view.folded[start:end]
    cuts = [m.start() for m in _CLAUSE_END.finditer(text)]
    return start + cuts[-1] if cuts else end


def _attach_stars(view: View, sentence: Sentence, counts: list[Count]) -> None:
    """Ratings to counts: behind the count in its clause, else directly before it ("hạng 4 sao có 1 sản phẩm")."""
    ratings = list(find_stars(view.folded, sentence.start, sentence.end))
    taken: set[int] = set()
    owned = {id(count): _before(view, sentence, count, ratings) for count in counts}
    for count in counts:
        before = owned[id(count)]
        if before is not None:
            count.stars = before
            taken.add(before.start)
    for count in counts:
        if count.stars is None:
            count.stars = _shared(view, count, counts) or _behind(
                view, count, counts, [s for s in ratings if s.start not in taken]
            )


def _shared(view: View, count: Count, counts: list[Count]) -> Stars | None:
    """The rating between products and their producers: "7 sản phẩm đạt 3 sao của 6 chủ thể"."""
    if count.unit != "producer" or count.part or count.depth > 0:
        return None
    before = [c for c in counts if c.unit == "product" and c.start < count.start]
    if len(before) != 1 or before[0].stars is None or not before[0].end <= before[0].stars.start < count.start:
        return None
    return before[0].stars if regex.search(r"của\s*$", view.folded[before[0].stars.end : count.start]) else None


def _behind(view: View, count: Count, counts: list[Count], ratings: list[Stars]) -> Stars | None:
    """The first rating behind a count in its clause, of its own bracket depth first."""
    right = _reach(view, count)
    depths, base = view.depth(count.sentence), count.sentence.start
    inside = [r for r in ratings if count.end <= r.start < right]
    listed = [r for r in inside if r.start >= count.listed]
    if len(listed) > 1:  # those of the items that the list names
        inside = [r for r in inside if r.start < count.listed]
    for rating in inside:
        if depths[rating.start - base] <= count.depth and not _names_between(view, count, rating.start):
            return rating
    near = [r for r in inside if r.start - count.end < 60 and count.unit == "product"]
    return near[0] if near else None


def _reach(view: View, count: Count) -> int:
    """How far a rating may stand behind a count; producers in brackets have none of their own."""
    if count.unit == "product":
        return count.right
    if count.depth > 0 or regex.search(r"\((?:với)?\s*$", view.folded[max(0, count.start - 8) : count.start]):
        return count.end
    return min(count.right, count.end + 45) if count.part else count.right


def _names_between(view: View, count: Count, end: int) -> bool:
    """Whether the rating is that of one of them: "Trong 7 sản phẩm còn lại, cà phê X đạt 4 sao"."""
    if not regex.search(r"trong(?:\s+(?:tổng\s+)?số)?\s*$", view.folded[count.sentence.start : count.start]):
        return False
    commas = regex.finditer(r",\s+", view.text[count.end : end])
    starts = (count.end + comma.end() for comma in commas)
    return any(view.head(at) is not None or view.at("lead_in", at) is not None for at in starts)


def _before(view: View, sentence: Sentence, count: Count, ratings: list[Stars]) -> Stars | None:
    """A rating just before the count that reads as its subject; not when one follows the count at once."""
    for rating in reversed(ratings):
        if rating.end <= count.start and rating.start >= count.left - 1:
            between = view.folded[rating.end : count.start]
            if len(between) < 90 and _GLUE.fullmatch(between):
                return rating
            return None
    return None
