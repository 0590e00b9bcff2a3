"""What changed in published figures: by a revision of the month, and since a meeting that was tagged."""

import polars as pl
import streamlit as st

import queries
from pages.shared import blocks, cards
from pages.shared.health.figures import difference, named, plain_figure
from pages.shared.view import Source, View
from queries.revisions import RevisionInfo, revision_changes, tags
from queries.words.formats import day_text
from queries.words.wording import revision

ROWS = 14


def by_revision(view: View, publications: list[RevisionInfo]) -> None:
    """Draw what one of the month's revisions changed, computed from it and the one before."""
    if len(publications) < 2:
        blocks.heading(
            view.t("health.by_revision_none"), view.t("health.by_revision_none_body", month=view.month)
        )
        return
    later = publications[:-1]
    head = st.container(gap=None)
    place = st.selectbox(
        view.t("health.choose_revision"),
        range(len(later)),
        format_func=lambda at: _label(view, later[at]),
        key=f"health.revision.{view.filters.month:%Y-%m}",
        label_visibility="collapsed",
    )
    now, before = publications[place], publications[place + 1]
    # up to the commit before, other months may have changed too: what this one did counts
    frame = _chosen(view, revision_changes(view.filters.month, before=now.commit - 1, after=now.commit))
    with head:
        told = view.t("health.by_revision_same", revision=revision(now.revision, view.text))
        if frame.height:
            told = view.t(
                "health.by_revision", revision=revision(now.revision, view.text), told=_told(view, frame)
            )
        blocks.heading(
            told, view.t("health.by_revision_subtitle", before=revision(before.revision, view.text))
        )
    _table(view, frame, "health_revision")


def since_meeting(view: View) -> None:
    """Draw which figures of the month now differ from what a tagged meeting saw."""
    known = list(tags())
    if not known:
        blocks.heading(view.t("health.no_tags"), view.t("health.no_tags_body"))
        st.code('python -m data tag "2026-10-联席会议"', language="bash")
        return
    head = st.container(gap=None)
    name = st.selectbox(
        view.t("health.choose_tag"),
        known,
        key="health.tag",
        label_visibility="collapsed",
    )
    try:
        frame = _chosen(view, revision_changes(view.filters.month, before=name))
    except queries.NuanxinError as error:
        if error.code != "month_unknown":
            raise
        with head:
            blocks.heading(
                view.t("health.tag_early", tag=name, month=view.month), view.t("health.tag_subtitle")
            )
        return
    with head:
        told = view.t("health.tag_same", tag=name, month=view.month)
        if frame.height:
            told = view.t("health.tag_changed", tag=name, told=_told(view, frame))
        blocks.heading(told, view.t("health.tag_subtitle"))
    _table(view, frame, "health_since_meeting")


def _label(view: View, one: RevisionInfo) -> str:
    day = day_text(one.published_at.date(), view.text)
    return view.t(
        "health.revision_label", revision=revision(one.revision, view.text), day=day, reason=one.reason
    )


def _chosen(view: View, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the chosen townships; of all without a choice."""
    if not view.filters.townships:
        return frame
    return frame.filter(pl.col("township_code").is_in(list(view.filters.townships)))


def _told(view: View, frame: pl.DataFrame) -> str:
    townships = frame["township_code"].drop_nulls().n_unique()
    indicators = view.text.count("health.indicators", frame["indicator_id"].n_unique())
    if not townships:
        return indicators
    joined = view.text("health.and_townships")
    return joined.join([indicators, view.text.count("health.in_townships", townships)])


def _table(view: View, frame: pl.DataFrame, name: str) -> None:
    """Draw old and new side by side, the county's row of an indicator before those of its townships."""
    if frame.is_empty():
        return
    shown = pl.DataFrame([_row(view, row) for row in frame.iter_rows(named=True)])
    labels = {column: view.t(f"columns.{column}") for column in shown.columns}
    right = {labels[column]: st.column_config.TextColumn(alignment="right") for column in shown.columns[2:]}
    st.dataframe(
        shown.rename(labels),
        hide_index=True,
        row_height=34,
        height="content" if shown.height <= ROWS else 34 * ROWS,
        column_config=right,
        key=f"{name}.table",
        alt=view.t("blocks.table_alt", rows=shown.height),
    )
    indicators = tuple(dict.fromkeys(frame["indicator_id"]))
    # Old and new side by side tell exactly what the rules of disclosure hide.
    cards.explain(view, Source(name, "indicators_by_township", indicators[:ROWS], shown, internal=True))


def _row(view: View, row: blocks.Row) -> dict[str, str]:
    indicator = str(row["indicator_id"])
    code = row["township_code"]
    before, after = (
        plain_figure(
            indicator, row[at], row[f"qualifier_{at}"], view.text, is_empty=row[f"denominator_{at}"] == 0
        )
        for at in ("before", "after")
    )
    return {
        "health_indicator": named(indicator, view.text),
        "health_whose": view.whole if code is None else view.name("township", str(code)),
        "health_before": before,
        "health_after": after,
        "health_difference": difference(indicator, row["before"], row["after"], view.text),
    }
