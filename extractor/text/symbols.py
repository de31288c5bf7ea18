"""The symbol of a document (ký hiệu): its parts, what they mean, and the repair of what OCR breaks in them.

A symbol is parts joined by "-" or "/": `KH-UBND`, `NĐ-CP`, `UBND-NN`, `QH15`, `NQ/TW`. The known parts are data
(document types and `symbol_parts` of rules/vocabulary.yaml). A part that is not known and differs from one known
part only by what OCR confuses is repaired and the repair told; a part that is merely unknown is left as it is.
Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3; Hướng dẫn 36-HD/VPTW for the Party's form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import regex

from extractor.text.normalise import strip_marks

#: Written first, a part of the state's symbol that stands for the legislature: `QH15`, `UBTVQH14`.
_LEGISLATURE = regex.compile(r"(?P<body>UBTV)?[QO0]H\s?(?P<term>[0-9OolI\]ÌÏ]{1,3})")
_CONFUSED = str.maketrans({"Q": "O", "0": "O", "L": "I", "1": "I", "]": "I", "|": "I", "!": "I"})
_CLEAN = regex.compile(r"(?:[A-ZĐ&]|(?<=[A-ZĐ])[a-z]){1,16}\d*")
#: What may stand where a lost slash was.
_GLUE = "AIlJ1i"
#: Types that old symbols put behind the agency (`UB-QĐ-NĐ`).
_SECOND = frozenset({"QĐ", "CT", "NQ", "NĐ", "TTr"})
_ISSUERS_OF = {"NĐ": frozenset({"CP", "HĐBT", "HĐCP"})}


def key(part: str) -> str:
    """What is left of a part when marks, case and the letters that OCR confuses are set aside.

    >>> key("QÐ".replace("Ð", "Đ")) == key("OD"), key("BỌI") == key("BQL")
    (True, True)
    """
    return strip_marks(part).upper().translate(_CONFUSED)


def legislature(part: str) -> str | None:
    """`QH15` for what OCR made of it; None for anything else.

    >>> legislature("QHI5"), legislature("OHI15"), legislature("UBTVQH14"), legislature("QH")
    ('QH15', 'QH15', 'UBTVQH14', None)
    """
    match = _LEGISLATURE.fullmatch(part)
    if match is None:
        return None
    letters = {"O": "0", "o": "0"}
    term = "".join(letters.get(char, char if char.isdigit() else "1") for char in match["term"])
    if len(term) == 3:
        term = "".join(char for char in match["term"] if char.isdigit())
    return f"{match['body'] or ''}QH{term}" if 1 <= int(term or 0) <= 30 else None


@dataclass(frozen=True, slots=True)
class Parts:
    """The known parts: `types` gives the document type code of a part, `known` holds every part."""

    types: Mapping[str, str]
    known: frozenset[str]
    by_key: Mapping[str, str | None]

    @staticmethod
    def build(types: Mapping[str, str], parts: Iterable[str]) -> Parts:
        """From type parts (`{"KH": "KH", "QĐi": "QyĐ"}`) and the parts of agencies and units."""
        known = frozenset(types) | frozenset(parts)
        by_key: dict[str, str | None] = {}
        for part in sorted(known):
            by_key[key(part)] = None if key(part) in by_key else part
        return Parts(dict(types), known, by_key)

    def extended(self, parts: Iterable[str]) -> Parts:
        """The same with more parts (those that the document itself uses)."""
        return Parts.build(self.types, (self.known | set(parts)) - set(self.types))

    def knows(self, part: str) -> bool:
        """Whether the part, or the part without the digits at its end (`BCĐ138`), is known."""
        joint = part[:-2] in self.types and part[-2:] in ("LT", "LN")
        return joint or part in self.known or part.rstrip("0123456789") in self.known or legislature(part) == part

    def repair(self, part: str, first: bool = True) -> str:
        """The part as it was printed, as far as the known parts tell; parts put together come back with their "-".

        Only the first part of a symbol can hold a type and its agency in one.

        >>> parts = Parts.build({"QĐ": "QĐ", "HĐ": "HĐ"}, ["UBND", "NN", "TTg", "BQL"])
        >>> [parts.repair(part) for part in ("QD", "UƯBND", "QĐUBND", "HDANN", "TTG", "BỌI", "XYZ", "BCĐ138")]
        ['QĐ', 'UBND', 'QĐ-UBND', 'HĐ/NN', 'TTg', 'BQL', 'XYZ', 'BCĐ138']
        """
        if self.knows(part):
            return part
        return legislature(part) or self._lookalike(part) or self._split(part, first) or self._near(part) or part

    def _lookalike(self, part: str) -> str | None:
        return self.by_key.get(key(part))

    def _split(self, part: str, first: bool) -> str | None:
        """Two known parts whose joint was lost: a type and an agency, or with a letter read for the slash."""
        for at in range(1, len(part)):
            head, tail = self._certain(part[:at]), self._certain(part[at:])
            if head is None or head not in self.types:
                continue
            if tail is not None and len(tail) > 2 and first:
                return f"{head}-{tail}"
            if part[at] in _GLUE and at + 1 < len(part):
                tail = self._certain(part[at + 1 :])
                if tail is not None and len(tail) > 1:
                    barred = head.replace("D", "Đ")  # what lost the slash lost the bar as well
                    return f"{barred if barred in self.types else head}/{tail}"
        return None

    def _certain(self, part: str) -> str | None:
        return part if part in self.known else self.by_key.get(key(part))

    def _near(self, part: str) -> str | None:
        """One letter too many, for parts that hold something no symbol has, or a letter twice."""
        if len(part) < 3:
            return None
        odd = not _CLEAN.fullmatch(part)
        twice = [at for at in range(1, len(part)) if key(part[at]) == key(part[at - 1])]
        shorter = {part[:at] + part[at + 1 :] for at in (range(len(part)) if odd else twice)}
        exact = shorter & self.known
        found = exact or {self.by_key[key(text)] for text in shorter if key(text) in self.by_key} - {None}
        if not odd:
            found = {text for text in found if text and (len(text) > 2 or text in self.types or "Đ" in text)}
        return found.pop() if len(found) == 1 else None

    def type_of(self, symbol: str) -> str | None:
        """The document type code that a symbol tells; `CV` for an agency first, None where it tells nothing.

        >>> parts = Parts.build({"QĐ": "QĐ", "NĐ": "NĐ", "KL": "KL"}, ["UB", "UBND", "CP", "TU"])
        >>> [parts.type_of(s) for s in ("QĐ-UBND", "KL/TU", "UB-QĐ-NĐ", "UBND-NN", "QH15", "CP", "XY")]
        ['QĐ', 'KL', 'QĐ', 'CV', 'L', None, None]
        """
        parts = regex.split(r"[-/.]", symbol)
        first = parts[0].rstrip("0123456789")
        if first not in self.known and first[:-2] in self.types and first[-2:] in ("LT", "LN"):
            first = first[:-2]
        if legislature(parts[0]):
            return "L" if parts[0].startswith("QH") else None
        if first in self.types and _ISSUERS_OF.get(first, frozenset(parts)) & set(parts):
            return self.types[first]
        for part in parts[1:]:
            if part in _SECOND and part in self.types and _ISSUERS_OF.get(part, frozenset(parts)) & set(parts):
                return self.types[part]
        return "CV" if first in self.known and len(parts) > 1 and first not in self.types else None
