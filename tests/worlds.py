"""Small worlds for the oracle: a county whose townships merge and end, with months and tables missing."""

from __future__ import annotations

import os
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import duckdb
import polars as pl
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from data import LENT, cubes
from data.tables import TABLES, conform
from tests.oracle import KIT, Row, World

BIG = os.environ.get("NUANXIN_HYPOTHESIS") == "big"
MONTHS = (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1))
LONG_AGO = date(2020, 1, 1)
COMMITTEES = ("C1", "C2")
CLASSES = ("G1", "G2")
# What was said of a closed case: a few of all ways.
VERDICTS = [
    {"reopened": again, "is_resolved": solved, "satisfaction": word, "judged_by": judge}
    for again, solved, word, judge in (
        *(
            (None, None, None, None),
            (True, True, "满意", "petitioner"),
            (False, False, "不满意", "petitioner"),
        ),
        *((False, True, "基本满意", "department"), (True, None, "满意", "petitioner")),
        *((None, False, None, "petitioner"), (False, True, "非常满意", None)),
    )
]
FIGURES = (
    *("workers", "members_full", "members_probationary", "applicants", "hazards"),
    # cumulative, and with a target for the year
    *("publicity", "orgs_new"),
)


def small(examples: int) -> settings:
    """The same few examples on every run; many and random ones, made small, with NUANXIN_HYPOTHESIS=big."""
    phases = (Phase.explicit, Phase.generate)
    return settings(
        phases=(*phases, Phase.shrink) if BIG else phases,
        max_examples=examples * 20 if BIG else examples,
        derandomize=not BIG,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def _township(code: str, order: int, start: date, end: date | None, successor: str | None) -> Row:
    return {
        "township_code": code,
        "township": f"{code}镇",
        "kind": "镇",
        "sort_order": order,
        "valid_from": start,
        "valid_to": end,
        "successor": successor,
        "short_name": None,
    }


# Not in the order of their codes. MID merges into NEW in February; END ends in March with no successor.
TOWNSHIPS = (
    _township("BAY", 2, LONG_AGO, None, None),
    _township("ASH", 1, LONG_AGO, None, None),
    _township("MID", 3, LONG_AGO, date(2026, 2, 10), "NEW"),
    _township("NEW", 4, date(2026, 2, 11), None, None),
    _township("END", 5, LONG_AGO, date(2026, 3, 15), None),
)
PROFILE: dict[str, list[Row]] = {
    "townships": list(TOWNSHIPS),
    "committees": [
        {
            "committee_id": "C1",
            "committee": "快递",
            "lead_department": None,
            "short_name": None,
            "sort_order": 2,
        },
        {
            "committee_id": "C2",
            "committee": "外卖",
            "lead_department": None,
            "short_name": None,
            "sort_order": 1,
        },
    ],
    "classes": [
        {"class_id": name, "class_name": f"类{name}", "limit": None, "unit": None, "start": None}
        for name in CLASSES
    ],
    "holidays": [],
    "aliases": [],
    "events": [],
}


def valid(day: date) -> list[str]:
    """Codes of the townships valid on that day."""
    return [
        row["township_code"]
        for row in TOWNSHIPS
        if row["valid_from"] <= day and (row["valid_to"] is None or row["valid_to"] >= day)
    ]


def last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


maybe = st.sampled_from([None, True, False])
committee = st.sampled_from([None, *COMMITTEES])


def enterprises(month: date, least: int = 0) -> st.SearchStrategy[list[Row]]:
    row = st.fixed_dictionaries(
        {
            "township_code": st.sampled_from(valid(last_day(month))),
            "committee_id": committee,
            "is_operating": st.sampled_from([True, True, False]),
            "is_eligible": maybe,
            "workers": st.sampled_from([None, 5, 20]),
            "is_above_scale": maybe,
            "members_full": st.sampled_from([None, 0, 1, 3]),
            "members_probationary": st.sampled_from([None, 0, 1]),
            "org_form": st.sampled_from(["sole", "joint", "regional", "seconded", "incubated", "none"]),
            "org_approved_on": st.sampled_from([None, LONG_AGO]),
            "has_instructor": maybe,
            "has_liaison": maybe,
            "has_mass_org": maybe,
        }
    )
    return st.lists(row, min_size=least, max_size=least + 8).map(
        lambda rows: [
            {"enterprise_id": f"E{n}", "name": f"企业{n}", "org_name": None} | row | clear(row) | at(n, row)
            for n, row in enumerate(rows)
        ]
    )


def clear(row: Row) -> Row:
    """Which of the five ledgers are kept: told by what is drawn already, since a draw has its price."""
    kept = {"ledger_staff": row["has_liaison"], "ledger_members": row["is_eligible"]}
    return {f"ledger_{name}": None for name in ("operations", "investors", "organisation")} | kept


# Some hundred metres apart, and a village far off; without one degree, swapped, and too far from the rest.
PLACES: tuple[tuple[float | None, float | None], ...] = (
    *((120.5, 31.5), (120.505, 31.5), (120.509, 31.5), (120.5, 31.507), (120.5, 31.5076)),
    *((120.53, 31.52), (120.533, 31.52), (120.536, 31.523), (120.6, 31.6)),
    *((None, None), (120.5, None), (31.5, 120.5), (121.7, 31.5)),
)


def at(number: int, row: Row) -> Row:
    """Where something stands: told by what is drawn already."""
    sign = sum(ord(letter) for letter in row["township_code"]) + (row.get("workers") or 0)
    longitude, latitude = PLACES[(number * 5 + sign) % len(PLACES)]
    return {"longitude": longitude, "latitude": latitude}


def figures(month: date, least: int = 0) -> st.SearchStrategy[list[Row]]:
    key = st.tuples(st.sampled_from(FIGURES), st.sampled_from([None, *valid(last_day(month))]), committee)
    value = st.tuples(st.integers(0, 9), st.sampled_from([None, None, "余", "约", "近", "以上"]))
    return st.dictionaries(key, value, min_size=least, max_size=least + 14).map(
        lambda found: [
            {
                "indicator_id": indicator,
                "township_code": township,
                "committee_id": body,
                "value": float(number),
                "qualifier": qualifier,
                "period_start": None,
                "period_end": last_day(month),
            }
            for (indicator, township, body), (number, qualifier) in found.items()
        ]
    )


def stations(month: date) -> st.SearchStrategy[list[Row]]:
    end = last_day(month)
    dates = st.sampled_from(
        [
            *((None, None), (LONG_AGO, None), (month.replace(day=10), None), (end, None)),
            *((LONG_AGO, end), (None, month.replace(day=20)), (LONG_AGO, LONG_AGO)),
            (LONG_AGO, end + timedelta(3)),
        ]
    )
    kinds = st.sampled_from([None, "驿站", "微家"])
    places = st.lists(st.tuples(st.sampled_from(valid(end)), dates, kinds, maybe), max_size=5)
    return places.map(
        lambda rows: [
            {"station_id": f"S{n}", "name": f"驿站{n}", "township_code": code, "opened_on": a, "closed_on": b}
            | {"station_type": kind}
            | dict.fromkeys(KIT, True)
            | {"kit_water": water}
            | at(n, {"township_code": code})
            for n, (code, (a, b), kind, water) in enumerate(rows)
        ]
    )


def services(listed: list[Row]) -> st.SearchStrategy[list[Row]]:
    if not listed:
        return st.just([])
    key = st.tuples(st.sampled_from([r["station_id"] for r in listed]), st.sampled_from(["充电", "饮水"]))
    return st.dictionaries(key, st.sampled_from([0, 0, 1, 7]), max_size=8).map(
        lambda found: [
            {"station_id": station, "service_type": kind, "person_times": times}
            for (station, kind), times in found.items()
        ]
    )


@st.composite
def grievance(draw: st.DrawFn, end: date, number: int) -> Row:
    hours = st.sampled_from([0, 0, 9, 17])

    def moment(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, draw(hours))

    received = moment(
        end - timedelta(days=draw(st.sampled_from([0, 1, 3, 4, 15, 16, 40, 300, 364, 365, 420])))
    )
    status = draw(
        st.sampled_from(["open", "closed", "closed", "closed", "withdrawn", "invalid", "duplicate"])
    )
    took = timedelta(days=draw(st.sampled_from([0, 1, 2, 2, 7, 30])))
    closed = datetime.combine((received + took).date(), received.time()) if status == "closed" else None
    if closed is not None and took and draw(st.booleans()):
        closed = moment(closed.date())
    due_in = draw(st.sampled_from([None, 0, 1, 2, 7, 15, 30]))
    return {
        "case_id": f"Z{number}",
        "township_code": draw(st.sampled_from([None, *valid(received.date())])),
        "committee_id": draw(committee),
        "class_id": draw(st.sampled_from(CLASSES)),
        "received_at": received,
        "due_at": None if due_in is None else moment(received.date() + timedelta(days=due_in)),
        "closed_at": closed,
        "status": status,
    } | draw(st.sampled_from(VERDICTS))


def grievances(month: date, least: int = 0) -> st.SearchStrategy[list[Row]]:
    count = st.integers(least, least + 10)
    return count.flatmap(lambda n: st.tuples(*(grievance(last_day(month), i) for i in range(n)))).map(list)


def targets(month: date) -> st.SearchStrategy[list[Row]]:
    names = st.sampled_from(["org_cov_total", "on_time", "members", "publicity", "orgs_new", "overdue_open"])
    key = st.tuples(names, st.sampled_from([None, None, *valid(last_day(month))]))
    value = st.tuples(st.sampled_from([0.5, 0.9]), st.sampled_from([1, 4, 20]))
    return st.dictionaries(key, value, max_size=8).map(
        lambda found: [
            {
                "indicator_id": name,
                "township_code": code,
                "month": month,
                "value": rate if name in {"org_cov_total", "on_time"} else float(count),
            }
            for (name, code), (rate, count) in found.items()
        ]
    )


def tasks(month: date) -> st.SearchStrategy[list[Row]]:
    end = last_day(month)
    row = st.tuples(
        st.sampled_from([None, *valid(end)]),
        st.sampled_from([end - timedelta(1), end, end + timedelta(1), None]),
        st.sampled_from(["未启动", "推进中", "已完成待验", "已销号", "逾期"]),
        st.sampled_from(["职责", "问题", "会议议定"]),
    )
    return st.lists(row, max_size=4).map(
        lambda rows: [
            {
                "task_id": f"T{n}",
                "list": name,
                "title": f"任务{n}",
                "department": (None, "甲局", "乙局")[n % 3],
                "township_code": code,
                "due_on": due,
                "status": status,
                "closed_on": due if status == "已销号" else None,
                "progress": 0.5,
            }
            for n, (code, due, status, name) in enumerate(rows)
        ]
    )


def edges(month: date) -> dict[str, list[Row]]:
    """What chance seldom makes: closed at the minute of the deadline, too old for the cohort, due today."""
    end, nine = last_day(month), timedelta(hours=9)
    start = datetime(month.year, month.month, 1)
    case = {"township_code": "BAY", "committee_id": "C1", "class_id": "G1", "status": "closed"}
    moment = start + timedelta(days=2) + nine
    old = start - timedelta(days=350)
    task = {"task_id": "EDGE", "list": "职责", "title": "到期", "due_on": end, "status": "推进中"}
    return {
        "grievances": [
            case | {"case_id": "EDGE1", "received_at": start + nine, "due_at": moment, "closed_at": moment},
            case | {"case_id": "EDGE2", "received_at": old, "closed_at": old + timedelta(days=3)},
        ],
        "tasks": [task],
    }


@st.composite
def worlds(draw: st.DrawFn, *, dense: bool = False) -> World:
    """Two to four months of 2026, each with some of its tables; dense = all of them, with many rows."""
    months = draw(st.lists(st.sampled_from(MONTHS), min_size=2, max_size=4, unique=True))
    return {month: draw(snapshots(month, dense)) for month in (MONTHS if dense else sorted(months))}


@st.composite
def snapshots(draw: st.DrawFn, month: date, dense: bool) -> dict[str, list[Row]]:
    """The tables of one month: about one in six was not reported."""
    tables = {
        "enterprises": draw(enterprises(month, 8 * dense)),
        "figures": draw(figures(month, 12 * dense)),
        "stations": draw(stations(month)),
        "grievances": draw(grievances(month, 25 * dense)),
        "targets": draw(targets(month)),
        "tasks": draw(tasks(month)),
    }
    tables["station_services"] = draw(services(tables["stations"]))
    if dense:
        for name, rows in edges(month).items():
            tables[name] += [{column: row.get(column) for column in TABLES[name].schema} for row in rows]
    kept = {name: placed(rows) for name, rows in tables.items() if dense or draw(st.integers(0, 5))}
    if "stations" not in kept:
        kept.pop("station_services", None)
    return {**kept, **PROFILE}


def placed(rows: list[Row]) -> list[Row]:
    """The rows with files, sheets and lines to have come from, some without."""
    places = (("甲.xlsx", "一"), ("甲.xlsx", "二"), ("乙.csv", None), (None, None))
    return [
        row | {"file": places[n % 4][0], "sheet": places[n % 4][1], "row": n + 4 if n % 5 else None}
        for n, row in enumerate(rows)
    ]


def frames(tables: Mapping[str, list[Row]]) -> dict[str, pl.DataFrame]:
    """The tables of a month in the contract's types; what a row leaves out is null."""
    return {name: frame(name, rows) for name, rows in tables.items()}


def frame(table: str, rows: list[Row]) -> pl.DataFrame:
    schema = TABLES[table].schema
    full = [{column: row.get(column) for column in schema} for row in rows]
    return conform(table, pl.DataFrame(full, schema=schema, orient="row"))


class Warehouse:
    """The tables that queries read, filled by the real builder of cubes but without a store."""

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        self._engine = duckdb.connect(":memory:", config={"threads": 1})
        for name, rows in tables.items():
            self.put(name, rows)

    def put(self, name: str, rows: pl.DataFrame) -> None:
        """Fill one table, replacing what it held."""
        self._engine.register("incoming", rows.to_arrow())
        self._engine.execute(f"create or replace table {name} as select * from incoming")
        self._engine.unregister("incoming")

    def query(self, sql: str, params: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """The rows of one select."""
        rows: pl.DataFrame = self._engine.sql(sql, params=dict(params or {})).pl()
        return rows


def warehouse(world: World, folder: Any = cubes.FOLDER) -> Warehouse:
    """A world as the store would show it: every month's cubes, profile, listed tables, what was reported."""
    parts: dict[str, list[pl.DataFrame]] = {name: [blank(schema)] for name, schema in schemas().items()}
    for month, tables in world.items():
        typed = frames(tables)
        built = cubes.build(typed, month, folder)
        reported = pl.DataFrame({"table_name": list(tables)}, schema={"table_name": pl.String()})
        shown = {name: rows for name, rows in typed.items() if name in listed()}
        for name, rows in {**shown, **built, "reported": reported}.items():
            own = rows.drop("month") if "month" in rows.columns else rows
            parts[name].append(own.select(pl.lit(month).alias("month"), pl.all()))
    return Warehouse({name: pl.concat(found) for name, found in parts.items()})


def listed() -> set[str]:
    """Tables whose rows queries may read, some lent to those that name them; the others are cubes only."""
    return {name for name, table in TABLES.items() if table.origin == "profile"} | {"tasks", "targets", *LENT}


@cache
def schemas() -> dict[str, dict[str, pl.DataType]]:
    """Every table that a query may read: its columns beside the month."""
    rows = {
        name: {column: dtype for column, dtype in TABLES[name].schema.items() if column != "month"}
        for name in listed()
    }
    return {**cubes.schemas(), **rows, "reported": {"table_name": pl.String()}}


def blank(schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame(schema={"month": pl.Date(), **schema})
