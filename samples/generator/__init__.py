"""Makes invented documents with known truth: a spec (plain mapping, YAML or JSON) → PDF, DOCX, scans and gold.

    from samples.generator import load, produce
    spec = load("samples/specs/bao-cao.yaml")           # or Spec.from_dict({...})
    produce(spec, folder, "scan", degrade="office", seed=7)   # source.pdf + source.gold.json + expected.json

`produce` kinds: `pdf` (born digital), `docx`, `scan` (pictures only; `degrade` names one of `degrade.RECIPES`).
The form follows Nghị định 30/2020/NĐ-CP, Phụ lục I. Truth comes from the spec alone, never from the extractor.
See samples/README.md for every key of a spec.
"""

from __future__ import annotations

from samples.generator.produce import produce
from samples.generator.spec import Spec, load

__all__ = ["Spec", "load", "produce"]
