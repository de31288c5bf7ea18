"""Readings kept between runs, for work on the rules: `EXTRACTOR_READINGS` names the folder.

Keyed by the file's hash and everything that shapes a reading. The entries are pickles: use a folder that only you
can write to.
"""

from __future__ import annotations

import dataclasses
import os
import pickle
import tempfile
from collections.abc import Callable
from pathlib import Path

from extractor.document import Reading
from extractor.errors import ConfigurationError
from extractor.ingest.limits import DEFAULT
from extractor.ingest.pictures import Pictures
from extractor.ingest.source import Source

VERSION = "6"
"""Goes up with every change of the reading code that changes what is read."""


def fingerprint() -> str:
    """What shapes a reading: the reading code's version and the engine with its model."""
    from extractor.ocr.engine import engine

    try:
        name = engine().name
    except ConfigurationError:
        name = "none"
    return f"{VERSION} {name}".replace(" ", "-").replace("/", "-")


def through(source: Source, make: Callable[[], Reading]) -> Reading:
    """The kept reading of these bytes, or a new one that is kept.

    Straight through without a folder, and for files with a password or limits of their own: those must be asked anew.
    """
    folder = os.environ.get("EXTRACTOR_READINGS")
    if not folder or source.password is not None or source.limits != DEFAULT:
        return make()
    path = Path(folder) / f"{source.sha256[:32]}-{fingerprint()}.pkl"
    kept = _load(path)
    if kept is not None:
        return _attach(kept, source)
    reading = make()
    _store(path, reading)
    return reading


def _load(path: Path) -> Reading | None:
    try:
        found = pickle.loads(path.read_bytes())  # noqa: S301  the folder is the user's own
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, TypeError):
        return None
    return found if isinstance(found, Reading) else None


def _attach(reading: Reading, source: Source) -> Reading:
    picture = reading.picture
    if isinstance(picture, Pictures):
        picture = dataclasses.replace(picture, source=source)
    return dataclasses.replace(reading, filename=source.filename, picture=picture)


def _store(path: Path, reading: Reading) -> None:
    picture = reading.picture
    bare = dataclasses.replace(picture, source=None) if isinstance(picture, Pictures) else None
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as out:
        pickle.dump(dataclasses.replace(reading, picture=bare), out)
    Path(out.name).replace(path)
