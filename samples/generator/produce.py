"""A spec and a kind → the files of one sample."""

from __future__ import annotations

import json
from pathlib import Path

from samples.generator import truth
from samples.generator.degrade import RECIPES, Recipe
from samples.generator.docx import write_docx
from samples.generator.pdf import write_pdf
from samples.generator.scan import write_scan
from samples.generator.spec import Spec
from samples.generator.text import write_text


def produce(
    spec: Spec,
    folder: Path,
    kind: str,
    *,
    degrade: str | Recipe = "light",
    seed: int = 1,
    suffix: str = ".pdf",
    name: str = "source",
    style: str = "plain",
    expected: bool = True,
) -> Path:
    """Write `name` + suffix, `name.gold.json` and `expected.json` into a folder; returns the source's path.

    `kind`: `pdf`, `docx`, `scan` or `text`; `suffix` chooses the format of a scan (.pdf .png .jpg .tif), `style` that
    of a text. `expected` False: no `expected.json`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "docx":
        path = folder / f"{name}.docx"
        write_docx(spec, path)
    elif kind == "pdf":
        path = folder / f"{name}.pdf"
        write_pdf(spec, path)
    elif kind == "text":
        path = folder / f"{name}.txt"
        write_text(spec, path, style)
    elif kind == "scan":
        path = folder / f"{name}{suffix}"
        write_scan(spec, path, RECIPES[degrade] if isinstance(degrade, str) else degrade, seed)
    else:
        raise ValueError(f"unknown kind {kind!r}")
    _write(folder / f"{name}.gold.json", truth.gold(spec, path.name, scanned=kind == "scan"))
    if not expected:
        return path
    whole = {"record": truth.plain(truth.record(spec)), "issues": truth.warnings(spec)}
    _write(folder / ("expected.json" if name == "source" else f"{name}.expected.json"), whole)
    return path


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
