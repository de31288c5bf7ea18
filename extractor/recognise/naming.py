"""An agency's printed capitals → its name as running text writes it.

Sources, in this order: the document's own running text, the vocabulary of agency names, the gazetteer for the place
at the end; what none of them knows is set in lower case behind a capital. Abbreviations are written out.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import regex
from rapidfuzz import fuzz, process

from extractor import places
from extractor.document import Document
from extractor.ruleset import RuleSet
from extractor.text.normalise import fold, strip_marks

_PLACE = regex.compile(
    r"\b(?P<kind>tinh|thanh pho|tp|huyen|quan|thi xa|tx|xa|phuong|thi tran|dac khu)\b\.?\s*"
    r"(?P<name>[\p{L}\d' -]{2,40})$"
)
_KINDS = {
    "tinh": "tỉnh", "thanh pho": "thành phố", "tp": "thành phố", "huyen": "huyện", "quan": "quận", "thi xa": "thị xã",
    "tx": "thị xã", "xa": "xã", "phuong": "phường", "thi tran": "thị trấn", "dac khu": "đặc khu",
}  # fmt: skip
#: Kinds whose letters without marks are other words as well ("QUẢN LÝ", "PHƯƠNG ÁN", "XA"): only these count.
_SPELLINGS = {"quan": ("quận",), "phuong": ("phường", "phuờng"), "xa": ("xã",)}
#: What a joint document's second agency opens with: "BỘ NỘI VỤ - BỘ TÀI CHÍNH".
_JOINT = frozenset({"bo", "so", "toa", "vien", "uy", "ngan", "tong", "thanh", "ban", "hoi", "ubnd", "lien", "cuc"})

SPELLED = "Chữ viết tắt được viết đầy đủ: {raw} → {value}."
RESTORED = "Tên trong phần đầu bị đọc sai dấu, lấy theo cách viết ở {where}: {raw} → {value}."


@dataclass(frozen=True, slots=True)
class Named:
    """A name in running-text case, what was repaired, and the gazetteer id of its place."""

    value: str
    reasons: tuple[str, ...] = ()
    place: str | None = None


def name_of(printed: str, document: Document, rules: RuleSet, on: str | None = None) -> Named:
    """The name of what a header prints in capitals (or in any case)."""
    parts = regex.split(r"\s+[-–]\s+", printed)
    if len(parts) > 1 and all(fold(part).split(" ")[0] in _JOINT for part in parts):
        named = [name_of(part, document, rules, on) for part in parts]
        return Named(" - ".join(n.value for n in named), tuple(r for n in named for r in n.reasons))
    text = regex.sub(r"\bU[ỶỲY]\b", "ỦY", " ".join(printed.split()).replace("UỶ", "ỦY").replace("Uỷ", "Ủy"))
    expanded = _expand(text, rules)
    core, kind, place = _parted(expanded)
    cased, source = _core(core, document, rules)
    place_name, place_id = _place(kind, place, document, on)
    value = " ".join(part for part in (cased, kind, place_name) if part)
    reasons = []
    if fold(expanded) != fold(text):
        reasons.append(SPELLED.format(raw=printed, value=value))
    elif value.casefold() != text.casefold():
        reasons.append(RESTORED.format(where=source or "bảng địa danh", raw=printed, value=value))
    return Named(value, tuple(reasons), place_id)


def _expand(text: str, rules: RuleSet) -> str:
    abbreviations: dict[str, str] = dict(rules.fields["agency"].vocabulary["abbreviations"])
    words = []
    for word in text.split(" "):
        bare = word.strip(".,;")
        long = abbreviations.get(bare) or abbreviations.get(bare.replace("Ð", "Đ"))
        words.append(word.replace(bare, long) if long else word)
    return " ".join(words)


def _parted(text: str) -> tuple[str, str, str]:
    """The name, the kind of place at its end and the place's name."""
    bare = strip_marks(text).lower()
    for match in _PLACE.finditer(bare, overlapped=True):
        word = text[match.start("kind") : match.end("kind")].lower()
        if match.start() and word in _SPELLINGS.get(match["kind"], (word,)) and not match["name"].startswith("hoi"):
            return text[: match.start()].rstrip(), _KINDS[match["kind"]], text[match.start("name") :].strip()
    return text, "", ""


