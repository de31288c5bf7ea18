"""Where a document names products: sentence by sentence, and lists that run over paragraphs."""

from __future__ import annotations

import regex

from extractor.programme.counts import Count
from extractor.programme.intros import HEADING, evident, whole_count
from extractor.programme.items import Listing, Region
from extractor.programme.listing import read_list
from extractor.programme.makers import find_makers
from extractor.programme.naming import in_sentence
from extractor.programme.view import Sentence, View

_BULLETED = regex.compile(r"\s*(?:[-+*•–·]|\(?\d{1,3}[.)/]|\d{1,3}\s+(?=\p{Lu}))\s*(?=\S)")
_OWN_LIST = regex.compile(
    r"\d\s+sao[^.;:]{0,30}?(?:gồm|có)\s+\d+\s+sản\s+phẩm|"
    r"\d\s+sản\s+phẩm[^.;:]{0,30}\d\s+sao[^.;:]{0,30}(?:gồm|là|:)"
)
_NO_LIST = regex.compile(
    r"(?:ngành|nhóm|tiêu\s+chí|hồ\s+sơ|quy\s+trình|trình\s+tự|nội\s+dung|giải\s+pháp|nhiệm\s+vụ|yêu\s+cầu|hạng\s+sao|mục\s+tiêu|sau\s+đây)\s*:?\s*$"
)


_SHORT = 8
_STATES = regex.compile(r"\d+\s+(?:sản\s+phẩm|sp)\s[^:;]*?(?:gồm|là|như)(?:\s|:)")


def find_regions(view: View, counts: list[Count]) -> list[Region]:
    """All regions in text order; no character is in two."""
    found: list[Region] = []
    open_list: Region | None = None
    by_paragraph: dict[int, list[Sentence]] = {}
    for sentence in view.sentences:
        by_paragraph.setdefault(sentence.paragraph, []).append(sentence)
    for number, sentences in by_paragraph.items():
        goes_on = _continues(view, number, open_list)
        if goes_on is not None and open_list is not None:
            for sentence in sentences:
                region = _continued(view, sentence, open_list)
                if region.listing.items and (open_list.kind != "heading" or evident(region.listing, None)):
                    found.append(region)
            continue
        if open_list is None or goes_on is None:
            open_list = _keep_open(view, number, open_list)
        mine: list[Region] = []
        for sentence in sentences:
            mine += in_sentence(view, sentence, [c for c in counts if c.sentence is sentence], counts)
        found += mine
        opened = _opens(view, number, mine, sentences, counts)
        open_list = opened or open_list
    return found


def _continues(view: View, number: int, open_list: Region | None) -> bool | None:
    """Whether a paragraph goes on with the open list; None: no."""
    if open_list is None:
        return None
    span = view.paragraphs[number]
    text = view.text[span.start : span.end]
    before = view.text[view.paragraphs[number - 1].start : view.paragraphs[number - 1].end].rstrip()
    if _BULLETED.match(text):
        states = open_list.kind == "heading" and open_list.owner is None and _STATES.search(text.lower()) is not None
        return None if states or _speech(view, span.start, span.end) else True
    if before.endswith(":") and open_list.sentence.paragraph == number - 1:
        first = read_list(view, span.start, span.end, True)
        near = bool(first.items) and first.items[0].name.start - span.start < 4
        return True if near and len(first.items) > 1 and evident(first, open_list.owner) else None
    if before.endswith((",", ";")):
        first = read_list(view, span.start, span.end, False)
        return True if first.items and first.items[0].name.start - span.start < 14 else None
    return None


def _speech(view: View, start: int, end: int) -> bool:
    """A bullet that is a statement of its own and no item: it counts products or is long without a producer."""
    if _OWN_LIST.search(view.folded, start, end):
        return True
    if find_makers(view, start, end):
        return False
    return end - start > 160 or any(cue.value == "product" for cue in view.cues("unit", start, end))


def _keep_open(view: View, number: int, open_list: Region | None) -> Region | None:
    """A caption does not close a list that stopped at a comma or semicolon."""
    if open_list is None:
        return None
    span = view.paragraphs[number]
    before = view.text[view.paragraphs[number - 1].start : view.paragraphs[number - 1].end].rstrip() if number else ""
    return open_list if before.endswith((",", ";")) and len(span) < 140 else None


def _continued(view: View, sentence: Sentence, opened: Region) -> Region:
    listing = read_list(view, sentence.start, sentence.end, True)
    return Region(
        "item", sentence, sentence.start, sentence.start, sentence.end, listing, opened.owner, opened.maker, opened
    )


def _opens(
    view: View, number: int, regions: list[Region], sentences: list[Sentence], counts: list[Count]
) -> Region | None:
    """A list that goes on in the next paragraphs: it stops without a full stop, or only its heading stands here."""
    span = view.paragraphs[number]
    text = view.text[span.start : span.end].rstrip()
    last = sentences[-1]
    if regions and regions[-1].end >= last.end - 2 and text.endswith((",", ";", ":")):
        return regions[-1]
    if _NO_LIST.search(view.folded[last.start : last.end]):
        return None
    heading = len(text) < 200 and (text.endswith(":") or text[-1:] not in ".,;…")
    if not heading and not text.endswith(":"):
        return None
    owner = whole_count([c for c in counts if c.sentence is last])
    if not HEADING.search(view.folded[last.start : last.end]) and not regex.search(
        r"\dsao|\d\s+sao", view.folded[last.start : last.end]
    ):
        owner = _announced(view, sentences, counts)
        if owner is None:
            return None
    region = Region("heading", last, last.start, last.end, last.end, Listing(end=last.end))
    region.owner = owner
    return region


def _announced(view: View, sentences: list[Sentence], counts: list[Count]) -> Count | None:
    """The products counted in the sentence before "Kết quả như sau:"."""
    last = view.folded[sentences[-1].start : sentences[-1].end].strip()
    if len(sentences) < 2 or not last.endswith(":") or len(last.split()) > _SHORT:
        return None
    return whole_count([c for c in counts if c.sentence is sentences[-2]])
