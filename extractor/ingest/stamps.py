"""Telling an e-signature stamp from the document's own words.

A stamp says who signed the file and when: that time is not the date of issue, and its words are not the header's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.document import BBox, Page, Word
from extractor.ocr.cells import reading_order

_STAMP = regex.compile(
    r"""(?xi) ký\s*(?:bởi|số\s+bởi|ngày|lúc|tên\s+bởi) | người\s*ký | thời\s*gian\s*ký | (?:digitally\s+)?signed\s+by
    | signature\s+(?:not\s+verified|valid) | signer | [\w.+-]+@[\w-]+\.[\w.]+ | \d{1,2}:\d{2}:\d{2} | [+-]\d{2}:\d{2}"""
)
_ANCHOR = regex.compile(r"(?i)(?:ký bởi|người ký|thời gian ký|signed by) ?: ?\S|\d{1,2}:\d{2}:\d{2} ?[+-]\d{2}:\d{2}")
_MOST_WORDS, _WIDEST, _TALLEST = 45, 270.0, 110.0  # points: a stamp is a small block


def is_stamp(text: str) -> bool:
    """Whether the words of a widget are an e-signature stamp.

    >>> [is_stamp(text) for text in ("Ký bởi: Ủy ban", "06.11.2024 09:27:05 +07:00", "542", "06", "")]
    [True, True, False, False, False]
    """
    return bool(_STAMP.search(text))


def without_stamps(words: Sequence[Word]) -> tuple[list[Word], list[BBox]]:
    """The words that are in no stamp block, in their order, and the boxes of the blocks left out.

    Only small blocks that stand apart and hold a labelled signer or a time with its zone count.
    """
    if not _ANCHOR.search(" ".join(word.text for word in words)):
        return list(words), []
    dropped: set[int] = set()
    boxes: list[BBox] = []
    for block in _blocks(words):
        box = BBox.around(words[index].bbox for index in block)
        text = " ".join(word.text for word in reading_order([words[index] for index in block]))
        if (
            box
            and len(block) <= _MOST_WORDS
            and box.width <= _WIDEST
            and box.height <= _TALLEST
            and _ANCHOR.search(text)
        ):
            dropped.update(block)
            boxes.append(box)
    return [word for index, word in enumerate(words) if index not in dropped], boxes


def clean(page: Page) -> tuple[Page, list[BBox]]:
    """A page without the stamps that were scanned or printed with it, and where they stood."""
    kept, boxes = without_stamps(page.words)
    return (replace(page, words=tuple(kept)), boxes) if boxes else (page, [])


def _blocks(words: Sequence[Word]) -> list[list[int]]:
    """Words that touch, give or take a line's height, and are of one size."""
    owner = list(range(len(words)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    order = sorted(range(len(words)), key=lambda index: words[index].bbox.top)
    for place, first in enumerate(order):
        for second in order[place + 1 :]:
            if words[second].bbox.top > words[first].bbox.bottom + 8:
                break
            if _near(words[first], words[second]):
                owner[root(second)] = root(first)
    found: dict[int, list[int]] = {}
    for index in range(len(words)):
        found.setdefault(root(index), []).append(index)
    return list(found.values())


def _near(first: Word, second: Word) -> bool:
    if first.size is not None and second.size is not None and abs(first.size - second.size) > 0.6:
        return False
    height = min(first.bbox.height, second.bbox.height)
    return first.bbox.overlap_x(second.bbox) > -1.2 * height and first.bbox.overlap_y(second.bbox) > -0.6 * height
