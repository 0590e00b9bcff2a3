"""Several lines with their names at the ends: committees over time, and intake against output."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pages.shared.charts.base import PHONE, Figure, Look, Part, escape, figure, layout, tell
from pages.shared.charts.labels import px, wrap
from pages.shared.charts.marks import STRIP, Marks, cut, event_words, guide_parts, guides, is_numbered
from pages.shared.charts.months import (
    dots,
    last_known,
    months_axis,
    room_below,
    value_scale,
    values_axis,
)
from pages.shared.charts.plot import END_GAP, End, Plot, end_labels
from pages.shared.theme import LABEL, TICK
from queries.words.formats import count_text, month_text, months_text, short_number

MAX_LINES = 6  # a seventh line is never coloured: use small multiples
HEIGHT = 330
TALL_LINES = 250  # px with which the flow lines stay readable beside other cards


@dataclass(frozen=True)
class Line:
    """One line of counts by month; `slot` is its place in the fixed order of committee colours.

    `end` stands at its end in the place of the last value: ≤5, 约40.
    """

    name: str
    values: Sequence[float | None]
    slot: int | None = None
    end: str = ""


@dataclass(frozen=True)
class Frame:
    """What all lines of a chart share; stepped lines hold until the next month."""

    months: Sequence[date]
    measure: str
    classifier: str
    height: float
    marks: Marks
    stepped: bool


@dataclass(frozen=True)
class Drawn:
    """A line with its colours."""

    line: Line
    color: str
    words: str


def stepped_lines(
    lines: Sequence[Line],
    look: Look,
    *,
    months: Sequence[date],
    measure: str,
    classifier: str = "名",
    height: float = HEIGHT,
    marks: Marks | None = None,
) -> Figure:
    """Stocks of up to six committees as steps from zero, each in its own colour, named at its end.

    `marks` are events and breaks: print `mark_notes` below the chart.
    """
    if len(lines) > MAX_LINES:
        raise ValueError(f"stepped_lines: {len(lines)} lines; draw at most {MAX_LINES}, or small multiples")
    theme = look.theme
    slots = [i if line.slot is None else line.slot for i, line in enumerate(lines)]
    drawn = [
        Drawn(line, theme.lines[slot % MAX_LINES], theme.line_words[slot % MAX_LINES])
        for line, slot in zip(lines, slots, strict=True)
    ]
    frame = Frame(months, measure, classifier, height, marks or Marks(), stepped=True)
    return _lines(drawn, look, frame)


def flow_lines(
    received: Sequence[float | None],
    closed: Sequence[float | None],
    still_open: Sequence[float | None],
    look: Look,
    *,
    months: Sequence[date],
    measure: str = "",
    classifier: str = "件",
    height: float = TALL_LINES,
    marks: Marks | None = None,
) -> Figure:
    """Intake, output and what is still open by month: grey, blue and the fourth line colour, from zero."""
    theme = look.theme
    drawn = [
        Drawn(Line(look.text("charts.received"), received), theme.context, theme.ink2),
        Drawn(Line(look.text("charts.closed"), closed), theme.data, theme.data),
        Drawn(Line(look.text("charts.open"), still_open), theme.lines[3], theme.line_words[3]),
    ]
    name = measure or look.text("charts.flow")
    return _lines(drawn, look, Frame(months, name, classifier, height, marks or Marks(), stepped=False))


def _lines(drawn: Sequence[Drawn], look: Look, frame: Frame) -> Figure:
    months, classifier, height = frame.months, frame.classifier, frame.height
    every = [value for one in drawn for value in one.line.values]
    scale = value_scale(every, unit="count", classifier=classifier, from_zero=True)
    # A step holds until the next month, so the last one needs room to be seen.
    reach = len(months) - (0.5 if frame.stepped and len(months) > 1 else 1)
    axis = months_axis(months, look, end=reach)
    ends = [_end(one, look, months) for one in drawn]
    names = [f"{line} {end.value}" if line == end.name[-1] else line for end in ends for line in end.name]
    left = max(px(scale.words(tick, look), TICK) for tick in scale.ticks) + 10
    right = max([px(name, LABEL) for name in names], default=0) + END_GAP + 4
    found = guides(frame.marks, months, look, PHONE - left - right)
    plot = Plot(
        height=height,
        left=left,
        right=right,
        top=16 + (STRIP if found else 0),
        bottom=room_below(axis),
        x=(axis["range"][0], axis["range"][1]),
        y=(scale.low, scale.high),
    )
    parts = layout(look, height, left=plot.left, right=plot.right, top=plot.top, bottom=plot.bottom)
    parts |= {"xaxis": axis, "yaxis": values_axis(scale, look)}
    parts["shapes"], words = guide_parts(found, plot, look)
    parts["annotations"] = [*end_labels(ends, axis["range"][1], plot, look), *words]
    breaks = [guide.x for guide in found if guide.is_break]
    traces = [_trace(one, look, frame, reach if frame.stepped else None, breaks) for one in drawn]
    period = months_text(months[0], months[-1], look.text) if months else ""
    rows = [
        look.text("charts.label_value", label=escape(one.line.name), value=end.value)
        for one, end in zip(drawn, ends, strict=True)
    ]
    notes = event_words(frame.marks, months, look, found) if is_numbered(found) else []
    return figure(traces, parts, tell(look, [frame.measure, period], rows), mark_notes=notes)


def _end(one: Drawn, look: Look, months: Sequence[date]) -> End:
    """The last value of a line; 未报 when the last month was not reported, at the height it last had."""
    values = one.line.values
    last = last_known(values)
    name = tuple(escape(part) for part in wrap(one.line.name, 6))
    if last is None or last < len(months) - 1:
        at = 0.0 if last is None else (values[last] or 0.0)
        return End(name, one.line.end or f"○ {look.text('status.none')}", at, one.words)
    value = values[last] or 0.0
    return End(name, one.line.end or short_number(value, look.text), value, one.words)


def _trace(one: Drawn, look: Look, frame: Frame, reach: float | None, breaks: Sequence[float]) -> Part:
    name, all_sizes = escape(one.line.name), dots(one.line.values)
    # Where a definition changed, the line has a gap.
    places = cut(one.line.values, breaks)
    x = [at for at, _ in places]
    values = [None if i is None else one.line.values[i] for _, i in places]
    sizes = [0 if i is None else all_sizes[i] for _, i in places]
    hovers = [
        ""
        if i is None
        else f"{name}<br>{month_text(frame.months[i], look.text)}<br>"
        f"{count_text(one.line.values[i], frame.classifier, look.text)}"
        for _, i in places
    ]
    if reach is not None and values and values[-1] is not None:
        x, values, hovers, sizes = (
            [*x, reach],
            [*values, values[-1]],
            [*hovers, hovers[-1]],
            [*sizes[:-1], 0, 0],
        )
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": values,
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": one.color, "width": 2.5, "shape": "linear" if reach is None else "hv"},
        "marker": {"size": sizes, "color": one.color, "line": {"width": 0}, "opacity": 1},
        "hovertext": hovers,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def sparkline(values: Sequence[float | None]) -> list[float]:
    """The values for the line of a KPI, from after the last gap on; nothing under four, which is no trend."""
    tail: list[float] = []
    for value in values:
        tail = [] if value is None else [*tail, value]
    return tail if len(tail) >= 4 else []
