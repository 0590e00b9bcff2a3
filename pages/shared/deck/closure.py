"""诉求办结: how long it takes, what is stuck, and who is on time."""

from typing import Any

import polars as pl

from pages.shared.charts import Ages, Day, survival_until
from pages.shared.closure import FEW_EVENTS, ages_of, backlog_title, curve_title
from pages.shared.deck.brief import Brief
from pages.shared.deck.deck import Slide
from pages.shared.deck.exhibits import Bar, Bars, Curve, Exhibit, Reached, Statement, Statements
from pages.shared.deck.rates import rate_bars
from pages.shared.deck.values import total
from pages.shared.rates import and_county, rates_of
from pages.shared.view import View
from queries.words.formats import days_text, percent
from queries.words.standing import judge_all
from queries.words.wording import standing_title

CURVE = ("km_median", "km_p90", "close_time")
BACKLOG = ("backlog", "overdue_open")


def _now(brief: Brief) -> dict[str, Any]:
    return brief.view.ask("closure_by_month").row(-1, named=True)


def closure_curve(brief: Brief) -> list[Slide]:
    """Return the share closed by day; of too few cases the numbers of them."""
    view, now = brief.view, _now(brief)
    if now["received"] is None or not any((now["received"], now["closed"], now["open"], now["due"])):
        return _nothing(brief, "unreported" if now["received"] is None else "zero")
    frame = view.ask("closure_curve")
    days = [Day(row["day"], row["survival"]) for row in frame.iter_rows(named=True)]
    closed, still = int(frame["closed"].sum()), int(frame["censored"].sum())
    exhibit: Exhibit = _curve(view, days, now)
    title, remark = curve_title(view, days), view.t("grievances.curve_remark", open=still)
    if closed < FEW_EVENTS:
        remark = view.t("grievances.curve_few_remark", count=FEW_EVENTS)
        title = view.t("grievances.curve_few", closed=closed, open=still)
        exhibit, remark = Statements((Statement(remark),)), ""
    return [
        brief.slide(
            "closure_curve",
            "basics",
            title=title,
            subtitle=view.t("grievances.curve_subtitle", count=closed + still),
            exhibit=exhibit,
            indicators=(*CURVE, "on_time"),
            query="closure_curve",
            remark=remark,
        )
    ]


def _curve(view: View, days: list[Day], now: dict[str, Any]) -> Curve:
    end = survival_until(days, limit=None, p90=now["km_p90_days"])
    drawn = [day for day in days if day.day <= end]
    path = [(0.0, 0.0), *((float(day.day), 1 - day.survival) for day in drawn)]
    if path[-1][0] < end and days and days[-1].day > end:
        path.append((float(end), path[-1][1]))
    named = (("half", 0.5, now["km_median_days"]), ("nine_tenths", 0.9, now["km_p90_days"]))
    return Curve(
        days=tuple(day for day, _ in path),
        shares=tuple(share for _, share in path),
        measure=view.t("charts.survival"),
        unit=view.t("charts.age.天"),
        limit=None,
        limit_label="",
        reached=tuple(_reached(view, *one) for one in named),
    )


def _reached(view: View, key: str, share: float, day: float | None) -> Reached:
    name = view.t(f"charts.{key}")
    label = view.t("charts.label_value", label=name, value=days_text(day, view.text))
    return Reached(name, day, share, label)


def _nothing(brief: Brief, reason: str) -> list[Slide]:
    view = brief.view
    return brief.unreported(
        "closure_curve",
        "basics",
        "grievances",
        title=view.t(f"grievances.nothing_{reason}", month=view.month, area=view.area),
        body=view.t(f"grievances.nothing_{reason}_body", month=view.month, area=view.area),
        indicators=("on_time",),
        is_missing=reason == "unreported",
    )


def backlog(brief: Brief) -> list[Slide]:
    """Return what is open at the month's end by age, with what is overdue of it."""
    view = brief.view
    frame = view.ask("backlog_by_age")
    if not frame["cases"].sum():
        return []
    ages = ages_of(view, frame)
    bars = Bars(
        rows=tuple(_age(view, one) for one in ages),
        measure=view.t("kpi.backlog"),
        unit=view.t("units.case"),
        kind="count",
        top=float(max(one.cases or 0 for one in ages)),
    )
    return [
        brief.slide(
            "backlog",
            "shortfalls",
            title=backlog_title(view, frame),
            subtitle=view.t("grievances.backlog_subtitle"),
            exhibit=bars,
            indicators=BACKLOG,
            query="backlog_by_age",
        )
    ]


def _age(view: View, ages: Ages) -> Bar:
    words = ""
    if ages.overdue:
        key = "charts.all_overdue" if ages.overdue == ages.cases else "charts.overdue_part"
        words = view.t(key, n=total(view, ages.overdue, "units.case").text)
    return Bar(
        name=ages.label,
        length=ages.cases,
        value=total(view, ages.cases, "units.case"),
        status="bad" if ages.overdue else None,
        words=words,
        is_calm=not ages.overdue,
        is_missing=ages.cases is None,
    )


def by_township(view: View) -> pl.DataFrame:
    """Return the cases of each township, and of none only where there are such."""
    frame = view.ask("closure_by_township")
    none = pl.sum_horizontal("received", "closed", "open", "due") == 0
    return frame.filter(pl.col("township_code").is_not_null() | ~none)


def on_time(brief: Brief) -> list[Slide]:
    """Return the townships' share of cases answered in time, where any was due."""
    view, now = brief.view, _now(brief)
    if not now["due"]:
        return []
    frame = by_township(view)
    rates = rates_of(view, frame, "on_time", "on_time", whole="due")
    shown = and_county(view, rates, "closure_by_month", "on_time", "on_time", whole="due")
    slide = brief.slide(
        "on_time",
        "shortfalls",
        title=_on_time_title(view, rates, now),
        subtitle=view.t("grievances.township_subtitle", month=view.month),
        exhibit=rate_bars(view, shown, "on_time", "units.case"),
        indicators=("on_time",),
        query="closure_by_township",
        remark=view.t("grievances.township_remark"),
    )
    return brief.continued(slide)


def _on_time_title(view: View, rates: list[Any], now: dict[str, Any]) -> str:
    name = view.t("kpi.on_time")
    if len(rates) > 1 and any(rate.target is not None for rate in rates):
        verdicts = judge_all(rates, None, **view.rule("on_time"))
        told = standing_title(verdicts, view.text, classifier=view.t("units.case"))
        return view.t("deck.of", name=name, told=told)
    rate = percent(now["on_time"], now["due"], view.text)
    return view.t("deck.rate_of", area=view.area, name=name, rate=rate)
