"""The wheel holds one package with its rules and models, and works where the checkout is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*command, folder, ROOT], check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_top_level_is_the_package_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"extractor"}
    assert "extractor/_data/rules/vocabulary.yaml" in names
    assert not [name for name in names if name.startswith("extractor/_data/") and name.endswith(".py")]


def test_installed_elsewhere_it_extracts_a_sample(wheel: Path, tmp_path: Path, samples: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False)
    (site,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "libraries.pth").write_text(f"{here}\n", encoding="utf-8")
    source = tmp_path / "bao-cao.pdf"
    source.write_bytes((samples / "bao-cao-pdf" / "source.pdf").read_bytes())
    code = "import sys, extractor; print(extractor.__file__, file=sys.stderr)\nfrom extractor.cli import main; main()"
    done = subprocess.run(
        [tmp_path / "venv" / "bin" / "python", "-c", code, "extract", source],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert str(site) in done.stderr, "the wheel's package runs, not the checkout's"
    assert json.loads(done.stdout)["record"]["symbol"] == "BC-UBND"
