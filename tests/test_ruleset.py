"""Rule files fail at load and name file and key."""

import dataclasses
from pathlib import Path

import pytest

from extractor import ruleset
from extractor.errors import ConfigurationError

_VOCABULARY = "pieces:\n  serial: '[0-9]+'\nvocabulary: {}\n"


def _folder(tmp_path: Path, field: str) -> Path:
    (tmp_path / "field").mkdir()
    (tmp_path / "vocabulary.yaml").write_text(_VOCABULARY, encoding="utf-8")
    (tmp_path / "field" / "budget.yaml").write_text(field, encoding="utf-8")
    return tmp_path


def test_the_shipped_rules_load() -> None:
    rules = ruleset.load()
    assert rules.fields
    assert rules.document_types
    assert len(rules.fingerprint) == 16


def test_pieces_expand(tmp_path: Path) -> None:
    rules = ruleset.load(_folder(tmp_path, "field: budget\npatterns:\n- {id: a, regex: 'số $serial'}\n"))
    assert rules.fields["budget"].patterns["a"].regex.fullmatch("số 12")


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("field: budget\nzones: body\n", "'zones'"),
        ("field: budget\npatterns:\n- {id: a, regex: '('}\n", "'a'"),
        ("field: budget\npatterns:\n- {id: a, regex: 'x', score: 1}\n", "'score'"),
        ("field: budget\npatterns:\n- {id: a, regex: '$nothing'}\n", r"\$nothing"),
        ("label: x\n", "'field'"),
        ("- x\n", "YAML"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, field: str, names: str) -> None:
    with pytest.raises(ConfigurationError, match=f"budget.yaml.*{names}"):
        ruleset.load(_folder(tmp_path, field))


def test_two_files_of_one_field(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "field: budget\n")
    (folder / "field" / "zz.yaml").write_text("field: budget\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"zz.yaml.*budget.yaml"):
        ruleset.load(folder)


def test_the_fingerprint_changes_with_the_rules(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "field: budget\n")
    before = ruleset.load(folder).fingerprint
    (folder / "field" / "budget.yaml").write_text("field: budget\nlabel: Kinh phí\n", encoding="utf-8")
    ruleset.load.cache_clear()
    assert ruleset.load(folder).fingerprint != before


def test_what_is_made_of_a_rule_set_is_made_once() -> None:
    made: list[ruleset.RuleSet] = []

    @ruleset.for_rules
    def count(rules: ruleset.RuleSet) -> int:
        made.append(rules)
        return len(made)

    rules = ruleset.load()
    other = dataclasses.replace(rules)
    assert [count(rules), count(rules), count(other), count(other)] == [1, 1, 2, 2]
