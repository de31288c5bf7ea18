"""Where a product's name ends in its piece of a list: a verb, a bracket that is no brand, the producer."""

from __future__ import annotations

import regex

from extractor.programme.makers import Maker, find_makers
from extractor.programme.names import is_place
from extractor.programme.stars import find_stars
from extractor.programme.view import View, bracket_depth

BRACKET = regex.compile(r"\s*\(([^()]*)\)")
_BRAND = regex.compile(r"[\p{Lu}\d][\p{Lu}\d\s.&+-]*")


def name_stop(view: View, start: int, right: int, makers: list[Maker]) -> int:
    """Where the name ends: a bracket that is no brand, "của", a dash before a producer, a verb, the producer."""
    depths = bracket_depth(view.text[start:right])
    ends = [right]
    if view.text[start] in '“"' and next(find_stars(view.folded, start, right), None) is not None:
        start += 1  # the quotation holds more than the name: "“X, xã Y, đạt 3 sao”"
        depths = [depth - 1 for depth in depths[1:]]
        comma = view.text.find(",", start, right)
        ends = [comma] if comma > 0 and view.at("place", view.skip_spaces(comma + 1, right)) else ends
    head = view.head(start)
    for cue in view.cues("stop", max(start + 1, head.end if head else 0), right):
        if depths[cue.start - start] == 0 and not (
            (view.text[cue.start].isupper() and view.text[cue.start + 1 : cue.end].islower())
            or _material(view, start, cue.start, right)
        ):
            ends.append(cue.start)
            break
    for maker in makers:
        before = view.folded[start : maker.start]
        link = regex.search(r"\s*(?:[-–(,:]|\s(?:của|do|thuộc))?\s*(?:của\s*)?$", before)
        ends.append(start + (link.start() if link else len(before)))
    for match in regex.finditer(r"\(", view.text[start:right]):
        if depths[match.start()] == 0 and not _brand(view, start + match.start(), right):
            ends.append(start + match.start())
            break
    ends += _marks(view, start, right)
    return max(start, min(ends))


_MADE_FROM = regex.compile(r"làm\s+(?:từ|bằng)\s+\p{Ll}+(?:\s+\p{Ll}+)?(?=\s+\p{Lu})")


def _material(view: View, start: int, position: int, right: int) -> bool:
    """Whether "làm từ" and the material stand between common words and the proper name: "đồ gỗ làm từ cói Mẫu"."""
    if _MADE_FROM.match(view.text, position, right) is None:
        return False
    return regex.search(r"\s\p{Lu}", view.text[start:position]) is None


def _brand(view: View, position: int, right: int) -> bool:
    """Whether a bracket holds a brand in capitals, which belongs to the name: "Dừa sợi (VICO)"."""
    match = BRACKET.match(view.text, position, right)
    if match is None:
        return False
    inside = match[1].strip()
    return (
        _BRAND.fullmatch(inside) is not None
        and regex.search(r"\p{Lu}", inside) is not None
        and not is_place(inside)
        and not find_makers(view, position, match.end())
    )


_DASH = regex.compile(r"\s[-–]\s(?=(?:xã|thôn|ấp|huyện|phường|địa chỉ|đạt|hội đồng|ubnd|ảnh|\d)\s)|:\s|…|\.\.\.")


def _marks(view: View, start: int, right: int) -> list[int]:
    """Where a dash before an address, a colon or an ellipsis ends a name."""
    mark = _DASH.search(view.folded, start, right)
    return [mark.start()] if mark is not None else []
