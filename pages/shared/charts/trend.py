"""How it moved: one line, its first and last value, the targets of the years as steps, and what marks it."""

from collections.abc import Mapping, Sequence
from datetime import date

from pages.shared.charts.base import PHONE, Figure, Look, Part, figure, layout, stroke, tell
from pages.shared.charts.labels import px
from pages.shared.charts.marks import STRIP, Marks, event_words, guide_parts, guides, is_numbered
from pages.shared.charts.months import (
    Scale,
    first_known,
    last_known,
    months_axis,
    room_below,
    value_scale,
    values_axis,
)
from pages.shared.charts.plot import END_GAP, Plot
from pages.shared.charts.series import Point, Stretch, Trend, Voice, stretches
from pages.shared.charts.trend_labels import end_labels, end_lines, ends_of, inner_labels, limit_words
from pages.shared.charts.trend_marks import limit_lines, line
from pages.shared.theme import TICK
from queries.words.formats import month_text, months_text

HEIGHT = 340


def trend_line(
    points: Sequence[Point],
    look: Look,
    *,
    measure: str,
    unit: str = "percent",
    classifier: str = "",
    targets: Mapping[date, float] | None = None,
    from_zero: bool = False,
    height: float = HEIGHT,
    marks: Marks | None = None,
) -> Figure:
    """One line over consecutive months; gaps stay gaps. Rates are 0-1 with unit "percent", else "count".

    `targets` gives the target of every month that has one. The axis may start above 0: print `axis_note`.
    `marks` are events, breaks and the usual range: print `mark_notes` below the chart.
    """
    voice, steps, marks = Voice(look, unit, classifier), stretches(points, targets or {}), marks or Marks()
    every = [*(point.value for point in points), *(step.value for step in steps)]
    every += marks.usual.limits.values() if marks.usual else []
    scale = value_scale(every, unit=unit, classifier=classifier, from_zero=from_zero)
    calendar = [point.month for point in points]
    months = months_axis(calendar, look)
    end = end_lines(points, voice)
    left = max(px(scale.words(tick, look), TICK) for tick in scale.ticks) + 10
    right = max(px(words, size) for words, size in [*end, *limit_words(marks, look)]) + END_GAP + 4
    found = guides(marks, calendar, look, PHONE - left - right)
    plot = _plot(height, (left, right), months, scale, bool(found))
    trend = Trend(points, steps, plot, voice, marks, found)
    parts = layout(look, height, left=plot.left, right=plot.right, top=plot.top, bottom=plot.bottom)
    parts |= {"xaxis": months, "yaxis": values_axis(scale, look), "hovermode": "x"}
    lines, words = guide_parts(found, plot, look)
    parts["shapes"] = [*lines, *limit_lines(trend), *(_target_line(step, plot, look) for step in steps)]
    ends = ends_of(trend, end)
    parts["annotations"] = [*inner_labels(trend, ends), *end_labels(trend, end, ends), *words]
    notes = event_words(marks, calendar, look, found) if is_numbered(found) else []
    alt = trend_alt(trend, measure)
    return figure([line(trend)], parts, alt, axis_note=_axis_words(scale, look), mark_notes=notes)


def _plot(height: float, sides: tuple[float, float], months: Part, scale: Scale, has_strip: bool) -> Plot:
    """The plotting area, lower by the strip over it where words stand there."""
    return Plot(
        height=height,
        left=sides[0],
        right=sides[1],
        top=16 + (STRIP if has_strip else 0),
        bottom=room_below(months),
        x=(months["range"][0], months["range"][1]),
        y=(scale.low, scale.high),
    )


def axis_note(chart: Figure) -> str:
    """What a subtitle must say of the value axis: where it starts, when that is not 0."""
    return str(chart["layout"]["meta"].get("axis_note", ""))


def mark_notes(chart: Figure) -> list[str]:
    """What must stand below a chart whose events are numbered: each number with its event and months."""
    return list(chart["layout"]["meta"].get("mark_notes", ()))


def _axis_words(scale: Scale, look: Look) -> str:
    """竖轴从60%起; empty when the axis starts at 0."""
    return look.text("charts.axis_from", value=scale.words(scale.low, look)) if scale.low else ""


def trend_alt(trend: Trend, measure: str) -> str:
    """The trend as a sentence: period, first and last value, the last target, gaps, events and breaks."""
    points, values, voice = trend.points, trend.values, trend.voice
    look = voice.look
    first, last = first_known(values), last_known(values)
    if first is None or last is None:
        untold = points[-1].words if points else ""
        return tell(look, [measure], [untold or look.text("status.none")])
    rows = [
        look.text(
            "charts.label_value", label=month_text(points[i].month, look.text), value=voice.of(points[i])
        )
        for i in dict.fromkeys((first, last))
    ]
    rows += [voice.target(step.value) for step in trend.steps[-1:]]
    missing = sum(point.value is None and not point.words for point in points)
    rows += [look.text.count("charts.months_missing", missing)] if missing else []
    calendar = [point.month for point in points]
    rows += event_words(trend.marks, calendar, look, trend.guides)
    rows += [
        look.text("charts.label_value", label=month_text(month, look.text), value=look.text("charts.break"))
        for month in trend.marks.breaks
        if month in calendar
    ]
    return tell(look, [measure, months_text(points[0].month, points[-1].month, look.text)], rows)


def _target_line(step: Stretch, plot: Plot, look: Look) -> Part:
    """The line of a target; a single month gets some length, never past the ends of the axis."""
    reach = 0.4 if step.first == step.last else 0.0
    start, end = max(step.first - reach, plot.x[0]), min(step.last + reach, plot.x[1])
    return stroke(look.theme.ink2, (start, step.value), (end, step.value), width=1.5)
