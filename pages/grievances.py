"""诉求办结: how long grievances take, what is stuck, and which are answered in time."""

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from pages.shared import blocks, cards
from pages.shared.charts import (
    Count,
    count_bars,
    target_bars,
)
from pages.shared.closure import SECOND_CARD, backlog_card, curve_card, flow_card
from pages.shared.differences import differences_card
from pages.shared.frame import return_to_frame
from pages.shared.rates import and_county, change_of_rate, rates_of, trend_card
from pages.shared.view import Source, View
from pages.shared.worklists.link import worklist_link
from queries.words.formats import count_text, days_text, percent, plain_percent
from queries.words.standing import judge_all
from queries.words.wording import change, standing_title

FEW_CASES = 20
TOP = 3


def render(view: View) -> None:
    """Draw the page for the viewer's month, townships and committees."""
    months = view.ask("closure_by_month")
    now = months.row(-1, named=True)
    if now["received"] is None or not any((now["received"], now["closed"], now["open"], now["due"])):
        _nothing(view, now)
        return
    blocks.lead(_lead(view, now))
    _headlines(view, months)
    if now["overdue_open"]:
        worklist_link(view, "overdue_grievances")
    grid = st.grid(2, min_column_width=460, gap="small", border=True)
    tall = grid.cell(row_span=2)
    with grid.cell():
        height = backlog_card(view)
    with grid.cell():
        height += flow_card(view, months)
    with tall:
        curve_card(view, now, height + SECOND_CARD)
    committees = view.ask("closure_by_committee")
    on_time, received = _by_committee(view, committees), _received(view, committees, "committee")
    trend = partial(_trend, view, months)
    together = cards.row(view, grid, _by_township(view), trend, on_time)
    with grid.cell(column_span=2 if together else 1, row_span=1 if together else 2):
        _received(view, view.ask("closure_by_class"), "class").draw(view)
    for card in (received,) if together else (on_time, received):
        with grid.cell(column_span=2 if together else 1):
            card.draw(view)
    if dots := _differences(view):
        with grid.cell(column_span="all"):
            dots.draw(view)


def _trend(view: View, months: pl.DataFrame, height: float) -> cards.Card:
    return trend_card(view, months, "on_time", "on_time", "due", query="closure_by_month", height=height)


def _nothing(view: View, now: dict[str, Any]) -> None:
    reason = "unreported" if now["received"] is None else "zero"
    clear = ("committees",) if view.filters.committees else ("townships",) if view.filters.townships else ()
    blocks.nothing(
        view,
        view.t(f"grievances.nothing_{reason}", month=view.month, area=view.area),
        view.t(f"grievances.nothing_{reason}_body", month=view.month, area=view.area),
        clear=clear,
    )


def _lead(view: View, now: dict[str, Any]) -> str:
    backlog = view.t("grievances.lead_backlog", open=now["open"], overdue=now["overdue_open"])
    if not now["overdue_open"]:
        backlog = view.t("grievances.lead_backlog_calm", open=now["open"])
    if now["km_median_days"] is None:
        return view.t("grievances.lead_not_reached", backlog=backlog)
    half = days_text(now["km_median_days"], view.text)
    if not now["due"]:
        return view.t("grievances.lead_no_due", half=half, backlog=backlog)
    return view.t(
        "grievances.lead", half=half, rate=percent(now["on_time"], now["due"], view.text), backlog=backlog
    )


