"""Where the store lies and who may write, as the environment says."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from mapping.errors import StoreError

DATABASE_FILE: Final = "atlas.sqlite3"
ROLES_FILE: Final = "roles.toml"
POSTGRES_DRIVER: Final = "postgresql+psycopg://"


@dataclass(frozen=True)
class StoreSettings:
    """Where the store lies and who may write."""

    folder: Path
    """Holds the SQLite database and, unless told otherwise, the file of roles."""
    database_url: str = ""
    """Address of a PostgreSQL database; empty for SQLite in the folder. May hold a password: not for logs."""
    roles_file: Path = Path(ROLES_FILE)
    local_edit: bool = False
    """Whether the one person at this computer may do everything."""

    @property
    def url(self) -> str:
        """Return the address of the database as SQLAlchemy writes it; raises a StoreError where it is no PostgreSQL."""
        if not self.database_url:
            return f"sqlite:///{self.folder / DATABASE_FILE}"
        kind, _, rest = self.database_url.partition("://")
        if kind.partition("+")[0] not in ("postgres", "postgresql") or not rest:
            raise StoreError("DATABASE_URL names no PostgreSQL database; write postgresql://user@host/database")
        return POSTGRES_DRIVER + rest

    @property
    def is_there(self) -> bool:
        """Return whether there is a store, without opening one; a PostgreSQL database that is named counts."""
        return bool(self.database_url) or (self.folder / DATABASE_FILE).exists()


def settings_from(environ: Mapping[str, str]) -> StoreSettings:
    """Return the settings that ``ATLAS_STORE``, ``DATABASE_URL``, ``ATLAS_ROLES`` and ``ATLAS_LOCAL_EDIT`` make."""
    named = environ.get("ATLAS_STORE")
    folder = Path(named).expanduser() if named else platformdirs.user_data_path("atmp-atlas", appauthor=False)
    roles = environ.get("ATLAS_ROLES")
    return StoreSettings(
        folder.resolve(),
        environ.get("DATABASE_URL", ""),
        Path(roles).expanduser() if roles else folder / ROLES_FILE,
        environ.get("ATLAS_LOCAL_EDIT") == "1",
    )
