"""Administrative units of Việt Nam, each with the time in which it existed.

63 provinces, their districts and communes until 30/6/2025, 34 provinces and 3,321 communes since, older names, and
provinces merged before 2010. A name is looked up as written and on the document's date; what stays ambiguous is
returned as several candidates. `since` and `until` are outer bounds (see `tools/build_places.py`).

>>> [place.id for place in lookup("huyện Quan Hóa", "2024-02")]
['gso:385']
>>> lookup("huyện Quan Hóa", "2026")
()
"""

from __future__ import annotations

import functools
import gzip
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import regex
from rapidfuzz import fuzz, process

from extractor.document import Span
from extractor.resources import models_dir
from extractor.text.normalise import fold

PROVINCE, DISTRICT, COMMUNE = 1, 2, 3
_KIND_WORDS = {
    "tỉnh": ("tỉnh",),
    "t": ("tỉnh",),
    "thành phố": ("thành phố",),
    "thành phố trực thuộc trung ương": ("thành phố",),
    "tp": ("thành phố",),
    "quận": ("quận",),
    "q": ("quận",),
    "huyện": ("huyện",),
    "h": ("huyện",),
    "thị xã": ("thị xã",),
    "tx": ("thị xã",),
    "thị trấn": ("thị trấn",),
    "tt": ("thị trấn",),
    "phường": ("phường",),
    "p": ("phường",),
    "xã": ("xã",),
    "x": ("xã",),
    "đặc khu": ("đặc khu",),
}
_KIND = regex.compile(
    r"(?i)^(?:(tỉnh|thành\s+phố|thị\s+xã|thị\s+trấn|đặc\s+khu|quận|huyện|phường|xã)\s+|(tp|tx|tt|[thqpx])\.\s*|(tp|tx|tt)\s+)(?=\S)"
)
_CUE = regex.compile(
    r"(?<!\p{L})(?i:tỉnh|thành\s+phố|thị\s+xã|thị\s+trấn|đặc\s+khu|quận|huyện|phường|xã|TP\.?|TX\.?|TT\.)\s+"
    r"(?=\p{Lu}|\d)"
)
_SYLLABLE = r"(?:\p{Lu}[\p{L}'’]*|\d{1,2}(?!\d))"
_RUN = regex.compile(rf"{_SYLLABLE}(?:(?:\s+|\s*[-–]\s*){_SYLLABLE}){{0,4}}")
_ALIASES = {"tphcm": "Hồ Chí Minh", "hcm": "Hồ Chí Minh", "sàigòn": "Hồ Chí Minh", "brvt": "Bà Rịa - Vũng Tàu"}
_BREAK = regex.compile(r"[\s\-–]+")
_DAK = regex.compile(r"[đl][aăắ]k")
_FINAL_Y = regex.compile(r"(?<=[hklmst])y$")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True, slots=True)
class Place:
    """A unit. `kind` is the word before its name (`huyện`); `since` and `until` are ISO dates, "" for open."""

    id: str
    level: int
    kind: str
    name: str
    parent: str
    since: str
    until: str
    successors: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """`huyện Quan Hóa`."""
        return f"{self.kind} {self.name}"

    def valid(self, on: str) -> bool:
        """Whether it may have existed on an ISO date, or at some time in a year or month (EDTF)."""
        return (not self.since or on >= self.since[: len(on)]) and (not self.until or on <= self.until[: len(on)])


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text, after its kind word; `span` covers both."""

    span: Span
    places: tuple[Place, ...]


def key(name: str) -> str:
    """For comparing names that keep their marks: one tone placement, no case, no spaces or hyphens.

    >>> key("Hoà Bình") == key("HÒA  BÌNH"), key("Đắk Lắk") == key("Đăk Lăk"), key("Ia H'Drai") == key("Ia H’ Drai")
    (True, True, True)
    """
    return "".join(_syllable_key(part) for part in _BREAK.split(name.lower()))


@functools.lru_cache(maxsize=8192)
def _syllable_key(syllable: str) -> str:
    """Quality marks stay on their letters, the tone goes to the end, a final y behind a consonant becomes i."""
    if _DAK.fullmatch(syllable):
        return syllable[0] + "ak"
    marks = unicodedata.normalize("NFD", syllable.replace("ð", "đ"))
    tones = "".join(c for c in marks if c in _TONES)
    letters = "".join(c for c in marks if c not in _TONES and c not in "'’.")
    return _FINAL_Y.sub("i", letters) + tones


def bare_key(name: str) -> str:
    """For comparing what OCR read: no marks, no case, letters and digits only, i for y."""
    return str(regex.sub(r"[^a-z0-9]", "", fold(name)).replace("y", "i"))


def split_kind(name: str) -> tuple[tuple[str, ...], str]:
    """The kinds that a prefix allows and the rest: `(("huyện",), "Quan Hóa")`; no kind: `((), name)`."""
    match = _KIND.match(name.strip())
    if match is None:
        return (), name.strip()
    word = " ".join((match[1] or match[2] or match[3]).lower().split())
    return _KIND_WORDS[word], name.strip()[match.end() :]


class Gazetteer:
    """All units, indexed by id and by name. Get it from `gazetteer()`."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_id = {place.id: place for place in places}
        self._by_key: dict[str, list[Place]] = defaultdict(list)
        keys = {name: key(name) for name in {place.name for place in self.by_id.values()}}
        for place in self.by_id.values():
            self._by_key[keys[place.name]].append(place)
        self._by_bare: dict[str, list[Place]] = {}

    def named(self, name: str) -> list[Place]:
        """Every unit of this name, marks kept."""
        wanted = key(name)
        return self._by_key.get(key(_ALIASES.get(wanted, name)), [])

    def bare(self) -> dict[str, list[Place]]:
        """Units by name without marks, made on first use."""
        if not self._by_bare:
            for place in self.by_id.values():
                self._by_bare.setdefault(bare_key(place.name), []).append(place)
        return self._by_bare

    def ancestors(self, place: Place) -> Iterator[Place]:
        """The units above, nearest first."""
        parent = self.by_id.get(place.parent)
        while parent is not None:
            yield parent
            parent = self.by_id.get(parent.parent)

    def within(self, place: Place, areas: Iterable[Place]) -> bool:
        """Whether it lies in one of the areas, under the same or an older name of the area."""
        wanted = {_number(area.id) for area in areas}
        return any(_number(above.id) in wanted for above in self.ancestors(place))


