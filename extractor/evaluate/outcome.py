"""One value that counts, and whether it is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extractor.evaluate.gold import Expected
from extractor.evaluate.normal import SOFT_RATIO, comparable, equal, likeness


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was expected (None: nothing), what was found (None: nothing), and whether that is right.

    `pointer` leads to the evidence of what was found; `split` says how a header field stands on the page.
    """

    field: str
    expected: Any
    found: Any
    strict: bool
    soft: bool
    pointer: str = ""
    confidence: float | None = None
    split: str | None = None


def judge(
    name: str, want: Expected, found: Any, soft: bool, pointer: str = "", split: str | None = None
) -> Iterator[Outcome]:
    """The outcome of one value; none where it is optional, or where null is right and nothing was found."""
    nothing = comparable(found) is None
    if want.optional or (nothing and any(comparable(value) is None for value in want.accepted)):
        return
    strict = any(equal(value, found) for value in want.accepted)
    ratio = max(likeness(value, found) for value in want.accepted)
    yield Outcome(
        name,
        want.value,
        None if nothing else found,
        strict,
        strict or (soft and ratio >= SOFT_RATIO),
        pointer,
        split=split,
    )