def _headlines(view: View, months: pl.DataFrame) -> None:
    now, before = blocks.this_and_last(months)
    with st.grid(4, min_column_width=158, gap="small"):
        for column, closed in (("km_median_days", "closed_median_days"), ("km_p90_days", "closed_p90_days")):
            moved = None
            if before and now[column] is not None and before[column] is not None:
                moved = change("days", now[column], before[column], view.text, direction="down")
            blocks.kpi(
                view,
                column.removesuffix("_days"),
                days_text(now[column], view.text),
                moved,
                description=view.t("grievances.closed_only", days=days_text(now[closed], view.text))
                if now[closed] is not None
                else None,
            )
        target = view.area_target("on_time")
        blocks.kpi(
            view,
            "on_time",
            percent(now["on_time"], now["due"], view.text),
            change_of_rate(view, now, before, "on_time", "due"),
            description=view.t("kpi.target", target=plain_percent(target)) if target is not None else None,
        )
        blocks.count_kpi(
            view,
            "backlog",
            "open",
            "units.case",
            months,
            direction="down",
            description=view.t("grievances.overdue", count=now["overdue_open"]),
            spark=False,
        )


def _by_township(view: View) -> cards.Card:
    frame = view.ask("closure_by_township")
    rates = rates_of(view, frame, "on_time", "on_time", whole="due")
    verdicts = judge_all(rates, None, **view.rule("on_time"))
    aimed = any(rate.target is not None for rate in rates)
    figure = target_bars(
        and_county(view, rates, "closure_by_month", "on_time", "on_time", whole="due"),
        blocks.look(view),
        measure=view.t("kpi.on_time"),
        target=None,
        **view.rule("on_time"),
        classifier=view.t("units.case"),
    )
    return cards.Card(
        Source("closure_township", "closure_by_township", ("on_time", "overdue_open"), frame),
        figure,
        standing_title(verdicts, view.text, classifier=view.t("units.case"))
        if aimed
        else view.t("grievances.township_title"),
        view.t("grievances.township_subtitle", month=view.month),
        view.t("grievances.township_remark"),
    )


def _differences(view: View) -> cards.Card | None:
    """Return which townships are on time more or less often than chance allows."""
    frame = view.ask("closure_by_township")
    rates = rates_of(view, frame.drop_nulls("township_code"), "on_time", "on_time", whole="due")
    source = Source("closure_differences", "closure_by_township", ("on_time",), frame)
    return differences_card(view, rates, view.t("kpi.on_time"), source, classifier=view.t("units.case"))


def _received(view: View, frame: pl.DataFrame, key: str) -> cards.Card:
    """Return how many cases came in, a bar a class or committee, with the median of the closed ones."""
    ranked = frame.sort("received", descending=True, nulls_last=True, maintain_order=True)
    rows = [
        Count(
            row["class_name"] if key == "class" else view.name("committee", row["committee_id"]),
            row["received"],
            right=view.t("grievances.median", days=days_text(row["closed_median_days"], view.text))
            if row["closed_median_days"] is not None
            else "",
        )
        for row in ranked.iter_rows(named=True)
    ]
    total = int(frame["received"].sum())
    title = view.t(f"grievances.{key}_title", total=total)
    if total >= FEW_CASES and len(rows) > TOP:
        share = percent(int(ranked.head(TOP)["received"].sum()), total, view.text)
        title = view.t(f"grievances.{key}_top", share=share, total=total)
    return cards.Card(
        Source(f"closure_{key}", f"closure_by_{key}", ("received", "close_time"), ranked),
        count_bars(rows, blocks.look(view), measure=view.t("kpi.received"), classifier=view.t("units.case")),
        title,
        view.t("grievances.received_subtitle", month=view.month),
    )


def _by_committee(view: View, frame: pl.DataFrame) -> cards.Card:
    rates = rates_of(view, frame, "on_time", "on_time", whole="due", key="committee")
    overdue = count_text(int(frame["overdue_open"].sum()), view.t("units.case"), view.text)
    return cards.Card(
        Source("closure_committee_on_time", "closure_by_committee", ("on_time",), frame),
        target_bars(
            rates,
            blocks.look(view),
            measure=view.t("kpi.on_time"),
            target=None,
            classifier=view.t("units.case"),
        ),
        view.t("grievances.on_time_title", overdue=overdue),
        view.t("grievances.on_time_subtitle", month=view.month),
    )


if __name__ == "__main__":
    return_to_frame("grievances")
