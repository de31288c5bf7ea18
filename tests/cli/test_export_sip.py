"""`extractor export --format sip` from a real store."""

from pathlib import Path

from click.testing import CliRunner
from lxml import etree

from extractor.cli.program import main, program
from extractor.store import Store
from extractor.work import run_job
from samples.generate import HERE


class _InProcess:
    """Reads without a child process."""

    def extract(self, path: Path, password: str | None, filename: str) -> dict[str, object]:
        from extractor import pipeline

        result, text = pipeline.run_with_text(path, filename=filename, password=password)
        return result.to_dict() | {"text": text}

    def close(self) -> None:
        """Nothing runs."""


def test_a_package_from_the_store(tmp_path: Path) -> None:
    database, out = str(tmp_path / "a.sqlite"), tmp_path / "sip"
    store = Store.open(database)
    store.accept(HERE / "quyet-dinh-docx" / "source.docx", "quyết định.docx")
    job = store.claim("test")
    assert job is not None
    assert run_job(store, job, _InProcess())
    store.close()
    assert main(["export", "--db", database, "--format", "sip", "--out", str(out), "--file-code", "H01"]) == 0
    ead = etree.parse(out / "metadata" / "descriptive" / "EAD.xml")
    notes = {note.get("label"): note.text for note in ead.iter("{http://ead3.archivists.org/schema/}didnote")}
    assert notes["typeName"] == "Quyết định"
    assert (out / "representations" / "rep1" / "data" / "H01.0000001.docx").is_file()


def test_archive_options_want_a_package(tmp_path: Path) -> None:
    arguments = ["export", "--db", str(tmp_path / "a.sqlite"), "--out", str(tmp_path / "x.jsonl"), "--title", "Hồ sơ"]
    outcome = CliRunner().invoke(program, arguments)
    assert outcome.exit_code == 2
    assert "--format sip" in outcome.output
