"""``python -m mapping store``: for whoever runs the Atlas."""

from collections.abc import Mapping
from pathlib import Path

from mapping.errors import StoreError
from mapping.store.audit import as_csv, as_json_lines, broken_links, forget, read_trail
from mapping.store.backup import backup, restore
from mapping.store.opening import Store, open_store
from mapping.store.overlay import resting_on_nothing, text_table
from mapping.store.people import Person
from mapping.store.published import data_version, published_tables
from mapping.store.settings import settings_from
from mapping.store.standing import standing


def run(word: str, file: Path | None, data: Path, environ: Mapping[str, str]) -> tuple[int, list[str]]:
    """Do what one word asks and return the exit code with the lines to print.

    Parameters
    ----------
    word : str
        backup, restore, status or audit.
    file : Path or None
        What to write or read; ``audit`` writes CSV or, named ``.jsonl``, JSON lines.
    data : Path
        The data folder.
    """
    settings = settings_from(environ)
    if word != "restore" and not settings.is_there:
        told = f"there is no store yet; the first proposal makes one in {settings.folder}"
        return (1, [f"nothing was backed up: {told}"]) if word == "backup" else (0, [told])
    store = open_store(settings, data)
    try:
        if word == "status":
            return status(store)
        if word == "audit":
            return _audit(store, file)
        if file is None:
            raise StoreError(f"{word} takes the name of a file")
        if word == "backup":
            return 0, [f"{backup(store, file):,} rows written to {file}; it names people, so keep it safe"]
        return 0, [f"{restore(store, file):,} rows restored from {file}"]
    finally:
        store.engine.dispose()


def forget_person(address: str, reviewer: str, reason: str, data: Path, environ: Mapping[str, str]) -> str:
    """Take a person out of the store and return what to say; raises a StoreError where that is not possible.

    Parameters
    ----------
    address : str
        E-mail address of the person.
    reviewer : str
        Address, in the file of roles, of the reviewer in whose name it is done.
    reason : str
        Why, for the trail.
    data : Path
        The data folder.
    """
    settings = settings_from(environ)
    if not settings.is_there:
        raise StoreError(f"there is no store in {settings.folder}, so nobody is in it")
    store = open_store(settings, data)
    try:
        forget(store, Person(reviewer.strip().casefold()), address, reason)
    finally:
        store.engine.dispose()
    return "forgotten; older backups and exported trails still hold the person, and so may the file of roles"


def status(store: Store) -> tuple[int, list[str]]:
    """Return whether trail and released changes are sound with the data folder as it is, one line a fact."""
    tables, now = published_tables(store), standing(store)
    lines = [
        f"database: {store.engine.dialect.name}; releases: {data_version(store)}; data version {tables.version}",
        f"roles: {'configured' if store.rules().is_configured else 'none configured'}",
        f"acts in the trail: {len(read_trail(store)):,}",
    ]
    wrong = [f"trail: {link}" for link in broken_links(store)]
    wrong += [f"{name}: {fault}" for name, faults in tables.faults.items() for fault in faults]
    for name, patches in now.folder.overlay.items():
        gone = resting_on_nothing(text_table(store.data, name), patches)
        wrong += [f"{name}/{row_id}: a released change rests on a row that the data folder has not" for row_id in gone]
    return (1 if wrong else 0), [*lines, *wrong]


def _audit(store: Store, file: Path | None) -> tuple[int, list[str]]:
    """Prove the trail unbroken, and write it where a file is named."""
    entries, broken = read_trail(store), broken_links(store)
    told = [f"{len(entries):,} acts, {'unbroken' if not broken else 'BROKEN'}", *broken]
    if file is not None:
        content = as_json_lines(entries) if file.suffix == ".jsonl" else as_csv(entries)
        try:
            file.write_bytes(content)
        except OSError as error:
            raise StoreError(f"the trail was not written ({error.strerror})") from error
        told.append(f"written to {file}; it names people, so keep it safe")
    return (1 if broken else 0), told
