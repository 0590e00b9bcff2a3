"""基本情况: the five mission figures side by side, each with its changes, its target and its light."""

from collections.abc import Sequence

import streamlit as st

import queries
from pages.shared import blocks
from pages.shared.meeting.lights import light_badge, light_rule
from pages.shared.mission import Figure
from pages.shared.view import View


def basics(view: View, figures: Sequence[Figure]) -> None:
    """Draw the figures in one row; each links to its page."""
    grid = st.grid(len(figures), min_column_width=200, gap="small", border=True)
    for figure in figures:
        with grid.cell():
            _figure(view, figure)


def _figure(view: View, figure: Figure) -> None:
    indicator, change = figure.subject.indicator, figure.change
    view.drawn.add(indicator)
    about, lang = queries.INDICATORS[indicator], view.text.lang
    rule = f"  \n{light_rule(view)}" if figure.status else ""
    with st.container(gap=None):
        st.metric(
            view.t(f"kpi.{indicator}"),
            figure.value,
            delta=change.short if change else None,
            delta_arrow=change.arrow if change else "off",
            delta_color=change.color if change else "gray",
            delta_description=view.t(f"meeting.{figure.base}") if figure.base else None,
            help=f"{about.sentence(lang)} {about.formula(lang)}{rule}",
        )
        if figure.year:
            blocks.note(figure.year)
        light = light_badge(view, figure.status) if figure.status else ""
        lines = [f"{light} {_quiet(figure.target, lit=bool(light))}".strip(), _quiet(figure.pace)]
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xxsmall"):
            st.markdown("  \n".join(f":small[{line}]" for line in lines if line), width="stretch")
            blocks.short_link(view, figure.subject.page)


def _quiet(line: str, *, lit: bool = False) -> str:
    """Return a line as Markdown: in grey unless it stands beside a light."""
    return blocks.plain(line) if lit or not line else f":gray[{blocks.plain(line)}]"
