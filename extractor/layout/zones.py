"""Lines → zones: which part of the form each stretch of the text is."""

from __future__ import annotations

from dataclasses import replace

from extractor.document import Document, Zone, ZoneKind
from extractor.layout.assemble import Placed
from extractor.layout.foot import mark_foot
from extractor.layout.head import find_head, header_kinds, portal_end
from extractor.layout.marks import Mark, marks
from extractor.layout.opening import mark_opening
from extractor.layout.title import title_end
from extractor.layout.typewords import type_word
from extractor.ruleset import RuleSet


def mark(document: Document, placed: tuple[Placed, ...], rules: RuleSet) -> Document:
    """The document with its zones; together they cover the text."""
    lines = marks(document, placed)
    return replace(document, zones=_merge(lines, kinds(lines, rules), len(document.text)))


def kinds(lines: list[Mark], rules: RuleSet) -> list[ZoneKind]:
    """The zone of each line, from the head of the form to its foot."""
    out: list[ZoneKind] = ["body"] * len(lines)
    head = find_head(lines, rules)
    at = 0
    if head is not None:
        before: ZoneKind = "stamp" if lines[0].bbox is not None else "portal"
        out[: head.first] = [before] * head.first
        out[head.first : head.last] = header_kinds(lines[head.first : head.last])
        at = head.last
        if head.title is not None:
            end = title_end(lines, head.title)
            out[at : head.title] = ["header"] * (head.title - at)
            out[head.title : end] = ["title"] * (end - head.title)
            at = end
        at = mark_opening(lines, out, at, rules)
        mark_foot(lines, out, at)
    else:
        end = portal_end(lines)
        out[:end] = ["portal"] * end
    for index, line in enumerate(lines):
        if line.role == "furniture":
            out[index] = "furniture"
    return out


def _merge(lines: list[Mark], found: list[ZoneKind], length: int) -> tuple[Zone, ...]:
    zones: list[Zone] = []
    for line, kind in zip(lines, found, strict=True):
        if zones and zones[-1].kind == kind:
            zones[-1] = replace(zones[-1], end=line.end)
            continue
        if zones:
            zones[-1] = replace(zones[-1], end=line.start)
        zones.append(Zone(kind, line.start if zones else 0, line.end))
    if zones:
        zones[-1] = replace(zones[-1], end=length)
    return tuple(zones)


__all__ = ["kinds", "mark", "type_word"]
