"""Bars by township as a native chart: value at the foot, target as a line, standing at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE

from pages.shared.deck.exhibits import Bar, Bars
from pages.shared.export.pptx.grid import bare_table
from pages.shared.export.pptx.numbers import code_of, common_code, masked_codes
from pages.shared.export.pptx.paper import (
    LABEL,
    SUBTITLE,
    TICK,
    Area,
    Pen,
    align,
    box,
    clean,
    decorative,
    frame_of,
    plain,
    put,
    status_runs,
    wide,
)
from pages.shared.export.pptx.plot import CATEGORIES, Told, axis, chart, keep, label, painted, stroke
from pages.shared.theme import LIGHT

ROW, FILLED = 60.0, 0.62  # pt a row takes at most; the part of it that is bar
GAP = 12.0  # pt between the columns of the slide
NAMES = (60.0, 250.0)  # pt, the least and the most that names take
ABOVE = 26.0  # pt over the plot, where the target is named


@dataclass(frozen=True)
class Rows:
    """Where the rows stand: chart and plot, the pitch, the columns of counts and of standing (pt)."""

    whole: Area
    plot: Area
    pitch: float
    detail: float
    words: float

    def slot(self, i: int) -> Area:
        """Return the place of a bar at its full length."""
        top = self.plot.top + (i + (1 - FILLED) / 2) * self.pitch
        return Area(self.plot.left, top, self.plot.width, self.pitch * FILLED)


def draw_bars(slide: Any, bars: Bars, area: Area, told: Told, parts: Sequence[Bars] = ()) -> None:
    """Draw the bars into `area`; the numbers in the workbook are those of the deck, gaps stay empty.

    `parts` are the slides that this one is continued from or on: all take the same columns.
    """
    rows = _rows(bars, parts or (bars,), area)
    code = common_code([row.value for row in bars.rows], bars.kind)
    data = CATEGORIES(number_format=code)
    data.categories = [clean(row.name) for row in bars.rows]
    data.add_series(clean(bars.measure), [row.length for row in bars.rows])
    made = chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, rows.whole, rows.plot, told)
    told_rows = [("", clean(bars.measure)), *((row.name, row.length) for row in bars.rows)]
    keep(made, told_rows, ("@", code), masked_codes(bars.rows))
    _dress(made, bars, rows, code)
    for i, row in enumerate(bars.rows):
        if row.length is None:
            _empty_slot(slide, row, rows.slot(i))
    _targets(slide, bars, rows)
    if rows.detail or rows.words:
        _standing(slide, bars, rows, told)


def _rows(bars: Bars, parts: Sequence[Bars], area: Area) -> Rows:
    shown = [row for part in parts for row in part.rows]
    most = max(len(part.rows) for part in parts) or 1
    names = max((wide(row.name, LABEL) for row in shown), default=0) + GAP
    left = min(max(names, NAMES[0]), NAMES[1])
    detail = max((wide(row.detail, SUBTITLE) for row in shown), default=0)
    words = max((wide(f"◆ {row.words}", LABEL) for row in shown if row.words), default=0)
    columns = [column * 1.06 + GAP for column in (detail, words) if column]
    top = area.top + (ABOVE if bars.target_label else 6)
    pitch = min(ROW, (area.bottom - top) / most)
    plot = Area(area.left + left, top, area.width - left - sum(columns) - GAP, pitch * len(bars.rows))
    whole = Area(area.left, plot.top - 2, plot.right + GAP - area.left, plot.height + 4)
    return Rows(whole, plot, pitch, detail * 1.06 + GAP if detail else 0, words * 1.06 + GAP if words else 0)


def _dress(made: Any, bars: Bars, rows: Rows, code: str) -> None:
    names = axis(made, "category", size=LABEL, color=LIGHT.ink, line=True)
    names.reverse_order = True
    values = axis(made, "value")
    values.minimum_scale, values.maximum_scale, values.visible = 0, bars.top, False
    for point, row in painted(made.plots[0], bars.rows, FILLED):
        _value(point, row, bars, rows, code)


def _value(point: Any, row: Bar, bars: Bars, rows: Rows, code: str) -> None:
    """The value at the foot of its bar; beside the tip where it has no room, and never under a target."""
    scale = rows.plot.width / (bars.top or 1)
    length, room = (row.length or 0) * scale, wide(row.value.text, LABEL) * 1.08 + 14
    goal = row.target if row.target is not None else bars.target
    mark = None if goal is None else goal * scale
    inside = length >= room and (mark is None or mark >= room)
    color = LIGHT.bg if inside and not row.is_calm else LIGHT.ink
    own = code_of(row.value, row.length)
    words = None if own and (own == code or row.value.number is None) else row.value.text
    over = not inside and mark is not None and length - 4 < mark < length + room
    shift = ((mark or 0) - length + 4) / rows.whole.width if over else 0.0
    pen = Pen(LABEL, color, bold=True)
    label(point, words, own or code, pen, "foot" if inside else "tip", shift=(shift, 0.0))


def _empty_slot(slide: Any, row: Bar, slot: Area) -> None:
    """What is missing is drawn: a dashed box over the full slot; what does not apply has its sign only."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *slot.lengths())
    shape.name = clean(row.name)
    plain(shape)
    shape.fill.background()
    if row.is_missing:
        stroke(shape.line, LIGHT.axis, 1)
        shape.line.dash_style = MSO_LINE.DASH
    else:
        shape.line.fill.background()
    if row.is_missing and row.words:
        # Its standing is told at the right; twice would be once too often.
        decorative(shape)
        return
    paragraph = frame_of(shape, anchor="middle").paragraphs[0]
    align(paragraph, "left")
    put(paragraph, f" {row.value.text}", Pen(LABEL, LIGHT.ink2))


