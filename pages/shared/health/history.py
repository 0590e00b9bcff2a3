"""The revision list: what was published when, by whom and why, and the ledgers that came with it."""

import polars as pl
import streamlit as st

from pages.shared import blocks
from pages.shared.view import View
from queries.revisions import RevisionInfo, revisions
from queries.words.formats import date_text, month_text
from queries.words.wording import revision

FILES = 6


def of_month(view: View) -> list[RevisionInfo]:
    """Return the publications of the month shown, newest first."""
    return [one for one in revisions() if one.month == view.filters.month]


def card(view: View, publications: list[RevisionInfo]) -> None:
    """Draw the publications of the month, or of all months."""
    corrected = len(publications) - 1
    title = (
        view.text.count("health.history_revised", corrected)
        if corrected > 0
        else view.t("health.history_once")
    )
    blocks.heading(title, view.t("health.history_subtitle", month=view.month))
    scope = st.segmented_control(
        view.t("health.scope"),
        ["month", "all"],
        format_func=lambda name: view.t(f"health.scopes.{name}"),
        default="month",
        required=True,
        key="health.scope",
        label_visibility="collapsed",
    )
    shown = revisions() if scope == "all" else publications
    st.dataframe(
        pl.DataFrame([_row(view, one) for one in shown]),
        hide_index=True,
        row_height=34,
        height="content" if len(shown) <= 12 else 440,
        key="health.history",
        alt=view.t("blocks.table_alt", rows=len(shown)),
    )


def _row(view: View, one: RevisionInfo) -> dict[str, str]:
    return {
        view.t("columns.month"): month_text(one.month, view.text),
        view.t("columns.revision"): revision(one.revision, view.text),
        view.t(
            "columns.published"
        ): f"{date_text(one.published_at.date(), view.text)} {one.published_at:%H:%M}",
        view.t("columns.reason"): one.reason,
        view.t("health.by"): one.who,
        view.t("health.brought"): _brought(view, one),
        view.t("columns.commit"): str(one.commit),
        view.t("health.tags"): view.text("wording.list_separator").join(one.tags) or "—",
    }


def _brought(view: View, one: RevisionInfo) -> str:
    """Return the files that came, else the tables that differ."""
    listed = view.text("wording.list_separator")
    if one.files:
        shown = listed.join(one.files[:FILES])
        rest = len(one.files) - FILES
        return shown + (view.text.count("health.more_files", rest) if rest > 0 else "")
    if one.revision == 1:
        return view.t("health.whole_month")
    known = [name for name in one.tables if view.text.has(f"imports.tables.{name}")]
    return listed.join(view.t(f"imports.tables.{name}") for name in known) or view.t("health.profile_only")
