"""Mapping files: what a foreign export's files, columns, words and dates mean in the contract.

A mapping is TOML with one [[source]] for each table that a kind of file feeds:

    file        pattern of the file's name, such as "cases_*.csv"
    table       table of the contract
    columns     { "source column" = "contract column" }, or a list of contract columns
    constants   { contract column = value } for what the file does not say
    dates       { "source column" = format or list of formats }, as of strftime; ISO without
    values      { "source column" = { "word" = "meaning" } }; other words stay as they are
    township    source column of names, found in the profile by name, short form or alias
    committee, class    likewise
    month       source column of the month that a row belongs to
    encoding    of a CSV; without it: byte order mark, UTF-8, GB18030
    thousands   separator taken out of numbers, such as ","
    cutoff      true: cases as they were known at the end of each month (grievances)
    distinct    true: equal rows once
    aggregate   "sum": rows of the same key added
    drop        ["closed_before_received"]: dropped and counted (grievances)
"""

import tomllib
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field, fields
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from data.messages import IntakeError
from data.tables import TABLES

# Keys of a source that name a column whose texts are names of the profile, and the contract column they fill.
NAMED = {"township": "township_code", "committee": "committee_id", "class": "class_id"}
_DROPS = ("closed_before_received",)
_SHAPES: dict[str, type | tuple[type, ...]] = {
    "file": str,
    "table": str,
    "columns": dict,
    "constants": dict,
    "dates": dict,
    "values": dict,
    "township": str,
    "committee": str,
    "class": str,
    "month": str,
    "encoding": str,
    "thousands": str,
    "aggregate": str,
    "cutoff": bool,
    "distinct": bool,
    "drop": list,
}


@dataclass(frozen=True)
class Source:
    """One table out of one kind of file. `columns` and `named` go from contract column to source column."""

    file: str
    table: str
    columns: Mapped[str, str]
    named: Mapped[str, str] = field(default_factory=dict)
    constants: Mapped[str, str] = field(default_factory=dict)
    dates: Mapped[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapped[str, Mapped[str, str]] = field(default_factory=dict)
    month: str | None = None
    encoding: str | None = None
    thousands: str | None = None
    aggregate: str | None = None
    cutoff: bool = False
    distinct: bool = False
    drop: tuple[str, ...] = ()

    def takes(self, path: Path) -> bool:
        """Whether the file is one of this source."""
        return fnmatchcase(path.name, self.file)

    @property
    def needed(self) -> set[str]:
        """Every source column that must be there."""
        wanted = {*self.columns.values(), *self.named.values()}
        return wanted | ({self.month} if self.month else set())


def load_mapping(path: Path) -> tuple[Source, ...]:
    """The sources of a mapping file, in order; IntakeError names the entry that cannot be used."""
    try:
        body = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError:
        raise IntakeError("intake_file_absent", file=path.name) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise IntakeError("mapping_unreadable", file=path.name) from None
    entries = body.pop("source", [])
    if body or not isinstance(entries, list) or not entries:
        raise _wrong(path, ", ".join(body) or "source")
    return tuple(_source(path, entry) for entry in entries)


def _source(path: Path, entry: dict[str, Any]) -> Source:
    for key, value in entry.items():
        if key not in _SHAPES or not isinstance(value, _SHAPES[key]):
            raise _wrong(path, key)
    for key in ("file", "table"):
        if key not in entry:
            raise _wrong(path, key)
    table = TABLES.get(entry["table"])
    if table is None or table.origin != "ledger":
        raise _wrong(path, "table")
    made = {item.name: entry[item.name] for item in fields(Source) if item.name in entry}
    made["columns"] = _turned(path, entry.get("columns", {}))
    made["named"] = {column: entry[key] for key, column in NAMED.items() if key in entry}
    made["constants"] = {name: _text(value) for name, value in entry.get("constants", {}).items()}
    made["dates"] = {name: _formats(path, value) for name, value in entry.get("dates", {}).items()}
    made["values"] = {name: _words(path, value) for name, value in entry.get("values", {}).items()}
    made["drop"] = tuple(entry.get("drop", ()))
    source = Source(**made)
    _refuse_unusable(path, source)
    return source


def _refuse_unusable(path: Path, source: Source) -> None:
    table = TABLES[source.table]
    filled = [*source.columns, *source.named, *source.constants]
    problems = {
        "columns": [name for name in filled if name not in table.schema or filled.count(name) > 1],
        "dates": [name for name in source.dates if name not in source.needed],
        "values": [name for name in source.values if name not in source.needed],
        "drop": [name for name in source.drop if name not in _DROPS or source.table != "grievances"],
        "aggregate": [source.aggregate] if source.aggregate not in (None, "sum") else [],
        "cutoff": ["cutoff"] if source.cutoff and source.table != "grievances" else [],
    }
    for key, names in problems.items():
        if names:
            raise _wrong(path, f"{key}: {', '.join(map(str, names))}")


def _turned(path: Path, columns: Mapped[str, Any]) -> dict[str, str]:
    """Source column = contract column (or several), turned round."""
    turned: dict[str, str] = {}
    for source, targets in columns.items():
        for target in targets if isinstance(targets, list) else [targets]:
            if not isinstance(target, str) or target in turned:
                raise _wrong(path, f"columns: {source}")
            turned[target] = source
    return turned


def _formats(path: Path, value: Any) -> tuple[str, ...]:
    formats = value if isinstance(value, list) else [value]
    if not formats or not all(isinstance(form, str) and "%" in form for form in formats):
        raise _wrong(path, "dates")
    return tuple(formats)


def _words(path: Path, value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _wrong(path, "values")
    return {word: _text(meaning) for word, meaning in value.items()}


def _text(value: Any) -> str:
    """A TOML value as the text a ledger would hold."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _wrong(path: Path, entry: str) -> IntakeError:
    return IntakeError("mapping_entry", file=path.name, entry=entry)
