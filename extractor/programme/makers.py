"""Producers named in running text: a kind word and a proper name, exact ends.

The name runs over proper words, and over common words that lead to another proper word ("HTX sản xuất chế biến, thu mua
An Lạc"); a verb, an address or punctuation ends it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import regex

from extractor.programme.lexicon import Cue
from extractor.programme.trades import after_trade, inner_after, inside_inner, leads_to_proper, trades, wares
from extractor.programme.view import View

_WORD = regex.compile(r"[\p{L}\p{M}\d][\p{L}\p{M}\d'’./&+-]*|[^\s]")
_MARKS = ",-–&“\"‘'”’"
_MAX_GAP = 14
_FULL_LINE = 56
_ABBREVIATED = regex.compile(r"\s*\((?:HTX|THT|TNHH|CP|DNTN|HKD|MTV)\)")
# "Ly." and "An." are names that end a sentence, "TP." and "Th." are not.
_ABBREVIATION = regex.compile(r"(?:(?:\p{Lu}{1,2}|[BCDĐGHKLMNPQRSTVX][bcdghklmnpqrstvx])\.)+")
_CONTACT = frozenset({"địa chỉ", "số điện thoại", "điện thoại", "đt", "sđt"})
_SERVES = regex.compile(r"đơn\s+vị\s+(?:tư\s+vấn|tổ\s+chức|phân\s+phối|tài\s+trợ)\s*(?:\(|:|-|–|là)?\s*$")
_LOOSE = frozenset({"hộ", "doanh nghiệp"})


@dataclass(frozen=True, slots=True)
class Maker:
    """A producer at `[start, end)`."""

    name: str
    kind: str
    start: int
    end: int


def find_makers(view: View, start: int, end: int) -> list[Maker]:
    """The producers named in `[start, end)`, in text order, none inside another."""
    key = ("makers", start, end)
    if key not in view.memo:
        view.memo[key] = tuple(_find_makers(view, start, end))
    return list(cast("tuple[Maker, ...]", view.memo[key]))


def _find_makers(view: View, start: int, end: int) -> list[Maker]:
    found: list[Maker] = []
    for cue in view.cues("kind", start, end):
        if cue.value == "none" or (found and cue.start < found[-1].end) or _within_head(view, cue):
            continue
        maker = _maker(view, cue, end)
        if maker is not None:
            found.append(_with_parent(view, maker, end))
    return found


def _with_parent(view: View, maker: Maker, limit: int) -> Maker:
    """A branch with the company it belongs to: "Chi nhánh Mẫu - CTCP Công nghệ Mẫu", or behind it."""
    dash = regex.compile(r"\s*[-–]\s*").match(view.text, maker.end, limit)
    cue = view.at("kind", dash.end()) if dash is not None else None
    branch = cue is not None and view.folded[cue.start : cue.end] == "chi nhánh"
    if not (branch or maker.name.lower().startswith("chi nhánh")):
        return maker
    parent = _maker(view, cue, limit) if cue is not None and cue.value != "none" else None
    if parent is None:
        return maker
    return Maker(" ".join(view.text[maker.start : parent.end].split()), maker.kind, maker.start, parent.end)


def _within_head(view: View, cue: Cue) -> bool:
    """Whether the kind word is the end of a product noun: "lạp xưởng"."""
    if view.folded[cue.start : cue.end] == "farm" and regex.search(r"\p{Lu}\p{L}* $", view.text[: cue.start][-12:]):
        return True  # "dưa lưới Mẫu Farm"
    return any(
        head.start < cue.start and head.end >= cue.end for head in view.cues("head", max(0, cue.start - 12), cue.end)
    )


def _maker(view: View, cue: Cue, limit: int) -> Maker | None:
    position = cue.end
    bracket = _ABBREVIATED.match(view.text, position, limit)
    position = bracket.end() if bracket else position
    end = _name_end(view, position, limit)
    end = _bracketed_end(view, cue, end, limit)
    if end is None or _generic(view, cue, position, end) or _loose(view, cue, view.skip_spaces(position, limit)):
        return None
    start = cue.start
    if _SERVES.search(view.folded[max(0, start - 24) : start]):
        return None
    if view.folded[cue.start : cue.end] == "chủ thể":
        start = view.skip_spaces(position, limit)
        if not (
            view.text[start].isupper() and regex.search(r"của\s*$", view.folded[max(0, cue.start - 6) : cue.start])
        ):
            return None
    name = " ".join(view.text[start:end].split())
    return Maker(_tidy(name), _kind(cue.value, name), start, end)


def _loose(view: View, cue: Cue, start: int) -> bool:
    """Whether a general word ("hộ", "doanh nghiệp") is followed by common words that are no trade."""
    if view.folded[cue.start : cue.end] not in _LOOSE:
        return False
    return not view.text[start].isupper() and view.at("inner", start) is None


def _bracketed_end(view: View, cue: Cue, end: int | None, limit: int) -> int | None:
    """In "(Cơ sở sản xuất Mẫu giang)" the bracket ends the name, not the last capital."""
    if end is None or regex.search(r"\(\s*(?:của\s+)?$", view.text[max(0, cue.start - 8) : cue.start]) is None:
        return end
    rest = regex.match(r"\s+\p{Ll}+(?:\s+\p{Ll}+){0,2}(?=\s*[,)])", view.text[end:limit])
    if rest is None or view.cues("producer_stop", end, end + rest.end()) or view.cues("place", end, end + rest.end()):
        return end
    return end + rest.end()


def _tidy(name: str) -> str:
    return name.rstrip(" ,.-–/").strip('“”"')


def _kind(kind: str, name: str) -> str:
    """The kind that the whole name shows: "Công ty Thương mại X TNHH"."""
    if kind == "other":
        lowered = name.lower()
        if regex.search(r"\btnhh\b|trách nhiệm hữu hạn", lowered):
            return "limited_company"
        if regex.search(r"\bcp\b|cổ phần", lowered):
            return "joint_stock_company"
    return kind


def _generic(view: View, cue: Cue, start: int, end: int) -> bool:
    """A kind word followed by general words only, or by a number of them."""
    rest = view.text[start:end].strip()
    if regex.match(r"(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh)\s", rest):
        return True
    return not regex.search(r"\p{Lu}|\d", rest) or regex.fullmatch(r"(?:OCOP|NTM|[\dIVX.]+)", rest) is not None


def _name_end(view: View, position: int, limit: int) -> int | None:
    """The end of the last proper word of the name, None when there is none."""
    end: int | None = None
    gap = 0
    for word in _words(view, position, limit):
        text = word[0]
        if text in _MARKS:
            if not _passes(view, word, limit, end):
                break
        elif _over(view, word, end):
            break
        elif _proper(text):
            end, gap = _without_stop(word), 0
            if end < word.end():
                break
        else:
            gap += 1
            if gap > _MAX_GAP:
                break
    return end


def _passes(view: View, word: regex.Match[str], limit: int, end: int | None) -> bool:
    """Whether a name goes on behind a comma, dash or quotation mark."""
    if word[0] in ",-–&":
        return _goes_on(view, word, limit, end)
    return not (word[0] == "”" or (end is not None and word[0] in "\"'"))


def _over(view: View, word: regex.Match[str], end: int | None) -> bool:
    """Whether a word ends the name: another mark, a verb, an address, a number that counts."""
    text = word[0]
    if text.startswith("OCOP") and view.folded.endswith("sản phẩm ", 0, word.start()):
        return True  # "HTX Mẫu vươn lên cùng sản phẩm OCOP"
    if not regex.match(r"[\p{L}\d]", text) or _ends(view, word.start(), text, end is not None):
        return True
    return text[0].isdigit() and not _number_inside(view, word, end)


def _without_stop(word: regex.Match[str]) -> int:
    """The end of a proper word without the full stop that ends the sentence."""
    text = word[0]
    if text.endswith(".") and not _ABBREVIATION.fullmatch(text):
        return word.end() - (len(text) - len(text.rstrip(".")))
    return word.end()


def _words(view: View, position: int, limit: int) -> Iterator[regex.Match[str]]:
    yield from _WORD.finditer(view.text, position, limit)


def _number_inside(view: View, word: regex.Match[str], end: int | None) -> bool:
    """A number in a name stands at its end ("Cơ sở Ba 2") or is a date ("HTX 20/10"); it counts nothing."""
    follows = view.skip_spaces(word.end(), len(view.text))
    if "/" in word[0]:
        return True
    if end is None:  # the whole proper part is a number: "Cơ sở rượu nho 39 (xã Mẫu)"
        return regex.match(r"\s*(?:[(),;.]|$)", view.text[word.end() :][:3]) is not None and not _is_count(view, word)
    if view.text[end : word.start()].strip():
        return False
    return view.at("unit", follows) is None and view.at("kind", follows) is None


def _is_count(view: View, word: regex.Match[str]) -> bool:
    return regex.search(r"(?:số|là|có|lên|thứ)\s*$", view.folded[max(0, word.start() - 6) : word.start()]) is not None


def _proper(text: str) -> bool:
    return regex.match(r"\p{Lu}|\d", text) is not None


def _ends(view: View, position: int, text: str, named: bool) -> bool:
    """Whether a word ends the name: a verb or preposition, or an address once something proper was named."""
    stop = view.at("producer_stop", position)
    if stop is not None and text[0].islower() and not inside_inner(view, position):
        return True
    if stop is not None and named and view.folded[stop.start : stop.end] in _CONTACT:
        return True
    place = view.at("place", position)
    if place is not None and named and _ADDRESS.match(view.text, position) and not trades(view, position):
        return True
    if place is not None and named and _own_line(view.document.text, position):
        return True
    if place is not None and named and (text[0].islower() or regex.fullmatch(r"T[PXT]\.?|TP\.\p{L}+", text)):
        follows = view.skip_spaces(place.end, len(view.text))
        return follows < len(view.text) and (
            view.text[follows].isupper() or view.text[follows].isdigit() or view.text[follows] == "."
        )
    return (
        text in ("và", "hoặc", "cùng") and named and not inner_after(view, position) and not after_trade(view, position)
    )


_ADDRESS = regex.compile(r"(?:Xã|Phường|Huyện|Thị trấn|Thị xã|Thôn|Ấp)\s+\p{Lu}\p{Ll}")


def _own_line(text: str, position: int) -> bool:
    """Whether a word opens a line below a short one, as an address in a cell does; a full line only wraps."""
    if regex.search(r"\n\s*$", text[max(0, position - 4) : position]) is None:
        return False
    above = text[:position].rstrip()
    return len(above) - above.rfind("\n") < _FULL_LINE


def _goes_on(view: View, word: regex.Match[str], limit: int, end: int | None) -> bool:
    """A comma or dash inside a name: a trade word follows, and for a dash any proper word close by."""
    start = view.skip_spaces(word.end(), limit)
    if start >= limit:
        return False
    if word[0] == ",":
        inner = view.at("inner", start)
        return wares(view, word.start(), start) or (inner is not None and leads_to_proper(view, inner.end, limit))
    if word[0] in "-–" and end is None and view.text[word.start() - 1].isspace() and view.text[start].isupper():
        return False  # "Chủ cơ sở - Nguyễn Văn Mẫu"
    if word[0] == "&" or (word[0] != "," and end is None and leads_to_proper(view, start, limit)):
        return True
    if view.at("kind", start) is not None:
        return False
    return view.at("inner", start) is not None or (view.text[start].isupper() and view.head(start) is None)
