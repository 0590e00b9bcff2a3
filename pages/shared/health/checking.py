"""What the checks find in the month as published: rules of the contract, and totals beside their parts."""

import polars as pl
import streamlit as st

import queries
from pages.shared import blocks, cards
from pages.shared.badges import badge
from pages.shared.health.figures import named, plain_figure
from pages.shared.view import Source, View
from queries.quality import checks

MANY = 8


def rules_card(view: View) -> None:
    """Draw the rules that published rows break: how many rows, and in which townships."""
    found = checks(view.filters.month, townships=list(view.filters.townships) or None)
    total = int(found["entries"].sum())
    title = view.text.count("health.rules_some", total) if total else view.t("health.rules_none")
    blocks.heading(title, view.t("health.rules_subtitle", month=view.month))
    if total:
        rows = [_rule(view, group) for _, group in found.group_by("rule", "table_name", maintain_order=True)]
        st.table(rows, border="horizontal", hide_index=True)
    blocks.note(view.t("health.rules_remark"))


def _rule(view: View, group: pl.DataFrame) -> dict[str, str]:
    first = group.row(0, named=True)
    state = "bad" if first["severity"] == "error" else "warn"
    word = view.text.count(f"health.severity.{first['severity']}", int(group["entries"].sum()))
    named_rows = group.drop_nulls("township_code").sort("entries", descending=True, maintain_order=True)
    places = [
        f"{view.name('township', row['township_code'])}{view.t('health.entries', n=row['entries'])}"
        for row in named_rows.head(MANY).iter_rows(named=True)
    ]
    rest = named_rows.height - MANY
    more = view.text.count("health.more_townships", rest) if rest > 0 else ""
    where = blocks.plain(view.text("wording.list_separator").join(places) + more) or "—"
    words = view.t(
        "health.finding",
        table=view.t(f"imports.tables.{first['table_name']}"),
        words=first[f"example_{view.text.lang}"],
    )
    return {
        view.t("health.rule"): f"{badge(state, view.text, word)} {blocks.plain(words)}",
        view.t("health.where"): where,
    }


def totals_card(view: View) -> None:
    """Draw reported totals that differ from the sum of their parts."""
    frame = view.ask("figure_differences")
    title = view.t("health.totals_none")
    if frame.height:
        title = view.text.count("health.totals_some", frame.height)
    blocks.heading(title, view.t("health.totals_subtitle", month=view.month))
    if frame.height:
        st.dataframe(
            pl.DataFrame([_difference(view, row) for row in frame.iter_rows(named=True)]),
            hide_index=True,
            row_height=34,
            height="content" if frame.height <= 12 else 440,
            key="health.totals",
            alt=view.t("blocks.table_alt", rows=frame.height),
        )
    blocks.note(view.t("health.totals_remark"))
    shown = tuple(dict.fromkeys(frame["indicator_id"]))
    known = tuple(indicator for indicator in shown if indicator in queries.INDICATORS)
    source = Source("health_totals", "figure_differences", known, _source(view, frame), internal=True)
    cards.explain(view, source)


def _difference(view: View, row: dict[str, object]) -> dict[str, str]:
    indicator = str(row["indicator_id"])
    return {
        view.t("columns.health_indicator"): named(indicator, view.text),
        view.t("columns.health_whose"): _whose(view, row),
        view.t("columns.health_stated"): plain_figure(indicator, row["stated"], row["qualifier"], view.text),
        view.t("columns.health_summed"): plain_figure(indicator, row["summed"], None, view.text),
        view.t("columns.health_silent"): view.text.count("health.silent", int(str(row["silent"])))
        if row["silent"]
        else "—",
    }


def _whose(view: View, row: dict[str, object]) -> str:
    if row["level"] == "county":
        return view.whole
    if row["level"] == "committees":
        return view.t("health.two_splits")
    kind, code = (
        ("township", row["township_code"]) if row["township_code"] else ("committee", row["committee_id"])
    )
    return view.name(kind, str(code))


def _source(view: View, frame: pl.DataFrame) -> pl.DataFrame:
    rows = [
        {
            "health_indicator": named(row["indicator_id"], view.text),
            "health_whose": _whose(view, row),
            "health_stated": plain_figure(row["indicator_id"], row["stated"], row["qualifier"], view.text),
            "health_summed": plain_figure(row["indicator_id"], row["summed"], None, view.text),
            "health_silent": str(row["silent"]),
        }
        for row in frame.iter_rows(named=True)
    ]
    columns = ("health_indicator", "health_whose", "health_stated", "health_summed", "health_silent")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String))
