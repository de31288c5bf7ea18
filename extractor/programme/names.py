"""Product names: where one starts and ends in a piece of text, and what is no name at all."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractor import places
from extractor.programme.stars import find_stars
from extractor.programme.view import View

_BULLET = regex.compile(
    r"\s*(?:[-+*•–·]\s*)?(?:\(?\d{1,3}[.)/](?!\d)\s*|\(?[a-zđ][.)]\s*|\d{1,3}\s+(?=\p{Lu}))?(?:[-+*•–·]\s*)?"
)
_NUMBERED = regex.compile(
    r"\s*(?:\d{1,3}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|một)\s+(?=(?:bộ\s+|nhóm\s+)?(?:sản|sảo)\s+ph[ẩầ]m)"
)
_QUOTES = "“”\"‘’'«»"
_MAX_WORDS = 16
_TAIL = regex.compile(
    r"(?:\s*[,;:.…–-]+|\s+(?:xuất khẩu|cấp tỉnh|cấp huyện|cấp quốc gia|ocop|các loại|v\.v|vv|nói trên|nêu trên|và|đều|"
    r"đầu tiên|tiêu biểu|nổi tiếng|"
    r"\d\s*sao|nữa|khác|duy nhất))+$",
    regex.IGNORECASE,
)
_MADE_OF = regex.compile(r"sản phẩm (?:từ|thủ công (?:từ|bằng)|làm từ)\s")
_NO_NAME = regex.compile(
    r"năm\s+\d|ít nhất|khoảng|\d+\s*sao|(?:bộ )?sản phẩm$|\d+\s+(?:sản phẩm|chủ thể)|"
    r"(?:chương|điều|khoản|phụ lục)(?:\s+[\divx]+)?$"
)
_INDICATOR = regex.compile(
    r"\d[\d.,]*\s*%|(?:doanh (?:thu|số)|thu nhập|t[ỷỉ] lệ|kinh phí|số lượng|tổng số|giá trị)(?!\p{L})"
)
# "sản phẩm OCOP 4 sao “Gạo Mẫu”": the rating stands before the name
_RATED_LEAD = regex.compile(
    r"\s*(?:ocop\s*)?(?:đạt\s+)?(?:hạng\s+)?[1-5]\s*sao(?:\s+ocop)?(?:\s+mang\s+thương\s+hiệu)?(?=\s+[“\"\p{L}])(?!\s+(?:trở|cấp|là|của|năm|được|đạt|và))"
)
_PLAIN = regex.compile(r"[\p{L}\d]")


@dataclass(frozen=True, slots=True)
class Name:
    """A product name; `start`, `end` is its place."""

    text: str
    start: int
    end: int
    headed: bool


def lead_end(view: View, start: int, end: int) -> int:
    """Behind bullets, numbers and words like "sản phẩm" that open a piece but do not belong to the name."""
    position = start
    while True:
        before = position
        position = _BULLET.match(view.text, position, end).end()  # type: ignore[union-attr]
        numbered = _NUMBERED.match(view.folded, position, end)
        position = numbered.end() if numbered else position
        position = view.skip_spaces(position, end)
        cue = view.at("lead_in", position)
        if cue is not None and cue.end <= end:
            bare = _strippable(view, cue.end, end)
            rated = _RATED_LEAD.match(view.folded, cue.end, end) if bare and cue.end - cue.start > 6 else None
            position = (
                view.skip_spaces(rated.end() if rated else cue.end, end) if bare else view.folded.index("s", position)
            )
            if not bare:
                return position
        while position < end and view.text[position] in ":,;":
            position = view.skip_spaces(position + 1, end)
        if position == before:
            return position


def _strippable(view: View, position: int, end: int) -> bool:
    """As in "sản phẩm từ cói", "sản phẩm thủ công từ bèo" keep the word: what follows is no noun."""
    start = view.skip_spaces(position, end)
    return not regex.match(r"(?:từ|thủ công (?:từ|bằng)|làm từ)\s", view.folded[start : start + 20])


def name_in(view: View, start: int, end: int, trusted: bool) -> Name | None:
    """The name in a piece that holds nothing else; `trusted`: a lower-case name needs no head noun."""
    span = view.trimmed(start, end)
    start, end = span.start, span.end
    quoted = start < end and view.text[start] in '“"«'
    while start < end and view.text[start] in _QUOTES + "(":
        start += 1
    closing = regex.compile(r"”(?=\s+\p{Ll})").search(view.text, start, end) if quoted else None
    end = closing.start() if closing is not None else end
    tail = _TAIL.search(view.text, start, end)
    end = tail.start() if tail else end
    while end > start and view.text[end - 1] in _QUOTES and not _quoted_inside(view.text[start:end]):
        end -= 1
    if view.text[start:end].count(")") > view.text[start:end].count("("):
        end = start + view.text[start:end].rfind(")")
    span = view.trimmed(start, end)
    text = " ".join(view.text[span.start : span.end].split())
    if not _plausible(text):
        return None
    headed = view.head(span.start) is not None or _MADE_OF.match(view.folded, span.start) is not None
    if not (headed or quoted) and _headline(text):
        return None
    proper = quoted and regex.match(r"\p{Lu}\p{L}*\s+\p{Lu}\p{Ll}", text) is not None and not text.isupper()
    if not (proper and not is_place(text)) and _rejected(view, span.start, span.end, text, headed, trusted):
        return None
    return Name(text, span.start, span.end, headed)


def is_indicator(text: str) -> bool:
    """Whether a text names what a plan measures, not a product: "100% chủ thể …", "Doanh thu …"."""
    return _INDICATOR.match(text.lower()) is not None


def _headline(text: str) -> bool:
    """Whether a text is a sentence rather than a name: long, opened by a capital, mostly in lower case."""
    words = text.split()
    return text[0].isupper() and len(words) > 8 and 2 * sum(word[0].isupper() for word in words) <= len(words)


def is_common(name: Name) -> bool:
    """Whether a name is made of common words only: "chè hữu cơ"."""
    return regex.search(r"(?<!^)\p{Lu}|\d|[“”\"]", name.text) is None


def _quoted_inside(text: str) -> bool:
    """Whether the mark that ends a name closes a quotation in it: "mắm Bà Mẫu “777”"."""
    opening = "“" if text[-1] == "”" else text[-1]
    return opening in text[:-1]


def _plausible(text: str) -> bool:
    words = text.split()
    return (
        2 <= len(text) <= 120
        and 1 <= len(words) <= _MAX_WORDS
        and _PLAIN.search(text) is not None
        and text[0] not in "%/"
    )


def _rejected(view: View, start: int, end: int, text: str, headed: bool, trusted: bool) -> bool:
    """General words, ratings, persons and agencies, places, and lower-case words without a head noun."""
    if _MADE_OF.match(view.folded, start):
        return view.text.endswith(("Các ", "Những "), 0, start) or not view.folded[end : end + 5].startswith(
            (" của", ",")
        )
    if regex.search(r"(?<!^bộ )(?<!^)sản phẩm", text.lower()):
        return True
    if (
        _no_noun(view, start)
        or is_indicator(text)
        or _NO_NAME.match(text.lower())
        or next(find_stars(view.folded, start, end), None)
    ):
        return True
    if regex.match(r"\d+\s+\p{Ll}", text) or (text[0].isdigit() and not regex.search(r"\p{L}{2}", text)):
        return True
    if headed:
        return text.istitle() and len(text.split()) < 4 and is_place(text)
    if text[0].isupper():
        return is_place(text) or (not trusted and _opens_with_place(text))
    return not trusted or is_place(text)


def _no_noun(view: View, start: int) -> bool:
    """Whether a piece opens with a verb, a general word, a status word or a producer, and with no head noun."""
    head = view.head(start)
    reach = head.end if head is not None else start
    stop, reject, cue = view.at("stop", start), view.at("reject", start), view.at("status", start)
    if stop is not None and stop.end > reach:
        return True
    if reject is not None and reject.value == "reject" and reach <= reject.end:
        return True
    return view.at("kind", start) is not None or (head is None and cue is not None and cue.value != "neutral")


def _opens_with_place(text: str) -> bool:
    """Whether the capitals that open an untrusted name are a place: "Thanh Hóa vươn xa"."""
    run = regex.match(r"(?:\p{Lu}[\p{L}'’]*\s?)+", text)
    return run is not None and len(run[0].split()) > 1 and bool(places.gazetteer().named(run[0].strip()))


def is_place(text: str) -> bool:
    """Whether a text is nothing but a known place or a place with its kind word."""
    if regex.fullmatch(
        r"(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|thôn|ấp|bản|khóm)", text, regex.IGNORECASE
    ):
        return True
    if regex.match(
        r"(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|thôn|ấp|bản|khóm|cùng|TP|TX|TT)[\s.]",
        text,
        regex.IGNORECASE,
    ):
        return True
    return bool(places.gazetteer().named(text))
