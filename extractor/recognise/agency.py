"""The issuing agency: from the header's left column, else from the running text that the symbol points to."""

from __future__ import annotations

from extractor.document import Document
from extractor.recognise.agencies import AgencyText, header_agencies
from extractor.recognise.base import Finding, Found, Leaf
from extractor.recognise.issuer import FROM_PORTAL, Issuer, issuer_in_text
from extractor.recognise.naming import Named, name_of
from extractor.recognise.portal import portal_fields
from extractor.ruleset import RuleSet

_HEADER, _TEXT = 0.95, 0.8


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The agency with its superior and place; nothing for a text that is no administrative document."""
    on = known.value("issued_on")
    agencies = header_agencies(document, rules)
    if agencies:
        return Found([_from_header(agencies, document, rules, on)])
    issuer = issuer_in_text(document, rules, known) or _from_portal(document, rules)
    if issuer is None:
        return Found()
    named = name_of(issuer.text, document, rules, on)
    reasons = (*named.reasons, issuer.reason)
    leaves = {"name": Leaf(named.value, issuer.spans, "agency.text", _TEXT, reasons)}
    return Found([Finding("agency", {**leaves, "parent": _none("agency.text"), **_place(named, leaves["name"])})])


def _from_header(agencies: list[AgencyText], document: Document, rules: RuleSet, on: str | None) -> Finding:
    issuing = agencies[-1]
    named = name_of(issuing.text, document, rules, on)
    name = Leaf(named.value, issuing.spans, "agency.header", _HEADER, named.reasons)
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
