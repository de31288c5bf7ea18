"""Page pictures on demand: rendered again when asked for, so that a long file never lies in memory as pixels."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from extractor.document import Picture
from extractor.errors import InputError
from extractor.ingest import sniff
from extractor.ingest.limits import Limits
from extractor.ingest.source import Source
from extractor.ocr.page import Scan, Turn

_KEPT = 2  # pages in memory: recognisers ask for the same page several times


@dataclass(frozen=True, slots=True)
class Pictures:
    """Callable from page number to `Picture`, upright and straightened as the words' boxes are."""

    source: Source | None
    media_type: str
    turns: tuple[tuple[int, Turn], ...] = ()
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
        if self.source is None:
            raise InputError("Không còn tệp gốc để vẽ lại trang.", hint="Đọc lại từ tệp gốc.")
        scan = draw(self.source, self.media_type, number)
        return Picture(dict(self.turns).get(number, Turn()).apply(scan.pixels), scan.dpi)

    def __getstate__(self) -> tuple[object, ...]:
        return (self.source, self.media_type, self.turns)

    def __setstate__(self, state: tuple[object, ...]) -> None:
        for name, value in zip(("source", "media_type", "turns"), state, strict=True):
            object.__setattr__(self, name, value)
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
