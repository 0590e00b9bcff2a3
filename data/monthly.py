"""The rows of a foreign export that belong to one month, with an account of those that do not."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl

from data.contract import month_end
from data.mapping import Source
from data.tables import PROVENANCE, TABLES, conform

# A month knows the cases received in it and in the twelve months before.
_MONTHS_BACK = 12


@dataclass(frozen=True)
class Rows:
    """All rows of one source in the contract's types; `_month` is a column where the source has one."""

    source: Source
    file: str
    frame: pl.DataFrame
    read: int
    dropped: dict[str, int]


@dataclass(frozen=True)
class Account:
    """Where the rows of a file went in a month: `read` = `used` + the sum of `left_out` (reason -> rows)."""

    file: str
    table: str
    month: date
    read: int
    used: int
    left_out: dict[str, int]


def rows_of_month(rows: Rows, month: date) -> tuple[pl.DataFrame, Account]:
    """The table's rows for the month, in the contract's schema, and the account of every row read."""
    source, frame, left_out = rows.source, rows.frame, dict(rows.dropped)

    def passed(reason: str, kept: pl.DataFrame) -> pl.DataFrame:
        if frame.height > kept.height:
            left_out[reason] = frame.height - kept.height
        return kept

    if source.month:
        frame = passed("other_month", frame.filter(pl.col("_month") == month))
    if source.cutoff:
        frame = passed("not_yet_received", _received_by(frame, month))
        frame = passed("settled_earlier", as_known(frame, month))
    frame = conform(source.table, frame)
    if source.distinct:
        own = [name for name in frame.columns if name not in {column.name for column in PROVENANCE}]
        frame = passed("same_row", frame.unique(own, keep="first", maintain_order=True))
    if source.aggregate:
        frame = passed("added_up", added_up(source.table, frame))
    return frame, Account(rows.file, source.table, month, rows.read, frame.height, left_out)


def _received_by(frame: pl.DataFrame, month: date) -> pl.DataFrame:
    return frame.filter(pl.col("received_at").dt.date() <= month_end(month))


def as_known(cases: pl.DataFrame, month: date) -> pl.DataFrame:
    """Cases as they stood at the month's end: closed later = open, and nothing is known of the outcome yet.

    Kept are those received in the last 13 months or open at any time of the month.
    """
    last, first = month_end(month), datetime(month.year, month.month, 1)
    since = (first - timedelta(days=1)).replace(day=1)
    for _ in range(_MONTHS_BACK - 1):
        since = (since - timedelta(days=1)).replace(day=1)
    later = (pl.col("closed_at").dt.date() > last).fill_null(False)
    outcome = [
        name for name in ("closed_at", "is_resolved", "satisfaction", "judged_by") if name in cases.columns
    ]
    recent = pl.col("received_at") >= since
    was_open = (pl.col("status") == "open") | (pl.col("closed_at") >= first)
    known = cases.with_columns(
        pl.when(later).then(pl.lit("open")).otherwise("status").alias("status"),
        *(pl.when(~later).then(name).alias(name) for name in outcome),
    )
    return known.filter(recent | was_open.fill_null(False))


def added_up(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of the same key made one: measures are added, anything else is taken from the first."""
    key = list(TABLES[table].key)
    measures = [
        column.name
        for column in TABLES[table].columns
        if column.dtype.is_numeric() and column.name not in {"row", "longitude", "latitude", *key}
    ]
    rest = [name for name in frame.columns if name not in {*key, *measures}]
    summed = frame.group_by(key, maintain_order=True).agg(
        *(pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in measures),
        *(pl.col(name).first() for name in rest),
    )
    return summed.select(frame.columns)
