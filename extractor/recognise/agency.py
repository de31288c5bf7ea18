"""The issuing agency: from the header's left column, else from the running text that the symbol points to."""

from __future__ import annotations

from dataclasses import replace

import regex

from extractor import places
from extractor.document import Document
from extractor.recognise.agencies import AgencyText, header_agencies, initials
from extractor.recognise.base import Finding, Found, Leaf
from extractor.recognise.issuer import FROM_PORTAL, Issuer, agency_part, by_symbol, issuer_in_text
from extractor.recognise.naming import Named, name_of
from extractor.recognise.portal import portal_fields
from extractor.ruleset import RuleSet
from extractor.text.normalise import fold

_PLACELESS = frozenset({"uy ban nhan dan", "ubnd", "hoi dong nhan dan", "hdnd", "ub nhan dan"})
_HEADER, _TEXT = 0.95, 0.8
AT_PLACE = "Tên cơ quan không ghi tên đơn vị hành chính: ghép với địa danh ở dòng ngày tháng."
_PLACE = regex.compile(r"(?:Tỉnh|Thành phố|Huyện|Quận|Thị xã|Xã|Phường|Thị trấn)\s+\p{Lu}")
_OWN_KIND = regex.compile(
    r"(?:UBND|[ỦU]y\s+ban\s+nhân\s+dân|HĐND)\s+(tỉnh|huyện|quận|thị xã|thành phố|xã|phường)\s+"
    r"(?:ban\s+hành|xây\s+dựng|báo\s+cáo|thông\s+báo|yêu\s+cầu)"
)
_BARE_KIND = regex.compile(r"\b(TỈNH|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|THÀNH PHỐ)\s*$", regex.IGNORECASE)
MISREAD = "Tên cơ quan ở phần đầu đọc không khớp ký hiệu: lấy theo cách văn bản tự gọi tên."


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The agency with its superior and place; nothing for a text that is no administrative document."""
    on = known.value("issued_on")
    agencies = header_agencies(document, rules)
    if agencies:
        issuer = _disagreeing(agencies, document, rules, known) or _placeless(agencies, document, rules, known)
        return Found([_from_header(agencies, document, rules, on, issuer)])
    issuer = issuer_in_text(document, rules, known) or _from_portal(document, rules)
    if issuer is None:
        return Found()
    named = name_of(issuer.text, document, rules, on)
    reasons = (*named.reasons, issuer.reason)
    leaves = {"name": Leaf(named.value, issuer.spans, "agency.text", _TEXT, reasons)}
    return Found([Finding("agency", {**leaves, "parent": _none("agency.text"), **_place(named, leaves["name"])})])


def _disagreeing(agencies: list[AgencyText], document: Document, rules: RuleSet, known: Found) -> Issuer | None:
    """The agency that the symbol means, when the header as read cannot be it and the text names it."""
    symbol = known.value("symbol")
    part = agency_part(str(symbol), rules) if symbol else None
    names = [agency.text for agency in agencies] + [" ".join(agency.text for agency in reversed(agencies[-2:]))]
    if part is None or len(part) < 4 or any(_stands_for(part, name, rules) for name in names):
        return None
    found = by_symbol(document, rules, known, part, spelled_only=True)
    return None if found is None else replace(found, reason=MISREAD)


def _placeless(agencies: list[AgencyText], document: Document, rules: RuleSet, known: Found) -> Issuer | None:
    """The full name of "ỦY BAN NHÂN DÂN" alone, whose second line was lost."""
    if fold(agencies[-1].text) not in _PLACELESS:
        return None
    issuer = issuer_in_text(document, rules, known)
    if len(agencies) > 1:
        return None
    if issuer is None or fold(issuer.text) in _PLACELESS:
        return _portal_place(agencies[-1], document, rules) or _home(agencies[-1], document, known)
    kind = _BARE_KIND.search(issuer.text)
    at = known.value("issued_at")
    if kind is None or at is None or not places.lookup(f"{kind[1].lower()} {at}", known.value("issued_on")):
        return issuer
    spans = (*issuer.spans, *known.best("issued_at").leaves[""].spans)  # type: ignore[union-attr]
    return Issuer(f"{issuer.text} {at}", spans, AT_PLACE)


def _portal_place(agency: AgencyText, document: Document, rules: RuleSet) -> Issuer | None:
    """The place that the page around the document gives as the issuer: "Nơi ban hành: Tỉnh X"."""
    entry = portal_fields(document, rules).get("agency")
    if entry is None or not _PLACE.match(entry.text):
        return None
    text = f"{agency.text} {entry.text[0].lower()}{entry.text[1:]}"
    return Issuer(text, (*agency.spans, entry.span), FROM_PORTAL)


def _home(agency: AgencyText, document: Document, known: Found) -> Issuer | None:
    """The place of issue, when the text speaks of its own "UBND tỉnh" and the place is a unit of that kind."""
    at = known.best("issued_at")
    kind = _OWN_KIND.search(document.text)
    if at is None or kind is None or not places.lookup(f"{kind[1]} {at.value}", known.value("issued_on")):
        return None
    return Issuer(f"{agency.text} {kind[1]} {at.value}", (*agency.spans, *at.leaves[""].spans), AT_PLACE)


def _stands_for(part: str, name: str, rules: RuleSet) -> bool:
    """Whether an abbreviation's letters appear in this order among a name's initials."""
    long = rules.fields["agency"].vocabulary["abbreviations"]
    words = " ".join(long.get(word, word) for word in name.split())
    letters = iter(fold(initials(words)[0]))
    return all(letter in letters for letter in fold(part).rstrip("0123456789"))


def _from_header(
    agencies: list[AgencyText], document: Document, rules: RuleSet, on: str | None, issuer: Issuer | None
) -> Finding:
    issuing = agencies[-1]
    if issuer is not None:
        issuing = AgencyText(issuer.text, issuer.spans)
        placeless = fold(agencies[-1].text) in _PLACELESS
        agencies = [issuing] if placeless else [*agencies, issuing]
    named = name_of(issuing.text, document, rules, on)
    reasons = (*named.reasons, issuer.reason) if issuer is not None else named.reasons
    confidence = _TEXT if issuer is not None else _HEADER
    name = Leaf(named.value, issuing.spans, "agency.header", confidence, reasons)
    parent = _none("agency.header")
    place = named
    if len(agencies) > 1:
        above = name_of(agencies[-2].text, document, rules, on)
        parent = Leaf(above.value, agencies[-2].spans, "agency.parent", _HEADER, above.reasons)
        place = named if named.place else above
    return Finding("agency", {"name": name, "parent": parent, **_place(place, name)})


def _from_portal(document: Document, rules: RuleSet) -> Issuer | None:
    entry = portal_fields(document, rules).get("agency")
    return None if entry is None else Issuer(entry.text, (entry.span,), FROM_PORTAL)


def _none(rule: str) -> Leaf:
    return Leaf(None, (), rule)


def _place(named: Named, name: Leaf) -> dict[str, Leaf]:
    if named.place is None:
        return {"place": _none("agency.place")}
    return {"place": Leaf(named.place, name.spans, "agency.place", name.confidence)}
