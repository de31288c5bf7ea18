"""Names: of documents, of files as they are shown, of the place of the originals."""

from __future__ import annotations

import secrets
import time
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from extractor.errors import ConfigurationError
from extractor.store.queue import insert_for
from extractor.store.schema import meta

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_NAME_LIMIT = 255


def new_id() -> str:
    """26 letters and digits, sorted by the time they were made."""
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))


def clean_name(filename: str) -> str:
    """The last part of a name as a label: no folders, no control characters, at most 255 characters."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(letter for letter in last if letter.isprintable()).strip()
    return shown.encode("utf-8", "replace").decode()[-_NAME_LIMIT:] or "khong-ten"


def data_place(connection: Connection, database: Engine, data: str | Path | None) -> str:
    """Where the originals lie: as told now, else as remembered, else beside an SQLite file."""
    known = connection.execute(select(meta.c.value).where(meta.c.key == "data")).scalar_one_or_none()
    if data is None and known is not None:
        return str(known)
    if data is None:
        if database.dialect.name != "sqlite":
            raise ConfigurationError("Chưa biết nơi chứa tệp gốc.", hint="Nêu thư mục hoặc địa chỉ bằng --data.")
        data = Path(str(database.url.database)).absolute().parent / "originals"
    place = str(data) if "://" in str(data) else str(Path(data).absolute())
    values = {"key": "data", "value": place}
    statement = insert_for(connection, meta).values(**values)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": place}))
    return place
