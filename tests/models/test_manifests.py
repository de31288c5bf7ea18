"""Every shipped model has a manifest that tells what it is, and is what its manifest says."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from extractor.resources import models_dir

MODELS = sorted(path for path in models_dir().rglob("*") if path.suffix in (".onnx", ".traineddata"))
TOLD = {"file", "sha256", "licence", "provenance", "command", "scores"}


def manifest(model: Path) -> dict[str, object]:
    return json.loads(model.with_suffix(".json").read_text(encoding="utf-8"))


def test_there_are_models() -> None:
    assert MODELS


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.name)
def test_manifest_tells_file_licence_origin_command_and_scores(model: Path) -> None:
    told = manifest(model)
    assert set(told) >= TOLD
    assert all(told[key] for key in TOLD)
    assert told["file"] == model.name


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.name)
def test_the_file_is_the_one_of_the_manifest(model: Path) -> None:
    assert hashlib.sha256(model.read_bytes()).hexdigest() == manifest(model)["sha256"]


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.name)
def test_the_command_that_trains_it_exists(model: Path) -> None:
    script = str(manifest(model)["command"]).split()[1]
    assert (models_dir().parent / script).is_file()
