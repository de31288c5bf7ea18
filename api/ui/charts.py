"""Figures of the dashboard as bars that lead to their products. Geometry only: templates draw the SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from extractor.store import Stats

STARS = (5, 4, 3, 2, 1, None)
_TOP = 14


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: `start` and `size` in hundredths of the longest bar."""

    stars: int | None
    count: int
    start: float
    size: float
    link: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar and its pieces."""

    label: str
    total: int
    pieces: tuple[Piece, ...]
    link: str
    size: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in order, with the values of the axis."""

    bars: tuple[Bar, ...]
    top: int
    ticks: tuple[int, ...]


def products_link(**values: object) -> str:
    """Where a number leads."""
    return "/products?" + urlencode({key: value for key, value in values.items() if value is not None})


def chart(
    stats: Stats, key: Callable[[tuple[int | None, str | None, str | None, str | None]], str | None],
    name: str, status: str | None, order: Callable[[tuple[str, int]], Any], unknown: str,
) -> Chart:  # fmt: skip
    """Products counted by `key`, split by stars. `status` None: of every status."""
    counts: dict[str, Counter[int | None]] = {}
    known: dict[str, str | None] = {}
    for stars, state, year, place, count in stats.stars:
        if status is not None and state != status:
            continue
        value = key((stars, state, year, place))
        label = value or unknown
        known[label] = value
        counts.setdefault(label, Counter())[stars] += count
    ordered = sorted(((label, sum(found.values())) for label, found in counts.items()), key=order)[:_TOP]
    top = _ceiling(max((total for _, total in ordered), default=0))
    fixed = {"product_status": status} if name != "product_status" else {}
    bars = tuple(_bar(label, counts[label], {**fixed, name: known[label]}, top) for label, _ in ordered)
    return Chart(bars, top, tuple(sorted({0, top // 2, top})))


def _bar(label: str, counts: Mapping[int | None, int], query: Mapping[str, str | None], top: int) -> Bar:
    pieces, start = [], 0.0
    for stars in STARS:
        count = counts.get(stars, 0)
        if count:
            size = 100 * count / top
            pieces.append(Piece(stars, count, round(start, 2), round(size, 2), products_link(**query, stars=stars)))
            start += size
    return Bar(label, sum(counts.values()), tuple(pieces), products_link(**query), round(start, 2))


def _ceiling(value: int) -> int:
    """A round number that is not smaller.

    >>> [_ceiling(n) for n in (0, 3, 11, 47, 260)]
    [1, 4, 20, 50, 300]
    """
    if value <= 1:
        return 1
    step = 10 ** (len(str(value)) - 1)
    return 4 if value <= 4 else (10 if value <= 10 else -(-value // step) * step)
