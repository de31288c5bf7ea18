"""The lines of a signature block → units (authority, office, name) → one block a signer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import regex

from extractor.document import Document, Span
from extractor.recognise import offices, persons
from extractor.recognise.segments import Segment, columns
from extractor.recognise.signature_parts import first_authority, parts
from extractor.ruleset import RuleSet

_CLEAR = 0.95  # a line read so clearly is left as it is
_OFF_CENTRE = 20.0  # points from the middle of an office at which a line below it is none of its own


@dataclass(frozen=True, slots=True)
class Unit:
    """One line (or part) of a block with its meaning. `body`: what follows an authority, as a record spells it."""

    kind: Literal["authority", "office", "name", "other"]
    segment: Segment
    mark: str = ""
    office: offices.Office | None = None
    body: str = ""
    name: persons.Name | None = None


@dataclass(slots=True)
class Block:
    """One signer in the making."""

    marks: list[Unit] = field(default_factory=list)
    posts: list[Unit] = field(default_factory=list)
    names: list[Unit] = field(default_factory=list)

    @property
    def name(self) -> Unit | None:
        """The most likely name, the lowest of equals."""
        ranked = [(_name_worth(unit), number, unit) for number, unit in enumerate(self.names)]
        if not ranked:
            return None
        best = max(ranked, key=lambda item: item[:2])[2]
        return next((unit for unit in self.names if _holds(unit, best)), best)

    @property
    def lowest(self) -> Segment:
        """The lowest line above the name that was understood."""
        return (self.posts or self.marks or self.names)[-1].segment

    def roles_worth(self, rules: RuleSet) -> float:
        """How complete the offices are: an office, and an authority that fits it."""
        worth = sum(unit.office.likeness for unit in self.posts[-1:] if unit.office)
        if self.marks:
            worth += 0.5 - (0.4 if self.lost_deputy(rules) else 0.0)
        return worth + (0.4 if self.stacked(rules) else 0.2 if len(self.posts) > 1 and not self.marks else 0.0)

    def worth(self, rules: RuleSet) -> float:
        """How complete the block is, its name counting twice."""
        return self.roles_worth(rules) + (2 * _name_worth(self.name) if self.name else 0.0)

    def stacked(self, rules: RuleSet) -> bool:
        """Whether, with no "KT." read, an office stands right above that of its deputy, or above itself.

        "[KT.] X / PHÓ X" and "[KT.] X / [PHÓ] X": nobody signs with the same office twice.
        """
        if len(self.posts) < 2 or any(unit.mark == "KT." for unit in self.marks):
            return False
        upper, lower = self.posts[-2].office, self.posts[-1].office
        if upper is None or lower is None or self.posts[-1].segment.apart or upper.deputy:
            return False
        return lower.value in (upper.value, offices.deputy_of(upper, rules))

    def misread_mark(self, rules: RuleSet) -> bool:
        """Whether "TM." or "TL." stands right above the office of X's deputy: that is "KT." (Điều 13)."""
        mark = self.marks[-1] if self.marks else None
        own = self.posts[0] if self.posts else None
        if mark is None or own is None or mark.mark not in ("TM.", "TL.") or mark.office is None or own.office is None:
            return False
        return not own.segment.apart and own.office.value == offices.deputy_of(mark.office, rules)

    def lost_deputy(self, rules: RuleSet) -> bool:
        """Whether "KT. X" is followed by X itself or by nothing: the word "Phó" was not read."""
        mark = next((unit for unit in reversed(self.marks) if unit.mark == "KT."), None)
        if mark is None or mark is not self.marks[-1]:
            return False
        own = self.posts[-1].office if self.posts else None
        return not self.posts or bool(mark.office and own and mark.office.value == own.value)


def _holds(unit: Unit, other: Unit) -> bool:
    """Whether one reading is the other with the family name that the other lacks."""
    return bool(unit.name and other.name and unit.name.value.endswith(f" {other.name.value}"))


def _name_worth(unit: Unit) -> float:
    return round(unit.name.likeness * (0.4 + 0.6 * unit.segment.confidence), 1) if unit.name else 0.0


def blocks(found: Sequence[Segment], document: Document | None, rules: RuleSet, verbatim: bool = False) -> list[Block]:
    """The signers' blocks in a stretch of segments, column by column.

    `document`: of text formats only, where a line may hold a whole block. `verbatim`: the text is no OCR's.
    """
    made = []
    for column in columns(found, lambda segment: _telling(segment, rules)):
        made += _blocks(_units(column, document, rules, verbatim), verbatim)
    return made


def _telling(segment: Segment, rules: RuleSet) -> bool:
    """Whether a segment says by itself that it belongs to a signature."""
    if offices.is_heading(segment.text):
        return bool(offices.authority(segment.text, rules) or offices.read_office(segment.text, rules))
    name = persons.read_name(segment.text, persons.vocabulary(rules), hint=False)
    return name is not None and name.likeness >= 0.8


def _units(column: Sequence[Segment], document: Document | None, rules: RuleSet, verbatim: bool) -> list[Unit]:
    units: list[Unit] = []
    for segment in column:
        if document is not None and _recipient(segment.text, rules):
            continue
        pieces = [segment] if document is None else parts(segment, document, rules)
        for part in pieces:
            unit = in_context(part, units, rules, verbatim)
            if unit.kind == "other" and units and _goes_on(units[-1], part):
                units[-1] = _joined(units[-1], part, rules)
            else:
                units.append(unit)
    return units


