"""两个覆盖: how far party organisations and party work reach the operating enterprises."""

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from pages.shared import blocks, cards, filters
from pages.shared.charts import (
    Step,
    ladder,
    target_bars,
)
from pages.shared.courses import courses_card
from pages.shared.coverage import WORK, standing, township_subtitle, township_title
from pages.shared.differences import differences_card
from pages.shared.frame import return_to_frame
from pages.shared.rates import ORGANISATION, and_county, change_of_rate, rates_of, trend_card
from pages.shared.view import COVERAGE, Source, View
from pages.shared.worklists.link import worklist_link
from queries.words.formats import count_text, gap_units, percent, plain_percent
from queries.words.standing import judge_all
from queries.words.wording import misses

ALONE = "sole_rate"
BLANK = "blank_spots"
# As high as the table of blank spots of eight townships beside it, px.
LADDER = 306


def render(view: View) -> None:
    """Draw the page for the viewer's month, townships, committees and denominator."""
    months = view.ask("coverage_by_month")
    townships = view.ask("coverage_by_township")
    now = months.row(-1, named=True)
    if not now["enterprises"]:
        _denominator(view, now)
        _nothing(view, now)
        return
    blocks.lead(_lead(view, now, townships))
    _denominator(view, now)
    _headlines(view, months)
    grid = st.grid(2, min_column_width=460, gap="small", border=True)
    measures = ((ORGANISATION[view.filters.denominator], "organised"), (WORK, "worked"))
    left = []
    for indicator, column in measures:
        trend = partial(_trend, view, months, indicator, column)
        committees = _by_committee(view, indicator, column)
        if not cards.row(view, grid, _by_township(view, townships, indicator, column), trend, committees):
            left.append(committees)
    with grid.cell(column_span=1 if left else 2):
        _ladder(view, now)
    with grid.cell(column_span=1 if left else 2):
        _blank_spots(view)
    for committees in left:
        with grid.cell():
            committees.draw(view)
    rates = rates_of(view, townships, measures[0][0], "organised")
    source = Source("coverage_differences", "coverage_by_township", measures[0][:1], townships)
    name = view.t(f"kpi.{measures[0][0]}")
    if dots := differences_card(view, rates, name, source, classifier=view.t("units.enterprise")):
        with grid.cell(column_span="all"):
            dots.draw(view)
    with grid.cell(column_span="all"):
        courses_card(view, measures[0][0])


def _trend(view: View, months: pl.DataFrame, indicator: str, column: str, height: float) -> cards.Card:
    return trend_card(
        view, months, indicator, column, "enterprises", query="coverage_by_month", height=height
    )


def _nothing(view: View, now: dict[str, Any]) -> None:
    """Say why there is no rate: nobody reported, or nothing is counted under these filters."""
    reason = "unreported" if now["enterprises"] is None else "zero"
    clear = ("committees",) if view.filters.committees else ("townships",) if view.filters.townships else ()
    blocks.nothing(
        view,
        view.t(f"coverage.nothing_{reason}", area=view.area),
        view.t(f"coverage.nothing_{reason}_body", month=view.month, area=view.area),
        clear=clear,
    )


def _denominator(view: View, now: dict[str, Any]) -> None:
    """Draw the switch of the denominator; its label says how many enterprises are counted."""
    name = view.t(f"denominators.{view.filters.denominator}")
    count = count_text(now["enterprises"], view.t("units.enterprise"), view.text)
    st.segmented_control(
        view.t("denominators.label", name=name, count=count),
        filters.DENOMINATORS,
        format_func=lambda option: view.t(f"denominators.{option}"),
        key="denominator",
        required=True,
        persist_state="session",
    )


def _lead(view: View, now: dict[str, Any], townships: pl.DataFrame) -> str:
    indicator = ORGANISATION[view.filters.denominator]
    behind = misses(
        judge_all(rates_of(view, townships, indicator, "organised"), None, **view.rule(indicator)), view.text
    )
    first = standing(view, now)
    if not behind or townships.height == 1:
        return view.t("coverage.lead_only", first=first)
    return view.t("coverage.lead", first=first, behind=behind)


