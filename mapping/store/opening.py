"""The store opened: a database brought up to date, and the two ways into it, reading and writing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, column, create_engine, event, inspect, select, table, text
from sqlalchemy.exc import SQLAlchemyError

from mapping.errors import StoreError
from mapping.store.people import RoleRules, read_rules
from mapping.store.settings import StoreSettings

REVISION: Final = "0001"
"""The newest migration; a test holds that it is."""
BUSY_SECONDS: Final = 20
"""How long a writer waits for another before it gives up."""
MIGRATION_LOCK: Final = 6_113_370
"""Number of the lock that processes take in PostgreSQL while they migrate; any number that is ours alone."""
WRITES: Final = "atlas_writes"


@dataclass(frozen=True, eq=False)
class Store:
    """An open store; give it to the functions of this room, and look no further into it."""

    engine: Engine
    writer: Engine
    """The same database, for transactions that write."""
    data: Path
    """The data folder that changes are proposed to."""
    rules: Callable[[], RoleRules]
    """Reads who may do what; asked at each write, so that a role taken away counts at once."""
    now: Callable[[], datetime]


def open_store(
    settings: StoreSettings, data: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Store:
    """Open the store, make it where there is none, and bring it up to date.

    Raises
    ------
    StoreError
        It cannot be reached, or a newer Atlas has written it.
    """
    engine = _engine(settings)
    try:
        _migrate(engine)
    except (SQLAlchemyError, OSError) as error:
        engine.dispose()
        raise StoreError(f"the store cannot be opened ({told(error)})") from error
    except StoreError:
        engine.dispose()
        raise
    writer = engine.execution_options(**{WRITES: True})
    return Store(engine, writer, data, lambda: read_rules(settings.roles_file, local_edit=settings.local_edit), now)


def told(error: Exception) -> str:
    """Return the first line of an error of the database, without the values of the statement."""
    original = getattr(error, "orig", None) or error
    return str(original).strip().partition("\n")[0]


def _engine(settings: StoreSettings) -> Engine:
    """Return the engine of the database; parameters, which name people, never enter an error or a log."""
    if settings.database_url:
        return create_engine(settings.url, hide_parameters=True, pool_pre_ping=True)
    try:
        settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the folder of the store cannot be made ({error.strerror})") from error
    engine = create_engine(settings.url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Let a confirmed write survive a loss of power, and readers and a writer work side by side."""
    connection.isolation_level = None  # transactions are begun below, not by the driver
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Begin a transaction; one that writes takes its turn at once, so that it never has to give up half-way."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    """Run the migrations that a store lacks, one process at a time and all or nothing."""
    with engine.connect() as connection:
        if _revision(connection) == REVISION:
            return
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
        if _revision(connection) != REVISION:  # nobody was faster
            _upgrade(connection)


def _revision(connection: Connection) -> str | None:
    """Return the migration a store stands at; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(select(column("version_num")).select_from(table("alembic_version"))).scalar()
    return None if found is None else str(found)


def _upgrade(connection: Connection) -> None:
    """Run Alembic on a connection."""
    from alembic import command  # slow to import, and wanted once in the life of a store
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("version_path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(f"the store was written by a newer Atlas ({error})") from error
