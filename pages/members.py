"""党员队伍: party members and workers by industry committee and township."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from pages.shared import blocks, cards
from pages.shared.annotations import annotate
from pages.shared.charts import (
    MAX_LINES,
    Line,
    count_bars,
    marked,
    sparkline,
    stepped_lines,
)
from pages.shared.frame import return_to_frame
from pages.shared.members import is_at_least, nothing, persons, top_two
from pages.shared.rates import change_of_rate, count_trend_card, person_words
from pages.shared.view import MEMBERS, Source, View
from queries.words.formats import count_text, months_text, percent
from queries.words.wording import Kind, change

PEOPLE: tuple[tuple[str, str, Kind, str], ...] = (
    ("members", "units.member", "stock", "up"),
    ("floating_in", "units.member", "stock", "info"),
    ("applicants", "units.person", "flow", "up"),
)
# Height of the lines of committees, px, which have few bars beside them.
COURSES = 260


def render(view: View) -> None:
    """Draw the page for the viewer's month, townships and committees."""
    months = view.ask("members_by_month")
    now = months.row(-1, named=True)
    if now["members"] is None:
        _nothing(view)
        return
    blocks.lead(_lead(view, months, _split(view, "committee")))
    _headlines(view, months)
    grid = st.grid(2, min_column_width=460, gap="small", border=True)
    by_committee, by_township = (
        cards.rebuilt(view, partial(_bars, key=key)) for key in ("committee", "township")
    )
    trend, courses = partial(_again, view, _trend), partial(_again, view, _courses)
    if not cards.row(view, grid, by_township, trend, courses(COURSES)):
        with grid.cell():
            by_committee.draw(view)
        with grid.cell():
            courses(blocks.height_beside(by_committee.figure, least=COURSES)).draw(view)
    else:
        with grid.cell(column_span="all"):
            by_committee.draw(view)
    with grid.cell(column_span="all"):
        _cells(view)


def _again(view: View, make: Callable[..., cards.Card], height: float) -> cards.Card:
    """Return a card of a height that can be made again for what everybody may see."""
    return cards.rebuilt(view, partial(make, height=height))


def _split(view: View, key: str) -> pl.DataFrame:
    """Return the rows by committee or township; without the one of no committee where it has no figure."""
    frame = view.ask(f"members_by_{key}")
    code = "committee_id" if key == "committee" else "township_code"
    return frame.filter(pl.col(code).is_not_null() | pl.col("members").is_not_null())


def _trend(view: View, height: float) -> cards.Card:
    months = view.ask("members_by_month")
    source = Source("members_trend", "members_by_month", ("members",), months)
    return count_trend_card(view, months, "members", "members", "units.member", source, height)


def _nothing(view: View) -> None:
    clear = ("committees",) if view.filters.committees else ("townships",) if view.filters.townships else ()
    blocks.nothing(view, *nothing(view), clear=clear)


def _share(row: dict[str, Any], view: View) -> str:
    return percent(row["members"], row["workers"], view.text)


def _lead(view: View, months: pl.DataFrame, committees: pl.DataFrame) -> str:
    now = months.row(-1, named=True)
    first = view.t("members.lead", area=view.area, members=persons(view, now["members"]))
    told = months.height > 1 and months.row(-2, named=True)["members"] is not None
    if told and view.comparable(MEMBERS):
        moved = change(
            "stock",
            now["members"],
            months.row(-2, named=True)["members"],
            view.text,
            classifier=view.t("units.member"),
        )
        first = view.t("members.lead_change", first=first, change=moved.sentence)
    known = committees.filter(pl.col("members").is_not_null() & pl.col("committee_id").is_not_null())
    if now["members"] < blocks.SMALL_TOTAL or known.height < 2:
        return view.t("members.lead_stop", first=first)
    most = known.sort("members", descending=True, maintain_order=True).row(0, named=True)
    return view.t(
        "members.lead_most",
        first=first,
        committee=view.name("committee", most["committee_id"]),
        share=percent(most["members"], now["members"], view.text),
    )


