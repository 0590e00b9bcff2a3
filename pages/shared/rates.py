"""What pages about rates have in common: rows against their targets, a change, and the 24-month card."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

import queries
from pages.shared import blocks
from pages.shared.annotations import Annotations, annotate, with_limits
from pages.shared.cards import Card
from pages.shared.charts import Point, axis_note, trend_line
from pages.shared.view import COVERAGE, MEMBERS, SERVICES, Report, Source, View
from queries.words.formats import marked_text, months_text
from queries.words.standing import Rate
from queries.words.wording import Change, Kind, change

# Each denominator makes the organisation rate another indicator, with targets of its own.
ORGANISATION = {
    "operating": "org_cov_total",
    "eligible": "org_cov_eligible",
    "above_scale": "org_cov_scale",
    "has_members": "org_cov_members",
}
# The least height of a trend, px.
LEAST = 220


def rates_of(
    view: View,
    frame: pl.DataFrame,
    indicator: str,
    column: str,
    *,
    whole: str = "enterprises",
    key: str = "township",
) -> list[Rate]:
    """Return one rate a row of a frame, with the row's own target where townships have one."""
    targets = view.targets(indicator) if key == "township" and not view.filters.committees else {}
    return [
        Rate(
            view.name(key, row[f"{key}_id" if key == "committee" else f"{key}_code"]),
            row[column],
            row[whole],
            target=targets.get(row["township_code"]) if targets else None,
        )
        for row in frame.iter_rows(named=True)
    ]


def and_county(
    view: View, rates: list[Rate], query: str, indicator: str, column: str, *, whole: str = "enterprises"
) -> list[Rate]:
    """Return the rates with the whole county's below them where townships were chosen, to compare with."""
    if not view.filters.townships:
        return rates
    row = view.ask(query, townships=None).row(-1, named=True)
    target = None if view.filters.committees else view.targets(indicator).get(None)
    return [*rates, Rate(view.whole, row[column], row[whole], target=target)]


def change_of_rate(
    view: View,
    now: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    column: str,
    whole: str,
    *,
    report: Report | None = None,
) -> Change | None:
    """Return the change of a rate on the month before; None where there is none, in words where unlike."""
    if before is None:
        return None
    if report and not view.comparable(report):
        return blocks.unlike(view)
    return change("rate", _ratio(now, column, whole), _ratio(before, column, whole), view.text)


def _ratio(row: Mapping[str, Any], column: str, whole: str) -> float | None:
    return row[column] / row[whole] if row[whole] and row[column] is not None else None


def _point(view: View, row: Mapping[str, Any], value: float | None, words: str = "") -> Point:
    """Return one month of a trend; the last is hollow when its snapshot was corrected."""
    corrected = row["month"] == view.filters.month and view.snapshot.revision > 1
    return Point(row["month"], value, restated=corrected, words=words)


def trend_card(
    view: View, months: pl.DataFrame, indicator: str, column: str, whole: str, *, query: str, height: float
) -> Card:
    """Return the course of a rate with its target in steps; the title says how far it came."""
    points = [_point(view, row, _ratio(row, column, whole)) for row in months.iter_rows(named=True)]
    steps = view.target_steps(indicator)
    name, partial = view.t(f"kpi.{indicator}"), partial_title(view, query, column)
    marked = annotated(view, indicator, points, is_partial=bool(partial))
    figure = trend_line(
        points,
        blocks.look(view),
        measure=name,
        targets=steps,
        height=room(height, marked),
        marks=marked.marks,
    )
    calendar = months["month"].to_list()
    span = months_text(calendar[0], calendar[-1], view.text)
    subtitle = view.t("rates.trend_subtitle", area=view.area, name=name, span=span)
    axis = axis_note(figure)
    return Card(
        Source(f"{query}_{column}", query, (indicator,), months),
        figure,
        partial or marked.unusual or course(view, points),
        view.t("rates.with_axis", subtitle=subtitle, axis=axis) if axis else subtitle,
        marked.below(figure, view.text),
    )


