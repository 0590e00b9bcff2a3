"""A work list as a table: real numbers and dates, so that it sorts, and a file of the same rows."""

from typing import Any

import polars as pl
import streamlit as st

from pages.shared.saving import csv_button
from pages.shared.tables import column_label
from pages.shared.view import Source, View
from pages.shared.worklists.lists import WorkList

NUMBERS = ("workers", "members_full", "days_overdue")
DAYS = ("due_on", "received_on")
# px; the others are as wide as their words, and all share what is left
WIDE = {"title": 240, "enterprise": 240, "station": 240}
SHOWN = 14


def table(view: View, one: WorkList, frame: pl.DataFrame) -> None:
    """Draw the rows; a click on a heading sorts them."""
    shown = frame.select(one.columns).with_columns(pl.col(pl.String).fill_null("—"))
    if "progress" in shown.columns:
        # more than planned would run out of its bar
        shown = shown.with_columns(pl.min_horizontal("progress", 1.0) * 100)
    st.dataframe(
        shown,
        hide_index=True,
        row_height=34,
        height="content" if shown.height <= SHOWN else 36 * SHOWN,
        column_config={name: _column(view, name) for name in one.columns},
        key=f"worklists.{one.name}",
        alt=view.t("blocks.table_alt", rows=shown.height),
    )


def download(view: View, one: WorkList, frame: pl.DataFrame) -> None:
    """Draw the button of the list's file; the same file stands in the page's export menu."""
    source = Source(f"worklist_{one.name}", one.query, (one.indicator,), frame, internal=True)
    view.sources.append(source)
    csv_button(view, source, view.t("blocks.csv"), "worklist")


def _column(view: View, name: str) -> Any:
    label = column_label(name, view.text)
    if name in NUMBERS:
        return st.column_config.NumberColumn(label, format="%d", width=110)
    if name in DAYS:
        return st.column_config.DateColumn(label, format=view.t("tasks.date_format"), width=125)
    if name == "last_used":
        return st.column_config.DateColumn(label, format=view.t("worklists.month_format"), width=125)
    if name == "progress":
        return st.column_config.ProgressColumn(label, format="%d%%", min_value=0, max_value=100, width=130)
    return st.column_config.TextColumn(label, width=WIDE.get(name))
