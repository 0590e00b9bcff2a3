"""What a snapshot may hold: the tables, and one check of all their rules."""

import calendar
from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from data.consistency import consistency, fell, profile_consistency
from data.figures import FIGURES, FRACTIONAL, RATES, TARGETS
from data.references import references
from data.rules import RULES, Breach, absent, breach, cells, structural
from data.tables import PROVENANCE, TABLES, Column, Table, conform, empty

__all__ = [
    "FIGURES",
    "FRACTIONAL",
    "PROVENANCE",
    "RATES",
    "RULES",
    "TABLES",
    "TARGETS",
    "Breach",
    "Column",
    "Table",
    "check",
    "conform",
    "empty",
    "month_end",
]


def month_end(month: date) -> date:
    """The last day of the month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def check(
    frames: Mapping[str, pl.DataFrame], month: date, *, previous: Mapping[str, pl.DataFrame] | None = None
) -> list[Breach]:
    """Every breach of every rule, in the order of the tables; an empty list = may be published.

    `frames` are the ledger tables of the month with the profile's tables; `previous` are those of the month
    before. A table whose columns or types are wrong is not read any further.
    """
    found: list[Breach] = [breach(name, None, "table_unknown") for name in frames if name not in TABLES]
    sound: dict[str, pl.DataFrame] = {}
    for name in (name for name in TABLES if name in frames):
        broken = list(structural(name, frames[name]))
        found += broken
        if not broken:
            found += absent(name, frames[name])
            sound[name] = conform(name, frames[name])
    found += _rules(sound, month, previous or {})
    return sorted(found, key=_reading_order)


def _reading_order(one: Breach) -> tuple[bool, int, str, str, int]:
    """Errors first, then table by table, file by file, sheet by sheet, row by row."""
    order = list(TABLES)
    table = order.index(one.table) if one.table in TABLES else len(order)
    return one.severity != "error", table, one.file or "", one.sheet or "", one.row or 0


def _rules(
    sound: Mapping[str, pl.DataFrame], month: date, previous: Mapping[str, pl.DataFrame]
) -> Iterator[Breach]:
    for name, frame in sound.items():
        yield from cells(name, frame)
    yield from references(sound, month_end(month))
    yield from consistency(sound, month, month_end(month))
    yield from profile_consistency(sound)
    if "figures" in sound and "figures" in previous:
        yield from fell(sound["figures"], previous["figures"], month)
