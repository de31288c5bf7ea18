"""EAD 3: one item for each document, the law's fields as named controlled notes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from extractor.export.sip.fields import Archive
from extractor.export.sip.item import Item

NAMESPACE = "http://ead3.archivists.org/schema/"
_FIRST = {"docCode": "unitid", "subject": "unittitle"}


def _element(name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.Element(f"{{{NAMESPACE}}}{name}", attributes)
    element.text = text
    return element


@contextlib.contextmanager
def writing(path: Path, archive: Archive, moment: str) -> Iterator[Callable[[Item], None]]:
    """A function that adds a document; the file is complete when the block ends."""
    with path.open("wb") as out, etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(f"{{{NAMESPACE}}}ead", nsmap={None: NAMESPACE}):
            file.write(_control(archive, moment))
            with file.element(f"{{{NAMESPACE}}}archdesc", level="file"):
                file.write(_description(archive))
                with file.element(f"{{{NAMESPACE}}}dsc"):
                    yield lambda item: file.write(_item(item))


def _control(archive: Archive, moment: str) -> etree._Element:
    control = _element("control")
    control.append(_element("recordid", archive.file_code))
    filedesc, title = _element("filedesc"), _element("titlestmt")
    title.append(_element("titleproper", archive.title))
    filedesc.append(title)
    control.append(filedesc)
    control.append(_element("maintenancestatus", value="new"))
    agency = _element("maintenanceagency")
    agency.append(_element("agencyname", archive.organisation))
    control.append(agency)
    history, event = _element("maintenancehistory"), _element("maintenanceevent")
    event.append(_element("eventtype", value="created"))
    event.append(_element("eventdatetime", moment))
    event.append(_element("agenttype", value="machine"))
    event.append(_element("agent", "ocop-extractor"))
    history.append(event)
    control.append(history)
    return control


def _description(archive: Archive) -> etree._Element:
    did = _element("did")
    did.append(_element("unitid", archive.file_code))
    did.append(_element("unittitle", archive.title))
    return did


def _item(item: Item) -> etree._Element:
    component, did = _element("c", level="item", id=f"doc-{item.position:07d}"), _element("did")
    for name, tag in _FIRST.items():
        did.append(_element(tag, item.fields[name], label=name))
    did.append(_element("unitdate", item.fields["issuedDate"], label="issuedDate"))
    origination, name_part = _element("origination", label="organName"), _element("corpname")
    name_part.append(_element("part", item.fields["organName"]))
    origination.append(name_part)
    did.append(origination)
    for name, value in item.fields.items():
        if name not in {*_FIRST, "issuedDate", "organName"}:
            note = _element("didnote", value, label=name)
            did.append(note)
    did.append(_element("dao", daotype="unknown", href=f"representations/rep1/{item.path}", label=item.name))
    component.append(did)
    return component
