"""Bars by township as a native chart: value at the foot, target as a line, standing at the right."""

from dataclasses import dataclass
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE

from pages.shared.deck.exhibits import Bar, Bars
from pages.shared.export.pptx.grid import bare_table
from pages.shared.export.pptx.numbers import code_of, common_code
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
    rgb,
    status_runs,
    wide,
)
from pages.shared.export.pptx.plot import CATEGORIES, Told, axis, chart, keep, label, stroke
from pages.shared.theme import LIGHT

ROW, FILLED = 42.0, 0.62  # pt a row takes at most; the part of it that is bar
GAP = 12.0  # pt between the columns of the slide
NAMES = (60.0, 250.0)  # pt, the least and the most that names take
ABOVE = 26.0  # pt over the plot, where the target is named


@dataclass(frozen=True)
class Rows:
    """Where the rows stand: the plot, the pitch, and the columns of counts and of standing beside it."""

    plot: Area
    pitch: float
    detail: float
    words: float

    def slot(self, i: int) -> Area:
        """Return the place of a bar at its full length."""
        top = self.plot.top + (i + (1 - FILLED) / 2) * self.pitch
        return Area(self.plot.left, top, self.plot.width, self.pitch * FILLED)


def draw_bars(slide: Any, bars: Bars, area: Area, told: Told) -> None:
    """Draw the bars into `area`; the numbers in the workbook are those of the deck, gaps stay empty."""
    rows = _rows(bars, area)
    code = common_code([row.value for row in bars.rows], bars.kind)
    data = CATEGORIES(number_format=code)
    data.categories = [clean(row.name) for row in bars.rows]
    data.add_series(clean(bars.measure), [row.length for row in bars.rows])
    whole = Area(area.left, rows.plot.top - 2, rows.plot.right + GAP - area.left, rows.plot.height + 4)
    made = chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, whole, rows.plot, told)
    keep(made, [("", clean(bars.measure)), *((row.name, row.length) for row in bars.rows)], ("@", code))
    _dress(made, bars, rows, code)
    for i, row in enumerate(bars.rows):
        if row.length is None:
            _empty_slot(slide, row, rows.slot(i))
    _targets(slide, bars, rows)
    if rows.detail or rows.words:
        _standing(slide, bars, rows, told)


def _rows(bars: Bars, area: Area) -> Rows:
    names = max((wide(row.name, LABEL) for row in bars.rows), default=0) + GAP
    left = min(max(names, NAMES[0]), NAMES[1])
    detail = max((wide(row.detail, SUBTITLE) for row in bars.rows), default=0)
    words = max((wide(f"◆ {row.words}", LABEL) for row in bars.rows if row.words), default=0)
    columns = [column * 1.06 + GAP for column in (detail, words) if column]
    top = area.top + (ABOVE if bars.target_label else 6)
    pitch = min(ROW, (area.bottom - top) / max(len(bars.rows), 1))
    plot = Area(area.left + left, top, area.width - left - sum(columns) - GAP, pitch * len(bars.rows))
    return Rows(plot, pitch, detail * 1.06 + GAP if detail else 0, words * 1.06 + GAP if words else 0)


def _dress(made: Any, bars: Bars, rows: Rows, code: str) -> None:
    plot = made.plots[0]
    plot.gap_width, plot.vary_by_categories = round((1 - FILLED) / FILLED * 100), False
    names = axis(made, "category", size=LABEL, color=LIGHT.ink, line=True)
    names.reverse_order = True
    values = axis(made, "value")
    values.minimum_scale, values.maximum_scale, values.visible = 0, bars.top, False
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(LIGHT.data)
    for i, row in enumerate(bars.rows):
        if row.length is None:
            continue
        point = series.points[i]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = rgb(LIGHT.calm if row.is_calm else LIGHT.data)
        _value(point, row, bars, rows, code)


def _value(point: Any, row: Bar, bars: Bars, rows: Rows, code: str) -> None:
    """The value at the foot of its bar, beside the tip where the bar is too short to hold it."""
    length = (row.length or 0) / (bars.top or 1) * rows.plot.width
    inside = length >= wide(row.value.text, LABEL) * 1.08 + 14
    color = LIGHT.bg if inside and not row.is_calm else LIGHT.ink
    words = None if code_of(row.value) == code else row.value.text
    label(point, words, code, Pen(LABEL, color, bold=True), "foot" if inside else "tip")


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
    frame = frame_of(shape, anchor="middle")
    align(frame.paragraphs[0], "left")
    if row.words:
        # Its standing is told at the right; twice would be once too often.
        decorative(shape)
    else:
        put(frame.paragraphs[0], f" {row.value.text}", Pen(LABEL, LIGHT.ink2))


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
    table = bare_table(slide, area, [rows.pitch] * len(bars.rows), widths, Told(f"{told.name} ●", told.alt))
    for i, row in enumerate(bars.rows):
        if rows.detail:
            put(table.cell(i, 0).text_frame.paragraphs[0], row.detail, Pen(SUBTITLE, LIGHT.ink2))
        if rows.words:
            paragraph = table.cell(i, len(widths) - 1).text_frame.paragraphs[0]
            if row.words and row.status:
                status_runs(paragraph, row.status, row.words, LABEL)
            else:
                put(paragraph, row.words, Pen(LABEL, LIGHT.ink2))