def _recipient(text: str, rules: RuleSet) -> bool:
    """Whether a line of a text is an entry of the recipients beside the block: "- UBND tỉnh (b/c);"."""
    return text[:1] in "-–+•" and not offices.is_heading(text) and not first_authority(text, rules)


def _unit(segment: Segment, verbatim: bool, rules: RuleSet) -> Unit:
    text = segment.text
    if regex.match(rules.fields["signers"].vocabulary["noise"], text):
        return Unit("other", segment)
    mark = offices.authority(text, rules)
    office = offices.read_office(text[mark[1] :], rules) if mark else None
    if mark is not None and (office is not None or (mark[0] != "Q." and offices.is_heading(text[: mark[1] + 14]))):
        return Unit("authority", segment, mark[0], office, offices.cased(text[mark[1] :], rules))
    if mark is None and not verbatim:
        mark, office = _behind_scraps(text, rules)
        if mark is not None:
            return Unit("authority", segment, mark[0], office, offices.cased(text[mark[1] :], rules))
    office = offices.read_office(text, rules, loose=not verbatim)
    if office is not None and not (not verbatim and _in_list(text)):
        return Unit("office", segment, office=office, body=text)
    clear = segment.confidence >= _CLEAR
    name = persons.read_name(text, persons.vocabulary(rules), verbatim=verbatim, clear=clear)
    if name is None:
        return Unit("other", segment)
    return Unit("name", segment, name=name)


def _behind_scraps(text: str, rules: RuleSet) -> tuple[tuple[str, int] | None, offices.Office | None]:
    """An authority with its office behind one or two scraps of a seal: "h KT. CHỦ TỊCH"."""
    for word in list(regex.finditer(r"\S+", text))[1:3]:
        mark = offices.authority(text[word.start() :], rules)
        office = offices.read_office(text[word.start() + mark[1] :], rules, like=90) if mark else None
        scraps = text[: word.start()].split()
        if mark and office and mark[0] != "Q." and all(offices.is_scrap(scrap) for scrap in scraps):
            return (mark[0], word.start() + mark[1]), office
    return None, None


def _in_list(text: str) -> bool:
    """Whether a line in small letters is an entry of the recipients: "- Bộ trưởng (để b/c);"."""
    return not offices.is_heading(text) and (text[:1] in "-–+•" or text.rstrip()[-1:] in ";)" or "(" in text)


def in_context(segment: Segment, above: Sequence[Unit], rules: RuleSet, verbatim: bool = False) -> Unit:
    """A line with its meaning below the lines that were understood above it."""
    return _as_deputy(_unit(segment, verbatim, rules), above, rules)


def _as_deputy(unit: Unit, above: Sequence[Unit], rules: RuleSet) -> Unit:
    """Right below "KT. X" only X's deputy can stand: a damaged line is read as that if it resembles it."""
    head = above[-1] if above else None
    if head is None or head.mark != "KT." or head.office is None or unit.kind == "authority":
        return unit
    expected, own = offices.deputy_of(head.office, rules), unit.office
    if own is not None and (own.value.startswith(expected) or own.value == head.office.value):
        return unit
    text = unit.segment.text if own is None or own.reasons else own.value.upper()
    office = offices.as_deputy(text, head.office, rules)
    if office is None or (own is not None and own.deputy):
        return unit
    return Unit("office", unit.segment, office=office, body=unit.segment.text)


def _goes_on(unit: Unit, segment: Segment) -> bool:
    """Whether a line continues the office or authority above it: capitals, close below, two words of usual length."""
    if unit.kind not in ("authority", "office") or segment.apart or not offices.is_heading(segment.text):
        return False
    words = segment.text.split()
    if unit.segment.box and segment.box and abs(unit.segment.box.centre - segment.box.centre) > _OFF_CENTRE:
        return False
    return segment.confidence > 0.4 and len(words) >= 2 and all(len(word) <= 9 for word in words)


def _joined(unit: Unit, segment: Segment, rules: RuleSet) -> Unit:
    text = f"{unit.segment.text} {segment.text}"
    box = unit.segment.box.union(segment.box) if unit.segment.box and segment.box else None
    confidence = min(unit.segment.confidence, segment.confidence)
    span = Span(unit.segment.span.start, segment.span.end)
    wider = replace(unit.segment, text=text, span=span, box=box, confidence=confidence)
    if unit.kind == "office":
        return replace(unit, segment=wider, office=offices.read_office(text, rules) or unit.office, body=text)
    mark = offices.authority(text, rules)
    rest = text[mark[1] :] if mark else text
    return replace(
        unit, segment=wider, office=offices.read_office(rest, rules) or unit.office, body=offices.cased(rest, rules)
    )


def _blocks(units: Sequence[Unit], verbatim: bool) -> list[Block]:
    """A block ends where, after a name, authorities or offices begin again and a name follows.

    In verbatim text the first name below the office counts: further down another part of the file may go on.
    """
    made = [Block()]
    for index, unit in enumerate(units):
        opens = unit.kind in ("authority", "office")
        if opens and made[-1].names and any(later.kind == "name" for later in units[index:]) and _trusted(made[-1]):
            made.append(Block())
        block = made[-1]
        if unit.kind == "authority":
            block.marks.append(unit)
        elif unit.kind == "office":
            block.names.clear()  # what looked like a name above an office was a smudge
            block.posts.append(unit)
        elif unit.kind == "name" and not (verbatim and block.names):
            block.names.append(unit)
    told = [block for block in made if block.marks or block.posts]
    return told or [block for block in made if block.names]


def _trusted(block: Block) -> bool:
    name = block.name
    return name is not None and _name_worth(name) >= 0.7
