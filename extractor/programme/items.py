"""What a list of products holds: the names with what hangs on each."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.programme.makers import Maker
from extractor.programme.names import Name


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
