"""How long grievances take: the curve of closing, what waits at the month's end, what came and went."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from pages.shared import blocks, cards
from pages.shared.annotations import annotate
from pages.shared.charts import Ages, Day, age_label, backlog_bars, flow_lines, share_within, survival_curve
from pages.shared.view import Source, View
from queries.words.formats import months_text, percent

FEW_EVENTS = 10
FLOW_MONTHS = 13
WITHIN = 15
# What a second card stacked beside the curve adds to its height, px; the curve has a remark.
SECOND_CARD = blocks.SECOND_CARD - blocks.REMARK


def curve_card(view: View, now: dict[str, Any], height: float) -> None:
    """Draw the cumulative share closed by day, open cases included; too few cases are told in words."""
    frame = view.ask("closure_curve")
    days = [Day(row["day"], row["survival"]) for row in frame.iter_rows(named=True)]
    events, censored = int(frame["closed"].sum()), int(frame["censored"].sum())
    subtitle = view.t("grievances.curve_subtitle", count=events + censored)
    source = Source("closure_curve", "closure_curve", ("km_median", "km_p90"), frame)
    if events < FEW_EVENTS:
        blocks.heading(view.t("grievances.curve_few", closed=events, open=censored), subtitle)
        blocks.note(view.t("grievances.curve_few_remark", count=FEW_EVENTS))
        cards.explain(view, source)
        return
    figure = survival_curve(
        days, blocks.look(view), median=now["km_median_days"], p90=now["km_p90_days"], height=height
    )
    cards.Card(
        source,
        figure,
        curve_title(view, days),
        subtitle,
        view.t("grievances.curve_remark", open=censored),
    ).draw(view)


def curve_title(view: View, days: Sequence[Day]) -> str:
    """Return the share closed within 15 days."""
    share = percent(share_within(days, WITHIN), 1, view.text)
    return view.t("grievances.curve_title", days=WITHIN, share=share)


def ages_of(view: View, frame: pl.DataFrame) -> list[Ages]:
    """Return what is open at the month's end by age."""
    return [
        Ages(age_label(row["days_from"], row["days_to"], view.text), row["cases"], row["overdue"] or 0)
        for row in frame.iter_rows(named=True)
    ]


def backlog_title(view: View, frame: pl.DataFrame) -> str:
    """Return how much is open at the month's end, and how much of it is overdue."""
    total, overdue = int(frame["cases"].sum()), int(frame["overdue"].sum())
    old = int(frame.filter(pl.col("days_to").is_null())["overdue"].sum())
    key = "backlog_overdue" if overdue else "backlog_calm" if total else "backlog_none"
    return view.t(f"grievances.{key}", total=total, overdue=overdue, old=old)


def backlog_card(view: View) -> float:
    """Draw what is open at the month's end by age; return the figure's height."""
    frame = view.ask("backlog_by_age")
    figure = backlog_bars(
        ages_of(view, frame),
        blocks.look(view),
        measure=view.t("kpi.backlog"),
        classifier=view.t("units.case"),
    )
    cards.Card(
        Source("backlog_age", "backlog_by_age", ("backlog", "overdue_open"), frame),
        figure,
        backlog_title(view, frame),
        view.t("grievances.backlog_subtitle"),
    ).draw(view)
    return blocks.height_of(figure)


def flow_card(view: View, months: pl.DataFrame) -> float:
    """Draw what came in, went out and was left over 13 months; return the figure's height."""
    recent = months.tail(FLOW_MONTHS)
    now = recent.row(-1, named=True)
    moved = now["received"] - now["closed"]
    key = "flow_up" if moved > 0 else "flow_down" if moved < 0 else "flow_level"
    calendar = recent["month"].to_list()
    marked = annotate(view, "received", calendar)
    figure = flow_lines(
        recent["received"].to_list(),
        recent["closed"].to_list(),
        recent["open"].to_list(),
        blocks.look(view),
        months=calendar,
        classifier=view.t("units.case"),
        marks=marked.marks,
    )
    cards.Card(
        Source("closure_flow", "closure_by_month", ("received", "closed", "backlog"), recent),
        figure,
        view.t(
            f"grievances.{key}",
            month=view.month,
            received=now["received"],
            closed=now["closed"],
            moved=abs(moved),
        ),
        view.t("grievances.flow_subtitle", span=months_text(calendar[0], calendar[-1], view.text)),
        marked.numbered(figure, view.text),
    ).draw(view)
    return blocks.height_of(figure)
