"""Rates as exhibits: bars of townships against their targets, and a line over three years."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from pages.shared import blocks
from pages.shared.charts import Point
from pages.shared.charts.months import last_known, value_scale
from pages.shared.charts.target_rows import Row, rows_of
from pages.shared.deck.exhibits import Bar, Bars, Line, Lines, Value
from pages.shared.theme import SHAPES
from pages.shared.view import View
from queries.words.formats import count_text, percent, plain_percent
from queries.words.standing import Rate, judge_all

YEARS = 3
# Fewer months are no course: what changed since last month is told by the headline figures.
LEAST = 3


def rate_bars(view: View, rates: Sequence[Rate], indicator: str, unit: str) -> Bars:
    """Return rates as bars with their verdicts; a target that all share is one line."""
    rule = view.rule(indicator)
    verdicts = judge_all(rates, None, **rule)
    rows = rows_of(rates, verdicts, None, blocks.look(view), view.t(unit), rule["direction"])
    aims = {row.aim for row in rows if row.aim is not None}
    common = aims.pop() if len(aims) == 1 else None
    known = [row.rate.ratio for row in rows if row.rate.ratio is not None]
    return Bars(
        rows=tuple(_bar(row, None if common is not None else row.aim) for row in rows),
        measure=view.t(f"kpi.{indicator}"),
        unit="%",
        kind="rate",
        top=max([1.0, *known]),
        target=common,
        target_label=target_label(view, common) or (view.t("charts.target_each") if aims else ""),
    )


def target_label(view: View, target: float | None) -> str:
    """Return 目标 85%; empty without a target."""
    return "" if target is None else view.t("charts.target", value=plain_percent(target))


def _bar(row: Row, target: float | None) -> Bar:
    missing = row.rate.numerator is None or row.rate.denominator is None
    return Bar(
        name=row.rate.name,
        length=row.rate.ratio,
        value=Value(row.rate.ratio, row.shown, "rate"),
        detail=row.parts,
        status=row.verdict.status if row.verdict.status in SHAPES else None,
        words=row.line,
        target=target,
        is_calm=row.is_fine,
        is_missing=missing,
    )


def first_month(month: date) -> date:
    """Return the first of 36 months."""
    return date(month.year - YEARS + month.month // 12, month.month % 12 + 1, 1)


def known_months(months: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return the months from the first that was reported on."""
    return months.filter(pl.col(column).is_not_null().cum_max())


def course_line(view: View, months: pl.DataFrame, indicator: str, values: Sequence[float | None]) -> Lines:
    """Return the course of a rate with its targets as steps, on an axis around the data."""
    steps = view.target_steps(indicator, first_month(view.filters.month))
    calendar: list[date] = months["month"].to_list()
    targets = tuple(steps.get(month) for month in calendar)
    scale = value_scale([*values, *targets], unit="percent")
    last = last_known(values)
    shown = "" if last is None else percent(values[last], 1, view.text)
    return Lines(
        months=tuple(calendar),
        lines=(Line(view.area, tuple(values), shown),),
        measure=view.t(f"kpi.{indicator}"),
        unit="%",
        kind="rate",
        bottom=scale.low,
        top=scale.high,
        target=targets if any(target is not None for target in targets) else (),
        target_label=target_label(view, targets[-1]),
    )


def count_line(view: View, months: pl.DataFrame, column: str, indicator: str, unit: str) -> Lines:
    """Return the course of a count."""
    values = months[column].to_list()
    scale = value_scale(values, unit="count", from_zero=True)
    last = last_known(values)
    shown = "" if last is None else count_text(values[last], view.t(unit), view.text)
    return Lines(
        months=tuple(months["month"].to_list()),
        lines=(Line(view.area, tuple(values), shown),),
        measure=view.t(f"kpi.{indicator}"),
        unit=view.t(unit),
        kind="count",
        bottom=scale.low,
        top=scale.high,
    )


def points_of(months: pl.DataFrame, values: Sequence[float | None]) -> list[Point]:
    """Return months with their values."""
    return [Point(month, value) for month, value in zip(months["month"], values, strict=True)]
