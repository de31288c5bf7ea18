"""What is shipped for operators: syntax of the recipes, options that exist, back-up and restore."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.cli.commands.serve import command as serve
from extractor.store import Store

DEPLOY = Path(__file__).parents[2] / "deploy"
OPTIONS = {name for option in serve.params for name in option.opts}


def test_compose_file_is_whole() -> None:
    compose: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    service = compose["services"]["service"]
    assert {argument.split("=")[0] for argument in service["command"][1:]} <= OPTIONS
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
    used = {volume.split(":")[0] for one in compose["services"].values() for volume in one["volumes"]}
    assert used == set(compose["volumes"])
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])


def test_container_recipe_copies_what_is_there() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (.+) \S+$", text, re.MULTILINE):
        assert all((DEPLOY.parent / name).exists() for name in line.split())
    assert re.search(r"^USER extractor$", text, re.MULTILINE)
    arguments = re.findall(r'"(--[a-z-]+)"', text)
    assert set(arguments) <= OPTIONS


def test_unit_file_calls_options_that_exist() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(DEPLOY / "extractor.service", encoding="utf-8")
    assert set(re.findall(r"--[a-z-]+", unit["Service"]["ExecStart"])) <= OPTIONS
    assert unit["Install"]["WantedBy"] == "multi-user.target"


def backup(*arguments: str | Path) -> int:
    command = [DEPLOY / "backup.sh", *arguments]
    return subprocess.run(command, env={"PYTHON": sys.executable, "PATH": "/usr/bin:/bin"}, check=False).returncode


def test_backup_and_restore(tmp_path: Path) -> None:
    data, saved, again = tmp_path / "data", tmp_path / "saved", tmp_path / "again"
    store = Store.open(f"sqlite:///{data}/store.sqlite", data / "originals", "f")
    first, _ = store.accept(b"one", "a.txt")
    store.claim("w")
    assert backup("save", data, saved) == 0
    store.accept(b"two", "b.txt")
    assert backup("save", data, saved) == 0
    store.close()
    assert backup("restore", saved, again) == 0
    restored = Store.open(f"sqlite:///{again}/store.sqlite", again / "originals", "f")
    assert restored.count() == 2
    with restored.original(first) as stream:
        assert stream.read() == b"one"
    restored.close()
    assert backup("restore", saved, again) == 2


@pytest.mark.parametrize("arguments", [(), ("save",), ("burn", "a", "b")])
def test_backup_tells_how_it_is_used(arguments: tuple[str, ...]) -> None:
    assert backup(*arguments) == 2
