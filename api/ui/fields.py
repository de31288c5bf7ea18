"""A record with its evidence → what the review screen shows: fields in order, doubtful ones first."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.ui.labels import ALWAYS, CHOICES, LISTS, NUMBERS, PARTS, SCALARS
from extractor.store import RecordView, fold

DOUBT, LIST_DOUBT = 0.9, 0.8
"""Below this a value is shown among those to check: one of the header, one of a list."""
_LOOK = ("handwritten", "low-confidence")
"""Issues whose place is shown enlarged beside the field; `…-unreadable` and `…-conflict` are, too."""


@dataclass(frozen=True, slots=True)
class Field:
    """One value to look at. `level`: `sure`, `check`, `doubt`, `seen` (confirmed or corrected), `blank`."""

    pointer: str
    label: str
    value: Any
    kind: str
    level: str
    choices: tuple[str, ...] = ()
    context: str = ""
    confidence: float | None = None
    raw: str = ""
    reasons: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    regions: tuple[dict[str, Any], ...] = ()
    crop: dict[str, Any] | None = None
    difference: Any = None
    differs: bool = False

    @property
    def shown(self) -> str:
        """The value as text."""
        if self.value is None:
            return ""
        return ", ".join(map(str, self.value)) if isinstance(self.value, list) else str(self.value)

    @property
    def wording(self) -> str:
        """What stood on the page, where it says more than the value itself."""
        said, shown = (fold(words).replace(" ", "") for words in (self.raw, self.shown))
        return "" if said == shown or said == f"{shown}sao" else self.raw

    @property
    def percent(self) -> str:
        """The confidence in hundredths."""
        return "" if self.confidence is None else f"{self.confidence:.0%}"

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at it."""
        return self.level in {"check", "doubt"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, or the agency: its fields and where it lies."""

    pointer: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A list field, or the header."""

    name: str
    title: str
    entries: tuple[Entry, ...]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the review screen shows of a record."""

    doubtful: tuple[Field, ...]
    groups: tuple[Group, ...]
    loose: tuple[dict[str, Any], ...] = field(default=())
    """Issues about no value in particular."""

    def all(self) -> Iterator[Field]:
        """Every field in the order of the record."""
        return (one for group in self.groups for entry in group.entries for one in entry.fields)


def sheet(view: RecordView, body: Mapping[str, Any], language: str, labels: Mapping[str, tuple[str, str]]) -> Sheet:
    """The fields of a record."""
    maker = _Maker(view, body, int(language == "en"), labels)
    groups = tuple(maker.groups())
    doubtful = [one for group in groups for entry in group.entries for one in entry.fields if one.doubtful]
    doubtful.sort(key=lambda one: (one.level != "doubt", not one.messages, one.confidence or 0.0))
    known = {one.pointer for group in groups for entry in group.entries for one in entry.fields}
    loose = tuple(i for i in body["issues"] if not any(_touches(p, k) for p in i["pointers"] for k in known))
    return Sheet(tuple(doubtful), groups, loose)


def _touches(pointer: str, known: str) -> bool:
    return pointer == known or known.startswith(pointer + "/") or pointer.startswith(known + "/")


class _Maker:
    def __init__(
        self, view: RecordView, body: Mapping[str, Any], side: int, labels: Mapping[str, tuple[str, str]]
    ) -> None:
        self.record, self.evidence, self.issues = view.record, body["evidence"], body["issues"]
        self.side, self.labels = side, labels
        self.differences = {one.pointer: one for one in view.differences}
        self.seen = _seen(view)

    def groups(self) -> Iterator[Group]:
        """Header first, then the lists, then what users' own rules add."""
        header = [self._field(f"/{name}", name, self.record.get(name)) for name in SCALARS if name != "agency"]
        agency = self._entry("/agency", "agency", self.record.get("agency") or {}, self._label("agency", SCALARS))
        yield Group("header", ("Thể thức", "Header")[self.side], (Entry("", "", tuple(header)), agency))
        for name in LISTS:
            entries = self.record.get(name) or []
            made = tuple(self._list_entry(name, index, entry) for index, entry in enumerate(entries))
            yield Group(name, self._label(name, LISTS), made, is_list=True)
        own = set(self.record) - set(SCALARS) - set(LISTS)
        extra = tuple(
            self._field(f"/{name}", name, self.record[name]) for name in sorted(own) if _plain(self.record[name])
        )
        if extra:
            yield Group("extra", ("Trường bổ sung", "Further fields")[self.side], (Entry("", "", extra),))

    def _list_entry(self, name: str, index: int, entry: Any) -> Entry:
        pointer, title = f"/{name}/{index}", f"{self._label(name, LISTS)} {index + 1}"
        if isinstance(entry, dict):
            return self._entry(pointer, name, entry, title)
        return Entry(pointer, title, (self._field(pointer, name, entry, title),))

    def _entry(self, pointer: str, name: str, entry: Mapping[str, Any], title: str) -> Entry:
        wanted = list(ALWAYS[name]) + [key for key in entry if key not in ALWAYS[name] and entry[key] is not None]
        made = [
            self._field(f"{pointer}/{part}", part, entry.get(part), title, lead=place == 0 and pointer.count("/") > 1)
            for place, part in enumerate(wanted)
        ]
        return Entry(pointer, title, tuple(made))

    def _label(self, name: str, known: Mapping[str, tuple[str, str]]) -> str:
        found = self.labels.get(name) or known.get(name) or (name, name)
        return found[self.side] or found[0]

    def _field(self, pointer: str, name: str, value: Any, context: str = "", *, lead: bool = False) -> Field:
        """One field; the one that leads an entry also tells what is wrong with the entry as a whole."""
        evidence = self.evidence.get(pointer) or self.evidence.get(f"{pointer}/0") or {}
        owner = pointer.rsplit("/", 1)[0] if lead else pointer
        about = [issue for issue in self.issues if pointer in issue["pointers"] or owner in issue["pointers"]]
        told = tuple(region for one in about for region in one["regions"])
        regions = tuple(evidence.get("regions") or ()) or told
        closer = [one for one in about if _is_closer(one["code"])]
        difference = self.differences.get(pointer)
        known = PARTS if pointer.count("/") > 1 else SCALARS
        is_entry = isinstance(value, str) and context and pointer.rsplit("/", 1)[-1].isdigit()
        made = Field(
            pointer=pointer,
            label=context if is_entry else self._label(name, known),
            value=value,
            kind=_kind(pointer, name),
            level="sure",
            choices=CHOICES.get(name, ()) if _kind(pointer, name) == "choice" else (),
            context="" if is_entry else context,
            confidence=evidence.get("confidence"),
            raw=evidence.get("raw", ""),
            reasons=tuple(evidence.get("reasons") or ()),
            messages=tuple(one["message"] for one in about if one["severity"] != "info" or one in closer),
            regions=regions,
            crop=next(iter(told or regions), None) if closer else None,
            difference=difference.reading if difference else None,
            differs=difference is not None,
        )
        return dataclasses.replace(made, level=self._level(made))

    def _level(self, one: Field) -> str:
        if one.differs:
            return "doubt"
        if one.pointer in self.seen:
            return "seen"
        if one.messages and (one.value is not None or one.pointer.count("/") == 1):
            return "doubt"
        if one.value is None:
            return "blank"
        limit = LIST_DOUBT if one.pointer.count("/") > 2 else DOUBT
        if one.pointer == "/agency/place" or one.confidence is None or one.confidence >= limit:
            return "sure"
        return "check" if one.confidence >= limit - 0.2 else "doubt"


def _is_closer(code: str) -> bool:
    return code in _LOOK or code.endswith(("-unreadable", "-conflict"))


def _kind(pointer: str, name: str) -> str:
    if pointer.startswith("/star_counts") and name == "stars":
        return "stars"
    if pointer.count("/") > 1 and name in CHOICES:
        return "choice"
    if pointer.count("/") > 1 and name in NUMBERS:
        return "number"
    return "long" if name in {"subject", "recipients", "addressees"} else "text"


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | bool)


def _seen(view: RecordView) -> set[str]:
    """Pointers that a person confirmed or set; a removed entry shifts its list, so that list starts anew."""
    found: set[str] = set()
    for correction in view.corrections:
        for operation in correction.patch:
            path = operation["path"]
            if operation["op"] == "remove" and path.rsplit("/", 1)[-1].isdigit():
                base = path.rsplit("/", 1)[0]
                found = {one for one in found if not one.startswith(base + "/")}
            elif operation["op"] in {"test", "replace", "add"}:
                found.add(path)
    return found