def _headlines(view: View, months: pl.DataFrame) -> None:
    now, before = blocks.this_and_last(months)
    with st.grid(4, min_column_width=158, gap="small"):
        for column, unit, kind, direction in PEOPLE:
            blocks.count_kpi(
                view,
                column,
                column,
                unit,
                months,
                kind=kind,
                direction=direction,
                lower_bound=is_at_least(view, column),
                report=MEMBERS,
            )
        at_least = is_at_least(view, "workers")
        workers = count_text(now["workers"], view.t("units.person"), view.text, lower_bound=at_least)
        blocks.kpi(
            view,
            "member_share",
            # Members out of at least so many workers are at most such a share.
            percent(now["members"], now["workers"], view.text, bound="high" if at_least else ""),
            change_of_rate(view, now, before, "members", "workers", report=MEMBERS),
            description=view.t("members.workers", count=workers),
            spark=sparkline(months["member_share"].to_list()),
        )


def _bars(view: View, key: str) -> cards.Card:
    """Return members and their share of workers, a bar a committee or township."""
    frame, unit = _split(view, key), view.t("units.member")
    code = "committee_id" if key == "committee" else "township_code"
    rows = []
    for row in frame.iter_rows(named=True):
        words = person_words(view, row, "members", unit)
        bar = marked(view.name(key, row[code]), row["members"], row.get("members_mark"), words)
        exact = row["members"] is not None and not words
        rows.append(replace(bar, right=view.t("members.share", share=_share(row, view)) if exact else ""))
    figure = count_bars(
        rows,
        blocks.look(view),
        measure=view.t("kpi.members"),
        classifier=unit,
        height=COURSES - blocks.REMARK,
    )
    return cards.Card(
        Source(f"members_{key}", f"members_by_{key}", ("members", "member_share"), frame),
        figure,
        top_two(view, frame, key),
        view.t(f"members.{key}_subtitle", month=view.month),
        view.t("members.remark"),
    )


def _courses(view: View, height: float) -> cards.Card:
    frame = view.ask("members_by_month_committee")
    months = frame["month"].unique(maintain_order=True).to_list()
    lines, moved = [], {}
    named = frame.filter(pl.col("committee_id").is_not_null())
    for (code,), rows in named.group_by(["committee_id"], maintain_order=True):
        name = view.name("committee", str(code))
        values = rows["members"].to_list()
        end = person_words(view, rows.row(-1, named=True), "members", "")
        lines.append(Line(name, values, end=end))
        known = [value for value in values if value is not None]
        if len(known) > 1:
            moved[name] = known[-1] - known[0]
    title = view.t("members.courses_title")
    if moved and max(moved.values()) > 0 and not view.missing(MEMBERS)[0]:
        most = max(moved, key=lambda name: moved[name])
        title = view.t("members.courses_most", committee=most, count=persons(view, moved[most]))
    marked = annotate(view, "members", months)
    figure = stepped_lines(
        lines[:MAX_LINES],
        blocks.look(view),
        months=months,
        measure=view.t("kpi.members"),
        classifier=view.t("units.member"),
        height=height,
        marks=marked.marks,
    )
    return cards.Card(
        Source("members_courses", "members_by_month_committee", ("members",), frame),
        figure,
        title,
        view.t("members.courses_subtitle", span=months_text(months[0], months[-1], view.text)),
        marked.numbered(figure, view.text),
    )


def _cells(view: View) -> None:
    frame = view.ask("members_by_township_committee")
    cells = frame.filter(pl.col("members") > 0)
    few = cells.filter(pl.col("members") <= int(view.profile.settings.get("k", 5))).height
    blocks.heading(
        view.t("members.cells_title", cells=cells.height, few=few, k=int(view.profile.settings.get("k", 5))),
        view.t("members.cells_subtitle"),
    )
    blocks.wide_table(view, blocks.matrix(view, frame, "members"), "members_cells")
    cards.explain(view, _cells_source(view))


def _cells_source(view: View) -> Source:
    query = "members_by_township_committee"
    return Source("members_cells", query, ("members",), view.ask(query), again=_cells_source)


if __name__ == "__main__":
    return_to_frame("members")
