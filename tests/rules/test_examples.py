"""Every rule file of the project, one test a file: its examples hold and its patterns are proven."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import rulecheck, ruleset
from extractor.cli import main
from extractor.errors import ConfigurationError
from extractor.resources import rules_dir


@pytest.fixture(scope="session")
def faults() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fault in rulecheck.check(ruleset.load()).faults:
        found.setdefault(fault.path, []).append(fault.message)
    return found


@pytest.mark.parametrize("path", sorted(rules_dir().glob("[fd]*/*.yaml")), ids=lambda path: path.stem)
def test_rule_file(path: Path, faults: dict[str, list[str]]) -> None:
    assert not faults.get(path.name)


def write(folder: Path, examples: str) -> Path:
    (folder / "field").mkdir()
    (folder / "vocabulary.yaml").write_text("pieces: {}\nvocabulary: {}\n", encoding="utf-8")
    (folder / "field" / "subject_code.yaml").write_text(
        "field: subject_code\nparser: pattern\npatterns:\n"
        "  - {id: labelled, regex: 'Mã hồ sơ:\\s*(?P<value>\\d+)'}\n" + examples,
        encoding="utf-8",
    )
    return folder


def test_a_wrong_example_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = write(
        tmp_path,
        "examples:\n  - {text: 'Mã hồ sơ: 12', value: '13', because: 'x'}\n  - {text: 'Hồ sơ 12', value: null}\n",
    )
    assert main(["rules", "check", "--rules", str(folder)]) == 1
    err = capfd.readouterr().err
    assert "subject_code.yaml" in err
    assert "Mã hồ sơ: 12" in err


def test_a_pattern_needs_both_kinds_of_examples(tmp_path: Path) -> None:
    folder = write(tmp_path, "examples:\n  - {text: 'Mã hồ sơ: 12', value: '12'}\n")
    (fault,) = rulecheck.check(ruleset.load(folder)).faults
    assert "bỏ qua" in fault.message


def test_proven_rules_pass(tmp_path: Path) -> None:
    folder = write(
        tmp_path, "examples:\n  - {text: 'Mã hồ sơ: 12', value: '12'}\n  - {text: 'Hồ sơ 12', value: null}\n"
    )
    assert rulecheck.check(ruleset.load(folder)).faults == ()


def test_an_unknown_parser_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path, "examples:\n  - {text: 'x', value: null}\n")
    path = folder / "field" / "subject_code.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("parser: pattern", "parser: nope"), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="nope"):
        rulecheck.check(ruleset.load(folder))
