"""How it moved: one line, its first and last value, the targets of the years as steps."""

from collections.abc import Mapping, Sequence
from datetime import date

from pages.shared.charts.base import Figure, Look, Part, figure, layout, stroke, tell
from pages.shared.charts.labels import px
from pages.shared.charts.months import (
    AXIS_ONE_LINE,
    AXIS_TWO_LINES,
    Scale,
    dots,
    first_known,
    last_known,
    months_axis,
    value_scale,
    values_axis,
)
from pages.shared.charts.plot import END_GAP, Plot
from pages.shared.charts.series import Point, Stretch, stretches, target_words, value_words
from pages.shared.charts.trend_labels import end_label, end_lines, inner_labels
from pages.shared.formats import month_text, months_text
from pages.shared.theme import TICK

HEIGHT = 340
DOT = 9  # px of the first and the last dot, ring included


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
) -> Figure:
    """One line over consecutive months; gaps stay gaps. Rates are 0-1 with unit "percent", else "count".

    `targets` gives the target of every month that has one. The axis may start above 0: print `axis_note`.
    """
    values = [point.value for point in points]
    steps = stretches(points, targets or {})
    scale = value_scale(
        [*values, *(step.value for step in steps)], unit=unit, classifier=classifier, from_zero=from_zero
    )
    months = months_axis([point.month for point in points], look)
    end = end_lines(points, look, unit, classifier)
    plot = Plot(
        height=height,
        left=max(px(scale.words(tick, look), TICK) for tick in scale.ticks) + 10,
        right=max([px(words, size) for words, size in end], default=0) + END_GAP + 4,
        top=16,
        bottom=AXIS_TWO_LINES if any("<br>" in words for words in months["ticktext"]) else AXIS_ONE_LINE,
        x=(months["range"][0], months["range"][1]),
        y=(scale.low, scale.high),
    )
    parts = layout(look, height, left=plot.left, right=plot.right, top=plot.top, bottom=plot.bottom)
    parts |= {"xaxis": months, "yaxis": values_axis(scale, look), "hovermode": "x"}
    parts["shapes"] = [_target_line(step, plot, look) for step in steps]
    parts["annotations"] = inner_labels(points, steps, plot, look, unit, classifier)
    parts["annotations"] += end_label(points, end, plot, look)
    hovers = [
        f"{month_text(p.month, look.text)}<br>{value_words(p.value, look, unit, classifier)}" for p in points
    ]
    alt = trend_alt(points, look, measure=measure, unit=unit, classifier=classifier, steps=steps)
    note = axis_words(scale, look)
    return figure([_line(points, look, hovers)], parts, alt, axis_note=note)


def axis_words(scale: Scale, look: Look) -> str:
    """竖轴从60%起; empty when the axis starts at 0."""
    return look.text("charts.axis_from", value=scale.words(scale.low, look)) if scale.low else ""


def axis_note(chart: Figure) -> str:
    """What a subtitle must say of the value axis: where it starts, when that is not 0."""
    return str(chart["layout"]["meta"].get("axis_note", ""))


def trend_alt(
    points: Sequence[Point],
    look: Look,
    *,
    measure: str,
    unit: str,
    classifier: str,
    steps: Sequence[Stretch],
) -> str:
    """The trend as a sentence: period, first and last value, targets, months not reported."""
    values = [point.value for point in points]
    first, last = first_known(values), last_known(values)
    if first is None or last is None:
        return tell(look, [measure], [look.text("status.none")])
    period = months_text(points[0].month, points[-1].month, look.text)
    rows = [
        look.text(
            "charts.label_value",
            label=month_text(points[i].month, look.text),
            value=value_words(points[i].value, look, unit, classifier),
        )
        for i in dict.fromkeys((first, last))
    ]
    rows += [
        look.text("charts.target", value=target_words(step.value, look, unit, classifier))
        for step in steps[-1:]
    ]
    missing = values.count(None)
    rows += [look.text.count("charts.months_missing", missing)] if missing else []
    return tell(look, [measure, period], rows)


def _target_line(step: Stretch, plot: Plot, look: Look) -> Part:
    """The line of a target; a single month gets some length, never past the ends of the axis."""
    reach = 0.4 if step.first == step.last else 0.0
    start, end = max(step.first - reach, plot.x[0]), min(step.last + reach, plot.x[1])
    return stroke(look.theme.ink2, (start, step.value), (end, step.value), width=1.5)


def _line(points: Sequence[Point], look: Look, hovers: Sequence[str]) -> Part:
    """The line itself: a dot at both ends, hollow at the end when the value was restated."""
    values = [point.value for point in points]
    sizes, last = dots(values), last_known(values)
    for i in (first_known(values), last):
        if i is not None:
            sizes[i] = DOT
    hollow = [
        look.theme.bg if point.restated and i == last else look.theme.data for i, point in enumerate(points)
    ]
    rings = [
        look.theme.data if point.restated and i == last else look.theme.bg for i, point in enumerate(points)
    ]
    widths = [2 if size == DOT else 0 for size in sizes]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(range(len(points))),
        "y": values,
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": look.theme.data, "width": 2.5},
        "marker": {"size": sizes, "color": hollow, "line": {"color": rings, "width": widths}, "opacity": 1},
        "hovertext": list(hovers),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
