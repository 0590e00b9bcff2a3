"""The line of a trend and the limits of its usual range."""

from pages.shared.charts.base import Part, stroke
from pages.shared.charts.marks import cut
from pages.shared.charts.months import dots, first_known, last_known
from pages.shared.charts.series import Trend

DOT = 9  # px of the first and the last dot, ring included


def limit_lines(trend: Trend) -> list[Part]:
    """The two limits as dotted lines through the plot; none where they are not asked for."""
    usual, plot = trend.marks.usual, trend.plot
    if usual is None:
        return []
    color = trend.voice.look.theme.axis
    return [
        stroke(color, (plot.x[0], at), (plot.x[1], at), width=1.5, dash="2px,3px", layer="below")
        for at in usual.limits.values()
    ]


def line(trend: Trend) -> Part:
    """The line itself, with a gap at each break: a dot at both ends, and one at each unusual month.

    The end is hollow when its value was restated. With limits, hollow means usual and solid means unusual.
    """
    theme = trend.voice.look.theme
    sizes, hollow = _dots(trend)
    places = cut(trend.values, [guide.x for guide in trend.guides if guide.is_break])
    points = [None if at is None else trend.points[at] for _, at in places]
    ink = [at is not None and at in hollow for _, at in places]
    size = [0 if at is None else sizes[at] for _, at in places]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [x for x, _ in places],
        "y": [None if point is None else point.value for point in points],
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": theme.data, "width": 2.5},
        "marker": {
            "size": size,
            "color": [theme.bg if empty else theme.data for empty in ink],
            "line": {
                "color": [theme.data if empty else theme.bg for empty in ink],
                "width": [2 if wide == DOT else 0 for wide in size],
            },
            "opacity": 1,
        },
        "hovertext": ["" if point is None else trend.voice.hover(point) for point in points],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _dots(trend: Trend) -> tuple[list[int], set[int]]:
    """The size of each month's dot, and the months whose dot is hollow."""
    values, usual = trend.values, trend.marks.usual
    sizes, last = dots(values), last_known(values)
    ends = {at for at in (first_known(values), last) if at is not None}
    unusual = usual.unusual if usual else frozenset()
    for at in ends | unusual:
        sizes[at] = DOT
    if usual:
        return sizes, ends - unusual
    return sizes, {at for at in ends if trend.points[at].restated and at == last}
