"""What read a document: engine version, rules, models. The same fingerprint gives the same result."""

from __future__ import annotations

import hashlib
import os

from extractor import ruleset
from extractor.pipeline import version
from extractor.resources import models_dir


def pipeline_fingerprint() -> str:
    """32 hex digits over engine version, rule files, manifests of the models and the OCR model that was asked for."""
    asked = os.environ.get("EXTRACTOR_OCR_MODEL", "")
    digest = hashlib.sha256(f"{version()}\0{ruleset.load().fingerprint}\0{asked}\0".encode())
    for path in sorted(models_dir().rglob("*")):
        if path.is_file() and "manifest" in path.name:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]
