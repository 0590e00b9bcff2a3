"""An in-memory database of what one commit says, loaded once from hashed bytes and then locked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from data import bundle, cubes
from data.commits import CUBES, PARQUET, SETTINGS, Commit, Revision
from data.contract import month_end
from data.messages import StoreError
from data.store import Store
from data.tables import TABLES

# Ledger tables whose rows pages may list; the others are seen as cubes only, so no name of theirs gets here.
LISTED = ("tasks", "targets")
# Ledger tables whose rows a work list shows: read one month at a time, by the query that names them alone.
LENT = ("enterprises", "grievances")
LOCK = (
    "set enable_external_access = false",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set memory_limit = '4GB'",
    "set max_temp_directory_size = '0B'",
    "set lock_configuration = true",
)
Schema = Mapping[str, pl.DataType]
MONTH: Schema = {"month": pl.Date()}
SNAPSHOTS: Schema = {
    **MONTH,
    "revision": pl.Int64(),
    "published_at": pl.Datetime("us"),
    "reason": pl.String(),
    "cutoff": pl.Date(),
}
REPORTED: Schema = {**MONTH, "table_name": pl.String()}
_loading = Lock()


class Connection:
    """A locked database of one commit; threads may share it, since each query takes a cursor of its own."""

    def __init__(
        self, engine: duckdb.DuckDBPyConnection, commit: Commit, lent: Mapping[str, pa.Table] | None = None
    ) -> None:
        self._engine = engine
        self._lent = lent or {}
        self.commit = commit

    def lent(self, tables: Mapping[str, pa.Table]) -> Connection:
        """The same database with tables beside its own, which no other query sees."""
        return Connection(self._engine, self.commit, tables)

    def query(self, sql: str, params: Mapping[str, object] | None = None) -> pl.DataFrame:
        """The rows of one select with exactly its named parameters; StoreError not_a_query for all else."""
        if not _is_select(sql):
            raise StoreError("not_a_query")
        with closing(self._engine.cursor()) as cursor:
            for name, lent in self._lent.items():
                # in the cursor's own catalogue, which ends with it
                cursor.register(name, lent)
            rows: pl.DataFrame = cursor.sql(sql, params=dict(params or {})).pl()
            return rows


def connect(store: Store, commit: Commit) -> Connection:
    """The database of the commit, kept for the next call; StoreError names a file that was changed."""
    with _loading:
        return _connection(str(store.root), commit)


def lent(store: Store, commit: Commit, month: date, table: str) -> pa.Table:
    """One month's rows of one of LENT, the month as the first column; none where it was not published."""
    revisions = [commit.months[month]] if month in commit.months else []
    return _union(store, revisions, f"{table}{PARQUET}", TABLES[table].schema)


def settings(store: Store, commit: Commit, month: date) -> dict[str, Any]:
    """The profile's settings as they were for that month; StoreError month_unknown or settings_broken."""
    revision = store.revision(commit, month)
    return bundle.settings(store.settings_text(commit, month), f"{revision.folder}/{SETTINGS}")


def cut_off(month: date, day: int) -> date:
    """The day a month's stocks are taken; day 0, or one the month does not have, is its last."""
    last = month_end(month)
    return last if day == 0 or day > last.day else month.replace(day=day)


@lru_cache(maxsize=4)
def _connection(root: str, commit: Commit) -> Connection:
    return opened(Store(root), commit)


def opened(store: Store, commit: Commit) -> Connection:
    """The database of the commit for one use: it is not kept and takes no other's place."""
    engine = duckdb.connect(":memory:")
    for name, rows in _tables(store, commit):
        engine.register("incoming", rows)
        engine.execute(f"create table {name} as select * from incoming")
        engine.unregister("incoming")
    for setting in LOCK:
        engine.execute(setting)
    return Connection(engine, commit)


def _tables(store: Store, commit: Commit) -> Iterator[tuple[str, pa.Table]]:
    """Every table by name, months in order."""
    revisions = [revision for _, revision in sorted(commit.months.items())]
    for name, schema in cubes.schemas().items():
        yield name, _union(store, revisions, f"{CUBES}{name}{PARQUET}", schema)
    for name, table in TABLES.items():
        if table.origin == "profile" or name in LISTED:
            yield name, _union(store, revisions, f"{name}{PARQUET}", table.schema)
    snapshots = list(_snapshots(store, commit))
    yield "snapshots", pl.DataFrame(snapshots, schema=SNAPSHOTS, orient="row").to_arrow()
    reported = [(month, table) for month, r in sorted(commit.months.items()) for table in r.tables]
    yield "reported", pl.DataFrame(reported, schema=REPORTED, orient="row").to_arrow()


def _union(store: Store, revisions: Iterable[Revision], file: str, schema: Schema) -> pa.Table:
    """The file's rows of every month that has it, the snapshot's month as the first column."""
    none = pl.DataFrame(schema=schema).to_arrow()
    holders = [revision for revision in revisions if file in revision.files]
    parts = [_conform(bundle.arrow(store.content(r, file)), none.schema) for r in holders]
    months = [
        pl.repeat(r.month, part.num_rows, dtype=pl.Date, eager=True)
        for r, part in zip(holders, parts, strict=True)
    ]
    rows = pa.concat_tables([none, *parts])
    # A month of the table's own, as in targets, gives way to the snapshot's.
    rows = rows.rename_columns(["target_month" if name == "month" else name for name in schema])
    return rows.add_column(0, "month", pl.concat([pl.Series(dtype=pl.Date), *months]).to_arrow())


def _conform(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """The columns of today; one that an older version did not know yet is null."""
    if table.schema.equals(schema):
        return table
    for name in schema.names:
        if name not in table.schema.names:
            table = table.append_column(name, pa.nulls(table.num_rows, schema.field(name).type))
    return table.select(schema.names).cast(schema)


def _snapshots(store: Store, commit: Commit) -> Iterator[tuple[object, ...]]:
    for month, revision in sorted(commit.months.items()):
        day = settings(store, commit, month).get("cutoff_day", 0)
        yield month, revision.number, revision.published_at, revision.reason, cut_off(month, int(day))


@lru_cache(maxsize=256)
def _is_select(sql: str) -> bool:
    kinds = [statement.type for statement in duckdb.extract_statements(sql)]
    return kinds == [duckdb.StatementType.SELECT]
