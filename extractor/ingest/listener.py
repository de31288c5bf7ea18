"""Tells whoever listens how many pages of a file have been read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar

Listener = Callable[[int, int], None]
"""Takes the number of pages read and the number of all."""

_current: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextlib.contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Within this block every page read is told to `listener`."""
    token = _current.set(listener)
    try:
        yield
    finally:
        _current.reset(token)


def page_read(done: int, total: int) -> None:
    """Called by the readers of paged formats after each page."""
    listener = _current.get()
    if listener is not None:
        listener(done, total)