def _targets(slide: Any, bars: Bars, rows: Rows) -> None:
    plot = rows.plot
    if bars.target is not None:
        _line(slide, plot, bars.target / bars.top, plot.top - 3, plot.bottom)
    for i, row in enumerate(bars.rows):
        if row.target is not None and row.target != bars.target:
            slot = rows.slot(i)
            _line(slide, plot, row.target / bars.top, slot.top - 3, slot.bottom + 3)
    known = [row.target for row in bars.rows if row.target is not None]
    first = bars.target if bars.target is not None else next(iter(known), None)
    if bars.target_label and first is not None:
        width = wide(bars.target_label, TICK) * 1.1
        left = min(plot.left + plot.width * first / bars.top - width / 2, 920 - width)
        name = Area(left, plot.top - ABOVE, width, ABOVE - 4)
        put(box(slide, name, "目标", align="center", wrap=False), bars.target_label, Pen(TICK))


def _line(slide: Any, plot: Area, share: float, top: float, bottom: float) -> None:
    left, high, _, deep = Area(plot.left + plot.width * share, top, 0, bottom).lengths()
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, left, high, left, deep)
    line.name = "目标线"
    plain(line)
    stroke(line.line, LIGHT.ink, 2.5)
    decorative(line)


def _standing(slide: Any, bars: Bars, rows: Rows, told: Told) -> None:
    """Counts and lights beside the rows, as one table without lines."""
    widths = [width for width in (rows.detail, rows.words) if width]
    area = Area(rows.plot.right + GAP, rows.plot.top, sum(widths), rows.plot.height)
    beside = "; ".join(" ".join((row.name, row.detail, row.words)).strip() for row in bars.rows)
    table = bare_table(slide, area, [rows.pitch] * len(bars.rows), widths, Told(f"{told.name} ●", beside))
    for i, row in enumerate(bars.rows):
        if rows.detail:
            put(table.cell(i, 0).text_frame.paragraphs[0], row.detail, Pen(SUBTITLE, LIGHT.ink2))
        if rows.words:
            paragraph = table.cell(i, len(widths) - 1).text_frame.paragraphs[0]
            if row.words and row.status:
                status_runs(paragraph, row.status, row.words, LABEL)
            else:
                put(paragraph, row.words, Pen(LABEL, LIGHT.ink2))
