"""上次议定事项: what was decided or found and is not checked off yet, by deadline."""

from typing import Any

import polars as pl
import streamlit as st

from pages.shared import blocks
from pages.shared.badges import badge
from pages.shared.tasks.table import standing
from pages.shared.view import View
from queries.words.formats import day_text

QUERY = "tasks_by_due"
FOLLOWED_UP = ("会议议定", "问题")


class Decisions:
    """The tasks that are open; None where the month has no list. `title` is the conclusion."""

    def __init__(self, view: View, rows: int) -> None:
        """Ask for the list of the month, where there is one; `rows` is how many of it are listed."""
        self.rows = rows
        self.open: pl.DataFrame | None = None
        self.title = view.t("meeting.todo_unreported")
        if "tasks" not in view.snapshot.tables:
            return
        self.open = view.ask(QUERY).filter(pl.col("list").is_in(FOLLOWED_UP) & (pl.col("status") != "已销号"))
        late = self.open.filter(pl.col("is_overdue")).height
        key = "todo_none" if self.open.is_empty() else "todo_late" if late else "todo"
        self.title = view.t(f"meeting.{key}", count=self.open.height, late=late)

    def subtitle(self, view: View) -> str:
        """Return what is listed, and how many of it."""
        height = 0 if self.open is None else self.open.height
        if height <= self.rows:
            return view.t("meeting.todo_subtitle")
        return view.t("meeting.todo_first", count=self.rows)

    def draw(self, view: View) -> None:
        """Draw the first of them as a table, the overdue ones before the others."""
        if self.open is None or self.open.is_empty():
            return
        rows = [_row(view, row) for row in listed(self.open, self.rows).iter_rows(named=True)]
        st.table(rows, border="horizontal", hide_index=True, alt=view.t("blocks.table_alt", rows=len(rows)))


def listed(left: pl.DataFrame, rows: int) -> pl.DataFrame:
    """Return the first open tasks, the overdue ones before the others."""
    return left.sort("is_overdue", descending=True, maintain_order=True).head(rows)


def _row(view: View, row: dict[str, Any]) -> dict[str, str]:
    return {
        view.t("columns.due_on"): day_text(row["due_on"], view.text) if row["due_on"] else "—",
        view.t("columns.title"): blocks.plain(row["title"]),
        view.t("columns.department"): blocks.plain(row["department"] or "—"),
        view.t("meeting.state"): _state(view, row),
    }


def _state(view: View, row: dict[str, Any]) -> str:
    state = standing(view, row)
    return badge(state, view.text, view.t(f"tasks.standings.{state}"))
