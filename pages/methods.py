"""口径说明: how each figure is defined, generated from the registry, and where the snapshots come from."""

import polars as pl
import streamlit as st

import queries
from pages.shared import blocks
from pages.shared.frame import return_to_frame
from pages.shared.view import View
from queries.words.formats import date_text, month_text

RULES = ("ratio", "denominator", "missing", "km", "on_time", "rounding", "wilson", "comparable", "qualifier")


def render(view: View) -> None:
    """Draw the definitions by group, the rules that hold everywhere, and the snapshots in the store."""
    blocks.lead(view.t("methods.lead", count=len(queries.INDICATORS)))
    groups = list(dict.fromkeys(about.group for about in queries.INDICATORS.values()))
    group = st.segmented_control(
        view.t("methods.group"),
        groups,
        format_func=lambda name: view.t(f"methods.groups.{name}"),
        key="methods.group",
        default=groups[0],
        required=True,
    )
    for indicator, about in queries.INDICATORS.items():
        if about.group == group:
            _definition(view, indicator, about)
    st.markdown(f"### {view.t('methods.rules_title')}", anchors=False)
    for rule in RULES:
        st.markdown(f"- {blocks.plain(view.t(f'methods.rules.{rule}'))}")
    _snapshots(view)


def _definition(view: View, indicator: str, about: queries.Indicator) -> None:
    lang = view.text.lang
    with st.expander(
        f"{blocks.plain(about.name(lang))} :small[:gray[{blocks.plain(indicator)}]]",
        key=f"methods.{indicator}",
        on_change="rerun",
    ) as box:
        if not box.open:
            return
        st.markdown(blocks.plain(about.sentence(lang)))
        rows = [
            (view.t("methods.formula"), about.formula(lang)),
            (view.t("methods.unit"), about.unit(lang)),
            (view.t("methods.kind"), view.t(f"methods.kinds.{about.kind}")),
            (view.t("methods.direction"), view.t(f"methods.directions.{about.direction}")),
            (
                view.t("methods.grain"),
                view.text("wording.list_separator").join(view.t(f"methods.grains.{g}") for g in about.grain),
            ),
            (view.t("methods.source"), about.ledger(lang)),
            (view.t("methods.caveat"), about.caveat(lang) or "—"),
            (view.t("methods.since"), about.since),
        ]
        table = [
            {view.t("methods.item"): name, view.t("methods.content"): blocks.plain(str(value))}
            for name, value in rows
        ]
        st.table(table, border="horizontal", hide_index=True, hide_header=True)
        if about.query:
            blocks.note(view.t("blocks.query", query=about.query))
            st.code(queries.QUERIES[about.query].sql, language="sql", height=300)


def _snapshots(view: View) -> None:
    st.markdown(f"### {view.t('methods.snapshots_title')}", anchors=False)
    rows = [
        {
            view.t("columns.month"): month_text(snapshot.month, view.text),
            view.t("columns.cutoff"): date_text(snapshot.cutoff, view.text),
            view.t("columns.revision"): str(snapshot.revision),
            view.t("columns.published"): date_text(snapshot.published_at.date(), view.text),
            view.t("columns.reason"): snapshot.reason,
        }
        for snapshot in queries.snapshots()
    ]
    st.dataframe(
        pl.DataFrame(rows),
        hide_index=True,
        row_height=34,
        height=420,
        key="methods.snapshots",
        alt=view.t("blocks.table_alt", rows=len(rows)),
    )


if __name__ == "__main__":
    return_to_frame("methods")
