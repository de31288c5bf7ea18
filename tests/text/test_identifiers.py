"""Identifiers: parsing, normalising, repair, and what is left alone."""

from __future__ import annotations

import pytest

from extractor import ruleset
from extractor.recognise.citation_grammar import grammar_of
from extractor.text.identifiers import Grammar, Identifier


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return grammar_of(ruleset.load())


@pytest.mark.parametrize(
    ("printed", "text", "doc_type"),
    [
        ("30/2020/NĐ-CP", "30/2020/NĐ-CP", "NĐ"),
        ("60/2022/QH15", "60/2022/QH15", "L"),
        ("122/KH-UBND", "122/KH-UBND", "KH"),
        ("08/QĐ-BCĐ138", "08/QĐ-BCĐ138", "QĐ"),
        ("272/UBND-NN", "272/UBND-NN", "CV"),
        ("57-NQ/TW", "57-NQ/TW", "NQ"),
        ("300-KL/TU", "300-KL/TU", "KL"),
        ("204/UB-QĐ-NĐ", "204/UB-QĐ-NĐ", "QĐ"),
        ("715/QĐ – UBND", "715/QĐ-UBND", "QĐ"),
        ("131/CĐ-/TTg", "131/CĐ-TTg", "CĐ"),
        ("12a/QĐ-UBND", "12a/QĐ-UBND", "QĐ"),
        ("15/2015/TTLT-BNV-BTC", "15/2015/TTLT-BNV-BTC", "TTLT"),
    ],
)
def test_what_is_printed_well_needs_no_repair(grammar: Grammar, printed: str, text: str, doc_type: str) -> None:
    (found,) = grammar.scan(printed)
    assert (found.identifier.text, found.doc_type, found.identifier.reasons) == (text, doc_type, ())


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("143/2025/QHI15", "143/2025/QH15"),
        ("72/2025/QH13", "72/2025/QH15"),
        ("2O5/QD-TTG", "205/QĐ-TTg"),
        ("0l/NQ-CP", "01/NQ-CP"),
        ("92/201. 7/NĐ-CP", "92/2017/NĐ-CP"),
        ("733QĐ-UBND", "733/QĐ-UBND"),
        ("1040/QĐUBND", "1040/QĐ-UBND"),
        ("12/HDANN", "12/HĐ/NN"),
        ("04/CT-UƯBND", "04/CT-UBND"),
        ("300-KI/TUỦ", "300-KL/TU"),
        ("202/BC- -BỌI", "202/BC-BQL"),
    ],
)
def test_a_repair_is_told(read: str, text: str, grammar: Grammar) -> None:
    if "HDA" in read:  # a symbol whose parts are known here alone
        grammar = Grammar(grammar.parts.extended(["NN"]))
    (found,) = grammar.scan(read)
    assert found.identifier.text == text
    assert found.identifier.reasons


@pytest.mark.parametrize("read", ["1234/QĐ-UBND", "87/QĐ-UBND", "34/QĐ-UBND"])
def test_digits_are_never_changed(grammar: Grammar, read: str) -> None:
    (found,) = grammar.scan(read)
    assert found.identifier.text == read


@pytest.mark.parametrize(
    "text",
    ["24/7 Ngày", "1/3/2021 QĐ-UBND", "5.000/HTX", "20 - 30% TTHC", "năm 2021 UBND", "50 kg/ha", "3/4", "12.QĐ-UBND"],
)
def test_what_is_no_identifier(grammar: Grammar, text: str) -> None:
    assert list(grammar.scan(text)) == []


def test_a_symbol_ends_before_the_next_phrase(grammar: Grammar) -> None:
    (found,) = grammar.scan("Quyết định 12/QĐ-UB - Phòng Nội vụ")
    assert found.identifier.text == "12/QĐ-UB"


def test_unknown_parts_are_kept(grammar: Grammar) -> None:
    (found,) = grammar.scan("11654/ANKT-ANTCĐT")
    assert found.identifier == Identifier("11654", None, "ANKT-ANTCĐT")
    assert not found.strong


def test_parse_wants_the_whole_text(grammar: Grammar) -> None:
    blank = grammar.parse("/BC-UBND")
    assert blank is not None
    assert blank.text == "/BC-UBND"
    assert blank.number is None
    assert grammar.parse("Quyết định 12/QĐ-UBND") is None


def test_spans_point_into_the_text(grammar: Grammar) -> None:
    text = "theo Quyết định số 12/QĐ-UBND ngày"
    (found,) = grammar.scan(text)
    assert text[found.span.start : found.span.end] == "12/QĐ-UBND"
    assert text[found.number.start : found.number.end] == "12"
    assert text[found.symbol.start : found.symbol.end] == "QĐ-UBND"