def _core(core: str, document: Document, rules: RuleSet) -> tuple[str, str]:
    """The name without its place, in running-text case, and where that was taken from."""
    wanted = fold(core)
    known = _names(rules.fields["agency"].vocabulary["names"])
    if wanted in known:
        return known[wanted], "bảng tên cơ quan"
    written = written_in(document, core)
    if written is not None:
        return written, "thân văn bản"
    near = process.extractOne(wanted, known.keys(), scorer=fuzz.ratio, score_cutoff=93 if len(wanted) < 40 else 90)
    if near is not None and len(wanted.split()) == len(near[0].split()):
        return known[near[0]], "bảng tên cơ quan"
    return _cased(core, known), ""


@functools.lru_cache(maxsize=4)
def _names(words: str) -> dict[str, str]:
    return {fold(name): " ".join(name.split()) for name in words.split(";") if name.strip()}


def _cased(core: str, known: dict[str, str]) -> str:
    """The longest known name at the start, the rest as sentence case."""
    if not core.isupper():
        return core
    words = core.split()
    for size in range(len(words), 0, -1):
        head = known.get(fold(" ".join(words[:size])))
        if head is not None:
            rest = " ".join(words[size:])
            return f"{head} {_proper(rest) or rest.lower()}".strip()
    lowered = core.lower()
    first = lowered[:1].upper() + lowered[1:]
    parts = first.split(" ")
    if len(parts) > 1 and parts[0] in ("Sở", "Bộ", "Phòng", "Ban", "Cục", "Vụ", "Viện", "Hội"):
        parts[1] = parts[1].capitalize()
    return " ".join(parts)


def _proper(name: str) -> str | None:
    """A place without its kind ("TỈNH ỦY THANH HÓA")."""
    found = places.lookup(name) if name else ()
    return found[0].name if found else None


@functools.lru_cache(maxsize=8)
def _flat(text: str) -> str:
    """Without marks and case, white space as spaces, the same length."""
    return regex.sub(r"\s", " ", strip_marks(text).lower())


def written_in(document: Document, name: str) -> str | None:
    """How the document's running text writes a name: the most frequent mixed-case form, slips of OCR allowed."""
    flat = _flat(document.text)
    wanted = fold(name)
    if len(flat) != len(document.text) or len(wanted) < 8:
        return None
    found: dict[str, int] = {}
    for match in regex.finditer(regex.escape(wanted).replace(r"\ ", r"\s+"), flat):
        form = " ".join(document.text[match.start() : match.end()].split())
        if not form.isupper() and form[0].isupper():
            found[form] = found.get(form, 0) + 1
    if found:
        return max(found, key=lambda form: found[form])
    begin = max((zone.end for zone in document.zone("header", "title")), default=0)
    return _near(document.text[begin:], flat[begin:], wanted)


def _near(text: str, flat: str, wanted: str) -> str | None:
    """The best passage of the running text that differs by little."""
    best = fuzz.partial_ratio_alignment(wanted, flat, score_cutoff=88)
    if best is None or len(wanted) < 15:
        return None
    start, end = best.dest_start, best.dest_end
    while start < end and flat[start].isspace():
        start += 1
    while end < len(flat) and flat[end].isalnum():
        end += 1
    while start > 0 and flat[start - 1].isalnum():
        start -= 1
    form = " ".join(text[start:end].split()).strip(" .,;:")
    same_words = len(form.split()) == len(wanted.split())
    return form if same_words and not form.isupper() and form[:1].isupper() else None


def _place(kind: str, name: str, document: Document, on: str | None) -> tuple[str, str | None]:
    """The place's name with its marks, and its gazetteer id where it is the only one."""
    if not name:
        return "", None
    only = places.only(f"{kind} {name}", on) or places.only(f"{kind} {name}")
    if only is not None:
        return only.name if name.isupper() else name, only.id
    if places.lookup(f"{kind} {name}"):
        return places.lookup(f"{kind} {name}")[0].name if name.isupper() else name, None
    shorter = _shorter(kind, name)
    if shorter is not None:
        return shorter
    written = written_in(document, f"{kind} {name}")
    if written is not None and places.lookup(written):
        return places.split_kind(written)[1], None
    near = places.closest(f"{kind} {name}", on, cutoff=90, limit=1)
    if near and near[0][0].kind == kind:
        return near[0][0].name, near[0][0].id
    return " ".join(word.capitalize() for word in name.split()), None


def _shorter(kind: str, name: str) -> tuple[str, str | None] | None:
    """The place at the start of capitals that something else was read behind."""
    words = name.split()
    for size in range(len(words) - 1, 1, -1) if name.isupper() else ():
        found = places.lookup(f"{kind} {' '.join(words[:size])}")
        if found:
            return found[0].name, found[0].id if len(found) == 1 else None
    return None
