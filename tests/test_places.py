"""The gazetteer: names, periods, levels, OCR slips."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
from datetime import date

import pytest

from extractor import places
from extractor.places import closest, key, lookup, mentions, only
from extractor.resources import models_dir


def ids(found: tuple[places.Place, ...]) -> list[str]:
    return [place.id for place in found]


def test_counts_before_and_after_the_merger() -> None:
    book = places.gazetteer().by_id.values()
    old = [p for p in book if p.id.startswith("gso:")]
    new = [p for p in book if p.id.startswith("gso2025:")]
    assert [sum(p.level == level for p in old) for level in (1, 2, 3)] == [63, 696, 10035]
    assert [sum(p.level == level for p in new) for level in (1, 3)] == [34, 3321]


def test_manifest_matches_the_data() -> None:
    folder = models_dir() / "places"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    data = (folder / manifest["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == manifest["sha256"]
    assert gzip.decompress(data).count(b"\n") == manifest["rows"] == len(places.gazetteer().by_id)


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("huyện Quan Hóa", "2024-02", ["gso:385"]),
        ("Quan Hoá", date(2021, 5, 1), ["gso:385"]),
        ("huyện Quan Hóa", "2026", []),
        ("tỉnh Đồng Tháp", "2021-04-14", ["gso:87"]),
        ("tỉnh Đồng Tháp", "2025-07-01", ["gso2025:82"]),
        ("TP. Hồ Chí Minh", "2024", ["gso:79"]),
        ("tỉnh Sông Bé", "1990", ["former:songbe"]),
        ("tỉnh Sông Bé", "2001", []),
        ("tỉnh Thừa Thiên Huế", "2020", ["gso2020:46"]),
        ("tỉnh Thừa Thiên Huế", "2025-02", []),
        ("tỉnh Đăk Lăk", "2020", ["gso:66"]),
        ("huyện Châu Thành, tỉnh Tiền Giang", "2024", ["gso:821"]),
    ],
)
def test_lookup_by_date(name: str, on: str | date, expected: list[str]) -> None:
    assert ids(lookup(name, on)) == expected


def test_ambiguous_stays_ambiguous() -> None:
    assert len(lookup("huyện Châu Thành", "2024")) > 3
    assert only("huyện Châu Thành", "2024") is None
    assert only("huyện Châu Thành", "2024", within="tỉnh Tiền Giang") is not None


def test_a_bare_name_is_the_widest_unit() -> None:
    province = only("Cao Bằng", "2020")
    assert province is not None
    assert province.full_name == "tỉnh Cao Bằng"
    city = only("Cao Bằng", "2020", level=places.DISTRICT)
    assert city is not None
    assert city.full_name == "thành phố Cao Bằng"


def test_successors_name_units_of_the_new_order() -> None:
    old = only("tỉnh Quảng Nam", "2024")
    assert old is not None
    assert [places.gazetteer().by_id[i].full_name for i in old.successors] == ["thành phố Đà Nẵng"]


def test_lost_marks_do_not_make_another_name_win() -> None:
    names = {place.name for place, _ in closest("xã Binh Son", "2024", limit=3)}
    assert names == {"Bình Sơn"}
    assert closest("Quảng Ngai", "2024")[0][0].full_name == "tỉnh Quảng Ngãi"
    assert closest("Không Có Đâu Nhé", "2024") == []


def test_mentions_want_a_cue_and_keep_case() -> None:
    text = "Tại xã Hồi Xuân, huyện Quan Hóa, các xã văn hóa và tư nhân; huyện Không Tên"
    found = [text[m.span.start : m.span.end] for m in mentions(text, "2018")]
    assert found == ["huyện Quan Hóa"] or found == ["xã Hồi Xuân", "huyện Quan Hóa"]


def test_mentions_take_the_longest_known_name() -> None:
    text = "tỉnh Thanh Hóa Chương trình OCOP"
    [mention] = mentions(text, "2021")
    assert text[mention.span.start : mention.span.end] == "tỉnh Thanh Hóa"


def test_key_ignores_tone_placement_only() -> None:
    assert key("Hoà Bình") == key("Hòa Bình")
    assert key("Hòa Bình") != key("Hóa Bình")


def test_loading_is_quick() -> None:
    code = "import time, extractor.places as p; t = time.perf_counter(); p.gazetteer(); print(time.process_time())"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(run.stdout) < 3.0
