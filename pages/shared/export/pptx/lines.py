"""Lines over months as a native chart: gaps stay gaps, targets are steps, the last value is named."""

from collections.abc import Sequence
from datetime import date
from math import floor, log10
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE

from pages.shared.charts.labels import push_apart
from pages.shared.charts.months import last_known
from pages.shared.deck.exhibits import Line, Lines
from pages.shared.export.pptx.numbers import PLAIN, TICKS
from pages.shared.export.pptx.paper import LABEL, LINE, TICK, Area, Pen, clean, rgb, wide
from pages.shared.export.pptx.plot import CATEGORIES, Told, axis, chart, keep, label, stroke
from pages.shared.theme import LIGHT

MONTH_CODES = {"zh": 'yyyy"年"m"月"', "en": "[$-409]mmm yyyy"}
STEPS = (1.0, 2.0, 5.0, 10.0)
Values = Sequence[float | None]


def draw_lines(slide: Any, lines: Lines, area: Area, told: Told, lang: str) -> None:
    """Draw the lines into `area`; months are real dates in the workbook."""
    steps = _steps(lines.target)
    named = [(line.name, line.values) for line in lines.lines]
    named += [(lines.target_label or "—", step) for step in steps]
    code = PLAIN[lines.kind]
    data = CATEGORIES(number_format=code)
    data.categories = list(lines.months)
    for name, values in named:
        data.add_series(clean(name), values)
    right = max((wide(line.label, LABEL) for line in lines.lines), default=0) * 1.06 + 20
    plot = Area(area.left + 62, area.top + 14, area.width - 62 - min(right, 300), area.height - 50)
    made = chart(slide, XL_CHART_TYPE.LINE, data, area, plot, told)
    table = [("", *(name for name, _ in named))]
    rows = [(month, *(values[i] for _, values in named)) for i, month in enumerate(lines.months)]
    keep(made, [*table, *rows], (MONTH_CODES[lang], *(code for _ in named)))
    _axes(made, lines, plot, lang)
    drawn = list(made.plots[0].series)
    shifts = _apart(lines, plot, area)
    for i, line in enumerate(lines.lines):
        _line(drawn[i], line, i, len(lines.lines), shifts[i])
    for series, step in zip(drawn[len(lines.lines) :], steps, strict=True):
        _target(series, step)
    if steps:
        _name_target(drawn[-1], steps[-1], lines)


def _steps(target: Values) -> list[tuple[float | None, ...]]:
    """One series for each level of the target: a line from one to the next would be a target nobody set."""
    found: list[list[float | None]] = []
    for i, value in enumerate(target):
        if value is None:
            continue
        if not i or target[i - 1] != value:
            found.append([None] * len(target))
        found[-1][i] = value
    return [tuple(step) for step in found]


def _axes(made: Any, lines: Lines, plot: Area, lang: str) -> None:
    months = axis(made, "category", line=True)
    months.tick_labels.number_format, months.tick_labels.number_format_is_linked = MONTH_CODES[lang], False
    _every(months._element, month_step(lines.months, plot.width))
    values = axis(made, "value")
    values.minimum_scale, values.maximum_scale = lines.bottom, lines.top
    values.major_unit = even_step(lines.top - lines.bottom)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = TICKS[lines.kind], False


def month_step(months: Sequence[date], width: float) -> int:
    """Return every how many months the axis names one: evenly to the last where that is possible."""
    spaces = len(months) - 1
    most = max(int(width // 110), 1)
    even = [step for step in range(1, spaces + 1) if spaces % step == 0 and spaces // step + 1 <= most]
    least = -(-len(months) // most)
    return even[0] if even and even[0] <= 3 * least else least


def even_step(span: float, most: int = 4) -> float:
    """Return a step of 1, 2 or 5 × 10^n that cuts the span into at most so many."""
    power = 10.0 ** floor(log10(span / most)) if span > 0 else 1.0
    return next(step * power for step in STEPS if span / (step * power) <= most + 1e-6 or step == STEPS[-1])


def _every(element: Any, step: int) -> None:
    """A date axis counts its labels in months."""
    for tag, value in (("baseTimeUnit", "months"), ("majorUnit", step), ("majorTimeUnit", "months")):
        for old in element.xpath(f"c:{tag}"):
            element.remove(old)
        element.append(element.makeelement(f"{{{element.nsmap['c']}}}{tag}", {"val": str(value)}))
    for offset in element.xpath("c:lblOffset"):
        # The lowest value stands beside the first month.
        offset.set("val", "250")


def _apart(lines: Lines, plot: Area, area: Area) -> list[float]:
    """How far each end label moves down, in shares of the chart's height, so that none touches another."""
    span = (lines.top - lines.bottom) or 1
    ends = [line.values[at] if (at := last_known(line.values)) is not None else None for line in lines.lines]
    places = [
        ((end if end is not None else lines.bottom) - lines.bottom) / span * plot.height for end in ends
    ]
    moved = push_apart(places, [LABEL * LINE] * len(places), -10, plot.height + 14)
    return [(place - new) / area.height for place, new in zip(places, moved, strict=True)]


def _line(series: Any, line: Line, i: int, count: int, shift: float) -> None:
    color = LIGHT.lines[i % len(LIGHT.lines)]
    word = LIGHT.line_words[i % len(LIGHT.lines)] if count > 1 else LIGHT.ink
    series.smooth = False
    width = 3.5 if count == 1 else 2.5
    stroke(series.format.line, color, width)
    last = last_known(line.values)
    for at in {last, *_alone(line.values)} - {None}:
        # A point with a format of its own would lose the stroke that leads to it.
        stroke(series.points[at].format.line, color, width)
        _dot(series.points[at], color, 9 if at == last else 7)
    if last is not None:
        label(series.points[last], line.label, "", Pen(LABEL, word, bold=True), "right", shift=(0.005, shift))


def _alone(values: Values) -> list[int]:
    """Months between two gaps, which no line reaches."""
    padded = [None, *values, None]
    return [i for i, value in enumerate(values) if value is not None and padded[i] is padded[i + 2] is None]


def _dot(point: Any, color: str, size: int) -> None:
    point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, size
    point.marker.format.fill.solid()
    point.marker.format.fill.fore_color.rgb = rgb(color)
    point.marker.format.line.fill.background()


def _target(series: Any, step: Values) -> None:
    series.smooth = False
    stroke(series.format.line, LIGHT.ink, 2)
    for at in _alone(step):
        point = series.points[at]
        point.marker.style, point.marker.size = XL_MARKER_STYLE.DASH, 12
        point.marker.format.fill.solid()
        point.marker.format.fill.fore_color.rgb = rgb(LIGHT.ink)


def _name_target(series: Any, step: Values, lines: Lines) -> None:
    """The target's name on its last level, on the side where fewer values are."""
    if not lines.target_label:
        return
    known = [i for i, value in enumerate(step) if value is not None]
    level = step[known[0]] or 0
    near = [v for line in lines.lines for v in (line.values[i] for i in known) if v is not None]
    over = sum(value > level for value in near)
    at = "below" if over > len(near) / 2 else "above"
    label(series.points[known[len(known) // 2]], lines.target_label, "", Pen(TICK, LIGHT.ink), at)
