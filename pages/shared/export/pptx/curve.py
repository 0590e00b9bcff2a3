"""The closure curve as a native scatter chart: steps from 0, the limit, and the points that are named."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE

from pages.shared.charts.labels import Box
from pages.shared.deck.exhibits import Curve, Reached
from pages.shared.export.pptx.lines import even_step
from pages.shared.export.pptx.paper import LABEL, LINE, TICK, Area, Pen, clean, rgb, wide
from pages.shared.export.pptx.plot import POINTS, Told, axis, chart, keep, label, stroke
from pages.shared.export.pptx.workbook import Cell
from pages.shared.theme import LIGHT

Point = tuple[float, float]
Named = tuple[str, list[Point]]
# Where a label may stand: the side of its point, lines of text above it, pt further to the right.
Spot = tuple[str, int, float]
APART = 8.0  # pt between a point and its label


def draw_curve(slide: Any, curve: Curve, area: Area, told: Told) -> None:
    """Draw the curve into `area`; the workbook holds the corners of its steps."""
    last = max([*curve.days, curve.limit or 0, 1])
    named = _series(curve, last)
    data = POINTS(number_format="0.0%")
    for name, points in named:
        series = data.add_series(clean(name))
        for x, y in points:
            series.add_data_point(x, y)
    plot = Area(area.left + 64, area.top + 10, area.width - 64 - 24, area.height - 46)
    made = chart(slide, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, data, area, plot, told)
    keep(made, _sheet(named), ("0.##", "0.0%"))
    _axes(made, last)
    drawn = iter(made.plots[0].series)
    _stroke(next(drawn), LIGHT.data, 3.5)
    ink = Ink(plot, area, last, [_on_paper(points, last, plot) for _, points in named], [])
    limit = next(drawn) if curve.limit is not None else None
    guides = [next(drawn) for _ in curve.reached]
    _dots(next(drawn, None), curve, ink)
    for guide, one in zip(guides, curve.reached, strict=True):
        _stroke(guide, LIGHT.axis, 1.25, dotted=True)
        if one.day is None:
            spots: list[Spot] = [("left", 1, 0), ("left", -1, 0)]
            _place(guide.points[1], one.label, Pen(LABEL, LIGHT.ink2), (last, one.share), spots, ink)
    if limit:
        _limit(limit, curve, ink)


def _series(curve: Curve, last: float) -> list[Named]:
    """The curve, its limit, a guide to each point that is named, and those points."""
    found: list[Named] = [(curve.measure, steps(curve))]
    if curve.limit is not None:
        found.append((curve.limit_label, [(curve.limit, 0), (curve.limit, 1)]))
    found += [(one.name, _guide(one, last)) for one in curve.reached]
    dots = [(one.day, one.share) for one in curve.reached if one.day is not None]
    return [*found, (curve.measure, dots)] if dots else found


def steps(curve: Curve) -> list[Point]:
    """Return the corners of the step function, from day 0."""
    found: list[Point] = []
    for (day, share), (until, _) in pairwise(zip(curve.days, curve.shares, strict=True)):
        found += [(day, share), (until, share)]
    return [*found, (curve.days[-1], curve.shares[-1])] if curve.days else [(0.0, 0.0)]


def _guide(one: Reached, last: float) -> list[Point]:
    if one.day is None:
        return [(0.0, one.share), (last, one.share)]
    return [(0.0, one.share), (one.day, one.share), (one.day, 0.0)]


def _sheet(named: Sequence[Named]) -> list[tuple[Cell, ...]]:
    """Each series below the other with one empty row between, as a scatter chart refers to them."""
    rows: list[tuple[Cell, ...]] = []
    for name, points in named:
        rows += [(None, name), *points, (None, None)]
    return rows


def _axes(made: Any, last: float) -> None:
    days = axis(made, "category", line=True)
    days.minimum_scale, days.maximum_scale, days.major_unit = 0, last, max(even_step(last, 7), 1)
    days.tick_labels.number_format, days.tick_labels.number_format_is_linked = "0", False
    shares = axis(made, "value")
    shares.minimum_scale, shares.maximum_scale, shares.major_unit = 0, 1, 0.5
    shares.tick_labels.number_format, shares.tick_labels.number_format_is_linked = "0%", False


def _stroke(series: Any, color: str, width: float, *, dotted: bool = False) -> None:
    series.smooth = False
    stroke(series.format.line, color, width)
    if dotted:
        series.format.line.dash_style = MSO_LINE.ROUND_DOT


def _on_paper(points: Sequence[Point], last: float, plot: Area) -> list[Point]:
    """Points in pt from the lower left corner of the plot, y upwards."""
    return [(x / last * plot.width, y * plot.height) for x, y in points]


@dataclass(frozen=True)
class Ink:
    """What a label must keep clear of: lines and labels, in pt from the lower left corner of the plot."""

    plot: Area
    area: Area
    last: float
    paths: list[list[Point]]
    taken: list[Box]


def _dots(series: Any, curve: Curve, ink: Ink) -> None:
    """The points that are named, with their names; left above and right below are free of a rising curve."""
    if series is None:
        return
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 10
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = rgb(LIGHT.data)
    series.marker.format.line.fill.background()
    for i, one in enumerate(one for one in curve.reached if one.day is not None):
        at = (one.day or 0.0, one.share)
        # Past the limit, where that is so near that no name fits before it.
        past = max(((curve.limit or 0.0) - at[0]) / ink.last * ink.plot.width, 0.0)
        spots: list[Spot] = [("right", -1, 0), ("left", 1, 0), ("right", 1, 0), ("left", -1, 0)]
        spots += [("right", -1, past), ("right", -3, past)]
        _place(series.points[i], one.label, Pen(LABEL, LIGHT.data, bold=True), at, spots, ink)


def _limit(series: Any, curve: Curve, ink: Ink) -> None:
    _stroke(series, LIGHT.ink, 2.5)
    spots: list[Spot] = [("right", 1, 0), ("left", 1, 0), ("right", 3, 0), ("left", 3, 0)]
    pen, at = Pen(TICK, LIGHT.ink), (curve.limit or 0.0, 0.0)
    _place(series.points[0], curve.limit_label, pen, at, spots, ink)


def _place(point: Any, words: str, pen: Pen, at: Point, spots: Sequence[Spot], ink: Ink) -> None:
    """Label a point at the first spot that no line crosses; see Spot."""
    [(x, y)] = _on_paper([at], ink.last, ink.plot)
    boxes = [_box(words, pen, (x + aside, y), side, rows) for side, rows, aside in spots]
    room = ink.area.right - ink.plot.left
    fit = [
        i
        for i, one in enumerate(boxes)
        if one.left > -60 and one.right < room and not any(map(one.hits, ink.taken))
    ]
    free = [i for i in fit if not any(boxes[i].crossed_by(path) for path in ink.paths)]
    best = (free or fit or [0])[0]
    ink.taken.append(boxes[best])
    side, _, past = spots[best]
    down = (y - (boxes[best].bottom + boxes[best].top) / 2) / ink.area.height
    aside = (past + (4 if side == "right" else -4)) / ink.area.width
    label(point, words, "", pen, side, shift=(aside, down))


def _box(words: str, pen: Pen, at: Point, side: str, rows: int) -> Box:
    tall, width = pen.size * LINE, wide(words, pen.size) * 1.06
    middle = at[1] + rows * (tall / 2 + APART / 2)
    left = at[0] + APART if side == "right" else at[0] - APART - width
    return Box(left, middle - tall / 2, left + width, middle + tall / 2)
