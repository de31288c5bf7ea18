"""Page pictures on demand: a few kept from the reading, the rest drawn again, so that no long file lies in memory."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractor.document import BBox, Picture
from extractor.errors import InputError
from extractor.ingest import sniff
from extractor.ingest.limits import Limits
from extractor.ingest.source import Source
from extractor.ocr import straighten
from extractor.ocr.page import Scan, Turn

_KEPT = 2  # pages in memory: recognisers ask for the same page several times
_FIRST, _LAST = 2, 2  # pages kept from the reading: header and signature stand on them


class Tilted(Picture):
    """A picture whose lines still slope by `skew` degrees: a crop is levelled alone, at the cost of the crop."""

    __slots__ = ("_skew", "_sloping")
    _skew: float
    _sloping: NDArray[np.uint8]

    def __init__(self, sloping: NDArray[np.uint8], dpi: float, skew: float) -> None:
        for name, value in (("_sloping", sloping), ("dpi", dpi), ("_skew", skew)):
            object.__setattr__(self, name, value)

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """The whole page levelled."""
        return straighten.unskew(self._sloping, self._skew)

    def crop(self, box: BBox, margin: float = 0.0) -> NDArray[np.uint8]:
        """The pixels inside a box in points, with a margin in points."""
        return straighten.unskew(self._sloping, self._skew, self.window(self._sloping.shape, box, margin))


class Shelf:
    """The page pictures of a reading that are worth keeping: the first and the last ones."""

    def __init__(self) -> None:
        self._scans: dict[int, Scan] = {}

    def put(self, number: int, scan: Scan) -> None:
        """Keeps a page's picture; pages come in their order."""
        self._scans[number] = scan
        later = [place for place in self._scans if place > _FIRST]
        for place in later[:-_LAST]:
            del self._scans[place]

    def get(self, number: int) -> Scan | None:
        """A page's picture as its viewer shows it, None when it was not kept."""
        return self._scans.get(number)


@dataclass(frozen=True, slots=True)
class Pictures:
    """Callable from page number to `Picture`, upright and straightened as the words' boxes are."""

    source: Source | None
    media_type: str
    turns: tuple[tuple[int, Turn], ...] = ()
    shelf: Shelf = field(default_factory=Shelf, compare=False, repr=False)
    _recent: OrderedDict[int, Picture] = field(default_factory=OrderedDict, compare=False, repr=False)

    def __call__(self, number: int) -> Picture:
        """The picture of a page; numbers start at 1."""
        found = self._recent.get(number)
        if found is None:
            found = self._draw(number)
            self._recent[number] = found
            while len(self._recent) > _KEPT:
                self._recent.popitem(last=False)
        return found

    def _draw(self, number: int) -> Picture:
        scan = self.shelf.get(number)
        if scan is None and self.source is None:
            raise InputError("Không còn tệp gốc để vẽ lại trang.", hint="Đọc lại từ tệp gốc.")
        if scan is None:
            assert self.source is not None
            scan = draw(self.source, self.media_type, number)
        turn = dict(self.turns).get(number, Turn())
        upright = straighten.turn(scan.pixels, turn.rotation)
        return Tilted(upright, scan.dpi, turn.skew) if turn.skew else Picture(upright, scan.dpi)

    def __getstate__(self) -> tuple[object, ...]:
        return (self.source, self.media_type, self.turns)

    def __setstate__(self, state: tuple[object, ...]) -> None:
        for name, value in zip(("source", "media_type", "turns"), state, strict=True):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "shelf", Shelf())
        object.__setattr__(self, "_recent", OrderedDict())


def draw(source: Source, media_type: str, number: int) -> Scan:
    """A page as its viewer shows it, not yet straightened."""
    from extractor.ingest import image, pdf

    return pdf.draw(source, number) if media_type == sniff.PDF else image.draw(source, number)


def page_picture(
    path: Path, number: int, *, rotation: int = 0, skew: float = 0.0, password: str | None = None
) -> Picture:
    """A page of a PDF or image file as pixels, turned as the reading says (`Page.rotation`, `Page.skew`).

    Raises InputError for a page that is not there or a format without pages.
    """
    source = Source.load(Path(path), password=password, limits=Limits())
    kind = sniff.media_type(source.data, source.filename)
    if kind != sniff.PDF and kind not in sniff.IMAGES:
        raise InputError(
            f"{source.filename}: định dạng này không có trang để vẽ.", hint="Xem văn bản thay cho ảnh trang."
        )
    scan = draw(source, kind, number)
    return Picture(Turn(rotation, skew).apply(scan.pixels), scan.dpi)
