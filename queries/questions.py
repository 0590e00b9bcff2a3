"""The questions that can be asked: one .sql file each, whose header declares parameters and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from data import LENT, NuanxinError

FOLDER = Path(__file__).parent
# The runner finds these itself; nobody asks for them.
INNER = re.compile(r"\(from the (?:registry|profile|other queries)\)$")
# Such a parameter is told from the answers of other questions.
COMPOSED = "(from the other queries)\n"
BASIS = "basis_month"
INCLUDE = re.compile(r"^-- include: (\w+)\n", re.MULTILINE)
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
INTERNAL = re.compile(r"^-- internal: (.+)$", re.MULTILINE)
ROWS = re.compile(r"^-- rows: (\w+(?:, *\w+)*)$", re.MULTILINE)
COLUMN = re.compile(r"^--   (\w+) (\w+)(?: +(.+))?$", re.MULTILINE)


class QueryError(NuanxinError):
    """A question that cannot be answered as it was asked."""


@dataclass(frozen=True)
class Query:
    """One question: what it is for, what it takes, and the columns of its answer with their notes.

    `inner` are parameters that the registry, the profile or other queries fill in, beside those asked with.
    `rows` are ledgers whose rows of the month it reads, which no other query sees.
    """

    id: str
    purpose: Mapping[str, str]
    grain: str
    parameters: Mapping[str, str]
    required: frozenset[str]
    inner: frozenset[str]
    rows: frozenset[str]
    schema: pl.Schema
    columns: Mapping[str, str]
    sql: str

    @property
    def is_internal(self) -> bool:
        """Whether only the county's own staff may ask it: it shows single rows, or more than sums do."""
        return bool(self.rows) or bool(INTERNAL.search(self.sql))

    @property
    def is_composed(self) -> bool:
        """Whether it is told from the answers of other questions."""
        return COMPOSED in self.sql


class Questions(Mapping[str, Query]):
    """Query id -> Query, read afresh from the folder: an edited file never stays old in a running server."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    def __getitem__(self, query: str) -> Query:
        path = self._folder / f"{query}.sql"
        if not re.fullmatch(r"[a-z_]+", query) or not path.is_file():
            raise KeyError(query)
        return parsed(query, self._whole(path.read_text(encoding="utf-8")))

    def _whole(self, text: str) -> str:
        """The text with the parts that it shares with other questions written out; parts may have parts."""
        while INCLUDE.search(text):
            text = INCLUDE.sub(
                lambda found: (self._folder / "parts" / f"{found[1]}.sql").read_text("utf-8"), text
            )
        return text

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
    named = {name: note for name, note in PARAMETER.findall(text) if name != BASIS}
    inner = frozenset(name for name, note in named.items() if INNER.search(note))
    parameters = {name: note for name, note in named.items() if name not in inner}
    return Query(
        id=query,
        purpose={"en": purpose[1], "zh": purpose_zh[1]},
        grain=grain[1],
        parameters=parameters,
        required=frozenset(name for name, note in parameters.items() if "(required)" in note),
        inner=inner,
        rows=_rows(query, text),
        schema=pl.Schema({name: TYPES[kind] for name, kind, _ in columns}),
        columns={name: note for name, _, note in columns},
        sql=text,
    )


def _rows(query: str, text: str) -> frozenset[str]:
    """The ledgers that a header names; QueryError query_header for one whose rows are not lent."""
    found = ROWS.search(text)
    named = frozenset(re.findall(r"\w+", found[1])) if found else frozenset()
    if not named <= set(LENT):
        raise QueryError("query_header", file=f"{query}.sql")
    return named
