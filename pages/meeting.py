"""月度联席会议: the landing page. Four mission figures, what changed, who misses the target, what is due."""

from datetime import timedelta
from typing import Any

import polars as pl
import streamlit as st

from pages.shared import blocks, cards
from pages.shared.badges import badge
from pages.shared.charts import target_bars
from pages.shared.frame import return_to_frame
from pages.shared.mission import Block, closure_block, coverage_block, members_block, services_block
from pages.shared.rates import ORGANISATION, rates_of
from pages.shared.view import Source, View
from queries.words.formats import day_text
from queries.words.standing import judge_all
from queries.words.wording import standing_title

TASKS_SHOWN = 8
SOON = timedelta(days=7)
FOLLOWED_UP = ("会议议定", "问题")


def render(view: View) -> None:
    """Draw the page for the viewer's month, townships, committees and denominator."""
    townships = view.ask("coverage_by_township")
    mission = [
        coverage_block(view, townships),
        members_block(view),
        services_block(view),
        closure_block(view),
    ]
    blocks.lead(_lead(view, mission, view.ask("closure_by_month").row(-1, named=True)))
    grid = st.grid(4, min_column_width=158, gap="small", border=True)
    for block in mission:
        with grid.cell():
            _draw(view, block)
    grid = st.grid(2, min_column_width=460, gap="small", border=True)
    with grid.cell():
        _who_misses(view, townships)
    with grid.cell():
        _to_do(view)


def _draw(view: View, block: Block) -> None:
    blocks.kpi(view, block.indicator, block.value, block.change, spark=block.spark, border=False)
    behind = f"  \n:small[{blocks.plain(block.behind)}]" if block.behind else ""
    st.markdown(f":small[:gray[{blocks.plain(block.target)}]]{behind}")
    blocks.link(view, block.page, view.t(f"meeting.open_{block.page}"))


def _lead(view: View, mission: list[Block], closure: dict[str, Any]) -> str:
    """Return the sentence of the month: coverage and closing, or what was reported in their place."""
    coverage, members, services, on_time = mission
    told = []
    if coverage.status != "none":
        told.append(view.t(f"meeting.lead_{coverage.status}", area=view.area, rate=coverage.value))
    if on_time.status != "none":
        overdue = closure["overdue_open"]
        key = "meeting.lead_overdue" if overdue else "meeting.lead_no_overdue"
        told.append(view.t(key, rate=on_time.value, overdue=overdue))
    for block in (members, services):
        if len(told) < 2 and block.status != "none":
            told.append(view.t(f"meeting.lead_{block.page}", value=block.value.split(":")[0]))
    if not told:
        return view.t("meeting.lead_none", area=view.area)
    return (
        view.t("meeting.lead_pair", first=told[0], second=told[1])
        if len(told) > 1
        else view.t("meeting.lead_only", first=told[0])
    )


def _who_misses(view: View, townships: pl.DataFrame) -> None:
    indicator = ORGANISATION[view.filters.denominator]
    rates = rates_of(view, townships, indicator, "organised")
    verdicts = judge_all(rates, None, near=view.near)
    name = view.t(f"kpi.{indicator}")
    aimed = any(rate.target is not None for rate in rates)
    cards.Card(
        Source("meeting_coverage", "coverage_by_township", (indicator,), townships),
        target_bars(
            rates,
            blocks.look(view),
            measure=name,
            target=None,
            near=view.near,
            counts=False,
            compact=True,
            classifier=view.t("units.enterprise"),
        ),
        standing_title(verdicts, view.text) if aimed else view.t("coverage.township_title", name=name),
        view.t(
            "coverage.township_subtitle_organised",
            name=name,
            denominator=view.t(f"denominators.{view.filters.denominator}"),
        ),
    ).draw(view)


def _to_do(view: View) -> None:
    """Draw what was decided or found and is not done yet, by deadline."""
    if "tasks" not in view.snapshot.tables:
        blocks.heading(view.t("meeting.todo_unreported"), view.t("meeting.todo_subtitle"))
        return
    tasks = view.ask("tasks_by_due").filter(
        pl.col("list").is_in(FOLLOWED_UP) & (pl.col("status") != "已销号")
    )
    late = tasks.filter(pl.col("is_overdue")).height
    key = "todo_none" if tasks.is_empty() else "todo_late" if late else "todo"
    blocks.heading(view.t(f"meeting.{key}", count=tasks.height, late=late), view.t("meeting.todo_subtitle"))
    if tasks.is_empty():
        return
    rows = [
        {
            view.t("columns.due_on"): f"{_task_badge(view, row)} {_due(view, row)}",
            view.t("columns.title"): blocks.plain(row["title"]),
            view.t("columns.department"): blocks.plain(row["department"] or "—"),
        }
        for row in tasks.head(TASKS_SHOWN).iter_rows(named=True)
    ]
    st.table(rows, border="horizontal", hide_index=True, alt=view.t("blocks.table_alt", rows=len(rows)))
    if tasks.height > TASKS_SHOWN:
        blocks.note(view.t("meeting.todo_more", count=tasks.height - TASKS_SHOWN))


def _due(view: View, row: dict[str, Any]) -> str:
    return day_text(row["due_on"], view.text) if row["due_on"] else "—"


def _task_badge(view: View, row: dict[str, Any]) -> str:
    if row["is_overdue"]:
        return badge("bad", view.text, view.t("status.overdue"))
    if row["status"] == "已完成待验":
        return badge("good", view.text, view.t("meeting.to_check"))
    if row["due_on"] and row["due_on"] <= view.snapshot.cutoff + SOON:
        return badge("warn", view.text, view.t("status.due_soon"))
    return badge("running", view.text, view.t("status.running"))


if __name__ == "__main__":
    return_to_frame("meeting")
