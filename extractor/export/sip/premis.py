"""PREMIS 3: an object with its fixity for each original, one ingestion event, the program as agent."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from extractor.export.sip.item import Item

NAMESPACE = "http://www.loc.gov/premis/v3"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def _tree(name: str, *children: etree._Element | str) -> etree._Element:
    element = etree.Element(f"{{{NAMESPACE}}}{name}")
    for child in children:
        if isinstance(child, str):
            element.text = child
        else:
            element.append(child)
    return element


@contextlib.contextmanager
def writing(path: Path, moment: str) -> Iterator[Callable[[Item], None]]:
    """A function that adds a document; the file is complete when the block ends."""
    with path.open("wb") as out, etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        names = {"premis": NAMESPACE, "xsi": _XSI}
        with file.element(f"{{{NAMESPACE}}}premis", {"version": "3.0"}, nsmap=names):
            yield lambda item: file.write(_object(item))
            file.write(_event(moment))
            file.write(_agent())


def _identifier(kind: str, value: str) -> etree._Element:
    return _tree(f"{kind}Identifier", _tree(f"{kind}IdentifierType", "local"), _tree(f"{kind}IdentifierValue", value))


def _object(item: Item) -> etree._Element:
    fixity = _tree("fixity", _tree("messageDigestAlgorithm", "SHA-256"), _tree("messageDigest", item.sha256))
    form = _tree("format", _tree("formatDesignation", _tree("formatName", item.media_type)))
    traits = _tree("objectCharacteristics", fixity, _tree("size", str(item.size)), form)
    element = _tree("object", _identifier("object", item.fields["docId"]), traits, _tree("originalName", item.name))
    element.set(f"{{{_XSI}}}type", "premis:file")
    return element


def _event(moment: str) -> etree._Element:
    return _tree(
        "event",
        _identifier("event", "packaging"),
        _tree("eventType", "information package creation"),
        _tree("eventDateTime", moment),
        _tree("eventOutcomeInformation", _tree("eventOutcome", "success")),
        _tree(
            "linkingAgentIdentifier",
            _tree("linkingAgentIdentifierType", "local"),
            _tree("linkingAgentIdentifierValue", "ocop-extractor"),
        ),
    )


def _agent() -> etree._Element:
    return _tree(
        "agent",
        _identifier("agent", "ocop-extractor"),
        _tree("agentName", "ocop-extractor"),
        _tree("agentType", "software"),
    )
