"""The head of the form: which lines are its header, and where the title's type word stands.

A text has a head when it shows the form: a number line or the motto, or a type word in capitals with a preamble,
addressees or recipients after it. News pages that quote numbers have none.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractor.document import ZoneKind
from extractor.layout.marks import Mark
from extractor.layout.typewords import type_word
from extractor.ruleset import RuleSet

_EARLY = 120
_ROW = regex.compile(
    r"^\W*(?:(?P<number>số (?:ký )?hiệu)|ngày (?:ban hành|ký)"
    r"|(?:loại|hình thức) văn bản|(?:cơ quan|nơi|đơn vị) ban hành"
    r"|người ký"
    r"|trích yếu)\b",
    regex.IGNORECASE,
)
_LETTER = regex.compile(r"\p{L}")
_ABOUT_BARE = regex.compile(r"\W*V[ềê]\s+\p{Ll}")
_GAP = 8
_IN_PLACE = regex.compile(r"^\W*(?:kt|tm|tl|tuq)\s*\.")
_STAMPED_DATE = regex.compile(r"^\W*ng[àa]y\b.{0,30}\d", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """Lines `[first, last)` are the header; `title` is the line of the type word, None for a công văn."""

    first: int
    last: int
    title: int | None


def find_head(lines: list[Mark], rules: RuleSet) -> Head | None:
    """The head of the first document of the file."""
    for first in (i for i in range(min(_EARLY, len(lines))) if _opens(lines, i)):
        last = _header_end(lines, first, rules)
        signs = lines[first : last + 1]
        if not any(line.number or line.motto or line.role == "head-left" for line in signs):
            continue
        title = _title(lines, last + 1, rules)
        if title is None and not _letter(signs, lines[last + 1 : last + 16]):
            continue
        return Head(_with_agency(lines, first, rules), last + 1, title)
    return _bare_title(lines, rules)


def _opens(lines: list[Mark], index: int) -> bool:
    line = lines[index]
    if line.role in ("head-left", "head-right"):
        return True
    if line.role != "text" or _of_stamp(lines, index):
        return False
    return line.number or line.motto or line.date


def _of_stamp(lines: list[Mark], index: int) -> bool:
    """Whether a line belongs to a stamp: by its words, or as the number or date right below "CV ĐẾN".

    The first number below it is the stamp's, when another follows that is the document's own.
    """
    line = lines[index]
    if line.stamp or line.arrived:
        return True
    opened = next((i for i in range(index - 1, max(-1, index - 4), -1) if lines[i].arrived), None)
    if opened is None or not (line.number or line.date or _STAMPED_DATE.match(line.text)):
        return False
    if not line.number:
        return not any(item.number for item in lines[opened + 2 : index])
    first = next(item for item in lines[opened:] if item.number)
    return first is line and any(item.number for item in lines[index + 1 : index + 12])


def _starts_text(line: Mark, rules: RuleSet) -> bool:
    if line.role in ("head-left", "head-right"):
        return False
    return line.basis or line.address or line.recipients or type_word(line.text, rules) is not None


def _header_end(lines: list[Mark], first: int, rules: RuleSet) -> int:
    """The last line of a header that opens at `first`."""
    last = index = first
    about = lines[first].about
    while index + 1 < len(lines) and index - last < _GAP:
        index += 1
        line = lines[index]
        if _starts_text(line, rules) or line.page != lines[first].page:
            break
        wrapped = about and _near(lines[index - 1], line) and index - 1 == last and line.role != "head-right"
        about = line.about or wrapped or _about_below(lines, index)
        if _opens(lines, index) or about or line.empty or wrapped:
            last = index
    return last


def _about_below(lines: list[Mark], index: int) -> bool:
    """Whether a line right below the number says what the letter is about without "V/v": "Về cho học sinh nghỉ học"."""
    line = lines[index]
    if line.role == "head-right" or not _ABOUT_BARE.match(line.text) or len(line.text) > 140:
        return False
    above = next((item for item in reversed(lines[:index]) if not (item.empty or item.date)), None)
    return above is not None and above.number


def _near(before: Mark, line: Mark) -> bool:
    """Whether a line follows at once, or goes on in small letters as the next paragraph."""
    return line.start - before.end <= (2 if line.text[:1].islower() else 1)


def _with_agency(lines: list[Mark], first: int, rules: RuleSet) -> int:
    """The header's first line, agencies above the motto included."""
    while first:
        line = lines[first - 1]
        in_text = line.bbox is None or line.role in ("head-left", "head-right")
        if (line.empty and first > 1 and in_text) or (line.bbox is not None and not _LETTER.search(line.text)):
            first -= 1
            continue
        if not line.upper or len(line.text) > 90 or line.stamp or type_word(line.text, rules) is not None:
            break
        if line.bbox is not None and not _just_above(line, lines[first]):
            break
        first -= 1
    return first


def _just_above(line: Mark, below: Mark) -> bool:
    assert line.bbox is not None
    return below.bbox is not None and line.page == below.page and -5 < below.bbox.top - line.bbox.bottom < 14


def _title(lines: list[Mark], at: int, rules: RuleSet) -> int | None:
    for index in range(at, min(at + 8, len(lines))):
        line = lines[index]
        if line.address or line.basis or line.recipients or line.role not in ("text", "furniture"):
            return None
        if type_word(line.text, rules) is not None:
            return index
        if len(line.text) > 140:
            return None
    return None


def _letter(header: list[Mark], after: list[Mark]) -> bool:
    """Whether a header without a title is a công văn's: its number or subject is read, or addressees follow."""
    return any(line.number or line.about for line in header) or any(line.address for line in after)


def _bare_title(lines: list[Mark], rules: RuleSet) -> Head | None:
    """A title without a header: a type word in capitals, alone or with the subject, and a form behind it."""
    for index, line in enumerate(lines[:60]):
        if line.role != "text" or not line.upper or type_word(line.text, rules) is None or len(line.text) > 250:
            continue
        after = lines[index + 1 : index + 30]
        if any(item.basis or item.address for item in after) or _signed(lines[index + 1 :]):
            return Head(index, index, index)
    return None


def _signed(lines: list[Mark]) -> bool:
    """Whether a form's foot stands behind: recipients and a signature, or one in someone's place at the end."""
    if any(line.recipients for line in lines) and any(line.authority for line in lines):
        return True
    return any(line.authority and _IN_PLACE.match(line.bare) for line in lines[-12:])


def header_kinds(lines: list[Mark]) -> list[ZoneKind]:
    """Each line's zone: `header`, but `stamp` for an incoming or e-signature stamp that lies over it."""
    return ["stamp" if _of_stamp(lines, index) else "header" for index in range(len(lines))]


def portal_end(lines: list[Mark]) -> int:
    """One past the rows in which a web page without the document's own head describes it; 0 where there are none."""
    rows = [i for i, line in enumerate(lines[:_EARLY]) if len(line.text) < 300 and _ROW.match(line.text)]
    if len(rows) < 3 or not any(_ROW.match(lines[i].text)["number"] for i in rows):  # type: ignore[index]
        return 0
    return min(rows[-1] + 2, len(lines))
