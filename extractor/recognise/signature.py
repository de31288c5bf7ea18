"""The lines of a signature block → units (authority, office, name) → one block a signer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import regex

from extractor.document import Document, Span
from extractor.recognise import offices, persons
from extractor.recognise.segments import Segment, columns, trimmed
from extractor.ruleset import RuleSet

_CLEAR = 0.95  # a line read so clearly is left as it is
_CAPITALS = regex.compile(r"[^\p{Ll}()\[\]]*[\p{Lu}][^\p{Ll}()\[\]]*(?=[\s(\[]|$)")


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
        """Whether, with no authority read, an office stands right above that of its deputy: "[KT.] X / PHÓ X"."""
        if len(self.posts) < 2 or any(unit.mark == "KT." for unit in self.marks):
            return False
        upper, lower = self.posts[-2].office, self.posts[-1].office
        close = not self.posts[-1].segment.apart
        return close and upper is not None and lower is not None and lower.value == offices.deputy_of(upper, rules)

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
        parts = [segment] if document is None else _parts(segment, document, rules)
        for part in parts:
            unit = _as_deputy(_unit(part, verbatim, rules), units, rules)
            if unit.kind == "other" and units and _goes_on(units[-1], part):
                units[-1] = _joined(units[-1], part, rules)
            else:
                units.append(unit)
    return units


def _recipient(text: str, rules: RuleSet) -> bool:
    """Whether a line of a text is an entry of the recipients beside the block: "- UBND tỉnh (b/c);"."""
    return text[:1] in "-–+•" and not offices.is_heading(text) and not _first_authority(text, rules)


def _parts(segment: Segment, document: Document, rules: RuleSet) -> Iterator[Segment]:
    """A one-line block of a web export falls apart: capitals before the rest, authority by authority."""
    lead = _first_authority(segment.text, rules)
    text, start = segment.text[lead:], segment.span.start + lead
    heading = _CAPITALS.match(text)
    edge = heading.end() if heading and offices.is_heading(heading[0]) and heading.end() < len(text) else len(text)
    borders = [0, *offices.cuts(text[:edge], rules), edge]
    if edge < len(text):
        borders += [m.start() + edge for m in regex.finditer(r"(?<=[)\]])\s*(?=\S)", text[edge:]) if m.start()] + [
            len(text)
        ]
    borders = sorted({*borders, *_name_edges(text, borders, rules)})
    for number, (begin, end) in enumerate(itertools.pairwise(borders)):
        first, last = trimmed(document.text, start + begin, start + end)
        if first < last:
            yield replace(
                segment, text=document.text[first:last], span=Span(first, last), apart=segment.apart and not number
            )


def _name_edges(text: str, borders: Sequence[int], rules: RuleSet) -> Iterator[int]:
    """Where a person's name follows an office on the same line: "Giám đốc: Nguyễn Văn An"."""
    names = persons.vocabulary(rules)
    for begin, end in itertools.pairwise(borders):
        for word in regex.finditer(r"(?<=\s)\S+", text[begin:end]):
            rest = text[begin + word.start() : end]
            name = persons.read_name(rest, names, hint=False, verbatim=True)
            head = offices.read_office(text[begin : begin + word.start()], rules, like=95)
            if (
                head
                and name
                and name.likeness >= 0.95
                and not rest[: name.start].strip()
                and not rest[name.end :].strip(" .*")
            ):
                yield begin + word.start()
                break


def _first_authority(text: str, rules: RuleSet) -> int:
    """Where an authority in capitals stands behind recipients on the same line; 0 for nowhere."""
    found = [
        match.start()
        for name, pattern in rules.fields["signers"].patterns.items()
        if name.startswith("authority.") and name != "authority.Q"
        for match in pattern.regex.finditer(text, 1)
        if offices.is_heading(text[match.start() : match.end() + 8])
    ]
    return min(found, default=0)


def _unit(segment: Segment, verbatim: bool, rules: RuleSet) -> Unit:
    text = segment.text
    if regex.match(rules.fields["signers"].vocabulary["noise"], text):
        return Unit("other", segment)
    mark = offices.authority(text, rules)
    office = offices.read_office(text[mark[1] :], rules) if mark else None
    if mark is not None and (office is not None or (mark[0] != "Q." and offices.is_heading(text[: mark[1] + 14]))):
        return Unit("authority", segment, mark[0], office, offices.cased(text[mark[1] :], rules))
    office = offices.read_office(text, rules, loose=not verbatim)
    if office is not None:
        return Unit("office", segment, office=office, body=text)
    clear = segment.confidence >= _CLEAR
    name = persons.read_name(text, persons.vocabulary(rules), verbatim=verbatim, clear=clear)
    if name is None:
        return Unit("other", segment)
    return Unit("name", segment, name=name)


def _as_deputy(unit: Unit, before: Sequence[Unit], rules: RuleSet) -> Unit:
    """Right below "KT. X" a damaged line is read as the deputy's office if it resembles that."""
    head = before[-1] if before else None
    if head is None or head.kind != "authority" or head.mark != "KT." or head.office is None:
        return unit
    sure = unit.office is not None and (unit.office.likeness > 0.95 or unit.office.value == head.office.value)
    office = None if sure or unit.kind == "authority" else offices.as_deputy(unit.segment.text, head.office, rules)
    if office is None or (unit.office is not None and unit.office.likeness > office.likeness + 0.1):
        return unit
    return Unit("office", unit.segment, office=office, body=unit.segment.text)


def _goes_on(unit: Unit, segment: Segment) -> bool:
    """Whether a line continues the office or authority above it: capitals, close below, two words of usual length."""
    if unit.kind not in ("authority", "office") or segment.apart or not offices.is_heading(segment.text):
        return False
    words = segment.text.split()
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
