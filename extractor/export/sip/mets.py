"""METS by the E-ARK SIP profile: one of the package, one of its representation."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from lxml import etree

from extractor.export.sip.fields import Archive
from extractor.export.sip.item import Item, files

NAMESPACE = "http://www.loc.gov/METS/"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
XLINK = "http://www.w3.org/1999/xlink"
_PROFILE = "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"
_NAMES = {"mets": NAMESPACE, "csip": CSIP, "xlink": XLINK}
_SOFTWARE = "ocop-extractor"


def _element(name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.Element(f"{{{NAMESPACE}}}{name}", attributes, nsmap=_NAMES)
    element.text = text
    return element


def _root(identity: str) -> dict[str, str]:
    return {
        "OBJID": identity,
        "TYPE": "Mixed",
        "PROFILE": _PROFILE,
        f"{{{CSIP}}}CONTENTINFORMATIONTYPE": "MIXED",
    }


def _header(moment: str, organisation: str | None = None) -> etree._Element:
    header = _element("metsHdr", CREATEDATE=moment, RECORDSTATUS="NEW")
    header.set(f"{{{CSIP}}}OAISPACKAGETYPE", "SIP")
    agent = _element("agent", ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE")
    agent.append(_element("name", _SOFTWARE))
    note = _element("note", _version())
    note.set(f"{{{CSIP}}}NOTETYPE", "SOFTWARE VERSION")
    agent.append(note)
    header.append(agent)
    if organisation:
        submitter = _element("agent", ROLE="CREATOR", TYPE="ORGANIZATION")
        submitter.append(_element("name", organisation))
        header.append(submitter)
    return header


def _version() -> str:
    try:
        return metadata.version(_SOFTWARE)
    except metadata.PackageNotFoundError:
        return "0"


def _place(href: str) -> dict[str, str]:
    return {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": href}


def _fixity(sha256: str, size: int, media_type: str, moment: str) -> dict[str, str]:
    return {
        "SIZE": str(size),
        "CREATED": moment,
        "CHECKSUM": sha256,
        "CHECKSUMTYPE": "SHA-256",
        "MIMETYPE": media_type,
    }


def _file(identity: str, href: str, fixity: dict[str, str]) -> etree._Element:
    element = _element("file", ID=identity, **fixity)
    element.append(_element("FLocat", **_place(href)))
    return element


def _map(root: etree._Element) -> etree._Element:
    structure = _element("structMap", ID="structure", TYPE="PHYSICAL", LABEL="CSIP")
    structure.append(root)
    return structure


@contextlib.contextmanager
def representation(path: Path, identity: str, moment: str) -> Iterator[Callable[[Item], None]]:
    """A function that adds a document; the file is complete when the block ends."""
    with path.open("wb") as out, etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(f"{{{NAMESPACE}}}mets", _root("rep1"), nsmap=_NAMES):
            file.write(_header(moment))
            with (
                file.element(f"{{{NAMESPACE}}}fileSec", ID="files"),
                file.element(f"{{{NAMESPACE}}}fileGrp", ID="data", USE="Data"),
            ):
                yield lambda item: file.write(_data(item))
            root = _element("div", ID="rep1", LABEL="rep1")
            data = _element("div", ID="div-data", LABEL="Data")
            data.append(_element("fptr", FILEID="data"))
            root.append(data)
            file.write(_map(root))


def _data(item: Item) -> etree._Element:
    fixity = _fixity(item.sha256, item.size, item.media_type, item.created)
    return _file(f"file-{item.position:07d}", item.path, fixity)


def package(out: Path, identity: str, moment: str, archive: Archive) -> None:
    """The package's METS.xml, after everything that it names has been written."""
    root = etree.Element(f"{{{NAMESPACE}}}mets", _root(identity), nsmap=_NAMES)
    root.set("LABEL", archive.title)
    root.append(_header(moment, archive.organisation))
    known = {str(path.relative_to(out)): (digest, size) for path, digest, size in files(out / "metadata")}
    known |= _one(out, "representations/rep1/METS.xml")
    root.append(_description(known, moment))
    root.append(_preservation(known, moment))
    root.append(_section(known, moment))
    root.append(_package_map())
    etree.ElementTree(root).write(str(out / "METS.xml"), encoding="utf-8", xml_declaration=True, pretty_print=True)


def _one(out: Path, name: str) -> dict[str, tuple[str, int]]:
    found = next((digest, size) for path, digest, size in files((out / name).parent) if path == out / name)
    return {name: found}


def _reference(href: str, kind: str, known: dict[str, tuple[str, int]], moment: str) -> etree._Element:
    digest, size = known[href]
    return _element("mdRef", MDTYPE=kind, **_place(href), **_fixity(digest, size, "text/xml", moment))


def _description(known: dict[str, tuple[str, int]], moment: str) -> etree._Element:
    section = _element("dmdSec", ID="dmd-ead", CREATED=moment, STATUS="CURRENT")
    section.append(_reference("metadata/descriptive/EAD.xml", "EAD", known, moment))
    return section


def _preservation(known: dict[str, tuple[str, int]], moment: str) -> etree._Element:
    section, provenance = _element("amdSec", ID="amd"), _element("digiprovMD", ID="premis", STATUS="CURRENT")
    provenance.append(_reference("metadata/preservation/PREMIS.xml", "PREMIS", known, moment))
    section.append(provenance)
    return section


def _section(known: dict[str, tuple[str, int]], moment: str) -> etree._Element:
    name = "representations/rep1/METS.xml"
    digest, size = known[name]
    section = _element("fileSec", ID="files")
    group = _element("fileGrp", ID="rep1-files", USE="Representations/rep1")
    group.append(_file("rep1-mets", name, _fixity(digest, size, "text/xml", moment)))
    section.append(group)
    return section


def _package_map() -> etree._Element:
    root = _element("div", ID="package", LABEL="SIP")
    metadata = _element("div", ID="div-metadata", LABEL="Metadata", DMDID="dmd-ead", ADMID="premis")
    parts = _element("div", ID="div-rep1", LABEL="Representations/rep1")
    pointer = _element("mptr", **_place("representations/rep1/METS.xml"))
    pointer.set(f"{{{XLINK}}}title", "rep1-mets")
    parts.append(pointer)
    root.append(metadata)
    root.append(parts)
    return _map(root)
