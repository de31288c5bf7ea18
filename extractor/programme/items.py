"""What a list of products holds: the names with what hangs on each."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.programme.counts import Count
from extractor.programme.makers import Maker
from extractor.programme.names import Name
from extractor.programme.view import Sentence


@dataclass(slots=True)
class Item:
    """A listed product. `tail` is the text behind it that speaks of it alone."""

    name: Name
    maker: Maker | None = None
    place: tuple[int, int] | None = None
    tail: tuple[int, int] | None = None


@dataclass(slots=True)
class Listing:
    """The items of a list, where its text ends, and the producers that no item claimed."""

    items: list[Item] = field(default_factory=list)
    end: int = 0
    loose: list[Maker] = field(default_factory=list)


@dataclass(slots=True)
class Region:
    """Products named together. `owner` counts them; `ahead` is where the words that introduce them start."""

    kind: str
    sentence: Sentence
    ahead: int
    start: int
    end: int
    listing: Listing
    owner: Count | None = None
    maker: Maker | None = None
    opened: Region | None = None
