"""The charts of one indicator: its course, its townships and its committees."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from pages.shared import blocks
from pages.shared.cards import Card
from pages.shared.care.frames import shown
from pages.shared.care.quantity import BOUNDS, Row
from pages.shared.care.subject import Subject
from pages.shared.care.words import gap_text, split_title, status_words, township_title
from pages.shared.charts import Count, Figure, Point, axis_note, count_bars, target_bars, trend_line
from pages.shared.differences import differences_card
from pages.shared.rates import annotated, room
from pages.shared.view import Source
from queries.words.formats import month_text, months_text
from queries.words.standing import Rate
from queries.words.wording import reported


def trend(subject: Subject, height: float) -> Card:
    """Return the course of the indicator with its target in steps; the title says how far it came."""
    view, quantity, months = subject.view, subject.quantity, subject.months
    assert months is not None
    points = [_point(subject, row) for row in months.iter_rows(named=True)]
    targets = {row["month"]: row["target"] for row in months.iter_rows(named=True) if row["target"]}
    # A target for the whole year is no line that a single month could reach.
    yearly = subject.about.yearly or subject.about.kind == "C"
    marked = annotated(view, subject.about.id, points, is_partial=subject.is_partial)
    figure = trend_line(
        points,
        blocks.look(view),
        measure=quantity.name,
        unit=quantity.unit,
        classifier=quantity.classifier,
        targets={} if yearly else targets,
        from_zero=quantity.shape == "count",
        height=room(height, marked),
        marks=marked.marks,
    )
    span = months_text(points[0].month, points[-1].month, view.text)
    subtitle = view.t("care.trend_subtitle", area=view.area, unit=_unit(subject), span=span)
    axis = axis_note(figure)
    return Card(
        Source("care_trend", "indicator_by_month", (subject.about.id,), _frame(subject, months)),
        figure,
        _course(subject, points, marked.unusual),
        view.t("rates.with_axis", subtitle=subtitle, axis=axis) if axis else subtitle,
        marked.below(figure, view.text),
    )


def by_township(subject: Subject) -> Card:
    """Return the townships in their order, against their targets where they have any."""
    view, townships = subject.view, subject.townships
    assert townships is not None
    now = townships.filter(pl.col("township_code").is_not_null() | pl.col("value").is_not_null())
    rows = now.to_dicts()
    names = [view.name("township", row["township_code"]) for row in rows]
    subtitle = view.t("care.township_subtitle", unit=_unit(subject), month=view.month)
    return Card(
        Source("care_township", "indicator_by_township", (subject.about.id,), _frame(subject, townships)),
        _bars(subject, names, rows),
        township_title(subject),
        subtitle,
        _reported(subject) + _bound_note(subject, rows),
    )


def by_committee(subject: Subject) -> Card:
    """Return the industry committees in their order; committees have no targets."""
    view, committees = subject.view, subject.committees
    assert committees is not None
    told = committees.filter(pl.col("committee_id").is_not_null() | pl.col("value").is_not_null())
    names = [view.name("committee", code) for code in told["committee_id"]]
    named = told.filter(pl.col("committee_id").is_not_null())
    return Card(
        Source("care_committee", "indicator_by_committee", (subject.about.id,), _frame(subject, committees)),
        _bars(subject, names, told.to_dicts()),
        split_title(subject, named, "committee"),
        view.t("care.committee_subtitle", unit=_unit(subject), month=view.month),
        _bound_note(subject, told.to_dicts()),
    )


def differences(subject: Subject) -> Card | None:
    """Return which townships' rates differ beyond chance; None for what is no rate, or where few report."""
    view, townships = subject.view, subject.townships
    if townships is None or subject.quantity.shape != "rate":
        return None
    rows = townships.filter(pl.col("township_code").is_not_null()).to_dicts()
    rates = [_rate(view.name("township", row["township_code"]), row) for row in rows]
    source = Source(
        "care_differences", "indicator_by_township", (subject.about.id,), _frame(subject, townships)
    )
    quantity = subject.quantity
    return differences_card(view, rates, quantity.name, source, classifier=quantity.classifier)


