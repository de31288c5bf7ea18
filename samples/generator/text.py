"""A spec as plain text, the way portals export documents and news pages.

Styles: `plain` (a paragraph a line, a table row a line), `wrapped` (lines of at most 76 characters), `cells` (one
cell of a table a line), `markdown` (**bold**, `| tables |`).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from samples.generator.spec import LEFT, Spec, columns, rows

STYLES = ("plain", "wrapped", "cells", "markdown")


def write_text(spec: Spec, path: Path, style: str = "plain") -> None:
    """Render to `path` (UTF-8). Raises ValueError for an unknown style."""
    if style not in STYLES:
        raise ValueError(f"unknown style {style!r}")
    paragraphs = [*_head(spec, style), *_blocks(spec, spec.body, style), *_foot(spec, style)]
    for appendix in spec.appendices:
        title = " ".join(str(appendix["title"]).split("\n"))
        paragraphs += [_bold(title, style), *([appendix["note"]] if appendix.get("note") else [])]
        paragraphs += _blocks(spec, appendix["body"], style)
    if style == "wrapped":
        paragraphs = [_wrapped(one) for one in paragraphs]
    path.write_text(("\n" if style == "plain" else "\n\n").join(paragraphs) + "\n", encoding="utf-8")


def _wrapped(paragraph: str) -> str:
    if "\t" in paragraph:
        return paragraph
    return "\n".join(textwrap.fill(line, 76, break_on_hyphens=False) for line in paragraph.split("\n"))


def _bold(text: str, style: str) -> str:
    return f"**{text}**" if style == "markdown" else text


def _head(spec: Spec, style: str) -> Iterator[str]:
    if not spec.form:
        yield _bold(spec.subject, style)
        return
    left = [" ".join(spec.parent)] if spec.parent else []
    left += [_bold(" ".join(spec.agency), style), f"Số: {spec.number_text}{spec.joint}{spec.symbol}"]
    yield "\n".join([*left, *([] if spec.type_word else [spec.subject])])
    yield "\n".join([*(line for line in spec.motto if line), spec.date_line])
    if spec.type_word:
        yield _bold(spec.type_word, style)
        yield _bold(spec.subject, style)
    if spec.addressees:
        yield "Kính gửi: " + "; ".join(spec.addressees) + "."
    yield from spec.basis


def _foot(spec: Spec, style: str) -> Iterator[str]:
    if spec.form:
        if spec.recipients:
            names = (f"- {name}{'' if name.endswith('.') else ';'}" for name in spec.recipients)
            yield "\n".join([_bold("Nơi nhận:", style), *names])
        yield "\n".join([*spec.signature, *([spec.signer] if spec.signer else [])])


def _blocks(spec: Spec, blocks: Sequence[Mapping[str, Any]], style: str) -> Iterator[str]:
    for block in blocks:
        ((kind, value),) = block.items()
        if kind == "table":
            yield from _table(value, style)
        elif kind == "items":
            yield "\n".join(f"{spec.bullet} {item}" for item in value)
        elif kind in ("heading", "title"):
            yield _bold(value, style)
        elif kind != "page":
            yield value


def _table(value: Mapping[str, Any], style: str) -> Iterator[str]:
    grid = [[column.title for column in columns(value)], *rows(value)]
    cells = [["" if cell in (None, LEFT) else str(cell) for cell in row] for row in grid]
    if style == "markdown":
        lines = ["| " + " | ".join(cell.replace("\n", " ") for cell in row) + " |" for row in cells]
        lines.insert(1, "|" + " --- |" * len(cells[0]))
        yield "\n".join(lines)
    elif style == "cells":
        yield "\n".join(cell for row in cells for cell in row if cell)
    else:
        yield "\n".join("\t".join(cell.replace("\n", ", ") for cell in row) for row in cells)
