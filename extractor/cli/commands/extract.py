"""`extractor extract`: files to results."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

import click

from extractor.cli.failures import DONE, exit_code, say
from extractor.cli.screen import Progress, output, progress
from extractor.errors import ExtractorError, InputError
from extractor.export import FORMATS, open_writer
from extractor.sandbox import Pages, Worker

Result = dict[str, Any]
_SHEETS = {"jsonl": "results.jsonl", "csv": ".", "xlsx": "results.xlsx"}


@click.command("extract")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--format", "kind", type=click.Choice((*FORMATS, "text")), help="Dạng kết quả: json (mặc định), text để người đọc."
)
@click.option("--out", "folder", type=click.Path(path_type=Path), help="Thư mục ghi kết quả.")
@click.option("--password", help="Mật khẩu của tệp PDF được bảo vệ.")
def command(files: tuple[str, ...], kind: str | None, folder: Path | None, password: str | None) -> int:
    """Đọc các tệp FILE thành kết quả có chứng cứ; `-` đọc từ đầu vào chuẩn."""
    results = _Results(files, password)
    kind = kind or ("text" if folder is None and sys.stdout.isatty() else "json")
    if kind == "text":
        _to_screen(results)
    elif folder is None:
        _to_writer(results, kind, _standard_output(kind))
    elif kind == "json":
        _to_folder(results, folder)
    else:
        _to_writer(results, kind, folder / _SHEETS[kind])
    return results.exit_code


class _Results:
    """The results of the files that could be read, in order; the others are named on standard error.

    Files are read in a process of its own limits: one that crashes or bloats the reader does not end the call.
    """

    def __init__(self, files: tuple[str, ...], password: str | None) -> None:
        self.files, self.password = files, password
        self.exit_code = DONE

    def __iter__(self) -> Iterator[tuple[str, Result]]:
        with Worker() as worker, progress("Đọc") as step:
            for index, name in enumerate(self.files):
                step(index, len(self.files), Path(name).name)
                try:
                    yield name, self._read(worker, name, _pages(step, index, len(self.files), name))
                except ExtractorError as error:
                    say(f"LỖI: {_named(name, error)}")
                    self.exit_code = max(self.exit_code, exit_code(error))

    def _read(self, worker: Worker, name: str, pages: Pages) -> Result:
        if name != "-":
            result = worker.extract(_file(name), self.password, pages=pages)
        else:
            with tempfile.NamedTemporaryFile() as copy:
                copy.write(sys.stdin.buffer.read())
                copy.flush()
                result = worker.extract(Path(copy.name), self.password, "stdin", pages)
        result.pop("text", None)
        return result


def _pages(step: Progress, index: int, files: int, name: str) -> Pages:
    """Pages as the unit of progress for a single file, beside the file's name for several."""
    short = Path(name).name
    if files == 1:
        return lambda done, total: step(done, total, short)
    return lambda done, total: step(index, files, f"{short} trang {done}/{total}")


def _named(name: str, error: ExtractorError) -> str:
    """The error with the file's name in front, unless it says so itself."""
    text = str(error)
    return text if Path(name).name in text else f"{name}: {text}"


def _file(name: str) -> Path:
    path = Path(name)
    if path.is_dir():
        raise InputError(
            f"{name} là một thư mục.", hint="Đưa tên từng tệp, hoặc dùng 'extractor backfill' cho thư mục."
        )
    if not path.exists():
        raise InputError(f"{name}: không có tệp này.", hint="Kiểm tra lại đường dẫn.")
    return path


def _standard_output(kind: str) -> BinaryIO:
    if kind == "xlsx" and sys.stdout.isatty():
        raise click.UsageError("XLSX không in ra màn hình được; thêm --out DIR hoặc chuyển hướng vào tệp.")
    return sys.stdout.buffer


def _to_folder(results: _Results, folder: Path) -> None:
    """`folder/<file name without its last extension>.json` each; a name that is taken gets a number."""
    taken: set[str] = set()
    for name, result in results:
        stem = _free(Path("stdin" if name == "-" else name).stem, taken)
        with open_writer("json", folder / f"{stem}.json") as writer:
            writer.write(result)


def _free(stem: str, taken: set[str]) -> str:
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    if name != stem:
        say(f"Đã có {stem}.json trong lần chạy này; kết quả được ghi vào {name}.json.")
    taken.add(name)
    return name


def _to_writer(results: _Results, kind: str, target: Path | BinaryIO) -> None:
    with ExitStack() as stack:
        write: Callable[[Result], None] | None = None
        for _, result in results:
            write = write or stack.enter_context(open_writer(kind, target)).write
            write(result)


def _to_screen(results: _Results) -> None:
    from extractor.cli.summary import summary

    console = output()
    for _, result in list(results):
        console.print(summary(result))
