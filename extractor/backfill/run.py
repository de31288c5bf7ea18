"""The order of a backfill: open, take in while workers read, report."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from extractor.backfill.cluster import connect
from extractor.backfill.dispatch import Dispatcher
from extractor.backfill.intake import Intake
from extractor.backfill.options import Options, Summary
from extractor.backfill.patience import Away, Patience
from extractor.backfill.progress import Meter
from extractor.backfill.sources import walk
from extractor.backfill.tasks import Outcome, Task
from extractor.errors import ConfigurationError, InputError
from extractor.store import Filters, Store
from extractor.store.engine import parse
from extractor.work import recover

_WATCH_SECONDS = 5.0


def run(options: Options, stop: threading.Event | None = None) -> Summary:
    """Do what the options say. `stop` ends a watch. Raises `InputError` for a bad folder."""
    if not options.folder.is_dir():
        raise InputError(f"Không có thư mục {options.folder}.", hint="Kiểm tra lại đường dẫn.")
    if options.dry_run:
        return _rehearse(options)
    store = Store.open(options.database, options.data)
    try:
        return _Backfill(options, store, stop or threading.Event()).run()
    finally:
        recover(store)
        store.close()


def _rehearse(options: Options) -> Summary:
    """What would be taken in, without writing anything."""
    summary = Summary()
    url = parse(options.database)
    exists = url.get_backend_name() != "sqlite" or _is_file(url.database)
    store = Store.open(options.database, options.data) if exists else None
    Intake(store, summary, 0, dry_run=True).take_all(walk(options.folder.resolve()))
    if store is not None:
        summary.refreshed = store.count(Filters(stale_for=store.fingerprint)) if options.refresh else 0
        store.close()
    return summary


def _is_file(path: str | None) -> bool:
    return path is not None and Path(path).is_file()


def _apart(cluster: str, database: str) -> bool:
    """Whether the cluster is on other machines and the database is a file of this one."""
    local = any(host in cluster for host in ("127.0.0.1", "localhost", "[::1]"))
    return not local and parse(database).get_backend_name() == "sqlite"


class _Backfill:
    def __init__(self, options: Options, store: Store, stop: threading.Event) -> None:
        self.options, self.store, self.stop = options, store, stop
        self.summary = Summary()
        self.intake = Intake(store, self.summary, options.settle)
        self.feeding = threading.Event()
        self.broken: list[BaseException] = []

    def run(self) -> Summary:
        recover(self.store)
        if self.options.refresh:
            self.summary.refreshed = sum(self.store.reprocess(document) for document in list(self.store.stale()))
        if self.options.retry_failed:
            self._retry_failed()
        task = self._task()
        with Meter() as meter, connect(self.options.cluster, self.options.workers) as client:
            dispatcher = Dispatcher(client, self.store, task, self._told(meter))
            self.feeding.set()
            feeder = threading.Thread(target=self._feed, daemon=True, name="intake")
            feeder.start()
            try:
                dispatcher.drain(self._more(meter))
            finally:
                self.stop.set()
                dispatcher.stop()
                feeder.join(5)
        if self.broken:
            raise self.broken[0]
        self.store.settle()
        self.summary.seconds = meter.seconds
        return self.summary

    def _task(self) -> Task:
        options = self.options
        if options.cluster is not None and _apart(options.cluster, options.database):
            raise ConfigurationError(
                "Cụm nhiều máy cần PostgreSQL; SQLite chỉ dùng trên một máy.",
                hint="Dùng --db postgresql://… hoặc bỏ --cluster.",
            )
        place, fingerprint = self.store.blobs.url, self.store.fingerprint
        return Task(options.database, place, fingerprint, options.memory, options.lease, share=options.share)

    def _feed(self) -> None:
        try:
            self._take_in()
            while self.options.watch and not self.stop.wait(_WATCH_SECONDS):
                self.summary.later.clear()
                self._take_in()
        except Exception as error:  # the coordinator reports it; what is queued is still read
            self.broken.append(error)
        finally:
            self.feeding.clear()

    def _take_in(self) -> None:
        """The whole folder; from its beginning when the database was away meanwhile, for what is kept is known."""
        patience = Patience()
        while not self.stop.is_set():
            try:
                self.intake.take_all(walk(self.options.folder.resolve()))
            except Away as error:
                patience.lost(error, self.stop)
            else:
                return

    def _more(self, meter: Meter) -> Callable[[], bool]:
        next_count = 0.0

        def more() -> bool:
            nonlocal next_count
            began = time.monotonic()
            if began > next_count:
                meter.taking_in = self.feeding.is_set() and not self.options.watch
                meter.update(meter.done + meter.failed + self.store.waiting())
                took = time.monotonic() - began  # counting millions takes a while: not more than a twentieth of it
                next_count = began + max(1.0, 20 * took)
            return self.feeding.is_set()

        return more

    def _told(self, meter: Meter) -> Callable[[Outcome], None]:
        def told(outcome: Outcome) -> None:
            if outcome.status not in ("done", "failed"):
                return  # a part of a long document: its end is told when it comes
            self.summary.read[outcome.status] += 1
            meter.update(meter.total, succeeded=outcome.status == "done")

        return told

    def _retry_failed(self) -> None:
        failed, cursor = [], None
        while True:
            part = self.store.documents(Filters(status="failed"), 500, cursor)
            failed += [row.id for row in part.items]
            cursor = part.next
            if cursor is None:
                break
        for document in failed:
            self.store.reprocess(document)
