"""How it moved: one line, its first and last value, the targets of the years as steps."""

from collections.abc import Mapping, Sequence
from datetime import date

from pages.shared.charts.base import Figure, Look, Part, figure, layout, stroke, tell
from pages.shared.charts.labels import px
from pages.shared.charts.months import (
    Scale,
    dots,
    first_known,
    last_known,
    months_axis,
    room_below,
    value_scale,
    values_axis,
)
from pages.shared.charts.plot import END_GAP, Plot
from pages.shared.charts.series import Point, Stretch, Trend, Voice, stretches
from pages.shared.charts.trend_labels import end_label, end_lines, inner_labels
from pages.shared.theme import TICK
from queries.words.formats import month_text, months_text

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
    voice, steps = Voice(look, unit, classifier), stretches(points, targets or {})
    every = [*(point.value for point in points), *(step.value for step in steps)]
    scale = value_scale(every, unit=unit, classifier=classifier, from_zero=from_zero)
    months = months_axis([point.month for point in points], look)
    end = end_lines(points, voice)
    plot = Plot(
        height=height,
        left=max(px(scale.words(tick, look), TICK) for tick in scale.ticks) + 10,
        right=max(px(words, size) for words, size in end) + END_GAP + 4,
        top=16,
        bottom=room_below(months),
        x=(months["range"][0], months["range"][1]),
        y=(scale.low, scale.high),
    )
    trend = Trend(points, steps, plot, voice)
    parts = layout(look, height, left=plot.left, right=plot.right, top=plot.top, bottom=plot.bottom)
    parts |= {"xaxis": months, "yaxis": values_axis(scale, look), "hovermode": "x"}
    parts["shapes"] = [_target_line(step, plot, look) for step in steps]
    parts["annotations"] = inner_labels(trend) + end_label(trend, end)
    return figure([_line(trend)], parts, trend_alt(trend, measure), axis_note=_axis_words(scale, look))


def axis_note(chart: Figure) -> str:
    """What a subtitle must say of the value axis: where it starts, when that is not 0."""
    return str(chart["layout"]["meta"].get("axis_note", ""))


def _axis_words(scale: Scale, look: Look) -> str:
    """竖轴从60%起; empty when the axis starts at 0."""
    return look.text("charts.axis_from", value=scale.words(scale.low, look)) if scale.low else ""


def trend_alt(trend: Trend, measure: str) -> str:
    """The trend as a sentence: period, first and last value, the last target, months not reported."""
    points, values, voice = trend.points, trend.values, trend.voice
    look = voice.look
    first, last = first_known(values), last_known(values)
    if first is None or last is None:
        return tell(look, [measure], [look.text("status.none")])
    rows = [
        look.text(
            "charts.label_value", label=month_text(points[i].month, look.text), value=voice.of(points[i])
        )
        for i in dict.fromkeys((first, last))
    ]
    rows += [voice.target(step.value) for step in trend.steps[-1:]]
    missing = values.count(None)
    rows += [look.text.count("charts.months_missing", missing)] if missing else []
    return tell(look, [measure, months_text(points[0].month, points[-1].month, look.text)], rows)


def _target_line(step: Stretch, plot: Plot, look: Look) -> Part:
    """The line of a target; a single month gets some length, never past the ends of the axis."""
    reach = 0.4 if step.first == step.last else 0.0
    start, end = max(step.first - reach, plot.x[0]), min(step.last + reach, plot.x[1])
    return stroke(look.theme.ink2, (start, step.value), (end, step.value), width=1.5)


def _line(trend: Trend) -> Part:
    """The line itself: a dot at both ends, hollow at the end when the value was restated."""
    values, theme = trend.values, trend.voice.look.theme
    sizes, last = dots(values), last_known(values)
    for i in (first_known(values), last):
        if i is not None:
            sizes[i] = DOT
    hollow = [point.restated and i == last for i, point in enumerate(trend.points)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(range(len(values))),
        "y": values,
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": theme.data, "width": 2.5},
        "marker": {
            "size": sizes,
            "color": [theme.bg if empty else theme.data for empty in hollow],
            "line": {
                "color": [theme.data if empty else theme.bg for empty in hollow],
                "width": [2 if size == DOT else 0 for size in sizes],
            },
            "opacity": 1,
        },
        "hovertext": [trend.voice.hover(point) for point in trend.points],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