def annotated(view: View, indicator: str, points: Sequence[Point], *, is_partial: bool) -> Annotations:
    """Return what marks a trend; a last month that lacks townships is not held against its limits."""
    months, values = [point.month for point in points], [point.value for point in points]
    if view.audience == "protected" and any(point.words for point in points):
        # Rounding moves more than chance does.
        return annotate(view, indicator, months)
    known = [*values[:-1], None] if is_partial else values
    return with_limits(view, annotate(view, indicator, months), indicator, months, known)


def room(height: float, marked: Annotations) -> float:
    """Return the height left for a chart that stands level with its neighbour and has words below."""
    numbered = [blocks.REMARK] if len({event.title for event in marked.marks.events}) > 1 else []
    return max(LEAST, height - sum(numbered, blocks.REMARK * min(len(marked.notes), 2)))


def report_behind(query: str, column: str) -> Report | None:
    """Return the ledger of townships that a monthly total sums up; grievances and stations have none."""
    if query == "services_by_month":
        return SERVICES if column.startswith("person_times") else None
    return {"coverage_by_month": COVERAGE, "members_by_month": MEMBERS}.get(query)


def partial_title(view: View, query: str, column: str) -> str:
    """Return the title of a trend whose last month lacks townships; empty where none is late."""
    report = report_behind(query, column)
    late = report and view.missing(report)[0]
    return view.t("rates.partial", month=view.month) if late else ""


def course(view: View, points: Sequence[Point]) -> str:
    """Return how far a rate came from the first known month to the last; two months are compared in words."""
    known = [point for point in points if point.value is not None]
    if len(known) < 2:
        return view.t("rates.one_month")
    first, last = known[0], known[-1]
    if len(points) == 2:
        return change("rate", last.value, first.value, view.text).sentence
    months = (last.month.year - first.month.year) * 12 + last.month.month - first.month.month
    moved = change("rate", last.value, first.value, view.text)
    key = "rates.moved_rate" if moved.arrow != "off" else "rates.level"
    return view.t(key, months=months, change=moved.short)


def count_trend_card(
    view: View, months: pl.DataFrame, column: str, indicator: str, unit: str, source: Source, height: float
) -> Card:
    """Return the course of a count from 0; the title says by how much it moved."""
    name, classifier = view.t(f"kpi.{indicator}"), view.t(unit)
    points = [
        _point(view, row, row[column], person_words(view, row, column, classifier))
        for row in months.iter_rows(named=True)
    ]
    partial = partial_title(view, source.query, column)
    marked = annotated(view, indicator, points, is_partial=bool(partial))
    figure = trend_line(
        points,
        blocks.look(view),
        measure=name,
        unit="count",
        classifier=classifier,
        from_zero=True,
        height=room(height, marked),
        marks=marked.marks,
    )
    span = months_text(points[0].month, points[-1].month, view.text)
    subtitle = view.t("rates.trend_subtitle", area=view.area, name=name, span=span)
    words = marked.below(figure, view.text)
    title = partial or marked.unusual or count_course(view, points, indicator, unit)
    return Card(source, figure, title, subtitle, words)


def person_words(view: View, row: Mapping[str, Any], column: str, classifier: str) -> str:
    """Return a count of persons with the mark of its row: ≤5, 约15名; nothing where it has none."""
    mark = row.get(f"{column}_mark")
    return marked_text(row[column], mark, classifier, view.text) if mark else ""


def count_course(view: View, points: Sequence[Point], indicator: str, unit: str) -> str:
    """Return by how much a count moved from the first known month to the last."""
    known = [point.value for point in points if point.value is not None]
    if len(known) < 2:
        return view.t("rates.one_month")
    kind: Kind = "flow" if queries.INDICATORS[indicator].kind == "F" else "stock"
    moved, name = (
        change(kind, known[-1], known[0], view.text, classifier=view.t(unit)),
        view.t(f"kpi.{indicator}"),
    )
    if len(points) == 2:
        return view.t("rates.moved_once", name=name, change=moved.sentence)
    return view.t("rates.moved", months=len(points) - 1, name=name, change=moved.short)
