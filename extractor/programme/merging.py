"""What is said twice is given once: products and producers under one name."""

from __future__ import annotations

import regex

from extractor.programme.makers import Maker
from extractor.programme.products import Draft
from extractor.text.tones import tone_folded

_ABBREVIATED = {"htx": "hợp tác xã", "tht": "tổ hợp tác", "cp": "cổ phần", "dntn": "doanh nghiệp tư nhân"}


_RANK = {
    None: 0,
    "potential": 1,
    "registered": 2,
    "assessed": 3,
    "target": 3,
    "proposed": 4,
    "recognized": 5,
    "revoked": 6,
}


def folded_name(text: str) -> str:
    """For comparing names: case, tone placement, spelled-out forms and quotes aside.

    >>> folded_name("HTX Chè “Hảo Mẫu”") == folded_name("Hợp tác xã chè Hảo Mẫu")
    True
    """
    words = _WORD.findall(tone_folded(text))
    return " ".join(_ABBREVIATED.get(word, word) for word in words)


def merge(drafts: list[Draft]) -> list[Draft]:
    """Each product once: same names, and a short name with the longer one that only adds its producer's brand."""
    kept: list[Draft] = []
    for draft in drafts:
        match = next((other for other in kept if _same(other, draft)), None)
        if match is None:
            kept.append(draft)
        else:
            _take(match, draft)
    return kept


def _same(one: Draft, other: Draft) -> bool:
    a, b = _bare(one.name), _bare(other.name)
    if a == b:
        return _makers_agree(one, other)
    if one.region == other.region or not _makers_agree(one, other):
        return False
    short, long = sorted((a, b), key=len)
    if not long.startswith(short + " "):
        return False
    if _common_twin(one, other, short):
        return True
    extra = long[len(short) + 1 :]
    if len(short.split()) >= 2 and _AT.match(extra):
        return True
    producers = " ".join(folded_name(d.producer) for d in (one, other) if d.producer)
    return extra in producers or (
        len(short.split()) >= 2 and one.status is None and other.status is None and not producers
    )


_WORD = regex.compile(r"[\p{L}\p{M}\d]+")
_BRAND = regex.compile(r"(?i)(?:thương|nhãn) hiệu\s+|^bộ sản phẩm\s+")
_AT = regex.compile(r"(?:xã|phường|thị trấn|thị xã|huyện)\s\p{L}+\s\p{L}+$")
_PACKED = regex.compile(r"(?i)\s+(?:loại|gói|hộp|chai|túi|hũ|lọ)\s+\d[\d.,]*\s*\p{L}{0,6}$")


def _bare(name: str) -> str:
    """A product's name for comparing, without its packing and the word for a brand."""
    return folded_name(_BRAND.sub("", _PACKED.sub("", name)))


def _common_twin(one: Draft, other: Draft, short: str) -> bool:
    """Whether the shorter name is a common one ("nước mắm") with the rating and status of the longer."""
    brief = one if _bare(one.name) == short else other
    plain = brief.name[1:] == brief.name[1:].lower() and len(short.split()) <= 2 and brief.producer is None
    return plain and one.stars is not None and one.stars == other.stars and one.status == other.status


def _makers_agree(one: Draft, other: Draft) -> bool:
    if one.producer is None or other.producer is None:
        return True
    a, b = folded_name(one.producer), folded_name(other.producer)
    return a == b or a.startswith(b) or b.startswith(a) or same_maker(one.producer, other.producer)


def same_maker(one: str, other: str) -> bool:
    """Whether two producers differ only in the common words of their trade.

    >>> same_maker("cơ sở mật ong Quân Mẫu", "Cơ sở Quân Mẫu"), same_maker("HTX An Mẫu", "Cơ sở An Mẫu")
    (True, False)
    """
    a, b = _proper_words(one), _proper_words(other)
    return len(a) >= 2 and a == b and folded_name(one).split()[0] == folded_name(other).split()[0]


def _proper_words(name: str) -> list[str]:
    """The capitalised words of a producer's name behind its kind word."""
    words = _WORD.findall(name)
    return [tone_folded(word) for word in words[1:] if not word[0].islower()]


def _take(kept: Draft, new: Draft) -> None:
    """Fill in what the other mention knows; the further status wins, and brings its stars."""
    short, long = sorted((kept, new), key=lambda draft: len(draft.name))
    at_place = _AT.match(folded_name(long.name)[len(folded_name(short.name)) + 1 :]) is not None
    longer = len(new.name) > len(kept.name) and folded_name(new.name) != folded_name(kept.name)
    if (short is new and at_place) or (longer and not at_place):
        kept.name, kept.name_span = new.name, new.name_span
    if kept.producer is None:
        kept.producer, kept.producer_span = new.producer, new.producer_span
    better = _RANK[new.status] > _RANK[kept.status] or (_RANK[new.status] == _RANK[kept.status] and kept.stars is None)
    if better and (
        new.stars is not None
        or kept.stars is None
        or (new.status == "recognized" and kept.status in ("assessed", "registered"))
    ):
        kept.status, kept.status_spans = new.status, new.status_spans
        if new.stars is not None:
            kept.stars, kept.stars_span = new.stars, new.stars_span
    elif kept.stars is None and new.stars is not None:
        kept.stars, kept.stars_span = new.stars, new.stars_span
    for name in ("year", "place", "points", "group"):
        if getattr(kept, name) is None and getattr(new, name) is not None:
            setattr(kept, name, getattr(new, name))
            setattr(kept, f"{name}_span", getattr(new, f"{name}_span"))


def _shortened(maker: Maker, other: Maker) -> bool:
    """Whether a producer is the other one by its last words: "HTX Cổng Mẫu" of "HTX Nông nghiệp Cổng Mẫu"."""
    short, long = folded_name(maker.name).split(), folded_name(other.name).split()
    if maker.kind != other.kind:
        return False
    tail = [
        word for word in short if word not in ("hợp", "tác", "xã", "tổ", "công", "ty", "tnhh", "cổ", "phần", "cơ", "sở")
    ]
    return len(tail) >= 2 and len(short) < len(long) and long[-len(tail) :] == tail


def merge_makers(makers: list[Maker]) -> list[Maker]:
    """Each producer once, the first mention kept."""
    kept: dict[str, Maker] = {}
    for maker in makers:
        if any(same_maker(maker.name, other.name) or _shortened(maker, other) for other in kept.values()):
            continue
        short = next((key for key, other in kept.items() if _shortened(other, maker)), folded_name(maker.name))
        kept[short] = maker if short not in kept or short != folded_name(maker.name) else kept[short]
    return list(kept.values())
