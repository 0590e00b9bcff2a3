"""附件: the full tables by township, each with the total that was published, no sum of parts."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from pages.shared.coverage import WORK
from pages.shared.deck.brief import Brief
from pages.shared.deck.closure import by_township
from pages.shared.deck.deck import Annex
from pages.shared.deck.exhibits import Cell, Column, Table, Value
from pages.shared.deck.members import remark
from pages.shared.deck.values import Row, count, decimal, is_masked, rate, total
from pages.shared.rates import ORGANISATION
from pages.shared.tasks.scope import COUNTS, summed
from pages.shared.view import View
from queries.words.formats import gap_units, plain_percent

CASES = ("received", "closed", "due", "on_time")


def coverage(brief: Brief) -> Annex | None:
    """Return both covers by township: enterprises, organised, worked, targets and what is missing."""
    view, name = brief.view, ORGANISATION[brief.view.filters.denominator]
    now = view.ask("coverage_by_month").row(-1, named=True)
    if not now["enterprises"]:
        return None
    targets = {} if view.filters.committees else view.targets(name)
    rows = [
        _covered(view, view.name("township", row["township_code"]), row, targets.get(row["township_code"]))
        for row in view.ask("coverage_by_township").iter_rows(named=True)
    ]
    rows.append(_covered(view, view.t("columns.total"), now, view.area_target(name)))
    heads = ("organised", "organised_rate", "worked", "worked_rate")
    columns = [
        Column(view.t("columns.township")),
        Column(view.t("deck.enterprises", name=view.t(f"denominators.{view.filters.denominator}")), True),
        *_numbers(view, *(f"columns.{head}" for head in heads), "deck.target", "deck.gap"),
    ]
    return _annex(brief, "coverage", columns, rows, "coverage_by_township", (name, WORK))


def _covered(view: View, name: str, row: Row, target: float | None) -> tuple[Cell, ...]:
    part, whole = row["organised"], row["enterprises"]
    none = Value(None, "—")
    missing = none if target is None or not whole else total(view, gap_units(target, part, whole))
    return (
        name,
        total(view, whole),
        total(view, part),
        rate(view, part, whole),
        total(view, row["worked"]),
        rate(view, row["worked"], whole),
        none if target is None else Value(target, plain_percent(target), "rate"),
        total(view, None) if whole is None else missing,
    )


def members(brief: Brief) -> Annex | None:
    """Return members by township and committee; each total is protected by itself and no sum of its parts."""
    view = brief.view
    cells = view.ask("members_by_township_committee")
    townships, committees = view.ask("members_by_township"), view.ask("members_by_committee")
    county = view.ask("members_by_month").row(-1, named=True)
    if county["members"] is None and not county.get("members_mark"):
        return None
    shown = [row for row in committees.iter_rows(named=True) if _counts(row)]
    by_cell = {(row["township_code"], row["committee_id"]): row for row in cells.iter_rows(named=True)}
    rows: list[tuple[Cell, ...]] = [
        (
            view.name("township", row["township_code"]),
            *(
                _cell(view, by_cell.get((row["township_code"], one["committee_id"])), row, one)
                for one in shown
            ),
            count(view, row, "members"),
        )
        for row in townships.iter_rows(named=True)
    ]
    totals = [count(view, row, "members") for row in shown]
    rows.append((view.t("columns.total"), *totals, count(view, county, "members")))
    names = [view.name("committee", row["committee_id"]) for row in shown]
    columns = [
        Column(view.t("columns.township")),
        *(Column(name, True) for name in (*names, view.t("columns.total"))),
    ]
    marks = remark(view, [*by_cell.values(), *townships.to_dicts(), *shown, county], "members")
    return _annex(
        brief, "members", columns, rows, "members_by_township_committee", ("members",), remark=marks
    )


def _counts(row: Row) -> bool:
    """Tell whether a column is worth showing: of no committee only where somebody counts there."""
    return bool(row["committee_id"] or row["members"] or row.get("members_mark"))


def _cell(view: View, row: Row | None, *totals: Row) -> Value:
    """Return a cell; without a row of its own nobody is there where its township and committee reported."""
    if row is None:
        silent = any(one["members"] is None and not is_masked(one, "members") for one in totals)
        return total(view, None if silent else 0)
    return count(view, row, "members")


def stations(brief: Brief) -> Annex | None:
    """Return stations, their use and how many stand idle, by township."""
    view = brief.view
    now = view.ask("services_by_month").row(-1, named=True)
    if now["stations_open"] is None:
        return None
    idle = view.ask("idle_stations_by_township")
    still = dict(idle.select("township_code", "idle_stations").iter_rows())
    rows = [
        _used(view, view.name("township", row["township_code"]), row, still.get(row["township_code"]))
        for row in view.ask("services_by_township").iter_rows(named=True)
    ]
    known = idle["idle_stations"].drop_nulls()
    rows.append(_used(view, view.t("columns.total"), now, int(known.sum()) if known.len() else None))
    heads = ("stations_open", "person_times", "person_times_per_station")
    columns = [
        Column(view.t("columns.township")),
        *_numbers(view, *(f"columns.{head}" for head in heads), "deck.idle"),
    ]
    names = ("stations", "visits_person_times", "per_station", "idle_stations")
    return _annex(brief, "stations", columns, rows, "services_by_township", names)


def _used(view: View, name: str, row: Row, idle: int | None) -> tuple[Cell, ...]:
    use = row["person_times_per_station"]
    none_open = row["stations_open"] == 0 and row["person_times"] is not None
    return (
        name,
        total(view, row["stations_open"]),
        total(view, row["person_times"]),
        Value(None, "—", "decimal") if none_open else decimal(view, use),
        total(view, idle),
    )


def grievances(brief: Brief) -> Annex | None:
    """Return cases received, closed, due, on time, open and overdue, by township."""
    view = brief.view
    now = view.ask("closure_by_month").row(-1, named=True)
    if now["received"] is None:
        return None
    rows = [
        _cases(view, view.name("township", row["township_code"]), row)
        for row in by_township(view).iter_rows(named=True)
    ]
    rows.append(_cases(view, view.t("columns.total"), now))
    heads = (*CASES, "on_time_rate", "open", "overdue_open")
    columns = [Column(view.t("columns.township")), *_numbers(view, *(f"columns.{head}" for head in heads))]
    names = ("received", "on_time", "backlog", "overdue_open")
    return _annex(brief, "grievances", columns, rows, "closure_by_township", names)


def _cases(view: View, name: str, row: Row) -> tuple[Cell, ...]:
    return (
        name,
        *(total(view, row[column]) for column in CASES),
        rate(view, row["on_time"], row["due"]),
        total(view, row["open"]),
        total(view, row["overdue_open"]),
    )


def tasks(brief: Brief) -> Annex | None:
    """Return the tasks of each department by how far they are."""
    view = brief.view
    listed = view.ask("tasks_by_department")
    if listed.is_empty():
        return None
    frame = summed(listed, "department")
    rows = [
        _done(view, row["department"] or view.t("columns.not_stated"), row)
        for row in frame.iter_rows(named=True)
    ]
    sums: dict[str, Any] = frame.select(pl.col(*COUNTS).sum()).row(0, named=True)
    rows.append(_done(view, view.t("columns.total"), sums))
    columns = [
        Column(view.t("columns.department")),
        *_numbers(view, *(f"columns.tasks_{name}" for name in COUNTS), "columns.cleared_rate"),
    ]
    return _annex(brief, "tasks", columns, rows, "tasks_by_department", ("cleared_rate", "tasks_overdue"))


def _done(view: View, name: str, row: Row) -> tuple[Cell, ...]:
    counts = (total(view, row[column]) for column in COUNTS)
    return (name, *counts, rate(view, row["cleared"], row["listed"]))


def _numbers(view: View, *keys: str) -> list[Column]:
    return [Column(view.t(key), True) for key in keys]


def _annex(
    brief: Brief,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
    query: str,
    indicators: tuple[str, ...],
    *,
    remark: str = "",
) -> Annex:
    view = brief.view
    # The total of one row would say it twice.
    shown = tuple(rows if len(rows) > 2 else rows[:1])
    table = Table(tuple(columns), shown, has_total=len(shown) > 1)
    title = view.t(f"deck.annexes.{name}", area=view.area, month=view.month)
    return Annex(name, title, view.t(f"deck.units.{name}"), table, query, indicators, remark)


ANNEXES = (coverage, members, stations, grievances, tasks)
