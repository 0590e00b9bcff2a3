"""What a township still has to do: tasks, gaps to close, and reports that it did not send."""

from dataclasses import dataclass
from datetime import date

import polars as pl
import streamlit as st

import queries
from pages.shared import blocks
from pages.shared.townships.entries import Entry
from pages.shared.view import SERVICES, View
from queries.words.formats import count_text, month_text
from queries.words.wording import name_list

MONTHS = 12
# The list behind a count, the indicator that counts it, and its unit.
STANDING = (
    ("overdue_grievances", "overdue_open", "units.case"),
    ("blank_spots", "blank_spots", "units.enterprise"),
    ("should_build", "should_build_open", "units.enterprise"),
    ("idle_stations", "idle_stations", "units.station"),
)


@dataclass(frozen=True)
class Count:
    """One count of open work: its text, the list or page behind it; None = not reported."""

    label: str
    unit: str
    value: int | None
    page: str
    work_list: str = ""


def draw(view: View, found: list[Entry], code: str) -> None:
    """Draw the counts of open work, each with its list, and which reports are missing."""
    grid = st.grid(6, min_column_width=150, gap="small", border=True)
    for count in _counts(view, found, code):
        with grid.cell():
            _draw(view, count, code)
    late = missing(view, code)
    if late:
        blocks.note(view.t("townships.late", months=MONTHS, name=view.name("township", code), late=late))


def _draw(view: View, count: Count, code: str) -> None:
    label = view.t(f"townships.{count.label}")
    shown = blocks.with_unit(view, count.value, count.unit)
    if count.value is None and count.label == "idle_stations" and code not in view.missing(SERVICES)[0]:
        # idle means two months running: a first month cannot tell
        shown = view.t("formats.undefined")
    st.metric(label, shown, border=False)
    # the work lists are there for the county's own staff only
    if count.value and count.page in view.pages:
        query = {**view.filters.to_url(), "townships": [code]}
        if count.work_list:
            query["list"] = count.work_list
        st.page_link(
            view.pages[count.page],
            label=view.t("townships.open_list"),
            icon=":material/arrow_forward:",
            query_params=query,
        )


def _counts(view: View, found: list[Entry], code: str) -> list[Count]:
    tasks = view.ask("tasks_by_township", townships=[code]).filter(pl.col("township_code") == code)
    known = {entry.about.id: entry.rows[code]["value"] for entry in found}
    return [
        Count("tasks_open", "townships.unit_task", _left(tasks), "tasks"),
        Count("tasks_overdue", "townships.unit_task", _sum(tasks["overdue"]), "worklists", "overdue_tasks"),
        *(
            Count(label, unit, _whole(known.get(indicator)), "worklists", label)
            for label, indicator, unit in STANDING
            if not view.filters.committees or "committee" in queries.INDICATORS[indicator].grain
        ),
    ]


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _left(tasks: pl.DataFrame) -> int | None:
    """Return how many tasks are not checked off; None where there is no list of tasks."""
    return None if tasks["listed"].null_count() else int((tasks["listed"] - tasks["cleared"]).sum())


def _sum(values: pl.Series) -> int | None:
    return None if values.null_count() else int(values.sum())


def missing(view: View, code: str) -> str:
    """Return which ledgers the township did not send in the last twelve months, by ledger; empty if none."""
    month = view.filters.month
    first = date(month.year - 1, month.month + 1, 1) if month.month < MONTHS else date(month.year, 1, 1)
    frame = view.ask("reports_by_month", townships=[code], from_month=first)
    late = frame.filter(pl.col("expected") > pl.col("reported"))
    told = []
    for (source,), rows in late.group_by(["source"], maintain_order=True):
        months = [month_text(at, view.text) for at in rows["month"]]
        ledger = view.t(f"ledgers.{source}")
        count = count_text(len(months), view.t("townships.unit_months"), view.text)
        shown = name_list(months, view.text, limit=len(months)) if len(months) <= 3 else count
        told.append(view.t("townships.late_ledger", ledger=ledger, months=shown))
    return view.t("charts.semicolon").join(told)
