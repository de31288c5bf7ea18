"""Lines of a signature block: authorities ("KT. CHỦ TỊCH"), offices ("PHÓ CHỦ TỊCH") and their spelling in a record.

Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục 7: TM. thay mặt, KT. ký thay, TL. thừa lệnh, TUQ. thừa ủy quyền,
Q. quyền. The vocabulary is `rules/field/signers.yaml`.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import regex
from rapidfuzz import fuzz

from extractor.places import gazetteer
from extractor.ruleset import RuleSet
from extractor.text.normalise import fold, strip_marks

_LIKE, _PRINTED = 78.0, 95.0  # capitals under a seal may be damaged; small letters must read like the office
_KINDS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "phường", "xã", "thị trấn")
_SCRAPS = 4
_MOSTLY = 0.55  # capitals in a line that a seal has damaged
_RESEMBLES, _OPENING = 62.0, 50.0  # likeness of a damaged line to the only office that can stand there; so begun
_HEADS = frozenset(("sở", "bộ", "cục", "phòng", "viện"))
_EDGES = " *_#\"'“”.-–—~:;`|,<>«»()[]"


@dataclass(frozen=True, slots=True)
class Office:
    """An office in the spelling of a record. `base` is the known office in it, without "Phó" and agency."""

    value: str
    base: str
    deputy: bool
    likeness: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    text: str
    bare: str
    words: int


@functools.lru_cache(maxsize=4)
def _known(offices: tuple[str, ...]) -> tuple[_Known, ...]:
    known = (_Known(text, fold(text), len(text.split())) for text in offices)
    return tuple(sorted(known, key=lambda item: -item.words))


def _offices(rules: RuleSet) -> tuple[_Known, ...]:
    return _known(tuple(rules.fields["signers"].vocabulary["offices"]))


def authority(text: str, rules: RuleSet) -> tuple[str, int] | None:
    """The authority that a line opens with and where its office starts: `("KT.", 4)`."""
    lead = len(text) - len(text.lstrip(_EDGES))
    for name, pattern in rules.fields["signers"].patterns.items():
        if name.startswith("authority."):
            match = pattern.regex.match(text, lead)
            if match and text[match.end() :].strip(_EDGES):
                return str(pattern.options["authority"]), match.end()
    return None


def read_office(text: str, rules: RuleSet, like: float = _LIKE, loose: bool = False) -> Office | None:
    """The office that a line opens with, None when it opens with none. Marks that OCR lost are put back.

    `loose`: scraps of a seal may stand before it; behind four of them only an office that fills the rest counts.
    """
    words = text.strip(_EDGES).split()
    found = _office_of(words, rules, like if is_heading(text) else max(like, _PRINTED))
    for lead in range(1, min(_SCRAPS, len(words) - 1) + 1) if loose and (found is None or found.reasons) else ():
        if not all(is_scrap(word) for word in words[:lead]) or not is_heading(" ".join(words[lead:])):
            continue
        behind = _office_of(words[lead:], rules, 84.0 if lead < 3 else _PRINTED)
        filled = behind is not None and len(behind.value.split()) <= len(words) - lead
        if behind is not None and filled and (found is None or behind.likeness > found.likeness + 0.02):
            found = behind
    return found


def _without_scraps(words: Sequence[str]) -> list[str]:
    """Capitals without the one or two small letters that a pen stroke left behind them."""
    kept = list(words)
    while len(kept) > 1 and is_heading(" ".join(kept)):
        last = kept[-1].strip(_EDGES)
        if len(last) > 2 or last.isupper():
            break
        kept.pop()
    return kept


def is_scrap(word: str) -> bool:
    """Whether a word may be what OCR made of a stroke or a seal's letters."""
    return (len(word) <= 3 or not regex.search(r"\p{L}{2}", word)) and fold(word) not in ("pho", "q.", "q")


def _office_of(words: Sequence[str], rules: RuleSet, like: float) -> Office | None:
    words = _without_scraps(words)
    if not words:
        return None
    deputy = len(words) > 1 and fold(words[0]).strip(".,'") in ("pho", "p", "ph0")
    rest = words[1:] if deputy else words
    best: tuple[float, int, _Known] | None = None
    for known in _offices(rules):
        head = fold(" ".join(rest[: known.words])).strip(_EDGES)
        score = fuzz.ratio(head, known.bare)
        if len(rest) >= known.words and score >= like and (best is None or (score, known.words) > best[:2]):
            best = (score, known.words, known)
    if best is None or not _plain(words):
        return None
    score, count, known = best
    printed = " ".join(rest[:count])
    canonical = known.text if not deputy or not known.text.startswith("Phó ") else known.text[4:]
    deputy = deputy and known.text not in rules.fields["signers"].vocabulary["deputies"].values()
    value = " ".join([*(["Phó"] if deputy else []), canonical, *_cased(rest[count:], rules).split()])
    reasons = () if printed.lower().strip(_EDGES) == known.text.lower() else (_reason(printed, known.text),)
    return Office(value, known.text, deputy, score / 100, reasons)


def _reason(printed: str, meant: str) -> str:
    return f"Đọc được “{printed}”, hiểu là chức vụ “{meant}”."


def _plain(words: Sequence[str]) -> bool:
    """Whether the line is a heading: capitals, or a capital first; prose goes on in small letters."""
    letters = [c for c in " ".join(words) if c.isalpha()]
    return bool(letters) and letters[0].isupper() and (is_heading(" ".join(words)) or len(words) <= 9)


