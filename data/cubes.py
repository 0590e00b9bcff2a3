"""Building the cubes of a month: each data/cubes/*.sql run once over the month's tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb
import polars as pl

from data.contract import month_end
from data.messages import StoreError
from data.tables import TABLES, conform, empty

FOLDER = Path(__file__).with_name("cubes")
FROM = re.compile(r"^-- from: (\w+(?:, *\w+)*)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Cube:
    """One cube: its name, its select, and the table without which it says nothing."""

    name: str
    sql: str
    source: str


def cubes(folder: Path = FOLDER) -> tuple[Cube, ...]:
    """Every cube file of the folder by name; StoreError cube_header if one names no source."""
    return tuple(_cube(path) for path in sorted(folder.glob("*.sql")))


def _cube(path: Path) -> Cube:
    text = path.read_text(encoding="utf-8")
    header = FROM.search(text)
    if header is None:
        raise StoreError("cube_header", file=path.name)
    return Cube(path.stem, text, header[1].split(",")[0])


def build(frames: Mapping[str, pl.DataFrame], month: date, folder: Path = FOLDER) -> dict[str, pl.DataFrame]:
    """Cube name -> additive counts, sorted by all columns; no cube whose first source table is not given."""
    with _engine(frames) as engine:
        return {c.name: _run(engine, c, month) for c in cubes(folder) if c.source in frames}


def schemas(folder: Path = FOLDER) -> dict[str, dict[str, pl.DataType]]:
    """Cube name -> column -> type, as the cube's own select gives them for tables without rows."""
    return _schemas(cubes(folder))


@lru_cache(maxsize=4)
def _schemas(wanted: tuple[Cube, ...]) -> dict[str, dict[str, pl.DataType]]:
    with _engine({}) as engine:
        return {cube.name: dict(_run(engine, cube, date(2000, 1, 1)).schema) for cube in wanted}


@contextmanager
def _engine(frames: Mapping[str, pl.DataFrame]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of its own that knows every table of the contract, those not given without rows."""
    # One thread: sums of fractions come out the same to the last bit, so the same tables give the same bytes.
    with duckdb.connect(":memory:", config={"threads": 1}) as engine:
        for name in TABLES:
            # A month of an older version may lack columns of today.
            rows = conform(name, frames[name]) if name in frames else empty(name)
            engine.register(name, rows.to_arrow())
        yield engine


def _run(engine: duckdb.DuckDBPyConnection, cube: Cube, month: date) -> pl.DataFrame:
    known = {"month": month, "month_end": month_end(month)}
    (statement,) = duckdb.extract_statements(cube.sql)
    params = {name: known[name] for name in statement.named_parameters}
    frame: pl.DataFrame = engine.sql(cube.sql, params=params).pl()
    return frame.sort(frame.columns)
