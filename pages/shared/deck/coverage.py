"""两个覆盖: who misses the target, how it moved, and who moved it."""

import polars as pl

from pages.shared.blocks import SMALL_TOTAL
from pages.shared.charts.contributions import signed
from pages.shared.coverage import COLUMNS, WORK, standing, township_subtitle, township_title
from pages.shared.deck.brief import Brief
from pages.shared.deck.deck import Slide
from pages.shared.deck.exhibits import Column, Table, Value
from pages.shared.deck.rates import LEAST, course_line, first_month, known_months, points_of, rate_bars
from pages.shared.deck.values import rate
from pages.shared.meeting.movement import Movement, movement
from pages.shared.rates import ORGANISATION, and_county, course, partial_title, rates_of
from pages.shared.view import View
from queries.words.formats import months_text, percent

# Rows of the table of who moved the rate: those that moved most, the others summed up.
MOVERS = 6


def coverage_trend(brief: Brief) -> list[Slide]:
    """Return the course of organisation coverage over 36 months; few enterprises are no course."""
    view, name = brief.view, ORGANISATION[brief.view.filters.denominator]
    months = known_months(
        view.ask("coverage_by_month", from_month=first_month(view.filters.month)), "enterprises"
    )
    if months.is_empty() or (months["enterprises"][-1] or 0) < SMALL_TOTAL:
        return []
    values = _ratios(months, COLUMNS[name])
    if sum(value is not None for value in values) < LEAST:
        return []
    lines = course_line(view, months, name, values)
    points = points_of(months, values)
    span = months_text(points[0].month, points[-1].month, view.text)
    subtitle = view.t("rates.trend_subtitle", area=view.area, name=lines.measure, span=span)
    if lines.bottom:
        axis = view.t("charts.axis_from", value=percent(lines.bottom, 1, view.text).replace(".0", ""))
        subtitle = view.t("rates.with_axis", subtitle=subtitle, axis=axis)
    how = partial_title(view, "coverage_by_month", COLUMNS[name]) or view.t(
        "deck.course", name=lines.measure, course=course(view, points)
    )
    return [
        brief.slide(
            "coverage_trend",
            "changes",
            title=how,
            subtitle=subtitle,
            exhibit=lines,
            indicators=(name,),
            query="coverage_by_month",
        )
    ]


def _ratios(months: pl.DataFrame, column: str) -> list[float | None]:
    pairs = zip(months[column], months["enterprises"], strict=True)
    return [part / whole if whole and part is not None else None for part, whole in pairs]


def coverage_by_township(brief: Brief) -> list[Slide]:
    """Return the townships' organisation coverage against their targets."""
    return _by_township(brief, "coverage_by_township", ORGANISATION[brief.view.filters.denominator])


def work_coverage(brief: Brief) -> list[Slide]:
    """Return the townships' work coverage against their targets."""
    return _by_township(brief, "work_coverage", WORK)


def _by_township(brief: Brief, name: str, indicator: str) -> list[Slide]:
    view, column = brief.view, COLUMNS[indicator]
    now = view.ask("coverage_by_month").row(-1, named=True)
    if not now["enterprises"]:
        return _nothing(brief, name, indicator, "unreported" if now["enterprises"] is None else "zero")
    townships = view.ask("coverage_by_township")
    rates = and_county(
        view, rates_of(view, townships, indicator, column), "coverage_by_month", indicator, column
    )
    slide = brief.slide(
        name,
        "shortfalls",
        title=_title(view, townships, indicator, now),
        subtitle=township_subtitle(view, indicator),
        exhibit=rate_bars(view, rates, indicator, "units.enterprise"),
        indicators=(indicator,),
        query="coverage_by_township",
        remark=view.t(f"coverage.remark_{column}"),
    )
    return brief.continued(slide)


def _title(view: View, townships: pl.DataFrame, indicator: str, now: dict[str, int]) -> str:
    """Return the conclusion; of one township, how it stands."""
    name = view.t(f"kpi.{indicator}")
    if townships.height > 1:
        told = township_title(view, townships, indicator)
        plain = view.t("coverage.township_title", name=name)
        return told if told == plain else view.t("deck.of", name=name, told=told)
    if indicator != WORK:
        return standing(view, now)
    shown = percent(now["worked"], now["enterprises"], view.text)
    return view.t("deck.rate_of", area=view.area, name=name, rate=shown)


def _nothing(brief: Brief, name: str, indicator: str, reason: str) -> list[Slide]:
    view = brief.view
    return brief.unreported(
        name,
        "shortfalls",
        "enterprises",
        title=view.t(f"coverage.nothing_{reason}", area=view.area),
        body=view.t(f"coverage.nothing_{reason}_body", month=view.month, area=view.area),
        indicators=(indicator,),
        is_missing=reason == "unreported",
    )


def contributions(brief: Brief) -> list[Slide]:
    """Return who moved the first of the rates that anybody moved."""
    moved = movement(brief.view, brief.figures)
    if moved is None:
        return []
    view = brief.view
    return [
        brief.slide(
            "contributions",
            "changes",
            title=moved.title(view),
            subtitle=moved.subtitle(view),
            exhibit=_movers(view, moved),
            indicators=(moved.figure.subject.indicator,),
            query="contributions",
        )
    ]


def _movers(view: View, moved: Movement) -> Table:
    code = moved.keys[0]
    told = moved.frame.filter(pl.col("shown") != 0)
    first = told.sort(pl.col("shown").abs(), descending=True, maintain_order=True).head(
        MOVERS if told.height > MOVERS + 1 else MOVERS + 1
    )
    rows = [
        (
            view.name(moved.by, row[code]),
            _rate(view, row["before"]),
            _rate(view, row["now"]),
            _points(row["shown"]),
        )
        for row in first.iter_rows(named=True)
    ]
    if others := told.height - first.height:
        rest = round(moved.total - float(first["shown"].sum()), 1)
        rows.append((view.t("meeting.others", count=others), Value(None, ""), Value(None, ""), _points(rest)))
    now = moved.figure.now
    before, after = _rate(view, now["previous"]), _rate(view, now["value"])
    rows.append((view.t("columns.total"), before, after, _points(moved.total)))
    names = ("columns.committee" if moved.by == "committee" else "columns.township", "columns.before_rate")
    heads = (*names, "columns.now_rate", "columns.contribution_points")
    columns = tuple(Column(view.t(name), at > 0) for at, name in enumerate(heads))
    return Table(columns, tuple(rows), has_total=True)


def _rate(view: View, ratio: float | None) -> Value:
    return Value(None, "—", "rate") if ratio is None else rate(view, ratio, 1)


def _points(points: float) -> Value:
    return Value(points, signed(points, 1), "decimal")
