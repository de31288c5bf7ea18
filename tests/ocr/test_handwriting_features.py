"""A further output for a packaged model."""

from __future__ import annotations

import pytest

from extractor.ocr.handwriting_features import with_output


def test_the_output_is_appended_to_the_graph_alone() -> None:
    before, graph, after = b"\x08\x07", b"\x12\x01g", b"\x42\x02\x08\x0b"
    model = before + b"\x3a" + bytes([len(graph)]) + graph + after
    added = b"\x62\x03\x0a\x01x"
    expected = before + b"\x3a" + bytes([len(graph) + len(added)]) + graph + added + after
    assert with_output(model, "x") == expected


def test_long_graphs_keep_their_length() -> None:
    graph = b"\x12\xac\x02" + b"g" * 300
    model = b"\x3a\xaf\x02" + graph
    longer = with_output(model, "x")
    assert longer[:3] == b"\x3a\xb4\x02"
    assert len(longer) == 3 + 303 + 5


def test_a_file_without_graph_is_refused() -> None:
    with pytest.raises(ValueError, match="graph"):
        with_output(b"\x08\x07", "x")
