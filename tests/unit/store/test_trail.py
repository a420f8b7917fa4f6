"""The trail of what was done, backup and restore, the database itself, and the command line over them."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mapping import __main__ as command_line
from mapping.errors import StoreError
from mapping.store import opening
from mapping.store.audit import as_csv, as_json_lines, broken_links, forget, read_trail, trail
from mapping.store.backup import backup, restore
from mapping.store.command import run
from mapping.store.models import APPEND_ONLY, Base
from mapping.store.opening import Store, open_store
from mapping.store.proposing import comment, propose
from mapping.store.published import published_tables
from mapping.store.reading import changes, proposals
from mapping.store.releasing import release, roll_back
from mapping.store.reviewing import Decision, decide
from mapping.store.settings import StoreSettings
from tests.unit.store.conftest import ADDED, CONTRIBUTOR, RENAMED, REVIEWER, ROLES, draft, ticking

Reopen = Callable[[StoreSettings, Path], Store]


@pytest.fixture(scope="module")
def used_backup(tmp_path_factory: pytest.TempPathFactory, _mini_source: Path) -> Path:
    """A backup of a store with a proposal, a discussion, a release and a roll-back in it."""
    folder = tmp_path_factory.mktemp("used")
    (folder / "roles.toml").write_text(ROLES, encoding="utf-8")
    made = open_store(StoreSettings(folder, "", folder / "roles.toml"), _mini_source, now=ticking())
    number = propose(made, CONTRIBUTOR, draft(ADDED, RENAMED))
    comment(made, REVIEWER, number, "=cmd|' /C calc'!A0")
    first, second = changes(made, REVIEWER, number)
    decide(made, REVIEWER, [Decision(first.id, "accept", 1), Decision(second.id, "reject", 1, "no")])
    release(made, REVIEWER, "An example release")
    roll_back(made, REVIEWER, 1, "a slip")
    backup(made, folder / "store.gz")
    made.engine.dispose()
    return folder / "store.gz"


@pytest.fixture
def used(store: Store, used_backup: Path) -> Store:
    """That store, in either kind of database."""
    restore(store, used_backup)
    return store


def test_the_trail_says_who_did_what_when_and_why(used: Store) -> None:
    entries = trail(used, REVIEWER)
    assert [(each.email, each.role, each.act) for each in entries] == [
        ("contributor@example.org", "contributor", "propose"),
        ("reviewer@example.org", "reviewer", "comment"),
        ("reviewer@example.org", "reviewer", "accept"),
        ("reviewer@example.org", "reviewer", "reject"),
        ("reviewer@example.org", "reviewer", "release"),
        ("reviewer@example.org", "reviewer", "roll_back"),
    ]
    assert (entries[3].reason, entries[3].subject) == ("no", "proposal/1")
    assert entries[3].detail["row"] == "sites/example-berlin"
    assert [each.at for each in entries] == sorted(each.at for each in entries)
    assert entries[0].at.startswith("2026-11-23T12:00:0")


@pytest.mark.parametrize("statement", ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_database_refuses_to_rewrite_what_is_append_only(used: Store, table: str, statement: str) -> None:
    column = {"audit": "reason = ''", "releases": "notes = ''", "release_rows": "row_id = ''"}[table]
    if "TRUNCATE" in statement and used.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DBAPIError, match="append-only"), used.writer.begin() as connection:
        connection.execute(text(statement.format(table, column)))


def test_who_rewrites_the_trail_behind_its_guards_is_found_out(used: Store) -> None:
    assert broken_links(used) == ()
    guard = "DROP TRIGGER audit_no_update" if used.engine.dialect.name == "sqlite" else None
    with used.writer.begin() as connection:
        connection.execute(text(guard or "DROP TRIGGER audit_append_only ON audit"))
        connection.execute(text("UPDATE audit SET reason = 'yes' WHERE number = 4"))
    assert broken_links(used) == ("entry 4 is not what was written",)


def test_who_cuts_the_end_off_the_trail_is_found_out(used: Store) -> None:
    guard = "DROP TRIGGER audit_no_delete" if used.engine.dialect.name == "sqlite" else None
    with used.writer.begin() as connection:
        connection.execute(text(guard or "DROP TRIGGER audit_append_only ON audit"))
        connection.execute(text("DELETE FROM audit WHERE number = 6"))
    assert broken_links(used) == ("the trail ends at 5, but 6 entries were written",)


def test_the_trail_is_exported_as_json_lines_and_as_csv_that_no_spreadsheet_runs(used: Store) -> None:
    entries = read_trail(used)
    lines = [json.loads(line) for line in as_json_lines(entries).decode().splitlines()]
    rows = list(csv.DictReader(io.StringIO(as_csv(entries).decode())))
    assert [line["act"] for line in lines] == [row["act"] for row in rows] == [each.act for each in entries]
    assert lines[1]["reason"] == "=cmd|' /C calc'!A0"
    assert rows[1]["reason"] == "'=cmd|' /C calc'!A0"
    assert json.loads(rows[4]["detail"])["version"].endswith("-published.1")


def test_a_person_who_is_forgotten_is_nowhere_and_the_trail_still_holds(used: Store, tmp_path: Path) -> None:
    forget(used, REVIEWER, "Contributor@example.org", "asked to be")
    backup(used, tmp_path / "store.gz")
    told = gzip.decompress((tmp_path / "store.gz").read_bytes()).decode()
    assert "contributor@example.org" not in told
    assert "Example Contributor" not in told
    assert broken_links(used) == ()
    assert proposals(used, REVIEWER)[0].person == "(forgotten)"


def test_a_backup_restores_everything_into_an_empty_store(used: Store, tmp_path: Path, reopen: Reopen) -> None:
    rows = backup(used, tmp_path / "store.gz")
    assert (tmp_path / "store.gz").stat().st_mode & 0o077 == 0
    settings = StoreSettings(tmp_path / "another", "", tmp_path / "roles.toml")
    other = reopen(settings, used.data)
    assert restore(other, tmp_path / "store.gz") == rows
    assert read_trail(other) == read_trail(used)
    assert changes(other, REVIEWER) == changes(used, REVIEWER)
    assert published_tables(other).version == published_tables(used).version
    propose(other, CONTRIBUTOR, draft())  # and the work goes on
    assert broken_links(other) == ()


def test_a_backup_from_sqlite_restores_into_postgresql_too(
    lite: Store, tmp_path: Path, request, reopen: Reopen
) -> None:
    propose(lite, CONTRIBUTOR, draft(ADDED))
    backup(lite, tmp_path / "store.gz")
    url = request.getfixturevalue("cluster").new_database("example_restored")
    other = reopen(StoreSettings(tmp_path, url, tmp_path / "roles.toml"), lite.data)
    restore(other, tmp_path / "store.gz")
    assert read_trail(other) == read_trail(lite)
    propose(other, CONTRIBUTOR, draft())


@pytest.mark.parametrize("keep", [0, 10, -1])
def test_a_backup_that_is_cut_short_restores_nothing(used: Store, tmp_path: Path, keep: int, reopen: Reopen) -> None:
    backup(used, tmp_path / "store.gz")
    lines = gzip.decompress((tmp_path / "store.gz").read_bytes()).splitlines(keepends=True)
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"".join(lines[:keep])))
    other = reopen(StoreSettings(tmp_path / "another", "", tmp_path / "roles.toml"), used.data)
    with pytest.raises(StoreError, match="nothing was restored"):
        restore(other, tmp_path / "cut.gz")
    assert read_trail(other) == ()
    propose(other, CONTRIBUTOR, draft())  # it is still a sound empty store


def test_a_store_with_something_in_it_is_not_restored_over(used: Store, tmp_path: Path) -> None:
    backup(used, tmp_path / "store.gz")
    with pytest.raises(StoreError, match="not empty"):
        restore(used, tmp_path / "store.gz")
    assert broken_links(used) == ()


def test_migrations_make_what_the_model_says(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    scripts = ScriptDirectory(str(Path(opening.__file__).parent / "migrations"))
    assert scripts.get_heads() == [opening.REVISION]


def test_a_store_that_a_newer_atlas_wrote_is_left_alone(store: Store, settings: StoreSettings) -> None:
    with store.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer Atlas"):
        open_store(settings, store.data)


def test_sqlite_waits_for_the_disk_and_lets_readers_read(lite: Store) -> None:
    with lite.engine.connect() as connection:
        told = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    assert told == ["wal", 2]


def test_errors_of_the_database_name_nobody(lite: Store) -> None:
    with pytest.raises(DBAPIError) as error, lite.writer.begin() as connection:
        connection.execute(text("INSERT INTO people (id, email) VALUES (1, :email)"), {"email": "a@example.org"})
    assert "a@example.org" not in str(error.value)


def test_the_commands_back_up_prove_and_restore(
    used: Store, settings: StoreSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setenv("ATLAS_STORE", str(settings.folder))
    if settings.database_url:
        monkeypatch.setenv("DATABASE_URL", settings.database_url)
    folder = ["--folder", str(used.data)]
    assert command_line.main(["store", "backup", str(tmp_path / "b.gz"), *folder]) == 0
    assert command_line.main(["store", "audit", str(tmp_path / "trail.jsonl"), *folder]) == 0
    assert command_line.main(["store", "status", *folder]) == 0
    told = capsys.readouterr().out
    assert "6 acts, unbroken" in told
    assert "-published.2" in told
    assert len((tmp_path / "trail.jsonl").read_bytes().splitlines()) == 6
    assert command_line.main(["store", "restore", str(tmp_path / "b.gz"), *folder]) == 1
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ATLAS_STORE", str(tmp_path / "another"))
    assert command_line.main(["store", "restore", str(tmp_path / "b.gz"), *folder]) == 0
    assert command_line.main(["store", "audit", *folder]) == 0
    assert "6 acts, unbroken" in capsys.readouterr().out


def test_a_command_forgets_a_person_in_the_name_of_a_reviewer_alone(
    used: Store, settings: StoreSettings, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setenv("ATLAS_STORE", str(settings.folder))
    monkeypatch.setenv("ATLAS_ROLES", str(settings.roles_file))
    if settings.database_url:
        monkeypatch.setenv("DATABASE_URL", settings.database_url)
    asked = [
        "store",
        "forget",
        "Contributor@example.org",
        "--folder",
        str(used.data),
        "--reason",
        "asked to be",
        "--by",
    ]
    assert command_line.main([*asked, "contributor@example.org"]) == 1
    assert "takes the role reviewer" in capsys.readouterr().err
    assert read_trail(used)[0].email == "contributor@example.org"
    assert command_line.main([*asked, "Reviewer@example.org"]) == 0
    assert "older backups" in capsys.readouterr().out
    first, *_, last = read_trail(used)
    assert (first.email, first.name) == ("", "")
    assert (last.email, last.act, last.reason) == ("reviewer@example.org", "forget", "asked to be")
    assert broken_links(used) == ()
    assert command_line.main([*asked, "reviewer@example.org"]) == 1
    assert "knows nobody" in capsys.readouterr().err


def test_status_names_a_released_change_that_rests_on_nothing(lite: Store, tmp_path: Path) -> None:
    number = propose(lite, CONTRIBUTOR, draft(RENAMED))
    [change] = changes(lite, REVIEWER, number)
    decide(lite, REVIEWER, [Decision(change.id, "accept", 1)])
    release(lite, REVIEWER, "An example release")
    environ = {"ATLAS_STORE": str(tmp_path / "store")}
    assert run("status", None, lite.data, environ)[0] == 0
    sites = lite.data / "sites.csv"
    text_without = [
        line for line in sites.read_text("utf-8").splitlines(True) if not line.startswith("example-berlin,")
    ]
    sites.write_text("".join(text_without), "utf-8")
    code, lines = run("status", None, lite.data, environ)
    assert code == 1
    assert any("sites/example-berlin" in line for line in lines)


def test_without_a_store_the_commands_make_none(tmp_path: Path) -> None:
    code, [told] = run("status", None, tmp_path, {"ATLAS_STORE": str(tmp_path / "none")})
    assert (code, (tmp_path / "none").exists()) == (0, False)
    assert "no store yet" in told


def test_a_backup_of_no_store_is_a_failure_that_a_nightly_job_sees(tmp_path: Path) -> None:
    code, [told] = run("backup", tmp_path / "backup", tmp_path, {"ATLAS_STORE": str(tmp_path / "none")})
    assert (code, list(tmp_path.iterdir())) == (1, [])
    assert told.startswith("nothing was backed up")
