"""Styles of a Word document by name, each with those it is based on; a style based on itself ends the chain."""

from __future__ import annotations

import functools
from typing import Any

from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph


def of_paragraph(paragraph: Paragraph) -> tuple[Any, ...]:
    """The elements of a paragraph's style and of those it is based on, nearest first."""
    return _Styles.of(paragraph.part).chain(paragraph._p.style, "paragraph")


def of_table(table: Table) -> tuple[Any, ...]:
    """The same for a table."""
    named = table._tbl.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
    return _Styles.of(table.part).chain(None if named is None else named.get(qn("w:val")), "table")


class _Styles:
    def __init__(self, root: Any) -> None:
        self._root = root
        self._by_id = {element.get(qn("w:styleId")): element for element in reversed(root.findall(qn("w:style")))}
        self._chains: dict[tuple[str | None, str], tuple[Any, ...]] = {}

    @staticmethod
    def of(part: Any) -> _Styles:
        """The styles of the document that a part belongs to."""
        main = getattr(part, "_document_part", part)
        return _loaded(main.styles.element)

    def chain(self, identity: str | None, kind: str) -> tuple[Any, ...]:
        """Elements from the named style on, or from the default of its kind."""
        key = (identity, kind)
        if key not in self._chains:
            first = self._by_id.get(identity)
            if first is None or first.get(qn("w:type")) != kind:
                first = self._default(kind)
            self._chains[key] = tuple(self._based(first))
        return self._chains[key]

    def _default(self, kind: str) -> Any:
        found = [
            element
            for element in self._root.findall(qn("w:style"))
            if element.get(qn("w:type")) == kind and element.get(qn("w:default")) in ("1", "true", "on")
        ]
        return found[-1] if found else None

    def _based(self, element: Any) -> list[Any]:
        found: list[Any] = []
        while element is not None and element not in found:
            found.append(element)
            base = element.find(qn("w:basedOn"))
            element = None if base is None else self._by_id.get(base.get(qn("w:val")))
        return found


@functools.lru_cache(maxsize=1)
def _loaded(root: Any) -> _Styles:
    return _Styles(root)
