"""The tables of a snapshot: columns, types, keys and allowed values, and nothing else."""

from dataclasses import dataclass
from typing import Literal

import polars as pl

Origin = Literal["ledger", "profile"]
STAMP = pl.Datetime("us")


@dataclass(frozen=True)
class Column:
    """One column. `allowed` empty = any value; `is_month` = a DATE that is written as 2026-10.

    `is_optional` = a ledger may do without it: nobody is told that it is not there.
    """

    name: str
    dtype: pl.DataType
    nullable: bool = False
    allowed: tuple[str, ...] = ()
    is_month: bool = False
    is_optional: bool = False


@dataclass(frozen=True)
class Table:
    """One table: `key` names the columns that tell its rows apart (a null in a key is a value)."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    origin: Origin = "ledger"

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Column name to Polars type, in the order in which the table is written."""
        return {column.name: column.dtype for column in self.columns}

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if the table has none."""
        return {column.name: column for column in self.columns}[name]


def _columns(dtype: pl.DataType, names: str, *, nullable: bool = False) -> tuple[Column, ...]:
    return tuple(Column(name, dtype, nullable) for name in names.split())


def _text(names: str) -> tuple[Column, ...]:
    return _columns(pl.String(), names)


def _maybe(dtype: pl.DataType, names: str) -> tuple[Column, ...]:
    return _columns(dtype, names, nullable=True)


def _one_of(name: str, allowed: str, *, nullable: bool = False) -> tuple[Column, ...]:
    return (Column(name, pl.String(), nullable, tuple(allowed.split())),)


PROVENANCE = (
    *_maybe(pl.String(), "file sheet"),
    *_maybe(pl.Int64(), "row"),
    *_maybe(pl.String(), "column"),
)

_ENTERPRISES = (
    *_text("enterprise_id name township_code"),
    *_maybe(pl.String(), "committee_id"),
    *_columns(pl.Boolean(), "is_operating"),
    *_maybe(pl.Boolean(), "is_eligible is_above_scale"),
    *_maybe(pl.Int64(), "workers members_full members_probationary"),
    *_one_of("org_form", "sole joint regional seconded incubated none"),
    *_maybe(pl.String(), "org_name"),
    *_maybe(pl.Date(), "org_approved_on"),
    *_maybe(pl.Boolean(), "has_instructor has_liaison has_mass_org"),
    *_maybe(
        pl.Boolean(), "ledger_operations ledger_staff ledger_members ledger_investors ledger_organisation"
    ),
    # of the place of business
    Column("longitude", pl.Float64(), nullable=True, is_optional=True),
    Column("latitude", pl.Float64(), nullable=True, is_optional=True),
)

_FIGURES = (
    *_text("indicator_id"),
    *_maybe(pl.String(), "township_code committee_id"),
    *_columns(pl.Float64(), "value"),
    *_one_of("qualifier", "余 约 近 以上", nullable=True),
    *_maybe(pl.Date(), "period_start"),
    *_columns(pl.Date(), "period_end"),
)

_STATIONS = (
    *_text("station_id name township_code"),
    *_maybe(pl.String(), "station_type host"),
    *_maybe(pl.Date(), "opened_on closed_on"),
    *_maybe(pl.Float64(), "longitude latitude"),
    *_maybe(pl.Boolean(), "kit_cooling kit_microwave kit_water kit_charging kit_seating kit_medicine"),
)

_SERVICES = (*_text("station_id service_type"), *_columns(pl.Int64(), "person_times"))

_GRIEVANCES = (
    *_text("case_id"),
    *_maybe(pl.String(), "township_code committee_id"),
    *_text("class_id"),
    *_maybe(pl.String(), "kind channel department"),
    *_columns(STAMP, "received_at"),
    *_maybe(STAMP, "due_at closed_at"),
    *_one_of("status", "open closed withdrawn invalid duplicate"),
    *_maybe(pl.Boolean(), "is_resolved"),
    *_maybe(pl.String(), "satisfaction judged_by"),
    *_maybe(pl.Boolean(), "reopened"),
)

_TASKS = (
    *_text("task_id"),
    *_one_of("list", "职责 服务 监督 问题 会议议定"),
    *_text("title"),
    *_maybe(pl.String(), "department township_code"),
    *_maybe(pl.Date(), "due_on"),
    *_one_of("status", "未启动 推进中 已完成待验 已销号 逾期"),
    *_maybe(pl.Date(), "closed_on"),
    *_maybe(pl.Float64(), "progress"),
)

_TARGETS = (
    *_text("indicator_id"),
    *_maybe(pl.String(), "township_code"),
    Column("month", pl.Date(), is_month=True),
    *_columns(pl.Float64(), "value"),
)

_TOWNSHIPS = (
    *_text("township_code township"),
    *_maybe(pl.String(), "kind"),
    *_columns(pl.Int64(), "sort_order"),
    *_columns(pl.Date(), "valid_from"),
    *_maybe(pl.Date(), "valid_to"),
    *_maybe(pl.String(), "successor short_name"),
)

_COMMITTEES = (
    *_text("committee_id committee"),
    *_maybe(pl.String(), "lead_department short_name"),
    *_maybe(pl.Int64(), "sort_order"),
)

_CLASSES = (
    *_text("class_id class_name"),
    *_maybe(pl.Int64(), "limit"),
    *_one_of("unit", "工作日 自然日 小时", nullable=True),
    *_one_of("start", "当日 次日", nullable=True),
)

_HOLIDAYS = (
    *_columns(pl.Date(), "date"),
    *_columns(pl.Boolean(), "is_workday"),
    *_maybe(pl.String(), "name"),
)

_ALIASES = _text("alias township_code")

_EVENTS = (
    *_columns(pl.Date(), "date"),
    *_text("title"),
    *_maybe(pl.String(), "indicator_id"),
)


def _ledger(name: str, key: str, columns: tuple[Column, ...]) -> Table:
    return Table(name, tuple(key.split()), columns + PROVENANCE)


def _profile(name: str, key: str, columns: tuple[Column, ...]) -> Table:
    return Table(name, tuple(key.split()), columns, "profile")


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _ledger("enterprises", "enterprise_id", _ENTERPRISES),
        _ledger("figures", "indicator_id township_code committee_id", _FIGURES),
        _ledger("stations", "station_id", _STATIONS),
        _ledger("station_services", "station_id service_type", _SERVICES),
        _ledger("grievances", "case_id", _GRIEVANCES),
        _ledger("tasks", "task_id", _TASKS),
        _ledger("targets", "indicator_id township_code month", _TARGETS),
        _profile("townships", "township_code", _TOWNSHIPS),
        _profile("committees", "committee_id", _COMMITTEES),
        _profile("classes", "class_id", _CLASSES),
        _profile("holidays", "date", _HOLIDAYS),
        _profile("aliases", "alias", _ALIASES),
        _profile("events", "date title", _EVENTS),
    )
}


def conform(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with exactly the table's columns, order and types; absent nullable columns become null.

    Raises polars errors on a missing required column or a value that does not cast: check first.
    """
    present = set(frame.columns)
    return frame.select(
        pl.lit(None, dtype=column.dtype).alias(column.name)
        if column.nullable and column.name not in present
        else pl.col(column.name).cast(column.dtype)
        for column in TABLES[table].columns
    )


def empty(table: str) -> pl.DataFrame:
    """A frame of the table's schema without rows."""
    return pl.DataFrame(schema=TABLES[table].schema)
