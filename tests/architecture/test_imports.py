"""Imports run one way (the contracts stand in pyproject.toml); files and functions stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for part in ("extractor", "api", "samples") for path in (ROOT / part).rglob("*.py")]
FILE_LINES, FUNCTION_LINES = 300, 30
"""Nineteen in twenty are no longer than that; none is twice as long."""


def test_import_contracts_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def functions(path: Path) -> list[int]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [(node.end_lineno or node.lineno) - node.lineno + 1 for node in nodes]


def check(lengths: dict[str, int], limit: int) -> None:
    ordered = sorted(lengths.values())
    assert ordered[int(len(ordered) * 0.95)] <= limit
    assert {name: length for name, length in lengths.items() if length > 2 * limit} == {}


def test_files_are_small() -> None:
    check({str(path): path.read_text(encoding="utf-8").count("\n") for path in SOURCES}, FILE_LINES)


def test_functions_are_small() -> None:
    check({f"{path}:{index}": lines for path in SOURCES for index, lines in enumerate(functions(path))}, FUNCTION_LINES)


def test_no_heavy_library_comes_in() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    names = {line.partition("==")[0] for line in lines_of(lock)}
    assert not names & {"torch", "tensorflow", "transformers", "pymupdf", "scipy"}


def lines_of(lock: list[str]) -> list[str]:
    assert all("==" in line and "://" not in line for line in lock), "exact versions and no addresses"
    return lock
