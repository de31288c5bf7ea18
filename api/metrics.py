"""Prometheus counters, in a registry of their own so that several services may live in one process."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from extractor.store import STATUSES, Store

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Requests, their seconds, uploads; documents by status are read from the store when asked for."""

    def __init__(self, store: Store) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "extractor_requests", "Requests answered", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "extractor_request_seconds", "Seconds to answer", ["method", "route"], registry=self.registry
        )
        self.uploads = Counter("extractor_uploads", "Files received", ["outcome"], registry=self.registry)
        self.registry.register(_Documents(store))

    def text(self) -> bytes:
        """The exposition."""
        return generate_latest(self.registry)


class _Documents(Collector):
    def __init__(self, store: Store) -> None:
        self._store = store

    def describe(self) -> Iterable[Metric]:
        """Nothing ahead of time: registering must not ask the database."""
        return []

    def collect(self) -> Iterable[Metric]:
        """Documents by status."""
        counts = self._store.status_counts()
        family = GaugeMetricFamily("extractor_documents", "Documents in the store", labels=["status"])
        for status in STATUSES:
            family.add_metric([status], counts.get(status, 0))
        yield family
