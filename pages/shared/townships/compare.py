"""Two to four townships side by side: rates as places in aligned columns, counts as a table."""

from functools import partial

import polars as pl
import streamlit as st

from pages.shared import blocks, cards
from pages.shared.care.words import status_words
from pages.shared.charts.spine_columns import Cell, ColumnsRow, spine_columns
from pages.shared.townships.entries import QUERY, Entry, like
from pages.shared.townships.phrases import bare_text, is_missing, table_frame
from pages.shared.townships.profile import CARDS, counts_source, guide, table
from pages.shared.view import Source, View
from queries.words.wording import name_list


def lead(view: View, found: list[Entry], codes: list[str]) -> str:
    """Return the page's sentence: who misses how many targets, else how many rates are compared."""
    missed = {code: sum(entry.rows[code]["status"] == "bad" for entry in found) for code in codes}
    rates = sum(entry.is_comparable for entry in found)
    if not any(missed.values()):
        names = name_list([view.name("township", code) for code in codes], view.text, limit=len(codes))
        return view.t("townships.lead_compare", names=names, n=rates)
    told = [
        view.t("townships.misses", name=view.name("township", code), n=count)
        for code, count in missed.items()
        if count
    ]
    return view.t("townships.lead_missing", told=view.t("charts.comma").join(told))


def draw(view: View, found: list[Entry], codes: list[str]) -> None:
    """Draw the cards of rates, two across, and the table of counts below."""
    guide(view)
    grid = st.grid(2, min_column_width=460, gap="small", border=True)
    for name, groups in CARDS.items():
        kept = [entry for entry in found if entry.is_comparable and entry.about.group in groups]
        if kept:
            with grid.cell():
                cards.rebuilt(view, partial(_again, kept, name, codes)).draw(view)
    counts = [entry for entry in found if not entry.about.whole]
    if counts:
        with grid.cell(column_span="all"):
            _counts(view, counts, codes)


def _again(found: list[Entry], name: str, codes: list[str], view: View) -> cards.Card:
    return _card(view, name, like(view, found), codes)


def _card(view: View, name: str, found: list[Entry], codes: list[str]) -> cards.Card:
    groups: dict[str, list[ColumnsRow]] = {}
    for entry in found:
        title = view.t(f"methods.groups.{entry.about.group}")
        groups.setdefault(title, []).append(_row(view, entry, codes))
    names = [view.name("township", code) for code in codes]
    figure = spine_columns(
        list(groups.items()),
        names,
        blocks.look(view),
        measure=view.t("townships.measure", name=name_list(names, view.text, limit=4), area=view.whole),
        county=view.whole,
    )
    frame = table_frame(view, found, codes)
    return cards.Card(
        Source(f"townships_{name}", QUERY, tuple(entry.about.id for entry in found), frame),
        figure,
        _title(view, name, found, codes),
        view.t("townships.columns_subtitle", month=view.month),
    )


def _row(view: View, entry: Entry, codes: list[str]) -> ColumnsRow:
    places = {code: entry.place(code) for code in codes}
    _, worst, best = places[codes[0]]
    return ColumnsRow(
        entry.quantity.name,
        entry.quantity.value(entry.county),
        worst,
        best,
        [_cell(view, entry, code, places[code][0]) for code in codes],
    )


def _cell(view: View, entry: Entry, code: str, place: float | None) -> Cell:
    row = entry.rows[code]
    status = row["status"] if place is not None else None
    word = status_words(view)[status] if status else ""
    return Cell(bare_text(entry, code), place, entry.differs(code), is_missing(row), status, word)


def _title(view: View, name: str, found: list[Entry], codes: list[str]) -> str:
    """Return who of the chosen is worse than the county most often."""
    group = view.t(f"townships.card_{name}")
    worse = {code: sum(entry.standing(code) < 0 for entry in found) for code in codes}
    most = max(worse.values())
    names = [view.name("township", code) for code, count in worse.items() if count == most]
    if not most or len(names) == len(codes):
        return view.t("townships.title_compare", group=group, n=len(found))
    told = name_list(names, view.text, limit=len(codes))
    return view.t("townships.title_most", group=group, n=len(found), names=told, worse=most, area=view.whole)


def _counts(view: View, found: list[Entry], codes: list[str]) -> None:
    blocks.heading(
        view.t("townships.counts_compare", n=len(found)), view.t("townships.counts_compare_subtitle")
    )
    rows = [
        {
            view.t("columns.townships_indicator"): entry.quantity.name,
            view.whole: entry.quantity.value(entry.county),
            **{view.name("township", code): entry.quantity.value(entry.rows[code]) for code in codes},
            view.t("columns.townships_group"): view.t(f"methods.groups.{entry.about.group}"),
        }
        for entry in found
    ]
    table(view, pl.DataFrame(rows), "townships_counts")
    cards.explain(view, counts_source(view, found, codes))
