"""One township against the county on every indicator: rates as places in the range, counts as a table."""

from functools import partial

import polars as pl
import streamlit as st

from pages.shared import blocks, cards
from pages.shared.charts.spine import SpineHeads, SpineRow, spine_chart
from pages.shared.townships.entries import QUERY, Entry, has_unreported, like
from pages.shared.townships.phrases import (
    change_text,
    is_missing,
    mark_text,
    rank_text,
    share_text,
    status_text,
    table_frame,
)
from pages.shared.view import Source, View

# Groups of the registry that stand together in a card: alone some have a single row.
CARDS = {
    "coverage": ("coverage",),
    "cases": ("grievances", "taskforce"),
    "people": ("organisations", "people"),
    "services": ("stations", "care", "governance"),
}


def lead(view: View, found: list[Entry], code: str) -> str:
    """Return the page's sentence: how often the township is better and worse than the county."""
    told = [entry for entry in found if entry.is_comparable and entry.rows[code]["value"] is not None]
    name = view.name("township", code)
    if not told:
        return view.t("townships.lead_none", name=name, month=view.month)
    better, worse = (sum(entry.standing(code) == way for entry in told) for way in (1, -1))
    missed = sum(entry.rows[code]["status"] == "bad" for entry in found)
    aims = any(entry.rows[code]["status"] for entry in found)
    met = "lead_late" if has_unreported(found, code) else "lead_met"
    key = ("lead_missed" if missed else met) if aims else "lead"
    return view.t(
        f"townships.{key}", name=name, n=len(told), better=better, worse=worse, missed=missed, area=view.whole
    )


def draw(view: View, found: list[Entry], code: str) -> None:
    """Draw the cards of rates, two across, and the table of counts below."""
    rates = [entry for entry in found if entry.is_comparable]
    guide(view, view.t("townships.rank_remark"))
    grid = st.grid(2, min_column_width=460, gap="small", border=True)
    for name, groups in CARDS.items():
        kept = [entry for entry in rates if entry.about.group in groups]
        if kept:
            with grid.cell():
                cards.rebuilt(view, partial(_again, kept, name, code)).draw(view)
    counts = [entry for entry in found if not entry.about.whole]
    if counts:
        with grid.cell(column_span="all"):
            _counts(view, counts, code)


def guide(view: View, *more: str) -> None:
    """Draw the heading over the cards of rates, and how they are read."""
    st.markdown(f"### {view.t('townships.rates', area=view.whole)}", anchors=False)
    blocks.note("".join((view.t("townships.guide", area=view.whole), *more)))


def _again(found: list[Entry], name: str, code: str, view: View) -> cards.Card:
    return _card(view, name, like(view, found), code)


def _card(view: View, name: str, found: list[Entry], code: str) -> cards.Card:
    groups: dict[str, list[SpineRow]] = {}
    for entry in found:
        title = view.t(f"methods.groups.{entry.about.group}")
        groups.setdefault(title, []).append(_row(view, entry, code))
    words = ("mine", "change", "rank", "worse", "better")
    heads = SpineHeads(county=view.whole, **{word: view.t(f"townships.head_{word}") for word in words})
    measure = view.t("townships.measure", name=view.name("township", code), area=view.whole)
    figure = spine_chart(list(groups.items()), heads, blocks.look(view), measure=measure)
    ids = tuple(entry.about.id for entry in found)
    frame = table_frame(view, found, [code])
    return cards.Card(
        Source(f"townships_{name}", QUERY, ids, frame),
        figure,
        _title(view, name, found, code),
        view.t("townships.spine_subtitle", month=view.month),
    )


def _row(view: View, entry: Entry, code: str) -> SpineRow:
    row = entry.rows[code]
    place, worst, best = entry.place(code)
    status, words = status_text(view, entry, code)
    return SpineRow(
        name=entry.quantity.name,
        value=entry.quantity.value(row),
        county=entry.quantity.value(entry.county),
        change=change_text(view, entry, code),
        rank=rank_text(view, entry, code),
        place=place,
        worst=worst,
        best=best,
        solid=entry.differs(code),
        is_missing=is_missing(row),
        status=status,
        words=words,
    )


def _title(view: View, name: str, found: list[Entry], code: str) -> str:
    """Return the conclusion of a card: how many rates are worse than the county's, and beyond chance."""
    group = view.t(f"townships.card_{name}")
    told = [entry for entry in found if entry.rows[code]["value"] is not None]
    worse = [entry for entry in told if entry.standing(code) < 0]
    if not told:
        return view.t("townships.title_none", group=group, month=view.month)
    if not worse:
        return view.t("townships.title_level", group=group, n=len(told), area=view.whole)
    sure = sum(entry.differs(code) for entry in worse)
    key = "townships.title_sure" if sure else "townships.title_worse"
    return view.t(key, group=group, n=len(told), worse=len(worse), sure=sure, area=view.whole)


def _counts(view: View, found: list[Entry], code: str) -> None:
    """Draw what only mirrors size as a table: own count, the county's, the share of it, the change."""
    firms = next((entry for entry in found if entry.about.id == "workers"), None)
    share = share_text(view, firms, code) if firms else ""
    known = share and share != view.t("formats.undefined")
    name = view.name("township", code)
    title = view.t("townships.counts_title", n=len(found), name=name)
    key = "townships.counts_subtitle" if known else "townships.counts_subtitle_plain"
    blocks.heading(title, view.t(key, name=name, share=share, area=view.whole))
    words = {name: view.t(f"columns.townships_{name}") for name in ("group", "indicator", "value")}
    rows = [
        {
            words["indicator"]: entry.quantity.name,
            words["value"]: entry.quantity.value(entry.rows[code]),
            view.whole: entry.quantity.value(entry.county),
            view.t("townships.head_share", area=view.whole): share_text(view, entry, code),
            view.t("townships.head_change"): change_text(view, entry, code),
            view.t("columns.townships_status"): mark_text(view, entry, code),
            words["group"]: view.t(f"methods.groups.{entry.about.group}"),
        }
        for entry in found
    ]
    table(view, pl.DataFrame(rows), "townships_counts")
    cards.explain(view, counts_source(view, found, [code]))


def counts_source(view: View, found: list[Entry], codes: list[str]) -> Source:
    """Return the rows behind the table of counts."""
    ids, frame = tuple(entry.about.id for entry in found), table_frame(view, found, codes)
    return Source(
        "townships_counts",
        QUERY,
        ids,
        frame,
        again=lambda other: counts_source(other, like(other, found), codes),
    )


def table(view: View, frame: pl.DataFrame, key: str) -> None:
    """Draw a long table: names, then numbers flush right, and the group at the end."""
    columns = {name: st.column_config.TextColumn(name, alignment="right") for name in frame.columns[1:-1]}
    st.dataframe(
        frame,
        hide_index=True,
        row_height=34,
        height="content" if frame.height <= 16 else 560,
        column_config=columns,
        key=f"{key}.rows",
        alt=view.t("blocks.table_alt", rows=frame.height),
    )
