"""Ranges of a long document in the queue: claimed once, closed once, whatever happens side by side."""

from __future__ import annotations

import threading

import pytest

from extractor.errors import CorruptError, ProcessingError
from extractor.store import Job, Store
from extractor.store.model import MAX_LOST
from extractor.store.ranges import Range

PIECES = [(1, 2), (3, 4), (5, 5)]
CRASH = ProcessingError("Sập.", hint="Thử lại.")


def _shared(store: Store) -> Job:
    store.accept(b"a", "a.pdf")
    job = store.claim("w")
    assert job is not None
    assert store.shares.share(job, PIECES)
    return job


def _claimed(store: Store, worker: str = "w", lease: float = 60) -> Range:
    piece = store.shares.claim(worker, lease)
    assert piece is not None
    return piece


def test_a_shared_job_waits_for_its_ranges(store: Store) -> None:
    job = _shared(store)
    assert store.claim("w") is None
    assert (store.waiting(), store.shares.waiting()) == (1, 3)
    pieces = [_claimed(store) for _ in PIECES]
    assert [(piece.first, piece.last) for piece in pieces] == PIECES
    assert store.shares.claim("w", 60) is None
    for piece in reversed(pieces):
        assert store.shares.finish(piece, b"%d" % piece.first)
    joining = store.claim("w")
    assert joining is not None
    assert joining.id == job.id
    assert [(kept.first, kept.body) for kept in store.shares.kept(joining)] == [(1, b"1"), (3, b"3"), (5, b"5")]


def test_only_the_holder_shares_and_finishes(store: Store) -> None:
    job = _shared(store)
    assert not store.shares.share(job, PIECES), "it is shared already"
    lapsed = _claimed(store, "dead", lease=-1)
    again = _claimed(store)
    assert (again.first, lapsed.first) == (3, 1), "a lost range comes behind the others"
    assert not store.shares.finish(lapsed, b"")
    assert not store.shares.heartbeat(lapsed, 60)
    assert store.shares.heartbeat(again, 60)


def test_ranges_that_end_together_queue_the_job_once(store: Store) -> None:
    _shared(store)
    pieces = [_claimed(store, f"w{number}") for number in range(3)]
    threads = [threading.Thread(target=store.shares.finish, args=(piece, b"x")) for piece in pieces]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.claim("w") is not None
    assert store.claim("w") is None


def test_a_failed_range_is_tried_page_by_page(store: Store) -> None:
    _shared(store)
    assert not store.shares.fail(_claimed(store), CRASH, retry=True)
    waiting = [_claimed(store) for _ in range(4)]
    assert sorted((piece.first, piece.last, piece.attempts) for piece in waiting) == [
        (1, 1, 1), (2, 2, 1), (3, 4, 0), (5, 5, 0)
    ]  # fmt: skip
    for piece in waiting:
        if piece.attempts:
            store.shares.fail(piece, CRASH, retry=True)
        else:
            store.shares.finish(piece, b"x")
    job = store.claim("w")
    assert job is not None
    kept = [(one.first, one.body, one.message) for one in store.shares.kept(job)]
    assert kept == [(1, None, str(CRASH)), (2, None, str(CRASH)), (3, b"x", None), (5, b"x", None)]


@pytest.mark.parametrize("retry", [True, False])
def test_the_document_fails_when_nothing_can_be_read(store: Store, retry: bool) -> None:
    job = _shared(store)
    error = CRASH if retry else CorruptError("Hỏng.", hint="Lấy lại.")
    failed = False
    while not failed:
        failed = store.shares.fail(_claimed(store), error, retry=retry)
    assert store.document(job.document_id).status == "failed"
    assert store.shares.waiting() == store.waiting() == 0


def test_a_range_that_takes_its_worker_down_is_given_up(store: Store) -> None:
    _shared(store)
    for piece in (_claimed(store), _claimed(store)):
        store.shares.finish(piece, b"x")
    for _ in range(MAX_LOST + 1):
        _claimed(store, "dead", lease=-1)
    assert store.shares.claim("w", 60) is None
    job = store.claim("w")
    assert job is not None
    assert [one.body for one in store.shares.kept(job)] == [b"x", b"x", None]


def test_results_clear_what_was_kept(store: Store, result: object) -> None:
    _shared(store)
    for _ in PIECES:
        store.shares.finish(_claimed(store), b"x")
    job = store.claim("w")
    assert job is not None
    assert store.finish(job, result())  # type: ignore[operator]
    assert list(store.shares.kept(job)) == []
