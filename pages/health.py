"""数据质量: who reported and when, what the checks find, what is missing, and what each revision changed."""

import streamlit as st

from pages.shared import blocks
from pages.shared.frame import return_to_frame
from pages.shared.health import changes, checking, gaps, history, reporting
from pages.shared.view import View


def render(view: View) -> None:
    """Draw the state of the month's data, then its revisions and what they did to published figures."""
    sent = reporting.of_month(view)
    publications = history.of_month(view)
    blocks.lead(reporting.lead(view, sent, len(publications)))
    grid = st.grid(2, min_column_width=460, gap="small", border=True)
    with grid.cell():
        reporting.month_card(view, sent)
    with grid.cell():
        reporting.year_card(view)
    with grid.cell():
        checking.rules_card(view)
    with grid.cell():
        checking.totals_card(view)
    with grid.cell(column_span=2):
        gaps.card(view)
    with grid.cell(column_span=2):
        history.card(view, publications)
    with grid.cell(column_span=2):
        changes.by_revision(view, publications)
    with grid.cell(column_span=2):
        changes.since_meeting(view)


if __name__ == "__main__":
    return_to_frame("health")
