"""Texts and pages that made reading run away: each in the time of an ordinary one."""

from __future__ import annotations

import time

import pytest

from extractor.ingest import read_bytes

HEAD = "Số: 12/BC-UBND Năm 2020 xã có 4 sản phẩm"


@pytest.mark.parametrize(
    "body",
    [
        f'<div title="{"a" * 400_000}">{HEAD}</div>',
        f'<img src="data:image/png;base64,{"QUJD" * 100_000}"><p>{HEAD}</p>',
        "<div>" * 200 + HEAD,
        f"<table border=1><tr><td colspan={'9' * 5000} rowspan=1000000000>{HEAD}</table>",
    ],
    ids=["long-attribute", "picture-inside", "deep", "wide-cells"],
)
def test_pages_that_ran_away(body: str) -> None:
    # Old encodings are asked for only where the text is no plain Vietnamese: "Ã" here.
    data = f"<!DOCTYPE html><html><meta charset=utf-8><body>{body}<p>C\u00c3\u00a9ng h\u00b5</p></body></html>".encode()
    began = time.process_time()
    assert "12/BC-UBND" in (read_bytes(data, "trang.html").text or "")
    assert time.process_time() - began < 5
