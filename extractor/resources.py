"""Where rules/ and models/ lie: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def rules_dir() -> Path:
    """The folder of rule files."""
    return _folder("rules")


def models_dir() -> Path:
    """The folder of trained models and their manifests."""
    return _folder("models")
