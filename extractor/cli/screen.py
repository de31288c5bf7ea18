"""Where things are shown: results on standard output, progress on standard error and only to a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

Progress = Callable[[int, int, str], None]

_PIPE_WIDTH = 200


def output() -> Console:
    """Standard output; in a pipe lines are wide and plain."""
    terminal = sys.stdout.isatty()
    return Console(file=sys.stdout, width=None if terminal else _PIPE_WIDTH, highlight=False, soft_wrap=not terminal)


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """A function `(done, total, name)` that moves a bar on a terminal and does nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, total, name: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=f"{label} {name}")
