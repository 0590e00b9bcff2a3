"""A store published by an older version still answers: cubes it does not know are built from its tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from threading import Lock

import duckdb
import polars as pl

from data import Commit, Connection, Revision, Store, connect, cubes, opened
from data.connection import LOCK

_building = Lock()


def completed(store: Store, commit: Commit) -> Connection:
    """The database of the commit with every cube of today, as it was loaded where none is missing."""
    if _is_whole(commit):
        return connect(store, commit)
    with _building:
        return _rebuilt(str(store.root), commit)


def passing(store: Store, commit: Commit) -> Connection:
    """The same for one use, so that it takes the place of no database that is asked again and again."""
    whole = opened(store, commit)
    if _is_whole(commit):
        return whole
    with _building:
        return _complete(whole, store)


@lru_cache(maxsize=64)
def _is_whole(commit: Commit) -> bool:
    """Whether no month lacks a cube: asked with every question."""
    return not any(_missing(revision) for revision in commit.months.values())


def _missing(revision: Revision) -> list[str]:
    """Cubes that could have been built from the month's tables, had they been known."""
    tables, built = revision.tables, revision.cubes
    return [cube.name for cube in _known() if cube.source in tables and cube.name not in built and built]


@lru_cache(maxsize=1)
def _known() -> tuple[cubes.Cube, ...]:
    return cubes.cubes()


@lru_cache(maxsize=4)
def _rebuilt(root: str, commit: Commit) -> Connection:
    store = Store(root)
    return _complete(connect(store, commit), store)


def _complete(whole: Connection, store: Store) -> Connection:
    """A database of its own: that of the commit is locked for good."""
    engine = duckdb.connect(":memory:")
    names = whole.query("select table_name from duckdb_tables() order by table_name")["table_name"]
    for name in names:
        # each name is one of the engine's own tables
        rows = whole.query(f'select * from "{name}"')
        engine.register("incoming", rows.to_arrow())
        engine.execute(f'create table "{name}" as select * from incoming')
        engine.unregister("incoming")
    for name, rows in _built(store, whole.commit):
        engine.register("incoming", rows.to_arrow())
        engine.execute(f'insert into "{name}" by name select * from incoming')
        engine.unregister("incoming")
    for setting in LOCK:
        engine.execute(setting)
    return Connection(engine, whole.commit)


def _built(store: Store, commit: Commit) -> Iterator[tuple[str, pl.DataFrame]]:
    """Each missing cube of each month, by its name."""
    for month, revision in sorted(commit.months.items()):
        missing = _missing(revision)
        if missing:
            frames = {name: store.read(commit, month, name) for name in revision.tables}
            for name, rows in _only(missing, frames, month).items():
                yield name, rows.select(pl.lit(month).alias("month"), pl.all())


def _only(names: list[str], frames: dict[str, pl.DataFrame], month: date) -> dict[str, pl.DataFrame]:
    """Those cubes alone: the builder makes whatever stands in a folder."""
    with TemporaryDirectory() as folder:
        for name in names:
            copyfile(cubes.FOLDER / f"{name}.sql", Path(folder) / f"{name}.sql")
        return cubes.build(frames, month, Path(folder))
