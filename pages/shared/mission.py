"""The four mission figures of the joint meeting: how each moved, what it should be, and who falls short."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from pages.shared import blocks
from pages.shared.charts import sparkline
from pages.shared.rates import ORGANISATION, change_of_rate, rates_of
from pages.shared.view import COVERAGE, MEMBERS, SERVICES, Report, View
from queries.words.formats import count_text, gap_units, percent, plain_percent
from queries.words.standing import judge_all
from queries.words.wording import Change, misses, name_list

# Committees are few enough to be named one by one.
LISTED = 6


@dataclass(frozen=True)
class Block:
    """One mission figure: what it is, how it moved, what it should be, and who falls short."""

    page: str
    indicator: str
    value: str
    change: Change | None
    spark: list[float]
    target: str
    status: str
    behind: str


@dataclass(frozen=True)
class Parts:
    """Where a rate comes from: the columns it divides, and what they count."""

    page: str
    indicator: str
    column: str
    whole: str
    unit: str
    report: Report | None = None

    def ratio(self, row: dict[str, Any]) -> float | None:
        """Return the rate of a row, 0-1; None where it is not reported or divides by 0."""
        return (
            row[self.column] / row[self.whole] if row[self.whole] and row[self.column] is not None else None
        )


def _rate_block(view: View, months: pl.DataFrame, townships: pl.DataFrame, parts: Parts) -> Block:
    now, before = blocks.this_and_last(months)
    target = view.area_target(parts.indicator)
    known = parts.ratio(now) is not None
    short = gap_units(target, now[parts.column], now[parts.whole]) if known and target is not None else 0
    return Block(
        page=parts.page,
        indicator=parts.indicator,
        value=percent(now[parts.column], now[parts.whole], view.text),
        change=change_of_rate(view, now, before, parts.column, parts.whole, report=parts.report),
        spark=sparkline([parts.ratio(row) for row in months.iter_rows(named=True)]),
        target=_target(view, target, short, parts.unit),
        status="none" if not known else "plain" if target is None else "bad" if short else "good",
        behind=_behind(view, townships, parts),
    )


def _behind(view: View, townships: pl.DataFrame, parts: Parts) -> str:
    """Return who misses the target by name, or that nobody does; nothing where there is no target."""
    rates = rates_of(view, townships, parts.indicator, parts.column, whole=parts.whole)
    verdicts = judge_all(rates, None, near=view.near)
    told = {verdict.status for verdict in verdicts}
    missed = misses(verdicts, view.text, classifier=view.t(parts.unit))
    return missed or (view.t("meeting.behind_none") if told & {"good", "warn"} else "")


def _target(view: View, target: float | None, short: int, unit: str) -> str:
    if target is None:
        return view.t("meeting.no_target")
    shown = plain_percent(target)
    if short:
        return view.t("meeting.target_gap", target=shown, gap=count_text(short, view.t(unit), view.text))
    return view.t("meeting.target_met", target=shown)


def coverage_block(view: View, townships: pl.DataFrame) -> Block:
    """Return how far party organisations reach, against the target of the chosen denominator."""
    indicator = ORGANISATION[view.filters.denominator]
    parts = Parts("coverage", indicator, "organised", "enterprises", "units.enterprise", COVERAGE)
    return _rate_block(view, view.ask("coverage_by_month"), townships, parts)


def closure_block(view: View) -> Block:
    """Return how many grievances were closed in time."""
    parts = Parts("grievances", "on_time", "on_time", "due", "units.case")
    return _rate_block(view, view.ask("closure_by_month"), view.ask("closure_by_township"), parts)


def members_block(view: View) -> Block:
    """Return the members of all industry committees, and which committees lost some."""
    months = view.ask("members_by_month")
    now, before = blocks.this_and_last(months)
    behind = ""
    if before and now["members"] is not None and view.comparable(MEMBERS):
        fewer = name_list(_shrunk(view), view.text, limit=LISTED)
        behind = view.t("meeting.committees_shrunk" if fewer else "meeting.committees_steady", names=fewer)
    return Block(
        page="members",
        indicator="members",
        value=blocks.with_unit(view, now["members"], "units.member"),
        change=blocks.moved(view, "stock", now, before, "members", "units.member", report=MEMBERS),
        spark=sparkline(months["members"].to_list()),
        target=_count_target(view, "members", now["members"], "units.member"),
        status="none" if now["members"] is None else "plain",
        behind=behind,
    )


def _shrunk(view: View) -> list[str]:
    """Return the committees that have fewer members than a month ago."""
    frame = view.ask("members_by_month_committee").filter(pl.col("committee_id").is_not_null())
    names = []
    for (code,), rows in frame.group_by(["committee_id"], maintain_order=True):
        counts = rows["members"].to_list()[-2:]
        if len(counts) == 2 and None not in counts and counts[1] < counts[0]:
            names.append(view.name("committee", str(code)))
    return names


def services_block(view: View) -> Block:
    """Return how much the stations were used, and where some stand idle."""
    months = view.ask("services_by_month")
    now, before = blocks.this_and_last(months)
    return Block(
        page="stations",
        indicator="visits_person_times",
        value=blocks.with_unit(view, now["person_times"], "units.person_times"),
        change=blocks.moved(view, "flow", now, before, "person_times", "units.person_times", report=SERVICES),
        spark=sparkline(months["person_times"].to_list()),
        target=_count_target(view, "stations", now["stations_open"], "units.station"),
        status="none" if now["person_times"] is None else "plain",
        behind=_idle(view),
    )


def _idle(view: View) -> str:
    """Return where stations stand idle; nothing where two months of reports are not there to tell."""
    known = view.ask("idle_stations_by_township").filter(pl.col("idle_stations").is_not_null())
    if known.is_empty():
        return ""
    count = int(known["idle_stations"].sum())
    codes = known.filter(pl.col("idle_stations") > 0)["township_code"].to_list()
    names = name_list([view.name("township", code) for code in codes], view.text)
    stations = count_text(count, view.t("units.station"), view.text)
    return view.t("meeting.idle" if count else "meeting.idle_none", names=names, count=stations)


def _count_target(view: View, indicator: str, value: int | None, unit: str) -> str:
    target = view.area_target(indicator)
    if target is None or value is None:
        return view.t("meeting.no_target")
    shown = count_text(target, view.t(unit), view.text)
    short = max(0, round(target) - value)
    name = view.t(f"kpi.{indicator}")
    if short:
        gap = count_text(short, view.t(unit), view.text)
        return view.t("meeting.count_target_gap", name=name, target=shown, gap=gap)
    return view.t("meeting.count_target_met", name=name, target=shown)