def _headlines(view: View, months: pl.DataFrame) -> None:
    now, before = blocks.this_and_last(months)
    rates = ((ORGANISATION[view.filters.denominator], "organised"), (WORK, "worked"), (ALONE, "sole"))
    with st.grid(4, min_column_width=158, gap="small"):
        for indicator, column in rates:
            blocks.kpi(
                view,
                indicator,
                percent(now[column], now["enterprises"], view.text),
                change_of_rate(view, now, before, column, "enterprises", report=COVERAGE),
                description=_aim(view, view.area_target(indicator), now[column], now["enterprises"]),
            )
        blocks.count_kpi(
            view,
            BLANK,
            "uncovered",
            "units.enterprise",
            months,
            direction="down",
            spark=False,
            report=COVERAGE,
        )


def _aim(view: View, target: float | None, count: int, whole: int) -> str | None:
    """Return the target beside a headline rate, and how many enterprises are missing."""
    if target is None:
        return None
    gap = gap_units(target, count, whole)
    return view.t("kpi.target_gap" if gap else "kpi.target", target=plain_percent(target), gap=gap)


def _by_township(view: View, townships: pl.DataFrame, indicator: str, column: str) -> cards.Card:
    rates = rates_of(view, townships, indicator, column)
    figure = target_bars(
        and_county(view, rates, "coverage_by_month", indicator, column),
        blocks.look(view),
        measure=view.t(f"kpi.{indicator}"),
        target=None,
        **view.rule(indicator),
        classifier=view.t("units.enterprise"),
    )
    return cards.Card(
        Source(f"coverage_township_{column}", "coverage_by_township", (indicator,), townships),
        figure,
        township_title(view, townships, indicator),
        township_subtitle(view, indicator),
        view.t(f"coverage.remark_{column}"),
    )


def _ladder(view: View, now: dict[str, Any]) -> None:
    names = ("enterprises", "worked", "organised", "sole")
    steps = [Step(view.t(f"coverage.step_{name}"), now[name]) for name in names]
    cards.Card(
        Source("coverage_ladder", "coverage_by_month", (WORK, ALONE), pl.DataFrame([now])),
        ladder(steps, blocks.look(view), measure=view.t("coverage.ladder_measure"), height=LADDER),
        view.t(
            "coverage.ladder_title",
            worked=percent(now["worked"], now["enterprises"], view.text),
            sole=percent(now["sole"], now["enterprises"], view.text),
        ),
        view.t("coverage.ladder_subtitle", denominator=view.t(f"denominators.{view.filters.denominator}")),
    ).draw(view)


def _blank_spots(view: View) -> None:
    """Draw the enterprises without any party work, township by committee, where there are any."""
    cells = view.ask("coverage_by_township_committee")
    matrix = blocks.matrix(view, cells, "uncovered")
    total = cells["uncovered"].sum()
    where = cells.filter(pl.col("uncovered") > 0)["township"].n_unique()
    key = "blank_none" if not total else "blank_title" if where > 1 else "blank_here"
    title = view.t(f"coverage.{key}", count=total, where=where)
    blocks.heading(title, view.t("coverage.blank_subtitle"))
    blocks.wide_table(view, matrix, "coverage_blank")
    cards.explain(view, Source("coverage_blank", "coverage_by_township_committee", (BLANK,), cells))
    if total:
        worklist_link(view, BLANK)


def _by_committee(view: View, indicator: str, column: str) -> cards.Card:
    """Return the rate of each committee; the title names the highest and the lowest of those large enough."""
    committees = view.ask("coverage_by_committee")
    rates = rates_of(view, committees, indicator, column, key="committee")
    name = view.t(f"kpi.{indicator}")
    ranked = sorted(
        (r for r in rates if (r.denominator or 0) >= 10 and r.ratio is not None), key=lambda r: r.ratio or 0
    )
    title = view.t("coverage.committee_title", name=name)
    if len(ranked) > 1:
        low, high = ranked[0], ranked[-1]
        title = view.t(
            "coverage.committee_range",
            high=high.name,
            low=low.name,
            high_rate=percent(high.numerator, high.denominator, view.text),
            low_rate=percent(low.numerator, low.denominator, view.text),
        )
    return cards.Card(
        Source(f"coverage_committee_{column}", "coverage_by_committee", (indicator,), committees),
        target_bars(
            rates, blocks.look(view), measure=name, target=None, classifier=view.t("units.enterprise")
        ),
        title,
        view.t("coverage.committee_subtitle", name=name),
    )


if __name__ == "__main__":
    return_to_frame("coverage")
