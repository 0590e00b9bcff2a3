"""The charts of one indicator: its course, its townships and its committees."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import polars as pl

from pages.shared import blocks
from pages.shared.cards import Card, rebuilt
from pages.shared.care.bars import bars, rate_of
from pages.shared.care.frames import shown
from pages.shared.care.quantity import Row, is_masked
from pages.shared.care.subject import Subject
from pages.shared.care.words import split_title, status_words, township_title
from pages.shared.charts import Point, axis_note, trend_line
from pages.shared.differences import differences_card
from pages.shared.export.csv import marks_of
from pages.shared.rates import annotated, room
from pages.shared.view import Source, View
from queries.words.formats import month_text, months_text
from queries.words.wording import reported


def trend(subject: Subject, height: float) -> Card:
    """Return the course of the indicator with its target in steps; the title says how far it came."""
    return _again(subject, partial(_trend, height=height))


def by_township(subject: Subject) -> Card:
    """Return the townships in their order, against their targets where they have any."""
    return _again(subject, _by_township)


def by_committee(subject: Subject) -> Card:
    """Return the industry committees in their order; committees have no targets."""
    return _again(subject, _by_committee)


def differences(subject: Subject) -> Card | None:
    """Return which townships' rates differ beyond chance; None for what is no rate, or where few report."""
    card = _differences(subject)

    def rows(view: View) -> Source:
        return _rows_of_townships(Subject(view, subject.about), "care_differences")

    def again(view: View) -> Card | None:
        # Chance cannot be told of rounded numbers.
        return None if marks_of(rows(view).frame) else _differences(Subject(view, subject.about))

    return card and replace(card, again=again, source=replace(card.source, again=rows))


def _again(subject: Subject, make: Callable[[Subject], Card]) -> Card:
    """Return the card of a subject, which can be made again of what everybody may see."""
    return rebuilt(subject.view, lambda view: make(Subject(view, subject.about)))


def _rows_of_townships(subject: Subject, name: str) -> Source:
    assert subject.townships is not None
    return Source(name, "indicator_by_township", (subject.about.id,), _frame(subject, subject.townships))


def _trend(subject: Subject, height: float) -> Card:
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


def _by_township(subject: Subject) -> Card:
    view, townships = subject.view, subject.townships
    assert townships is not None
    now = townships.filter(pl.col("township_code").is_not_null() | pl.col("value").is_not_null())
    rows = now.to_dicts()
    names = [view.name("township", row["township_code"]) for row in rows]
    subtitle = view.t("care.township_subtitle", unit=_unit(subject), month=view.month)
    return Card(
        _rows_of_townships(subject, "care_township"),
        bars(subject, names, rows),
        township_title(subject),
        subtitle,
        _reported(subject) + _bound_note(subject, rows),
    )


def _by_committee(subject: Subject) -> Card:
    view, committees = subject.view, subject.committees
    assert committees is not None
    told = committees.filter(pl.col("committee_id").is_not_null() | pl.col("value").is_not_null())
    names = [view.name("committee", code) for code in told["committee_id"]]
    named = told.filter(pl.col("committee_id").is_not_null())
    return Card(
        Source("care_committee", "indicator_by_committee", (subject.about.id,), _frame(subject, committees)),
        bars(subject, names, told.to_dicts()),
        split_title(subject, named, "committee"),
        view.t("care.committee_subtitle", unit=_unit(subject), month=view.month),
        _bound_note(subject, told.to_dicts()),
    )


def _differences(subject: Subject) -> Card | None:
    view, townships = subject.view, subject.townships
    if townships is None or subject.quantity.shape != "rate":
        return None
    rows = townships.filter(pl.col("township_code").is_not_null()).to_dicts()
    rates = [rate_of(view.name("township", row["township_code"]), row) for row in rows]
    source = _rows_of_townships(subject, "care_differences")
    quantity = subject.quantity
    return differences_card(view, rates, quantity.name, source, classifier=quantity.classifier)


def _point(subject: Subject, row: Row) -> Point:
    corrected = row["month"] == subject.view.filters.month and subject.view.snapshot.revision > 1
    told = row["value"] is not None or is_masked(row)
    words = subject.quantity.value(row) if told else ""
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
