"""The questions that can be asked: one .sql file each, whose header declares parameters and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from data import NuanxinError

FOLDER = Path(__file__).parent
# The runner finds this one itself; nobody asks for it.
INNER = "basis_month"
TYPES: dict[str, pl.DataType] = {
    "varchar": pl.String(),
    "bigint": pl.Int64(),
    "double": pl.Float64(),
    "date": pl.Date(),
    "boolean": pl.Boolean(),
}
PURPOSE = re.compile(r"^-- purpose: (.+)$", re.MULTILINE)
PURPOSE_ZH = re.compile(r"^-- 用途：(.+)$", re.MULTILINE)
GRAIN = re.compile(r"^-- one row per (.+)$", re.MULTILINE)
PARAMETER = re.compile(r"^-- \$(\w+) +\S+ +(.+)$", re.MULTILINE)
COLUMN = re.compile(r"^--   (\w+) (\w+)(?: +(.+))?$", re.MULTILINE)


class QueryError(NuanxinError):
    """A question that cannot be answered as it was asked."""


@dataclass(frozen=True)
class Query:
    """One question: what it is for, what it takes, and the columns of its answer with their notes."""

    id: str
    purpose: Mapping[str, str]
    grain: str
    parameters: Mapping[str, str]
    required: frozenset[str]
    schema: pl.Schema
    columns: Mapping[str, str]
    sql: str


class Questions(Mapping[str, Query]):
    """Query id -> Query, read afresh from the folder: an edited file never stays old in a running server."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    def __getitem__(self, query: str) -> Query:
        path = self._folder / f"{query}.sql"
        if not re.fullmatch(r"[a-z_]+", query) or not path.is_file():
            raise KeyError(query)
        return parsed(query, path.read_text(encoding="utf-8"))

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(path.stem for path in self._folder.glob("*.sql")))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@lru_cache(maxsize=256)
def parsed(query: str, text: str) -> Query:
    """The question that a file states; QueryError query_header where its header lacks a line."""
    purpose, purpose_zh, grain = (pattern.search(text) for pattern in (PURPOSE, PURPOSE_ZH, GRAIN))
    columns = COLUMN.findall(text)
    if not (purpose and purpose_zh and grain and columns) or any(kind not in TYPES for _, kind, _ in columns):
        raise QueryError("query_header", file=f"{query}.sql")
    parameters = {name: note for name, note in PARAMETER.findall(text) if name != INNER}
    return Query(
        id=query,
        purpose={"en": purpose[1], "zh": purpose_zh[1]},
        grain=grain[1],
        parameters=parameters,
        required=frozenset(name for name, note in parameters.items() if "(required)" in note),
        schema=pl.Schema({name: TYPES[kind] for name, kind, _ in columns}),
        columns={name: note for name, _, note in columns},
        sql=text,
    )