def _point(subject: Subject, row: Row) -> Point:
    corrected = row["month"] == subject.view.filters.month and subject.view.snapshot.revision > 1
    words = subject.quantity.value(row) if row["value"] is not None else ""
    return Point(row["month"], row["value"], restated=corrected, words=words)


def _unit(subject: Subject) -> str:
    """Return the indicator with its unit in brackets; a rate needs none."""
    view, quantity = subject.view, subject.quantity
    if quantity.shape == "rate":
        return quantity.name
    return view.t("care.with_unit", name=quantity.name, unit=subject.about.unit(view.text.lang))


def _frame(subject: Subject, frame: pl.DataFrame) -> pl.DataFrame:
    return shown(frame, subject.quantity, status_words(subject.view))


def _course(subject: Subject, points: Sequence[Point], unusual: str) -> str:
    """Return what is unusual now, else how it moved: on last year where months add up, else on the first."""
    view, quantity = subject.view, subject.quantity
    if points[-1].value is None:
        return view.t("care.trend_late", month=month_text(points[-1].month, view.text), name=quantity.name)
    if subject.is_partial:
        return view.t("rates.partial", month=view.month)
    if unusual:
        return unusual
    year = subject.moved_in_a_year()
    if quantity.kind == "flow" and year is not None:
        return view.t("care.course_year", name=quantity.name, change=year.sentence)
    known = [point for point in points if point.value is not None]
    if len(known) < 2:
        return view.t("rates.one_month")
    if subject.about.kind == "C":
        return view.t("care.course_so_far", name=quantity.name, value=known[-1].words)
    first, last = known[0], known[-1]
    moved = quantity.change(last.value, first.value)
    months = (last.month.year - first.month.year) * 12 + last.month.month - first.month.month
    key = "care.course" if moved.arrow != "off" else "care.course_level"
    return view.t(key, months=months, name=quantity.name, change=moved.short)


def _bars(subject: Subject, names: Sequence[str], rows: Sequence[dict[str, Any]]) -> Figure:
    view, quantity = subject.view, subject.quantity
    if quantity.shape == "rate":
        rates = [_rate(name, row) for name, row in zip(names, rows, strict=True)]
        return target_bars(
            rates,
            blocks.look(view),
            measure=quantity.name,
            target=None,
            **view.rule(subject.about.id),
            classifier=quantity.classifier,
        )
    return count_bars(
        [_count(subject, name, row) for name, row in zip(names, rows, strict=True)],
        blocks.look(view),
        measure=quantity.name,
        classifier=quantity.classifier,
        decimals=0 if quantity.shape == "count" else 1,
    )


def _rate(name: str, row: Row) -> Rate:
    at_least = BOUNDS.get(row["qualifier"] or "") == "low"
    return Rate(name, row["numerator"], row["denominator"], target=row["target"], lower_bound=at_least)


def _count(subject: Subject, name: str, row: Row) -> Count:
    """Return a bar with its target under the name and its status at the right, or its change without one."""
    view, quantity, status = subject.view, subject.quantity, row["status"]
    at_least = BOUNDS.get(row["qualifier"] or "") == "low"
    if row["target"] is None:
        moved = quantity.change(row["value"], row["previous"]).short if row["previous"] is not None else ""
        return Count(name, row["value"], right=moved, lower_bound=at_least)
    words = status_words(view).get(status, "")
    if row["gap_units"] and status in ("warn", "bad"):
        words = f"{words} {gap_text(subject, row['gap_units'])}"
    return Count(
        name,
        row["value"],
        note=view.t("charts.target", value=quantity.target(row["target"])),
        right=words,
        status=status,
        lower_bound=at_least,
    )


def _reported(subject: Subject) -> str:
    """Return how many townships are in the figure, where some are not."""
    now = subject.now
    if now is None or not subject.is_partial:
        return ""
    view = subject.view
    return reported(now["reported"], now["expected"], view.text) + view.t("wording.stop")


def _bound_note(subject: Subject, rows: Sequence[Row]) -> str:
    """Return what 余 and 约 mean, where a figure was reported so."""
    return subject.view.t("care.bounds") if any(row["qualifier"] for row in rows) else ""
