"""Who signed: name, office, authority and for whom, from the signature block at the end of the form.

A block reads downwards: authorities, the office, seal and signature, the name; with two offices the lower one is the
signer's own and the upper one the capacity signed in. Joint documents have several blocks. Where only a portal's table
is left ("Người ký …") the name comes from there. Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import regex

from extractor.document import BBox, Document, Region, Span
from extractor.recognise import offices, second_look, signature_look
from extractor.recognise.base import Finding, Found, Leaf, Problem
from extractor.recognise.segments import Segment, scanned
from extractor.recognise.signature import Block, Unit
from extractor.recognise.signers_web import bare_name, from_portal
from extractor.ruleset import RuleSet
from extractor.text.syllables import is_syllable

FIELD = "signers"
_SURE, _DOUBT = 0.9, 0.7
_CUT_OFF = 0.6  # what is left of the confidence of an office of which a part seems to be covered
_SCRAP = 2  # letters: what a stroke behind an office looks like
_NOTHING = Leaf(None, (), "signers.block")
_CUT = "Bỏ phần cuối dòng vì không thành chữ."
_VOTED = f"Đọc lại từ ảnh {len(second_look.LINE_LOOKS)} cách, lấy cách đọc được nhiều nhất."


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The signers in order; a doubtful or unreadable name is told with its place."""
    found = Found()
    for span in _zones(document):
        for block in signature_look.best_blocks(document, span, rules):
            _report(document, rules, block, found)
        if found.findings:
            return found
    beside = signature_look.beside_recipients(document, rules) or signature_look.beside_label(document, rules)
    for block in beside:
        _report(document, rules, block, found)
    if not document.lines:
        from_portal(document, rules, found)
        if not found.findings:
            bare_name(document, rules, found)
    return found


def _zones(document: Document) -> Iterator[Span]:
    """Stretches that may hold the block: the first run of signature zones, later ones, on text the recipients'."""
    own = [zone.span for zone in document.zone("signature")]
    if own:
        end = own[0].end
        for span in own[1:]:
            if document.text[end : span.start].strip():
                break
            end = span.end
        yield Span(own[0].start, end)
        yield from (span for span in own[1:] if span.start >= end)
    if not document.lines:
        yield from (zone.span for zone in document.zone("recipients"))
        yield from _tail(document)


def _tail(document: Document) -> Iterator[Span]:
    """A few lines behind the end mark of a text whose block is not in capitals."""
    end = regex.search(r"[./]\s*/\s*\.(?P<tail>[^/]{5,400})\Z", document.text)
    if end is not None and document.zone("header"):
        yield Span(*end.span("tail"))


def _report(document: Document, rules: RuleSet, block: Block, found: Found) -> None:
    position, authority, behalf = _roles(block, rules)
    name = _name(document, rules, block.name, signature_look.off_axis(block))
    if name is None and (not document.lines or position.value is None):
        return
    leaves = {"name": name or _NOTHING, "position": position, "authority": authority, "on_behalf_of": behalf}
    cut = scanned(document, block.lowest.span.start) and signature_look.ragged(block) > signature_look.DOUBT
    if cut:
        leaves |= {key: replace(leaf, confidence=_CUT_OFF * leaf.confidence) for key, leaf in _offices(leaves)}
    finding = Finding(FIELD, leaves)
    found.findings.append(finding)
    if cut:
        found.problems.append(_cut_off(finding, block.lowest))
    if name is None:
        found.problems.append(_unreadable(finding, block.lowest))
    elif name.confidence < _DOUBT:
        message = f"Họ tên người ký đọc được là “{name.value}” nhưng chữ bị che. Hãy đối chiếu với ảnh."
        found.problems.append(
            Problem(
                "low-confidence", "warning", message, spans=name.spans, regions=name.regions or (), about=(finding,)
            )
        )


def _offices(leaves: Mapping[str, Leaf]) -> list[tuple[str, Leaf]]:
    return [(key, leaf) for key, leaf in leaves.items() if key != "name" and leaf.value is not None]


def _cut_off(finding: Finding, line: Segment) -> Problem:
    place = () if line.box is None else (Region(line.page, line.box),)
    message = f"Chức vụ đọc được là “{line.text}” nhưng lệch khỏi trục của khối chữ ký: có chữ bị che. Hãy xem ảnh."
    return Problem("low-confidence", "warning", message, regions=place, about=(finding,))


def _unreadable(finding: Finding, above: Segment) -> Problem:
    box = above.box
    place = () if box is None else (Region(above.page, BBox(box.x0 - 40, box.bottom, box.x1 + 40, box.bottom + 120)),)
    message = "Có khối chữ ký nhưng không đọc được họ tên người ký. Hãy xem ảnh và nhập tên."
    return Problem("signers-unreadable", "warning", message, regions=place, about=(finding,))


# --- leaves -----------------------------------------------------------------------------------------------------------


def _leaf(
    value: str | None,
    unit: Unit,
    confidence: float,
    reasons: tuple[str, ...] = (),
    start: int = 0,
    end: int | None = None,
) -> Leaf:
    """A leaf on a unit's segment, or on a part of its text."""
    segment = unit.segment
    if segment.reread:
        again = ("Đọc lại từ ảnh vì dấu hoặc chữ ký che chữ.",)
        regions = () if segment.box is None else (Region(segment.page, segment.box),)
        reading = 0.5 + 0.5 * segment.confidence
        return Leaf(value, (), "signers.second-look", confidence * reading, (*reasons, *again), segment.text, regions)
    stop = segment.span.end if end is None else segment.span.start + end
    return Leaf(value, (Span(segment.span.start + start, stop),), "signers.block", confidence, reasons)


