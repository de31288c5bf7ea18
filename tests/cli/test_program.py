from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from extractor.cli import main
from extractor.cli.failures import exit_code
from extractor.cli.program import Program, program
from extractor.errors import ConfigurationError, EncryptedError, ExtractorError, LimitError

ROOT = Path(__file__).resolve().parents[2]


def commands(group: click.Group, path: str) -> list[tuple[str, click.Command]]:
    """Every command with its full name, sub-commands included."""
    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found.append((f"{path} {name}", command))
        if isinstance(command, click.Group):
            found += commands(command, f"{path} {name}")
    return found


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Thiếu tên lệnh"),
        (["nope"], "Không có lệnh nope"),
        (["extract"], "Thiếu FILE"),
        (["extract", "--nope", "x"], "Không có tùy chọn --nope"),
        (["extract", "--format", "pdf", "x"], "--format"),
        (["evaluate", "no-such-folder"], "no-such-folder"),
        (["rules", "check", "--rules", "no-such-folder"], "vocabulary.yaml"),
    ],
)
def test_usage_errors_are_one_vietnamese_line(
    arguments: list[str], says: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith("LỖI: ")
    assert says in line


def test_exit_codes() -> None:
    assert exit_code(EncryptedError("x")) == 1
    assert exit_code(LimitError("x")) == 1
    assert exit_code(ConfigurationError("x")) == 2
    assert exit_code(ExtractorError("x")) == 1


def test_version(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capfd.readouterr().out.strip()


def test_every_command_and_option_is_documented() -> None:
    assert isinstance(program, Program)
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md")))
    missing = []
    for name, command in commands(program, "extractor"):
        if f"`{name}" not in text:
            missing.append(name)
        for parameter in command.params:
            options = [option for option in parameter.opts if option.startswith("--")]
            missing += [f"{name} {option}" for option in options if f"`{option}" not in text]
    assert not missing


def test_evaluate_prints_a_table_and_json(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Một trang tin về nông thôn.", encoding="utf-8")
    (tmp_path / "a.gold.json").write_text(json.dumps({"source": "a.txt", "number": "1"}), encoding="utf-8")
    assert main(["evaluate", str(tmp_path), "--verbose"]) == 0
    assert "number" in capfd.readouterr().out
    assert main(["evaluate", str(tmp_path), "--json"]) == 0
    plain = capfd.readouterr().out
    assert json.loads(plain)["fields"]["number"]["support"] == 1
    (tmp_path / "old.json").write_text(plain, encoding="utf-8")
    assert main(["evaluate", str(tmp_path), "--compare", str(tmp_path / "old.json")]) == 0
    assert "được 0, mất 0" in capfd.readouterr().out
