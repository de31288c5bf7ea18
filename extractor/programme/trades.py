"""Words of trade and wares inside a producer's name: "sản xuất, thu mua", "thương mại và dịch vụ", "giò, chả"."""

from __future__ import annotations

import regex

from extractor.programme.lexicon import Cue
from extractor.programme.view import View

_MAKES = (
    "cơ sở",
    "cơ sở sản xuất",
    "công ty tnhh",
    "hữu hạn",
    "hợp tác xã",
    "htx",
    "kinh doanh",
    "tư nhân",
    "cổ phần",
    "xưởng",
)


def wares(view: View, comma: int, start: int) -> bool:
    """Whether a comma parts the wares behind the kind word: "Cơ sở giò, chả Mẫu"."""
    head = view.head(start)
    if head is None or regex.match(r"\s+\p{Lu}", view.text[head.end : head.end + 3]) is None:
        return False
    first = [cue for cue in view.cues("head", max(0, comma - 24), comma) if _common(view.text[cue.end : comma])]
    return any(_follows_kind(view, cue) for cue in first)


def _common(rest: str) -> bool:
    """Whether nothing but a word or two in lower case stands behind a head noun."""
    return not rest or (rest.islower() and len(rest.split()) <= 2)


def _follows_kind(view: View, head: Cue) -> bool:
    return view.folded[max(0, head.start - 24) : head.start].rstrip().endswith(_MAKES)


def leads_to_proper(view: View, position: int, limit: int) -> bool:
    """Whether a capital follows in the same clause."""
    text = view.text[position : min(limit, position + 70)]
    clause = regex.match(r"[^.;:()]*", text)
    return clause is not None and regex.search(r"\p{Lu}", clause[0]) is not None


def inner_after(view: View, position: int) -> bool:
    """Whether "và" stands between trade words ("thương mại và dịch vụ Nông Phú"), not behind a finished name."""
    start = view.skip_spaces(position + len("và"), len(view.text))
    if regex.match(r"[\p{Lu}&]{2,6}\s", view.text[start : start + 8]) is not None:
        return True  # "Thực phẩm và TMDV An Mẫu"
    if view.at("inner", start) is None:
        return False
    before = view.text[max(0, position - 25) : position].split()
    return not (before and before[-1][0].isupper() and view.text[start].isupper())


def inside_inner(view: View, position: int) -> bool:
    """Whether a word is part of a trade phrase: "bán" in "mua bán"."""
    return any(
        cue.start <= position for cue in view.cues("inner", max(0, position - 12), position + 12) if cue.end > position
    )


def trades(view: View, position: int) -> bool:
    """Whether the word before is one of trade, not a proper name: "HTX Dịch vụ Nông nghiệp Xã Mẫu"."""
    before = regex.search(r"(\p{L}+\s+\p{L}+|\p{L}+)\s*$", view.folded[max(0, position - 24) : position])
    return before is None or any(before[1].endswith(word) for word in ("nghiệp", "hợp", "vụ", "xã", "sản"))


_CAPITAL = regex.compile(r"\p{Lu}\p{L}*")


def after_trade(view: View, position: int) -> bool:
    """Whether all that was named before "và" is a capitalised trade: "Đầu tư công nghệ cao và năng lượng Mẫu"."""
    words = list(_CAPITAL.finditer(view.text, max(0, position - 60), position))
    if not words or view.at("inner", words[-1].start()) is None:
        return False
    start = view.skip_spaces(position + len("và"), len(view.text))
    follows = regex.match(r"(?:\p{Ll}+\s+){1,4}\p{Lu}", view.text[start : start + 40])
    return follows is not None and view.head(start) is None and "(" not in view.text[words[-1].start() : position]
