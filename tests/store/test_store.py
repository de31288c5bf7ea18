"""The contract of the store, on both databases."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import ConfigurationError, CorruptError, LimitError
from extractor.store import CursorError, Filters, NotFoundError, PatchError, RecordError, Store, VersionError
from extractor.store import queue as queue_module

Make = Callable[..., dict[str, Any]]


def read(store: Store, content: bytes, name: str, result: dict[str, Any], text: str | None = None) -> str:
    identity, _ = store.accept(content, name)
    job = store.claim("w")
    assert job is not None
    assert job.document_id == identity
    assert store.finish(job, result, text)
    return identity


def test_original_is_kept_byte_for_byte(store: Store, tmp_path: Path) -> None:
    content = bytes(range(256)) * 100
    path = tmp_path / "x.bin"
    path.write_bytes(content)
    identity, known = store.accept(path, "x.bin")
    assert not known
    with store.original(identity) as stream:
        assert stream.read() == content
    row = store.document(identity)
    assert (row.sha256, row.size, row.status) == (hashlib.sha256(content).hexdigest(), 25_600, "queued")
    with store.blobs.path(row.sha256) as local:
        assert local.read_bytes() == content


def test_same_bytes_are_one_document(store: Store) -> None:
    first = store.accept(b"a", "one.txt")
    again = store.accept(b"a", "two.txt")
    assert again == (first[0], True)
    assert store.count() == 1
    assert [event.action for event in store.events(first[0])] == ["received-again", "received"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\x\\y.pdf", "y.pdf"), ("a\0b\n.pdf", "ab.pdf"), ("..//", "khong-ten"),
     ("đ" * 300 + ".pdf", "đ" * 251 + ".pdf"), ("\udcff.pdf", ".pdf")],
)  # fmt: skip
def test_names_are_labels_only(store: Store, given: str, kept: str) -> None:
    identity, _ = store.accept(given.encode("utf-8", "replace"), given)
    assert store.document(identity).filename == kept


def test_many_writers_at_once_lose_nothing(open_store: Callable[..., Store]) -> None:
    stores = [open_store() for _ in range(4)]
    found: list[tuple[str, bool]] = []

    def send(store: Store) -> None:
        found.extend(store.accept(f"{number}".encode(), f"{number}.txt") for number in range(25))

    threads = [threading.Thread(target=send, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stores[0].count() == 25
    assert sum(not known for _, known in found) == 25


def test_each_job_is_claimed_once(open_store: Callable[..., Store]) -> None:
    stores = [open_store() for _ in range(3)]
    for number in range(20):
        stores[0].accept(f"{number}".encode(), "x.txt")
    claimed: list[int] = []

    def work(store: Store, name: str) -> None:
        while (job := store.claim(name)) is not None:
            claimed.append(job.id)

    threads = [threading.Thread(target=work, args=(store, f"w{n}")) for n, store in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == 20


def test_result_is_found_again(store: Store, result: Make) -> None:
    body = result(identifier="12/KH-UBND", agency={"name": "Ủy ban nhân dân xã Thử"}, products=[])
    identity = read(store, b"a", "a.pdf", body)
    held = store.result(identity)
    assert held.body == body
    assert held.fingerprint == "rules-1"
    assert held.document.status == "done"
    assert held.document.agency == "Ủy ban nhân dân xã Thử"


def test_result_with_nul_is_kept(store: Store, result: Make) -> None:
    identity = read(store, b"a", "a.pdf", result(subject="một\0hai \ud800"), text="x\0y")
    assert store.result(identity).body["record"]["subject"] == "một\ufffdhai ?"


def test_no_result_yet(store: Store) -> None:
    identity, _ = store.accept(b"a", "a.txt")
    with pytest.raises(NotFoundError) as caught:
        store.result(identity)
    assert caught.value.code == "no-result"
    with pytest.raises(NotFoundError):
        store.document("nothing")


def test_lost_lease_goes_to_another_and_the_first_is_told(store: Store, result: Make) -> None:
    store.accept(b"a", "a.txt")
    first = store.claim("w1", lease_seconds=-1)
    second = store.claim("w2")
    assert first is not None
    assert second is not None
    assert (first.id, second.lost, second.attempts) == (second.id, 1, 0)
    assert not store.heartbeat(first)
    assert not store.finish(first, result(subject="cũ"))
    assert store.heartbeat(second)
    assert store.finish(second, result(subject="mới"))
    assert not store.finish(second, result(subject="mới"))
    assert [one.record["subject"] for one in store.results()] == ["mới"]


def test_dead_worker_is_released_at_once(store: Store) -> None:
    identity, _ = store.accept(b"a", "a.txt")
    assert store.claim("w1", lease_seconds=600)
    assert store.claim("w2") is None
    assert store.workers() == ["w1"]
    assert store.release("w1") == 1
    assert store.document(identity).status == "queued"
    assert store.claim("w2") is not None


def test_lost_jobs_wait_behind_others(store: Store) -> None:
    store.accept(b"a", "a.txt")
    store.claim("w1")
    store.release("w1")
    other, _ = store.accept(b"b", "b.txt")
    job = store.claim("w2")
    assert job is not None
    assert job.document_id == other


def test_failure_is_tried_once_more_then_told(store: Store) -> None:
    identity, _ = store.accept(b"a", "a.txt")
    error = LimitError("Hết bộ nhớ.", hint="Chia nhỏ tệp.")
    job = store.claim("w")
    assert job is not None
    assert not store.fail(job, error, retry=True)
    assert store.document(identity).status == "queued"
    job = store.claim("w")
    assert job is not None
    assert store.fail(job, error, retry=True)
    row = store.document(identity)
    assert (row.status, row.error_code, row.error_message) == ("failed", "limit", "Hết bộ nhớ. Chia nhỏ tệp.")
    assert store.claim("w") is None
    assert store.stats().failures == {"limit": 1}
    assert list(store.results()) == []


def test_input_error_fails_at_once(store: Store) -> None:
    store.accept(b"a", "a.txt")
    job = store.claim("w")
    assert job is not None
    assert store.fail(job, CorruptError("Tệp hỏng."))
    assert store.waiting() == 0


def test_job_that_takes_its_server_down_again_and_again_is_given_up(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "MAX_LOST", 3)
    identity, _ = store.accept(b"a", "a.txt")
    for _ in range(4):
        assert store.claim("w", lease_seconds=-1) is not None
    assert store.claim("w") is None
    assert store.document(identity).error_code == "worker-lost"


def test_reprocess(open_store: Callable[..., Store], result: Make) -> None:
    old = open_store("rules-1")
    identity = read(old, b"a", "a.pdf", result(subject="cũ"))
    assert list(old.stale()) == []
    new = open_store("rules-2")
    assert list(new.stale()) == [identity]
    assert new.reprocess(identity)
    assert not new.reprocess(identity)
    assert new.result(identity).record["subject"] == "cũ"
    job = new.claim("w")
    assert job is not None
    assert new.finish(job, result(subject="mới"))
    assert new.result(identity).record["subject"] == "mới"
    assert list(new.stale()) == []


def test_job_that_waited_through_new_rules_bears_them(open_store: Callable[..., Store], result: Make) -> None:
    identity, _ = open_store("rules-1").accept(b"a", "a.pdf")
    new = open_store("rules-2")
    job = new.claim("w")
    assert job is not None
    assert new.finish(job, result(number="1"))
    assert new.result(identity).fingerprint == "rules-2"
    assert list(new.stale()) == []


def test_failed_reprocessing_keeps_the_earlier_result(open_store: Callable[..., Store], result: Make) -> None:
    identity = read(open_store("rules-1"), b"a", "a.pdf", result(subject="cũ"))
    new = open_store("rules-2")
    new.reprocess(identity)
    job = new.claim("w")
    assert job is not None
    new.fail(job, CorruptError("Hỏng."))
    row = new.document(identity)
    assert (row.status, row.error_code) == ("done", "corrupt")
    assert new.result(identity).record["subject"] == "cũ"


def test_full_text_without_marks(store: Store, result: Make) -> None:
    one = read(store, b"a", "a.pdf", result(subject="Gạo nếp tỉnh Thanh Hóa"))
    two = read(store, b"b", "b.pdf", result(subject="Mật ong"), text="Ở huyện Thử, Đồng Tháp, số 122/KH-UBND")

    def search(query: str) -> list[str]:
        return [row.id for row in store.documents(Filters(search=query)).items]

    assert search("Thanh Hoa") == search("thanh hoá") == search('"THANH HÓA"') == [one]
    assert search("dong thap") == search("122/KH-UBND") == search("kh-ub") == [two]
    assert search('"hoa thanh"') == search("thanh dong") == search("***") == search("'; --") == []
    assert search("a.pdf") == [one]


def test_filters(store: Store, result: Make) -> None:
    gao = {"name": "Gạo thơm", "stars": 4, "status": "recognized", "producer": "HTX Đồng Xanh", "locality": "xã Thử"}
    che = {"name": "Chè xanh", "stars": 3, "status": "target"}
    body = result(doc_type="QĐ", issued_on="2021-04-14", agency={"name": "UBND huyện Mẫu"}, products=[gao, che])
    body["issues"] = [{"code": "number-blank", "severity": "warning", "pointers": ["/number"], "message": "x"}]
    one = read(store, b"a", "a.pdf", body)
    two = read(store, b"b", "b.pdf", result(doc_type="KH", issued_on="2022-01"))

    def found(**filters: Any) -> list[str]:
        return [row.id for row in store.documents(Filters(**filters)).items]

    assert found() == [two, one]
    assert found(doc_type="QĐ") == found(agency="huyen mau") == found(issue="number-blank") == [one]
    assert found(issued_from="2021", issued_to="2021") == found(issued_to="2021-04-14") == [one]
    assert found(issued_from="2022", issued_to="2022-01") == found(doc_type="KH", status="done") == [two]
    assert found(product="gao thom") == found(producer="dong xanh") == found(stars=4) == found(locality="thu") == [one]
    assert found(stars=4, product_status="target") == []
    assert found(stars=3, product_status="target", year="2021") == [one]
    assert found(review="confirmed") == found(differs=True) == found(status="failed") == []
    rows = store.products(Filters(producer="đồng xanh")).items
    assert [(row.name, row.page, row.issued_on, row.position) for row in rows] == [("Gạo thơm", 1, "2021-04-14", 0)]
    assert {row[:3] for row in store.stats().stars} == {(4, "recognized", "2021"), (3, "target", "2021")}


def test_product_in_two_documents_counts_once(store: Store, result: Make) -> None:
    gao = {
        "name": "Gạo thơm",
        "stars": 4,
        "status": "recognized",
        "producer": "HTX A",
        "locality": "xã Thử",
        "year": "2021",
    }
    read(store, b"a", "a.pdf", result(products=[gao]))
    read(store, b"b", "b.pdf", result(products=[gao | {"name": "GẠO THƠM"}, gao | {"producer": "HTX B"}]))
    assert store.stats().stars == ((4, "recognized", "2021", "xã Thử", 2),)


def test_cursors_go_through_everything_once(store: Store, result: Make) -> None:
    made = [store.accept(f"{n}".encode(), "x.txt")[0] for n in range(7)]
    seen, cursor = [], None
    while True:
        part = store.documents(limit=3, cursor=cursor)
        seen += [row.id for row in part.items]
        cursor = part.next
        if cursor is None:
            break
    assert seen == sorted(made, reverse=True)
    for bad in ("%%%", "!", "YSdi", "ă"):
        with pytest.raises(CursorError):
            store.documents(cursor=bad)
    with pytest.raises(CursorError):
        store.products(cursor="YWJj")


def test_corrections_lie_beside_the_result(store: Store, result: Make) -> None:
    identity = read(store, b"a", "a.pdf", result(number="12", products=[{"name": "Gạo", "stars": 3}]))
    before = store.record(identity)
    patch = [{"op": "test", "path": "/number", "value": "12"}, {"op": "replace", "path": "/number", "value": "13"}]
    after = store.correct(identity, patch, "an", before.version)
    assert after.record["number"] == "13"
    assert (after.corrections[0].patch, after.corrections[0].who) == (patch, "an")
    assert abs(after.corrections[0].at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    held = store.result(identity)
    assert (held.body["record"]["number"], held.record["number"], held.document.number) == ("12", "13", "13")
    assert [one.record["number"] for one in store.results()] == ["13"]
    assert after.document.review == "corrected"
    store.correct(identity, [{"op": "replace", "path": "/products/0/stars", "value": 5}], "an")
    assert [row.stars for row in store.products().items] == [5]


def test_corrections_are_refused(store: Store, result: Make) -> None:
    identity = read(store, b"a", "a.pdf", result(number="12", products=[]))
    version = store.record(identity).version
    change = [{"op": "replace", "path": "/number", "value": "13"}]
    with pytest.raises(VersionError):
        store.correct(identity, change, "an", version - 1)
    for bad in ([{"op": "replace", "path": "/nothing/at/all", "value": 1}], [{"op": "fly"}], [{}]):
        with pytest.raises(PatchError):
            store.correct(identity, bad, "an", version)
    for bad in ([{"op": "add", "path": "/number", "value": 13}], [{"op": "add", "path": "/products/-", "value": 1}]):
        with pytest.raises(RecordError):
            store.correct(identity, bad, "an", version)
    assert store.record(identity).version == version
    assert store.record(identity).corrections == ()


def test_corrections_survive_re_extraction(open_store: Callable[..., Store], result: Make) -> None:
    old = open_store("rules-1")
    identity = read(old, b"a", "a.pdf", result(number="12", symbol="KH-UBND", products=[{"name": "Gạo", "stars": 3}]))
    old.correct(identity, [{"op": "replace", "path": "/number", "value": "13"}], "an")
    old.correct(identity, [{"op": "replace", "path": "/products/0/stars", "value": 4}], "an")
    old.correct(identity, [{"op": "test", "path": "/symbol", "value": "KH-UBND"}], "an")
    new = open_store("rules-2")
    new.reprocess(identity)
    job = new.claim("w")
    assert job is not None
    found = [{"name": "Chè", "stars": 5}, {"name": "Gạo", "stars": 3}]
    new.finish(job, result(number="18", symbol="KH-UBNB", products=found))
    view = new.record(identity)
    assert view.record["number"] == "13"
    assert view.record["symbol"] == "KH-UBND"
    assert [item["stars"] for item in view.record["products"]] == [5, 4]
    told = [(item.pointer, item.corrected, item.was, item.reading) for item in view.differences]
    assert told == [("/number", "13", "12", "18"), ("/symbol", "KH-UBND", "KH-UBND", "KH-UBNB")]
    assert [row.id for row in new.documents(Filters(differs=True)).items] == [identity]
    settled = new.correct(identity, [{"op": "test", "path": "/number", "value": "13"}], "an")
    assert [item.pointer for item in settled.differences] == ["/symbol"]


def test_confirm(store: Store, result: Make) -> None:
    identity = read(store, b"a", "a.pdf", result(number="12"))
    row = store.set_review(identity, "confirmed", "an", store.record(identity).version)
    assert row.review == "confirmed"
    store.correct(identity, [{"op": "replace", "path": "/number", "value": "13"}], "an")
    assert store.document(identity).review == "corrected"


def test_duplicate_is_told(store: Store, result: Make) -> None:
    record = {"number": "12", "identifier": "12/KH-UBND", "agency": {"name": "UBND xã Thử"}, "issued_on": "2021-02"}
    read(store, b"a", "một.pdf", result(**record))
    other = read(store, b"b", "hai.pdf", result(**record | {"agency": {"name": "UBND XÃ THỬ"}}))
    third = read(store, b"c", "ba.pdf", result(**record | {"issued_on": "2022"}))
    assert [issue["code"] for issue in store.result(other).body["issues"]] == ["duplicate"]
    assert "một.pdf" in store.result(other).body["issues"][0]["message"]
    assert store.result(third).body["issues"] == []


def test_keys(store: Store) -> None:
    assert not store.has_keys()
    key, secret = store.create_key("máy quét", "reader")
    assert store.has_keys()
    assert store.find_key(secret) == key
    assert store.find_key(secret + "x") is None
    _, late = store.create_key("cũ", "admin", dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1))
    assert store.find_key(late) is None
    assert store.revoke_key(key.id)
    assert not store.revoke_key(key.id)
    assert store.find_key(secret) is None
    assert [(one.name, one.role) for one in store.api_keys()] == [("máy quét", "reader"), ("cũ", "admin")]


def test_secrets_are_not_stored(store: Store, url: str, tmp_path: Path) -> None:
    _, secret = store.create_key("máy quét", "reader")
    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM api_keys").all()
    assert secret not in str(rows)


def test_everything_is_there_after_opening_again(open_store: Callable[..., Store], result: Make, url: str) -> None:
    identity = read(open_store(), b"a", "a.pdf", result(number="12"))
    again = Store.open(url, fingerprint="rules-1")  # remembers where the originals lie
    with again.original(identity) as stream:
        assert stream.read() == b"a"
    assert again.ready()
    assert again.stats().statuses == {"done": 1}
    again.close()


def test_wrong_urls_are_told() -> None:
    for bad in ("mysql://x/y", "nonsense://", "sqlite://", "postgresql://127.0.0.1:1/none"):
        with pytest.raises(ConfigurationError):
            Store.open(bad, "/tmp", "f")
