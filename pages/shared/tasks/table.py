"""The open tasks by deadline, each with how it stands as shape and word."""

from datetime import timedelta
from typing import Any

import polars as pl
import streamlit as st

from pages.shared import blocks
from pages.shared.theme import SHAPES
from pages.shared.view import View
from pages.shared.worklists.link import worklist_link

SOON = timedelta(days=7)
STANDINGS = ("bad", "warn", "running", "none", "good")


def standing(view: View, row: dict[str, Any]) -> str:
    """Return how an open task stands: bad = overdue, warn = due soon, good = done but not checked."""
    if row["is_overdue"]:
        return "bad"
    if row["status"] == "已完成待验":
        return "good"
    if row["due_on"] and row["due_on"] <= view.snapshot.cutoff + SOON:
        return "warn"
    return "running" if row["status"] == "推进中" else "none"


def open_tasks(view: View, due: pl.DataFrame) -> None:
    """Draw the tasks that are not cleared; a task without a deadline stands last."""
    left = due.filter(pl.col("status") != "已销号")
    late = left.filter(pl.col("is_overdue")).height
    key = "open_none" if left.is_empty() else "open_overdue" if late else "open_in_time"
    blocks.heading(view.t(f"tasks.{key}", count=left.height, late=late), view.t("tasks.open_list_subtitle"))
    if left.is_empty():
        return
    rows = [_row(view, row) for row in left.iter_rows(named=True)]
    st.dataframe(
        pl.DataFrame(rows, schema_overrides={"due_on": pl.Date, "progress": pl.Float64}),
        hide_index=True,
        row_height=34,
        height="content" if len(rows) <= 12 else 460,
        column_config=_columns(view),
        key="tasks.open",
        alt=view.t("blocks.table_alt", rows=len(rows)),
    )
    if late:
        worklist_link(view, "overdue_tasks")


def _row(view: View, row: dict[str, Any]) -> dict[str, Any]:
    code = row["township_code"]
    return {
        "standing": [standing(view, row)],
        "due_on": row["due_on"],
        "title": row["title"],
        "list": view.t(f"tasks.lists.{row['list']}"),
        "department": row["department"] or "—",
        "township": view.name("township", code) if code else view.whole,
        "progress": None if row["progress"] is None else min(row["progress"], 1.0) * 100,
    }


def _columns(view: View) -> dict[str, Any]:
    def words(key: str) -> str:
        return f"{SHAPES[key][0]} {view.t(f'tasks.standings.{key}')}"

    return {
        "standing": st.column_config.MultiselectColumn(
            view.t("columns.standing"),
            options=STANDINGS,
            color=[SHAPES[key][1] for key in STANDINGS],
            format_func=words,
            width=112,
        ),
        "due_on": st.column_config.DateColumn(
            view.t("columns.due_on"), format=view.t("tasks.date_format"), width=120
        ),
        "title": st.column_config.TextColumn(view.t("columns.title"), width=240),
        "list": st.column_config.TextColumn(view.t("columns.list"), width=90),
        "department": st.column_config.TextColumn(view.t("columns.department"), width=150),
        "township": st.column_config.TextColumn(view.t("columns.township"), width=110),
        "progress": st.column_config.ProgressColumn(
            view.t("columns.progress"), format="%d%%", min_value=0, max_value=100, width=130
        ),
    }
