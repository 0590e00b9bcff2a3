"""What the county has set for itself: the profile of the month, its lights, deadlines and holidays."""

import polars as pl
import streamlit as st

from pages.shared import blocks
from pages.shared.view import View
from queries.lights import lights
from queries.particulars import JOINT_UNITS, SOLE_MEMBERS
from queries.words.formats import date_text


def settings(view: View) -> None:
    """Draw the settings that figures hang on, and the deadline table of grievance classes."""
    st.markdown(f"### {view.t('methods.county_title')}", anchors=False)
    years = view.profile.unlisted_years(view.filters.month)
    if years:
        st.warning(
            view.t("methods.no_holidays", years=view.text("wording.list_separator").join(map(str, years))),
            icon=":material/event_busy:",
        )
    grid = st.grid(2, min_column_width=460, gap="small", border=True)
    with grid.cell():
        blocks.heading(
            view.t("methods.settings_title"), view.t("methods.settings_subtitle", month=view.month)
        )
        rows = [
            {view.t("methods.item"): name, view.t("methods.content"): blocks.plain(value)}
            for name, value in _settings(view)
        ]
        st.table(rows, border="horizontal", hide_index=True, hide_header=True)
    with grid.cell():
        _classes(view)


def _settings(view: View) -> list[tuple[str, str]]:
    own, t = view.profile.settings, view.t
    rules = own.get("rules", {})
    sole = int(rules.get("sole_branch_members", SOLE_MEMBERS))
    joint = int(rules.get("joint_branch_units", JOINT_UNITS))
    return [
        (t("methods.set.cutoff"), _cutoff(view, int(own.get("cutoff_day", 0)))),
        (t("methods.set.report_deadline"), _deadline(view)),
        (t("methods.set.fiscal"), t("methods.set.fiscal_value", month=int(own.get("fiscal_start", 1)))),
        (t("methods.set.lights"), lights(own).legend(view.text.lang)),
        (t("methods.set.holidays"), _holidays(view)),
        (t("methods.set.sole"), view.text.count("methods.set.sole_value", sole)),
        (t("methods.set.joint"), view.text.count("methods.set.joint_value", joint)),
    ]


def _cutoff(view: View, day: int) -> str:
    shown = date_text(view.snapshot.cutoff, view.text)
    key = "methods.set.cutoff_last" if day == 0 else "methods.set.cutoff_day"
    return view.t(key, day=day, date=shown)


def _deadline(view: View) -> str:
    day = view.profile.settings.get("report_deadline_day")
    return "—" if day is None else view.t("methods.set.report_deadline_value", day=int(day))


def _holidays(view: View) -> str:
    years = sorted(set(view.profile.holidays["date"].dt.year()))
    if not years:
        return view.t("methods.set.holidays_none")
    return view.t(
        "methods.set.holidays_value", years=view.text("wording.list_separator").join(map(str, years))
    )


def _classes(view: View) -> None:
    """Draw the limit of each class of grievances, in its unit and from which day it counts."""
    blocks.heading(view.t("methods.classes_title"), view.t("methods.classes_subtitle"))
    columns = [view.t(f"methods.class.{name}") for name in ("name", "limit", "start")]
    rows = []
    for row in view.profile.classes.iter_rows(named=True):
        limit = view.t("methods.class.none")
        if row["limit"] is not None:
            limit = view.text.count(f"formats.span.{_UNITS.get(row['unit'], row['unit'])}", row["limit"])
        start = view.t(f"methods.starts.{row['start']}") if row["start"] else "—"
        rows.append(dict(zip(columns, (row["class_name"], limit, start), strict=True)))
    st.dataframe(
        pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String)),
        hide_index=True,
        row_height=34,
        height="content" if len(rows) <= 20 else 700,
        key="methods.classes",
        alt=view.t("blocks.table_alt", rows=len(rows)),
    )


# How the profile names a calendar day, and the texts.
_UNITS = {"自然日": "天"}