def is_heading(text: str, share: float = 0.85) -> bool:
    """Whether most letters are capitals: a line that belongs to an office or authority above it."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 3 and sum(c.isupper() for c in letters) >= share * len(letters)


def cased(text: str, rules: RuleSet) -> str:
    """A body or agency in the spelling of running text: "ỦY BAN NHÂN DÂN TỈNH" → "Ủy ban nhân dân tỉnh"."""
    found = _cased(text.strip(_EDGES).split(), rules)
    return found[:1].upper() + found[1:]


@functools.lru_cache(maxsize=4096)
def _whole_words(phrase: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?<!\p{{L}}){regex.escape(phrase)}(?!\p{{L}})")


@functools.lru_cache(maxsize=256)
def _behind_body(level: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?<=(?:UBND|HĐND|HDND|nhân dân)\s+){regex.escape(level)}(?!\p{{L}})")


def _cased(words: Sequence[str], rules: RuleSet) -> str:
    text = " ".join(words).strip(" *_.;,")
    if not text or not is_heading(text):
        return _levels(text, rules)
    phrases: Sequence[str] = rules.fields["signers"].vocabulary["phrases"]
    short = {phrase for phrase in phrases if phrase.isupper()}
    spelled = [word if _abbreviation(word, short) else word.lower() for word in text.split()]
    spelled = _capital_heads(spelled)
    joined = _with_places(_levels(" ".join(spelled), rules))
    for phrase in sorted((p for p in (*phrases, *_office_names(rules)) if not p.isupper()), key=len):
        joined = _whole_words(phrase).sub(phrase, joined)
    return joined


def _levels(text: str, rules: RuleSet) -> str:
    """Levels of government by their marks ("UBND tinh" → "UBND tỉnh"): the word behind a council or committee."""
    for level in rules.fields["signers"].vocabulary["levels"]:
        text = _behind_body(strip_marks(level)).sub(level, text)
    return text


def _office_names(rules: RuleSet) -> tuple[str, ...]:
    return tuple(known.text for known in _offices(rules))


def _abbreviation(word: str, short: set[str]) -> bool:
    core = word.strip(_EDGES)
    return core in short or not regex.search(r"(?i)[aeiouy]", strip_marks(core)) or "&" in core


def _capital_heads(words: list[str]) -> list[str]:
    """Capitals where a body's name opens: "sở nông nghiệp" → "Sở Nông nghiệp"."""
    found = list(words)
    for index, word in enumerate(words):
        if word in _HEADS and (not index or words[index - 1] not in ("văn", "chi", "tổng")):
            found[index] = word.capitalize()
            if index + 1 < len(words):
                found[index + 1] = found[index + 1][:1].upper() + found[index + 1][1:]
    return found


def _with_places(text: str) -> str:
    """Names of places behind their kind words get capitals."""
    words = text.split()
    for index in range(len(words)):
        for kind in _KINDS:
            size = len(kind.split())
            if " ".join(words[index : index + size]).lower() != kind:
                continue
            for length in (4, 3, 2, 1):
                part = words[index + size : index + size + length]
                if len(part) == length and gazetteer().named(" ".join(part)):
                    words[index + size : index + size + length] = [word.capitalize() for word in part]
                    break
    return " ".join(words)


def as_deputy(text: str, head: Office, rules: RuleSet) -> Office | None:
    """A line below "KT. X" read as the office of X's deputy, where a seal has left enough of it to recognise."""
    expected = deputy_of(head, rules)
    read = fold(text).strip(_EDGES)
    score = fuzz.ratio(read[: len(expected) + 4], fold(expected))
    opens = read.startswith(fold(expected)[:3])
    if score < (_OPENING if opens else _RESEMBLES) or not (opens or is_heading(text, _MOSTLY)):
        return None
    reason = _reason(text, expected) + f" Ký “KT. {head.value}” là cấp phó."
    return Office(expected, head.base, expected.startswith("Phó "), score / 100, (reason,))


def deputy_of(office: Office, rules: RuleSet) -> str:
    """The office that may sign "KT." for another: "Thứ trưởng" for "Bộ trưởng", else "Phó …"."""
    deputies = rules.fields["signers"].vocabulary["deputies"]
    return str(deputies.get(office.base, f"Phó {office.base}"))


def cuts(text: str, rules: RuleSet) -> list[int]:
    """Offsets at which a heading that holds several authorities and offices on one line falls apart."""
    found = {
        match.start()
        for name, pattern in rules.fields["signers"].patterns.items()
        if name.startswith("authority.") and name != "authority.Q"
        for match in pattern.regex.finditer(text)
    }
    words = [(m.start(), m[0]) for m in regex.finditer(r"\S+", text)]
    begin = 0
    for index in range(1, len(words)):
        start = words[index][0]
        if start in found:
            begin = start
            continue
        before = text[begin:start].strip(_EDGES)
        if text[begin:start].rstrip()[-1:] not in ",–-" and _complete(before, rules) and _opens(text[start:], rules):
            found.add(start)
            begin = start
    return sorted(offset for offset in found if offset > 0 and text[:offset].strip(_EDGES))


def _opens(text: str, rules: RuleSet) -> bool:
    office = read_office(text, rules, like=97)
    return office is not None and is_heading(" ".join(text.split()[:2]))


def _complete(text: str, rules: RuleSet) -> bool:
    """Whether a piece is an authority with its office or body, or an office, and nothing is left open."""
    mark = authority(text, rules)
    rest = text[mark[1] :].strip(_EDGES) if mark else text
    if mark and fold(rest) in {fold(phrase) for phrase in rules.fields["signers"].vocabulary["phrases"]}:
        return True
    if mark and regex.search(r"(?i)(?:nhân dân|ubnd|hđnd).*", rest) and fold(rest).split()[-1] not in ("pho", "quyen"):
        return True
    return bool(rest) and any(fold(rest) in (known.bare, f"pho {known.bare}") for known in _offices(rules))
