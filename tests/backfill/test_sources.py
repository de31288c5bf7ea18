"""Walking a folder: everything once, nothing that hangs."""

import os
import zipfile
from pathlib import Path

from extractor.backfill.sources import Entry, walk


def _names(root: Path) -> list[str]:
    return [str(Path(entry.path).relative_to(root)) for entry in walk(root) if not entry.skipped]


def test_order_and_folders(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert _names(tmp_path) == ["a.txt", "b/1.txt", "b/2.txt"]


def test_links(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.txt").write_text("x", encoding="utf-8")
    (tmp_path / "real" / "back").symlink_to(tmp_path)
    (tmp_path / "twin").symlink_to(tmp_path / "real")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    entries = list(walk(tmp_path))
    assert [Path(entry.path).name for entry in entries if entry.refusal is None] == ["x.txt"]
    assert [Path(entry.path).name for entry in entries if entry.refusal] == ["gone.txt"]


def test_a_pipe_is_skipped(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    assert [entry.skipped for entry in walk(tmp_path)] == [True]


def test_system_files_are_skipped(tmp_path: Path) -> None:
    for name in ("Thumbs.db", ".DS_Store", "~$draft.docx"):
        (tmp_path / name).write_bytes(b"x")
    assert all(entry.skipped for entry in walk(tmp_path))


def _archive(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def _one(root: Path) -> Entry:
    (entry,) = walk(root)
    return entry


def test_members_of_an_archive(tmp_path: Path) -> None:
    _archive(tmp_path / "a.zip", {"2021/b.txt": b"b", "a.txt": b"a", "__MACOSX/._a.txt": b"x"})
    assert _names(tmp_path) == ["a.zip!/2021/b.txt", "a.zip!/a.txt"]


def test_a_bomb_is_refused_unopened(tmp_path: Path) -> None:
    _archive(tmp_path / "bomb.zip", {"big.txt": bytes(64 << 20)})
    assert "quá lớn" in str(_one(tmp_path).refusal)


def test_a_broken_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 nothing")
    entry = _one(tmp_path)
    assert "ZIP hỏng" in str(entry.refusal)
    assert entry.path.endswith("a.zip")
