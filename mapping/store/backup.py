"""The whole store in one file and back: rows as compressed JSON lines, the same from SQLite and PostgreSQL.

A backup is read in one transaction while others write, and restored in one, so there is never half of it. It can be
restored into the other kind of database too.
"""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from mapping.errors import StoreError
from mapping.store.audit import broken_links
from mapping.store.models import Base
from mapping.store.opening import REVISION, Store, told

FORMAT: Final = "atmp-atlas-store"
TABLES: Final[tuple[Table, ...]] = tuple(Base.metadata.sorted_tables)
"""In an order in which a row comes after those it names."""
BATCH: Final = 500
"""Rows inserted at once."""


def backup(store: Store, file: Path) -> int:
    """Write the whole store into a file and return the number of rows; the file appears when it is whole.

    It names people: whoever has it has their addresses, so only its owner may read it.
    """
    beside = file.with_name(file.name + ".part")
    rows = 0
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as raw:
            with gzip.open(raw, "wt", encoding="utf-8") as lines:
                for line in _lines(store):
                    lines.write(json.dumps(line, ensure_ascii=False) + "\n")
                    rows += 1
            raw.flush()
            os.fsync(raw.fileno())
        beside.replace(file)
    except (OSError, SQLAlchemyError) as error:
        raise StoreError(f"no backup was written ({told(error)})") from error
    return rows - 2  # the first line says what it is, the last that it is whole


def restore(store: Store, file: Path) -> int:
    """Fill an empty store from a backup and return the number of rows.

    Raises
    ------
    StoreError
        The file is no whole backup, is of another version of the store, or the store is not empty; in each case the
        store stays as it was.
    """
    try:
        with store.writer.begin() as connection:
            _refuse_filled(connection)
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                rows = _fill(connection, (json.loads(line) for line in lines))
    except (OSError, EOFError, ValueError, KeyError, TypeError, SQLAlchemyError) as error:
        raise StoreError(f"nothing was restored: {file.name} is not a whole backup ({told(error)})") from error
    broken = broken_links(store)
    if broken:
        raise StoreError(f"the backup was restored, but its trail was tampered with: {broken[0]}")
    return rows


def _lines(store: Store) -> Iterator[dict[str, Any]]:
    """Yield what it is, every row, and how many there were, as of one moment."""
    level = {} if store.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with store.engine.connect().execution_options(**level) as connection, connection.begin():
        yield {"format": FORMAT, "revision": REVISION}
        rows = 0
        for table in TABLES:
            keys = list(table.primary_key)
            for row in connection.execute(select(table).order_by(*keys)):
                rows += 1
                yield {"table": table.name, "row": dict(row._mapping)}
        yield {"rows": rows}


def _fill(connection: Connection, lines: Iterator[dict[str, Any]]) -> int:
    """Insert every row; raises where the first or the last line is not there."""
    first = next(lines, {})
    if first.get("format") != FORMAT or first.get("revision") != REVISION:
        raise ValueError(f"it is not of this version, {FORMAT} {REVISION}")
    known = {table.name: table for table in TABLES}
    connection.execute(known["heads"].delete())
    waiting: list[dict[str, Any]] = []
    table = ""
    for rows, line in enumerate(lines):
        if "rows" in line:
            _insert(connection, known, table, waiting)
            if line["rows"] != rows:
                raise ValueError("rows are missing")
            return rows
        if line["table"] != table or len(waiting) == BATCH:
            _insert(connection, known, table, waiting)
            table, waiting = line["table"], []
        waiting.append(line["row"])
    raise ValueError("its end is missing")


def _insert(connection: Connection, known: dict[str, Table], name: str, rows: list[dict[str, Any]]) -> None:
    """Insert some rows of one table."""
    if rows:
        connection.execute(insert(known[name]), rows)


def _refuse_filled(connection: Connection) -> None:
    """Raise a StoreError where anything was ever written into the store."""
    filled = [table.name for table in TABLES if table.name != "heads" and _count(connection, table)]
    if filled:
        raise StoreError(
            "nothing was restored: this store is not empty; move its folder away, or name an empty database"
        )


def _count(connection: Connection, table: Table) -> int:
    """Return the number of rows."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
