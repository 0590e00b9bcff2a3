"""The headline figures of care and governance, each with two changes in words."""

import streamlit as st

from pages.shared import blocks
from pages.shared.care.offer import Groups
from pages.shared.care.subject import Subject
from pages.shared.charts import sparkline
from pages.shared.view import View

# What a joint meeting asks for first; the first four that are sent are shown.
ORDER = (
    *("training_pt", "care_reach", "legal_aid", "suggestions", "hazards", "pt_grid"),
    *("volunteering", "jobs_posted", "points_exchanged", "publicity", "wishes", "mediation"),
)
SHOWN = 4


def headlines(view: View, offer: Groups) -> None:
    """Draw up to four figures of care and governance; nothing where none is sent."""
    sent = {about.id: about for group in offer.values() for about in group}
    chosen = [sent[id] for id in ORDER if id in sent][:SHOWN]
    if not chosen:
        return
    with st.grid(SHOWN, min_column_width=158, gap="small"):
        for about in chosen:
            subject = Subject(view, about)
            now, months = subject.now, subject.months
            if now is None or months is None:
                continue
            year = subject.moved_in_a_year()
            few = (now["value"] or 0) < blocks.SMALL_TOTAL
            blocks.kpi(
                view,
                about.id,
                subject.quantity.headline(now),
                subject.moved(),
                description=view.t("care.year", change=year.short) if year else None,
                spark=() if few else sparkline(months["value"].to_list()),
                label=subject.quantity.heading,
            )