def _name(document: Document, rules: RuleSet, unit: Unit | None, left: float | None = None) -> Leaf | None:
    """The name's leaf; a name that is not plain goes to the vote of several readings.

    `left`: where the name should begin, though less of it was read.
    """
    if unit is None or unit.name is None:
        return None
    name, segment = unit.name, unit.segment
    first = _leaf(name.value, unit, min(0.97, name.likeness), name.reasons, name.start, name.end)
    if segment.reread is False and not scanned(document, segment.span.start):
        return first
    if name.likeness >= _SURE and segment.confidence >= _SURE and not name.reasons and left is None:
        return first
    voted = second_look.name(document, rules, segment, name, left)
    if voted is None:
        return replace(first, confidence=first.confidence * (0.85 if name.reasons else 1.0))
    winner, text, share = voted
    confidence = min(0.96, winner.likeness) * (0.4 + 0.6 * share)
    if left is not None and len(winner.value.split()) == len(name.value.split()):
        confidence *= _CUT_OFF  # something stands where the name should begin
    agreed = share > 0.99 and not segment.reread and winner.value == name.value
    reasons = winner.reasons if agreed else (*winner.reasons, _VOTED)
    if winner.value == name.value:
        return replace(first, confidence=confidence, reasons=reasons)
    region = () if segment.box is None else (Region(segment.page, segment.box),)
    return Leaf(winner.value, (), "signers.second-look", confidence, reasons, text, region)


def _roles(block: Block, rules: RuleSet) -> tuple[Leaf, Leaf, Leaf]:
    """Position, authority and on_behalf_of; the authority's evidence is the block from its first line to the office."""
    acting = next((unit for unit in reversed(block.marks) if unit.mark == "Q."), None)
    if acting is not None and acting.office is not None and not block.posts:
        return _leaf(acting.office.value, acting, 0.92), _leaf("Q.", acting, 0.95), _NOTHING
    mark = next((unit for unit in reversed(block.marks) if unit.mark != "Q."), None)
    own = block.posts[-1] if block.posts else None
    if block.stacked(rules):
        return _stacked(block, rules)
    if mark is None:
        upper = block.posts[0] if len(block.posts) > 1 else None
        return _post(own), _NOTHING, _post(upper)
    whole = _whole(block.marks[0], own or mark)
    value = mark.office.value if mark.office and mark.mark != "TM." else mark.body
    reasons = mark.office.reasons if mark.office else ()
    position = _deputy(block, mark, rules) if block.lost_deputy(rules) else _post(own)
    if block.misread_mark(rules):
        reason = f"Đọc được “{mark.mark}” ngay trên chức vụ cấp phó: hiểu là ký thay (KT.)."
        return position, _leaf("KT.", whole, 0.8, (reason,)), _leaf(value, whole, 0.85, (reason,))
    return position, _leaf(mark.mark, whole, 0.95), _leaf(value, whole, 0.93, reasons)


def _stacked(block: Block, rules: RuleSet) -> tuple[Leaf, Leaf, Leaf]:
    """Two offices of which the lower is the upper one's deputy: signed for the upper, though the mark was not read."""
    upper, lower = block.posts[-2:]
    whole = _whole(upper, lower)
    reason = f"Dòng “{upper.segment.text}” đứng ngay trên chức vụ cấp phó: hiểu là ký thay (KT.)."
    head = upper.office.value if upper.office else None
    position = _post(lower)
    if upper.office and lower.office and upper.office.value == lower.office.value:
        expected = offices.deputy_of(upper.office, rules)
        why = f"Hai dòng “{head}” liền nhau: dòng dưới là “{expected}” (chữ đầu bị dấu che)."
        position = _leaf(expected, lower, 0.8, (why,))
    return position, _leaf("KT.", whole, 0.8, (reason,)), _leaf(head, whole, 0.85, (reason,))


def _post(unit: Unit | None) -> Leaf:
    if unit is None or unit.office is None:
        return _NOTHING
    value = _without_noise(unit.office.value)
    reasons = unit.office.reasons if value == unit.office.value else (*unit.office.reasons, _CUT)
    return _leaf(value, unit, 0.95 * unit.office.likeness * (1.0 if value == unit.office.value else 0.8), reasons)


def _without_noise(office: str) -> str:
    """An office up to where letters begin that are no word: of the column beside it, or of a pen."""
    words = office.split()
    if len(words) > 2 and len(words[-1]) < _SCRAP and words[-1].isupper() and words[-2].islower():
        return " ".join(words[:-1])
    for index, word in enumerate(words[2:], start=2):
        core = word.strip(",.;()")
        if (core.islower() and not is_syllable(core)) or (")" in word and "(" not in " ".join(words[: index + 1])):
            return " ".join(words[:index])
    return office


def _deputy(block: Block, mark: Unit, rules: RuleSet) -> Leaf:
    """The office under "KT. X" when the page seems to repeat X: only a deputy signs so (Điều 13)."""
    if not block.posts or mark.office is None:
        return _NOTHING
    expected = offices.deputy_of(mark.office, rules)
    reason = f"Ký “KT. {mark.office.value}” chỉ có thể là cấp phó: hiểu là “{expected}” (chữ đầu bị dấu che)."
    return _leaf(expected, block.posts[-1], 0.8, (reason,))


def _whole(first: Unit, last: Unit) -> Unit:
    """A unit over the lines from the first authority to the office."""
    one, other = first.segment, last.segment
    if one is other:
        return first
    box = one.box.union(other.box) if one.box and other.box else one.box
    text = one.text if one.text == other.text else f"{one.text} … {other.text}"
    confidence = min(one.confidence, other.confidence)
    span = Span(min(one.span.start, other.span.start), max(one.span.end, other.span.end))
    return replace(first, segment=replace(one, text=text, span=span, box=box, confidence=confidence))
