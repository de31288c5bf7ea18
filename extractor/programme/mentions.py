"""What other places of the document say of a product that was found: its rating, its status."""

from __future__ import annotations

import bisect
from collections.abc import Iterator

import regex

from extractor.programme.products import Draft
from extractor.programme.stars import find_stars
from extractor.programme.status import Clause, verdict
from extractor.programme.subjects import rated_to
from extractor.programme.view import Sentence, View
from extractor.text.tones import tone_folded

_BESIDE = 20  # "đạt chuẩn OCOP" and the rating right behind it


def complete(view: View, drafts: list[Draft]) -> None:
    """Fill in stars and status from a sentence that names the product again and rates it right there."""
    for draft in drafts:
        if draft.stars is None or draft.status is None:
            for start, end in _again(view, draft):
                _learn(view, draft, start, end)


def _again(view: View, draft: Draft) -> Iterator[tuple[int, int]]:
    """The other places of a name of at least two words."""
    words = tone_folded(draft.name).split()
    if len(words) < 2:
        return
    pattern = r"(?<!\p{L})" + r"\s+".join(regex.escape(word.replace("’", "'")) for word in words) + r"(?!\p{L})"
    for match in regex.finditer(pattern.replace("'", "['’]"), view.folded):
        if match.end() <= draft.name_span[0] or match.start() >= draft.name_span[1]:
            yield match.span()


def _learn(view: View, draft: Draft, start: int, end: int) -> None:
    sentence = _sentence(view, start)
    if sentence is not None:
        _from_heading(view, draft, sentence, start)
    reach = rated_to(view, end, sentence.end) if sentence is not None else None
    if sentence is None or reach is None:
        return
    rating = next(find_stars(view.folded, end, min(sentence.end, reach + _BESIDE)), None)
    if draft.stars is None and rating is not None and len(rating.values) == 1:
        draft.stars, draft.stars_span = rating.values[0], (rating.start, rating.end)
    found = verdict(view, Clause(sentence, start, start, end, reach))
    if draft.status is None and found is not None:
        draft.status, draft.status_spans = found.status, [(found.start, found.end)]


_HEADED = regex.compile(r"sao(?:\s+ocop)?(?:\s+cấp\s+\p{L}+(?:\s+\p{L}+)?)?\s*[-–:]\s*[“\"]?$")


def _from_heading(view: View, draft: Draft, sentence: Sentence, start: int) -> None:
    """A heading that rates and then names: "Sản phẩm OCOP tiềm năng 5 sao - Chè Mẫu"."""
    ratings = list(find_stars(view.folded, sentence.start, start))
    if len(ratings) != 1 or len(ratings[0].values) != 1 or _HEADED.search(view.folded, sentence.start, start) is None:
        return
    if draft.stars is None:
        draft.stars, draft.stars_span = ratings[0].values[0], (ratings[0].start, ratings[0].end)
    at = sentence.start
    found = verdict(view, Clause(sentence, at, at, at, start))
    if draft.status is None and found is not None:
        draft.status, draft.status_spans = found.status, [(found.start, found.end)]


def _sentence(view: View, position: int) -> Sentence | None:
    """The sentence that holds a position."""
    index = bisect.bisect_right(view.sentences, position, key=lambda sentence: sentence.start) - 1
    return view.sentences[index] if index >= 0 and position < view.sentences[index].end else None
