"""A record with its evidence → what the review screen shows: fields in order, doubtful ones first."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.ui.words import PRODUCT_WORDS
from extractor.store import RecordView, fold

DOUBT, LIST_DOUBT = 0.9, 0.8
"""Below this a value is shown among those to check: one of the header, one of a list."""
_HAND = ("handwritten", "hand")

SCALARS = {
    "doc_type": ("Loại văn bản", "Document type"),
    "number": ("Số", "Number"),
    "symbol": ("Ký hiệu", "Symbol"),
    "identifier": ("Số, ký hiệu", "Identifier"),
    "issued_on": ("Ngày ban hành", "Date of issue"),
    "issued_at": ("Địa danh", "Place of issue"),
    "agency": ("Cơ quan ban hành", "Issuing agency"),
    "subject": ("Trích yếu", "Subject"),
    "urgency": ("Độ khẩn", "Urgency"),
    "secrecy": ("Độ mật", "Secrecy"),
}
LISTS = {
    "addressees": ("Kính gửi", "Addressees"),
    "signers": ("Người ký", "Signers"),
    "recipients": ("Nơi nhận", "Recipients"),
    "references": ("Văn bản viện dẫn", "References"),
    "products": ("Sản phẩm", "Products"),
    "producers": ("Chủ thể", "Producers"),
    "star_counts": ("Số lượng theo sao", "Counts by stars"),
}
PARTS = {
    "name": ("Tên", "Name"),
    "parent": ("Cơ quan cấp trên", "Parent"),
    "place": ("Mã địa bàn", "Place id"),
    "position": ("Chức vụ", "Position"),
    "authority": ("Thẩm quyền", "Authority"),
    "on_behalf_of": ("Ký thay", "On behalf of"),
    "doc_type": ("Loại", "Type"),
    "identifier": ("Số, ký hiệu", "Identifier"),
    "issued_on": ("Ngày", "Date"),
    "agency": ("Cơ quan", "Agency"),
    "subject": ("Trích yếu", "Subject"),
    "role": ("Vai trò", "Role"),
    "producer": ("Chủ thể", "Producer"),
    "stars": ("Sao", "Stars"),
    "status": ("Tình trạng", "Status"),
    "points": ("Điểm", "Points"),
    "group": ("Nhóm", "Group"),
    "locality": ("Địa bàn", "Locality"),
    "year": ("Năm", "Year"),
    "kind": ("Loại hình", "Kind"),
    "product_count": ("Số sản phẩm", "Products"),
    "count": ("Số lượng", "Count"),
    "comparison": ("So sánh", "Comparison"),
    "unit": ("Đơn vị", "Unit"),
    "period": ("Thời gian", "Period"),
    "scope": ("Phạm vi", "Scope"),
}
_ALWAYS = {
    "agency": ("name", "parent"),
    "signers": ("name", "position", "authority"),
    "references": ("identifier", "issued_on", "role"),
    "products": ("name", "producer", "stars", "status"),
    "producers": ("name", "kind"),
    "star_counts": ("stars", "count", "comparison", "unit", "status"),
}
NEW_ENTRIES: Mapping[str, Any] = {
    "addressees": "", "signers": {"name": "…"}, "recipients": "", "references": {"identifier": "…"},
    "products": {"name": "…"}, "producers": {"name": "…", "kind": "other"}, "star_counts": {"count": 0},
}  # fmt: skip
_KINDS = (
    "cooperative", "cooperative_group", "limited_company", "joint_stock_company", "private_enterprise", "household",
    "establishment", "farm", "association", "other",
)  # fmt: skip
CHOICES: Mapping[str, tuple[str, ...]] = {
    "stars": ("1", "2", "3", "4", "5"),
    "status": tuple(PRODUCT_WORDS),
    "kind": _KINDS,
    "role": ("basis", "mention"),
    "authority": ("KT.", "TM.", "TL.", "TUQ.", "Q."),
    "comparison": ("=", ">=", ">", "<=", "<", "~"),
    "unit": ("product", "producer"),
}
_NUMBERS = {"points", "count", "product_count"}


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
        return "" if fold(self.raw).replace(" ", "") == fold(self.shown).replace(" ", "") else self.raw

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
        wanted = list(_ALWAYS[name]) + [key for key in entry if key not in _ALWAYS[name] and entry[key] is not None]
        return Entry(
            pointer, title, tuple(self._field(f"{pointer}/{part}", part, entry.get(part), title) for part in wanted)
        )

    def _label(self, name: str, known: Mapping[str, tuple[str, str]]) -> str:
        found = self.labels.get(name) or known.get(name) or (name, name)
        return found[self.side] or found[0]

    def _field(self, pointer: str, name: str, value: Any, context: str = "") -> Field:
        evidence = self.evidence.get(pointer) or self.evidence.get(f"{pointer}/0") or {}
        about = [issue for issue in self.issues if pointer in issue["pointers"]]
        hand = any(issue["code"] in _HAND for issue in about)
        regions = tuple(evidence.get("regions") or ()) or tuple(
            region for issue in about for region in issue["regions"]
        )
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
            messages=tuple(issue["message"] for issue in about if issue["severity"] != "info" or hand),
            regions=regions,
            crop=regions[0] if hand and regions else None,
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


def _kind(pointer: str, name: str) -> str:
    if pointer.startswith("/star_counts") and name == "stars":
        return "stars"
    if pointer.count("/") > 1 and name in CHOICES:
        return "choice"
    if pointer.count("/") > 1 and name in _NUMBERS:
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
