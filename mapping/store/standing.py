"""How the tables stand now: the data folder with every released change on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mapping.errors import Conflict, StoreError
from mapping.store.models import Heads, ReleaseRows
from mapping.store.opening import Store, told
from mapping.store.overlay import Operation, OverlaidFolder, TextTable, fold, text_table
from mapping.store.records import DraftRow, operation_of
from mapping.tables.schemas import SCHEMAS, column_names


@dataclass(frozen=True, eq=False)
class Standing:
    """The tables after one release."""

    release: int
    """Number of the newest release; 0 before the first."""
    folder: OverlaidFolder
    operations: tuple[Operation, ...]
    """Of every release, in their order."""
    _tables: dict[str, TextTable] = field(default_factory=dict, init=False, repr=False)

    def table(self, name: str) -> TextTable:
        """Return a table as text, read once."""
        if name not in self._tables:
            self._tables[name] = text_table(self.folder, name)
        return self._tables[name]


def standing(store: Store) -> Standing:
    """Return the tables as they stand now."""
    try:
        with Session(store.engine) as session:
            return standing_in(session, store)
    except SQLAlchemyError as error:
        raise StoreError(f"the store cannot be read ({told(error)})") from error


def standing_in(session: Session, store: Store) -> Standing:
    """Return the tables as a transaction sees them."""
    release = session.get_one(Heads, 1).release
    rows = session.scalars(select(ReleaseRows).order_by(ReleaseRows.release, ReleaseRows.position))
    operations = tuple(map(operation_of, rows))
    return Standing(release, OverlaidFolder(store.data, fold(operations)), operations)


def operations_of(now: Standing, rows: Sequence[DraftRow]) -> tuple[Operation, ...]:
    """Return what proposed rows do to the tables as they stand.

    Raises
    ------
    StoreError
        A row names no table or column of ours, is there twice, is to be added and there already, or is not there.
    Conflict
        A row is no longer as the person saw it.
    """
    taken: set[tuple[str, str]] = set()
    found = []
    for row in rows:
        if row.table not in SCHEMAS:
            raise StoreError(f"nothing was written: there is no table {row.table!r}")
        if (row.table, row.row_id) in taken:
            raise StoreError(f"nothing was written: {row.table}/{row.row_id} is there twice")
        taken.add((row.table, row.row_id))
        found.append(_operation(row, now.table(row.table).row(row.row_id)))
    return tuple(found)


def _operation(row: DraftRow, there: dict[str, str] | None) -> Operation:
    """Return what one proposed row does to the row that is there."""
    name, columns = f"{row.table}/{row.row_id}", column_names(row.table)
    unknown = sorted(set(row.cells) - set(columns))
    if unknown:
        raise StoreError(f"nothing was written: {name} has a column {unknown[0]!r}; the table has none of that name")
    if row.seen is not None:
        _refuse_stale(row, name, there)
    if row.action == "add":
        if there is not None:
            raise Conflict(f"{name} is there already", row.cells, there)
        return Operation(row.table, row.row_id, "add", _whole(row, columns))
    if there is None:
        raise Conflict(f"{name} is not there any more", row.cells, {})
    if row.action == "remove":
        return Operation(row.table, row.row_id, "remove", {}, there)
    return _change(row, there, name)


def _change(row: DraftRow, there: dict[str, str], name: str) -> Operation:
    """Return the operation that changes a row; its id stays what it is."""
    new = {column: text for column, text in row.cells.items() if text != there[column]}
    if not new:
        raise StoreError(f"nothing was written: {name} would stay as it is")
    if set(new) & _key_columns(row.table):
        raise StoreError(f"nothing was written: {name} cannot be renamed; propose to remove it and to add another")
    return Operation(row.table, row.row_id, "change", new, {column: there[column] for column in new})


def _whole(row: DraftRow, columns: Sequence[str]) -> dict[str, str]:
    """Return every cell of a row to be added, its id from the name of the row."""
    vocabulary, _, code = row.row_id.partition("/")
    key = {"vocabulary": vocabulary, "code": code} if "id" not in columns else {"id": row.row_id}
    wrong = [column for column, text in key.items() if row.cells.get(column, text) != text]
    if wrong:
        raise StoreError(f"nothing was written: {row.table}/{row.row_id} has another {wrong[0]} in its cells")
    return {column: {**row.cells, **key}.get(column, "") for column in columns}


def _refuse_stale(row: DraftRow, name: str, there: dict[str, str] | None) -> None:
    """Raise a Conflict where a row is no longer what the person saw."""
    seen = row.seen or {}
    if there is None or any(there.get(column) != text for column, text in seen.items()):
        now = {column: (there or {}).get(column, "") for column in seen}
        raise Conflict(f"{name} was changed by somebody else meanwhile", row.cells, now if there else {})


def _key_columns(table: str) -> set[str]:
    """Return the columns that name a row."""
    return {"id"} if "id" in column_names(table) else {"vocabulary", "code"}


def refuse_overtaken(operation: Operation, table: TextTable) -> None:
    """Raise a Conflict where a row is no longer what it was when its change was proposed."""
    there = table.row(operation.row_id)
    expected = None if operation.action == "add" else operation.before
    now = there if there is None or expected is None else {column: there[column] for column in expected}
    if now != expected:
        name = f"{operation.table}/{operation.row_id}"
        raise Conflict(f"{name} was changed by somebody else meanwhile", operation.cells, there or {})
