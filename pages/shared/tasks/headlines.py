"""What the page says first: the sentence of the month, and the rates of clearing."""

import polars as pl
import streamlit as st

from pages.shared import blocks
from pages.shared.charts import sparkline
from pages.shared.rates import change_of_rate
from pages.shared.tasks.scope import SCOPES, first_month, summed, within
from pages.shared.view import View
from queries.words.formats import count_text, percent
from queries.words.wording import name_list

# More names than this say nothing.
NAMED = 2
RATES = (
    ("cleared_rate", "all"),
    ("duties_rate", "three"),
    ("problem_tasks_rate", "problems"),
    ("decisions_rate", "decisions"),
)


def lead(view: View, departments: pl.DataFrame, now: dict[str, int]) -> str:
    """Return the sentence: 79项任务已销号52项，逾期5项，县交通局2项最多。"""
    listed, cleared, overdue = (_items(view, now[name]) for name in ("listed", "cleared", "overdue"))
    area = view.t("tasks.of_area", area=view.area) if view.filters.townships else ""
    told = {"area": area, "listed": listed, "cleared": cleared}
    if not now["overdue"]:
        return view.t("tasks.lead_in_time", **told)
    most, each = most_overdue(departments)
    if not most:
        count = departments.filter(pl.col("overdue") > 0).height
        return view.t("tasks.lead_overdue", overdue=overdue, count=count, **told)
    key = "tasks.lead_most" if len(most) == 1 else "tasks.lead_most_each"
    names = name_list(most, view.text)
    return view.t(key, overdue=overdue, names=names, each=_items(view, each), **told)


def most_overdue(departments: pl.DataFrame) -> tuple[list[str], int]:
    """Return the departments with most overdue tasks, and how many; none where too many are level."""
    late = departments.filter(pl.col("department").is_not_null() & (pl.col("overdue") > 0))
    if late.is_empty():
        return [], 0
    each = int(late["overdue"].max())  # type: ignore[arg-type]
    most = late.filter(pl.col("overdue") == each)["department"].to_list()
    return (most, each) if len(most) <= NAMED else ([], each)


def _items(view: View, count: int) -> str:
    return count_text(count, view.t("units.task"), view.text)


def headlines(view: View, months: pl.DataFrame) -> None:
    """Draw the rates of all, of the three lists, of problems and of decisions, and how many are overdue."""
    with st.grid(5, min_column_width=158, gap="small"):
        for indicator, scope in RATES:
            _rate(view, indicator, summed(within(months, SCOPES[scope]), "month"))
        every = summed(months, "month")
        now, before = blocks.this_and_last(every)
        moved = blocks.moved(view, "stock", now, before, "overdue", "units.task", direction="down")
        count = blocks.with_unit(view, now["overdue"], "units.task")
        blocks.kpi(view, "tasks_overdue", count, moved)


def _rate(view: View, indicator: str, months: pl.DataFrame) -> None:
    """Draw how many of a list are cleared: as a share where they are enough for one, with its parts above."""
    now, before = blocks.this_and_last(months)
    name, parts = view.t(f"kpi.{indicator}"), f"{now['cleared']}/{now['listed']}"
    if now["listed"] < blocks.SMALL_TOTAL:
        value = f"{parts}:small[{view.t('units.task')}]" if now["listed"] else view.t("formats.undefined")
        blocks.kpi(view, indicator, value, None, label=name)
        return
    # A new year begins with new lists: its course is its own.
    year = months.filter(pl.col("month") >= first_month(view))
    blocks.kpi(
        view,
        indicator,
        percent(now["cleared"], now["listed"], view.text),
        change_of_rate(view, now, before, "cleared", "listed"),
        label=view.t("charts.label_value", label=name, value=parts),
        spark=sparkline((year["cleared"] / year["listed"]).fill_nan(None).to_list()),
    )
