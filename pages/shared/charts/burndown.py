"""Will they be done in time: open tasks at each month's end against an even pace to the last deadline."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from pages.shared.charts.base import Figure, Look, Part, bold, escape, figure, label, layout, stroke, tell
from pages.shared.charts.labels import Box, px
from pages.shared.charts.months import dots, last_known, months_axis, room_below, value_scale, values_axis
from pages.shared.charts.plot import Path, Plot, Spot, place, runs
from pages.shared.charts.series import Point
from pages.shared.charts.trend import HEIGHT
from pages.shared.theme import HEADLINE, TICK
from queries.words.formats import count_text, date_text, day_text, month_text

DOT = 9  # px of the last dot, ring included
# Where the last value may stand, and where along its line the pace may be named.
BESIDE = ((("left", "bottom"), (2, 8)), (("left", "middle"), (10, 0)), (("right", "top"), (-4, -8)))
ALONG = (0.9, 0.75, 0.6, 0.45, 0.3, 0.15)


def even_pace(month: date, start: date, deadline: date, listed: int) -> float:
    """Return how many are open at a month's end when all are cleared evenly from `start` to `deadline`."""
    whole, gone = _place(deadline, start), _place(month, start, whole_month=True)
    return 0.0 if whole <= gone else listed * (1 - (gone + 1) / (whole + 1))


def _place(day: date, start: date, *, whole_month: bool = False) -> float:
    """Where a day stands on the axis, whose marks are the ends of months: 0 is the end of the first."""
    months = (day.year - start.year) * 12 + day.month - start.month
    return months if whole_month else months - 1 + day.day / monthrange(day.year, day.month)[1]


def burn_down(
    points: Sequence[Point],
    look: Look,
    *,
    listed: int,
    deadline: date,
    measure: str,
    classifier: str,
    height: float = HEIGHT,
) -> Figure:
    """Open tasks by month, and the even pace from `listed` before the first of them to none at `deadline`."""
    start = points[0].month
    calendar = _months(start, max(points[-1].month, deadline.replace(day=1)))
    values = [point.value for point in points]
    scale = value_scale([*values, listed], unit="count", classifier=classifier, from_zero=True)
    months = months_axis(calendar, look) | {"range": [-1, len(calendar) - 1]}
    plot = Plot(
        height=height,
        left=max(px(scale.words(tick, look), TICK) for tick in scale.ticks) + 10,
        right=24,
        top=24,
        bottom=room_below(months),
        x=(-1, len(calendar) - 1),
        y=(scale.low, scale.high),
    )
    parts = layout(look, height, left=plot.left, right=plot.right, top=plot.top, bottom=plot.bottom)
    parts |= {"xaxis": months, "yaxis": values_axis(scale, look), "hovermode": "x"}
    head = [measure, _pace_name(deadline, start, look)]
    pace = [(-1.0, float(listed)), (_place(deadline, start), 0.0)]
    parts["shapes"] = [stroke(look.theme.axis, pace[0], pace[1], dash="4px,4px")]
    parts["annotations"] = _labels(values, pace, head[1], plot, look, classifier)
    spoken = [_spoken(point, look, classifier) for point in points]
    return figure([_line(values, spoken, look)], parts, tell(look, head, spoken))


def _months(first: date, last: date) -> list[date]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    at = range(first.month - 1, first.month - 1 + count)
    return [date(first.year + index // 12, index % 12 + 1, 1) for index in at]


def _pace_name(deadline: date, start: date, look: Look) -> str:
    """What the dotted line is: an even pace to a day, with its year where that is another one."""
    words = day_text if deadline.year == start.year else date_text
    return look.text("charts.even_pace", day=words(deadline, look.text))


def _labels(
    values: Sequence[float | None], pace: Path, name: str, plot: Plot, look: Look, classifier: str
) -> list[Part]:
    """The last value beside its dot, and what the dotted line is, each where no line runs."""
    paths, taken = [*runs(values), pace], list[Sequence[Box]]()
    found, last = [], last_known(values)
    if last is not None:
        value = values[last] or 0.0
        words = count_text(value, classifier, look.text)
        spots = [Spot(last, value, anchor, shift) for anchor, shift in BESIDE]
        spot, boxes, _ = place(words, HEADLINE, spots, plot, paths, taken)
        taken.append(boxes)
        found.append(_at(look, bold(escape(words)), spot, HEADLINE, look.theme.data))
    (left, high), (right, low) = pace
    along = [(left + (right - left) * share, high + (low - high) * share) for share in ALONG]
    spots = [Spot(x, y, ("left", "bottom"), (4, 4)) for x, y in along]
    spots += [Spot(x, y, ("right", "top"), (-4, -4)) for x, y in along]
    spot, _, _ = place(name, TICK, spots, plot, paths, taken)
    return [*found, _at(look, escape(name), spot, TICK, look.theme.ink2)]


def _at(look: Look, words: str, spot: Spot, size: int, color: str) -> Part:
    return label(look, words, spot.x, spot.y, size=size, color=color, anchor=spot.anchor, shift=spot.shift)


def _spoken(point: Point, look: Look, classifier: str) -> str:
    value = count_text(point.value, classifier, look.text)
    return look.text("charts.label_value", label=month_text(point.month, look.text), value=value)


def _line(values: Sequence[float | None], spoken: Sequence[str], look: Look) -> Part:
    sizes, last = dots(values), last_known(values)
    if last is not None:
        sizes[last] = DOT
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(range(len(values))),
        "y": list(values),
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": look.theme.data, "width": 2.5},
        "marker": {"size": sizes, "color": look.theme.data, "line": {"width": 0}, "opacity": 1},
        "hovertext": list(spoken),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
