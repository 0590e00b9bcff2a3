"""Ledgers with one row a thing: enterprises, stations, grievances and tasks, as rows of the contract."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import polars as pl

from data.contract import month_end
from data.ledgers.findings import found
from data.ledgers.page import Page
from data.ledgers.values import Value
from data.tables import PROVENANCE, TABLES

Columns = dict[str, list[object]]


def records(page: Page, given: Mapping[str, str | None]) -> pl.DataFrame:
    """The sheet's rows in the contract's schema; `given` fills columns that the sheet does not have."""
    table = TABLES[page.match.kind.table]
    read: dict[str, list[Value]] = {}
    for one in page.match.kind.fields:
        column = page.match.column(one.name)
        if column:
            read[one.name] = page.values(column, one.type, one.vocabulary)
    _without_qualifiers(page, read)
    _ahead(page, read)
    columns: Columns = {name: [value.value for value in cells] for name, cells in read.items()}
    _members(columns)
    _statuses(columns)
    height = page.block.data.height
    for name, value in given.items():
        if name not in columns:
            columns[name] = [value] * height
    for name in ("due_at", "closed_at", "received_at"):
        if name in columns:
            columns[name] = [_stamp(value) for value in columns[name]]
    return pl.DataFrame(
        [
            pl.Series(column.name, columns.get(column.name, [None] * height), column.dtype, strict=False)
            for column in table.columns
            if column not in PROVENANCE and (column.name in columns or not column.nullable)
        ]
    ).with_columns(provenance(page))


def provenance(page: Page) -> list[pl.Series | pl.Expr]:
    """Where each row of a sheet came from."""
    return [
        pl.lit(page.file).alias("file"),
        pl.lit(page.sheet, pl.String).alias("sheet"),
        page.block.data["_row"].cast(pl.Int64).alias("row"),
        pl.lit(None, pl.String).alias("column"),
    ]


def _without_qualifiers(page: Page, read: Mapping[str, Sequence[Value]]) -> None:
    """A count of one thing is exact: 300余 is taken as 300 and said so."""
    for name, cells in read.items():
        for row, value in zip(page.rows, cells, strict=True):
            if value.qualifier:
                place = page.place(row, page.match.column(name))
                page.findings.append(found("qualifier_dropped", place, qualifier=value.qualifier))


def _ahead(page: Page, read: Mapping[str, Sequence[Value]]) -> None:
    """What was founded or opened after the month is told: a report knows nothing of the time after it."""
    last = month_end(page.month)
    for name in ("org_approved_on", "opened_on"):
        for row, value in zip(page.rows, read.get(name, ()), strict=False):
            if isinstance(value.value, date) and value.value > last:
                place = page.place(row, page.match.column(name))
                page.findings.append(found("day_ahead", place, value=value.value.isoformat()))


def _members(columns: Columns) -> None:
    """Where a ledger gives all members and those on probation, the full ones are the difference."""
    totals = columns.pop("members_total", None)
    if totals is None or "members_full" in columns:
        return
    probationary = columns.get("members_probationary", [None] * len(totals))
    columns["members_full"] = [
        total - part if isinstance(total, int) and isinstance(part, int) else None
        for total, part in zip(totals, probationary, strict=True)
    ]


def _statuses(columns: Columns) -> None:
    """重办中 is open and reopened."""
    statuses = columns.get("status", [])
    again = [status == "reopened" for status in statuses]
    if any(again):
        columns["status"] = ["open" if one else status for one, status in zip(again, statuses, strict=True)]
        reopened = columns.get("reopened", [None] * len(again))
        columns["reopened"] = [True if one else old for one, old in zip(again, reopened, strict=True)]


def _stamp(value: object) -> object:
    return datetime(value.year, value.month, value.day) if type(value) is date else value
