"""The guides are true: what they say to write is written into a copy of the rules and used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import regex

from extractor import ingest, pipeline, rulecheck, ruleset
from extractor.resources import rules_dir

DOCS = Path(__file__).resolve().parents[2] / "docs"


def block(page: str, language: str) -> str:
    """The first code block of a language."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = regex.search(rf"```{language}\n(.*?)```", text, regex.DOTALL)
    assert found is not None
    return str(found[1])


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(rules_dir(), tmp_path / "rules"))


def test_add_a_field(rules: Path) -> None:
    (rules / "field" / "file_code.yaml").write_text(block("add-a-field.md", "yaml"), encoding="utf-8")
    loaded = ruleset.load(rules)
    faults = [fault for fault in rulecheck.check(loaded).faults if fault.path == "file_code.yaml"]
    assert faults == []
    reading = ingest.read_bytes("Số: 12/BC-UBND\nMã hồ sơ: HS.2021-07\n".encode(), "a.txt")
    result = pipeline.extract(reading, loaded).to_dict()
    assert result["record"]["file_code"] == "HS.2021-07"
    assert result["evidence"]["/file_code"]["raw"] == "HS.2021-07"


def test_add_a_document_type(rules: Path) -> None:
    (rules / "document" / "phieu-kiem-ke.yaml").write_text(block("add-a-document-type.md", "yaml"), encoding="utf-8")
    loaded = ruleset.load(rules)
    assert not [fault for fault in rulecheck.check(loaded).faults if fault.path == "phieu-kiem-ke.yaml"]
    reading = ingest.read_bytes(block("add-a-document-type.md", "text").encode(), "phieu.txt")
    record = pipeline.extract(reading, loaded).to_dict()["record"]
    assert record["doc_type"] == "PKK"
    assert record["identifier"] == "07/PKK-STC"
    assert record["subject"] == "Tài sản cố định năm 2023"


def test_every_key_of_a_rule_file_is_explained() -> None:
    field = (DOCS / "add-a-field.md").read_text(encoding="utf-8")
    kind = (DOCS / "add-a-document-type.md").read_text(encoding="utf-8")
    assert [key for key in ("field", "zone", "parser", "type", "pieces", "examples") if f"`{key}`" not in field] == []
    assert [key for key in ("code", "names", "symbols", "since", "until", "legal") if f"`{key}`" not in kind] == []