def _number(place_id: str) -> str:
    return place_id.replace("gso2020:", "gso:")


@functools.lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, loaded once per process (about 0.1 s)."""
    with gzip.open(models_dir() / "places" / "places.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return Gazetteer(Place(r[0], int(r[1]), r[2], r[3], r[4], r[5], r[6], tuple(r[7].split())) for r in rows)


def _iso(on_date: str | date | None) -> str:
    return on_date.isoformat() if isinstance(on_date, date) else on_date or ""


def _merged(places: Iterable[Place]) -> tuple[Place, ...]:
    """Without the older names of a unit that is among them, widest level first."""
    found = list(places)
    ids = {place.id for place in found}
    kept = [p for p in found if not (p.id.startswith("gso2020:") and _number(p.id) in ids)]
    return tuple(sorted(kept, key=lambda place: (place.level, place.id)))


def _part(name: str, on: str) -> tuple[Place, ...]:
    kinds, rest = split_kind(name)
    book = gazetteer()
    found = [place for place in book.named(rest) if place.kind in kinds] if kinds else book.named(rest)
    if not found:
        found = book.named(name)
    return _merged(place for place in found if not on or place.valid(on))


def lookup(name: str, on_date: str | date | None = None, within: str | None = None) -> tuple[Place, ...]:
    """The units of a name on a date (ISO, a year or month will do), widest first; several when ambiguous.

    `name` may carry its kind ("TX. Hương Trà") and the units above it ("xã Hồi Xuân, huyện Quan Hóa"); `within` is a
    unit above it as well. A unit above that is unknown narrows nothing.

    >>> {place.full_name for place in lookup("Châu Thành", "2024")} >= {"huyện Châu Thành", "thị trấn Châu Thành"}
    True
    >>> [place.id for place in lookup("huyện Châu Thành, tỉnh Tiền Giang", "2024")]
    ['gso:821']
    """
    on = _iso(on_date)
    parts = [part for part in regex.split(r"\s*[,;]\s*", name.strip(" .;,")) if part] + ([within] if within else [])
    if not parts:
        return ()
    found = _part(parts[0], on)
    for above in parts[1:]:
        areas = _part(above, on)
        inside = tuple(place for place in found if gazetteer().within(place, areas))
        found = inside or found
    return found


def only(
    name: str, on_date: str | date | None = None, within: str | None = None, level: int | None = None
) -> Place | None:
    """The one unit of this name, None when unknown or ambiguous.

    A bare name is taken for the widest level at which it is known: "Cao Bằng" is the province, not its city.
    """
    found = lookup(name, on_date, within)
    if level is not None:
        found = tuple(place for place in found if place.level == level)
    widest = [place for place in found if place.level == found[0].level]
    return widest[0] if len(widest) == 1 else None


def closest(
    name: str, on_date: str | date | None = None, level: int | None = None, cutoff: float = 85.0, limit: int = 5
) -> list[tuple[Place, float]]:
    """Units whose name resembles what OCR read, best first, with the likeness (0–100).

    Compared without marks first, so that a lost mark does not make another name win; marks only rank equals.
    """
    kinds, rest = split_kind(name)
    on = _iso(on_date)
    book = gazetteer().bare()
    scored = []
    for bare, score, _ in process.extract(
        bare_key(rest), book.keys(), scorer=fuzz.ratio, score_cutoff=cutoff, limit=50
    ):
        for place in _merged(book[bare]):
            if (not on or place.valid(on)) and (level is None or place.level == level):
                fits = not kinds or place.kind in kinds
                marks = fuzz.ratio(rest.lower(), place.name.lower())
                scored.append(((fits, score, marks, -place.level), place, (score + marks) / 2))
    scored.sort(key=lambda item: item[0], reverse=True)
    return [(place, round(score, 1)) for _, place, score in scored[:limit]]


def mentions(text: str, on_date: str | date | None = None) -> Iterator[Mention]:
    """Places named after a kind word, longest name first; case is kept, for many names are common words.

    >>> [text[m.span.start:m.span.end] for text in ["tại xã Hồi Xuân và văn hóa"] for m in mentions(text)]
    ['xã Hồi Xuân']
    """
    on = _iso(on_date)
    for cue in _CUE.finditer(text):
        run = _RUN.match(text, cue.end())
        while run is not None:
            places = _part(text[cue.start() : run.end()], on)
            if places:
                yield Mention(Span(cue.start(), run.end()), places)
                break
            run = _RUN.fullmatch(text, cue.end(), _shorter(text, cue.end(), run.end()))


def _shorter(text: str, start: int, end: int) -> int:
    """The end of the run without its last syllable; `start` when one syllable was left."""
    cut = max(text.rfind(" ", start, end), text.rfind("\n", start, end), text.rfind("-", start, end))
    return start if cut < 0 else start + len(text[start:cut].rstrip(" -–"))
