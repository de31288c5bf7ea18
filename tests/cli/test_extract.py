from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from extractor.cli import main

TEXT = "ỦY BAN NHÂN DÂN\nHUYỆN AN SƠN\nSố: 12/BC-UBND\n\nBÁO CÁO\nKết quả thực hiện năm 2021\n"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def locked(tmp_path: Path, samples: Path) -> Path:
    path = tmp_path / "locked.pdf"
    with pikepdf.open(samples / "to-trinh-pdf" / "source.pdf") as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="mo-khoa", owner="chu"))
    return path


def test_one_file_is_one_object(good: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(good)]) == 0
    out, err = capfd.readouterr()
    result = json.loads(out)
    assert result["schema"] == "1.0"
    assert result["source"]["filename"] == "good.txt"
    assert err == "", "nothing but results when nobody watches"


def test_several_files_are_an_array(good: Path, samples: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(good), str(samples / "to-trinh-pdf" / "source.pdf")]) == 0
    assert [one["source"]["filename"] for one in json.loads(capfd.readouterr().out)] == ["good.txt", "source.pdf"]


def test_out_names_each_file_without_its_last_extension(good: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin" / "good.txt"
    twin.parent.mkdir()
    twin.write_text(TEXT + "x", encoding="utf-8")
    other = tmp_path / "a.b.txt"
    other.write_text(TEXT, encoding="utf-8")
    assert main(["extract", str(good), str(twin), str(other), "--out", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.b.json", "good-2.json", "good.json"]


def test_json_lines(good: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(good), str(good), "--format", "jsonl"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert [json.loads(line)["schema"] for line in lines] == ["1.0", "1.0"]


def test_csv_opens_in_a_spreadsheet(good: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["extract", str(good), "--format", "csv"]) == 0
    data = capfdbinary.readouterr().out
    assert data.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert row["filename"] == "good.txt"


def test_xlsx_has_all_sheets(good: Path, tmp_path: Path) -> None:
    assert main(["extract", str(good), "--format", "xlsx", "--out", str(tmp_path / "out")]) == 0
    book = openpyxl.load_workbook(tmp_path / "out" / "results.xlsx")
    assert len(book.sheetnames) == 6


def test_text_shows_values_pages_and_what_to_check(samples: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--format", "text", str(samples / "bao-cao-pdf" / "source.pdf")]) == 0
    out = capfd.readouterr().out
    assert "Loại văn bản" in out
    assert "Tin cậy" in out


def test_standard_input(good: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "extractor", "extract", "-"], input=good.read_bytes(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["source"]["filename"] == "stdin"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.pdf", b""),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog"),
        ("noise.docx", b"PK\x03\x04 and nothing more"),
        ("program.bin", b"\x7fELF\x02\x01\x01" + bytes(200)),
        ("cut.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    ],
)
def test_bad_file_is_named_and_the_others_are_done(
    name: str, data: bytes, good: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / name
    bad.write_bytes(data)
    assert main(["extract", str(bad), str(good)]) == 1
    out, err = capfd.readouterr()
    assert json.loads(out)["source"]["filename"] == "good.txt"
    (line,) = err.splitlines()
    assert line.startswith("LỖI: ")
    assert name in line
    assert len(line) > len(f"LỖI: {name}: ") + 10, "cause and remedy"


@pytest.mark.parametrize("name", ["missing.pdf", ""])
def test_missing_file_and_folder(name: str, good: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(tmp_path / name), str(good)]) == 1
    out, err = capfd.readouterr()
    assert json.loads(out)["source"]["filename"] == "good.txt"
    assert len(err.splitlines()) == 1
    assert ("thư mục" if not name else "không có tệp") in err


def test_a_picture_called_pdf_is_read_as_what_it_is(samples: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.pdf"
    wrong.write_bytes((samples / "thong-bao-hoi-dong-tiff" / "source.tif").read_bytes())
    assert main(["extract", str(wrong), "--out", str(tmp_path)]) == 0
    result = json.loads((tmp_path / "wrong.json").read_text(encoding="utf-8"))
    assert result["source"]["media_type"] == "image/tiff"


def test_password(locked: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(locked)]) == 1
    assert "--password" in capfd.readouterr().err
    assert main(["extract", str(locked), "--password", "sai"]) == 1
    assert "locked.pdf" in capfd.readouterr().err
    assert main(["extract", str(locked), "--password", "mo-khoa", "--out", str(tmp_path)]) == 0


def test_a_place_that_cannot_be_written(good: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(good), "--out", str(good / "x")]) == 2
    assert "Không ghi được" in capfd.readouterr().err
