"""Bars by township as one native chart on paper: all that it says is part of the chart itself.

Word has no shapes that keep to a bar, so standing and value are the bar's label, what is not reported
stands behind its name, and the target is the chart's one gridline.
"""

from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml

from pages.shared.deck.exhibits import Bar, Bars
from pages.shared.export.pptx.numbers import PLAIN, code_of, masked_codes
from pages.shared.export.pptx.paper import Area, Pen, clean, ink, wide
from pages.shared.export.pptx.plot import CATEGORIES, Told, axis, chart, keep, label, painted, stroke
from pages.shared.theme import LIGHT, SHAPES

WIDTH, SIZE, GAP = 442.0, 9.0, 8.0  # pt
FEW, MANY = (12, 22.0), 15.5  # so many rows of so many pt, more of them closer
FILLED = 0.62
ABOVE = 16.0  # pt over the plot, where the target is named
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'


def height_of(bars: Bars) -> float:
    """Return how high the chart stands, in points."""
    most, tall = FEW
    return ABOVE + 4 + len(bars.rows) * (tall if len(bars.rows) <= most else MANY)


def draw_rows(slide: Any, bars: Bars, names: tuple[str, ...], told: Told) -> None:
    """Draw the bars behind their `names`; the numbers in the workbook are the deck's, gaps stay empty."""
    shown = [_name(row, name) for row, name in zip(bars.rows, names, strict=True)]
    whole = Area(0, 0, WIDTH, height_of(bars))
    left = min(max((wide(name, SIZE) for name in shown), default=0) * 1.06 + GAP, WIDTH * 0.45)
    plot = Area(left, ABOVE, WIDTH - left - GAP * 2, whole.height - ABOVE - 4)
    data = CATEGORIES(number_format=PLAIN[bars.kind])
    data.categories = [clean(name) for name in shown]
    data.add_series(clean(bars.measure), [row.length for row in bars.rows])
    made = chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, whole, plot, told)
    rows = [(clean(name), row.length) for name, row in zip(shown, bars.rows, strict=True)]
    keep(made, [("", clean(bars.measure)), *rows], ("@", PLAIN[bars.kind]), masked_codes(bars.rows))
    ink(made.font, Pen(SIZE, LIGHT.ink))
    _axes(made, bars)
    _points(made.plots[0], bars, plot.width)


def _name(row: Bar, name: str) -> str:
    if row.length is not None:
        return name
    return f"{name}　{SHAPES['none'][0]} {row.value.text}" if row.is_missing else f"{name}　{row.value.text}"


def _axes(made: Any, bars: Bars) -> None:
    axis(made, "category", size=SIZE, color=LIGHT.ink, line=True).reverse_order = True
    values = axis(made, "value", size=SIZE, color=LIGHT.ink)
    values.minimum_scale, values.maximum_scale = 0, bars.top or 1
    # The only gridline that a chart draws once: it repeats, so the target must lie beyond the middle.
    if bars.target is None or not bars.top / 2 < bars.target < bars.top:
        values.visible = False
        return
    values.has_major_gridlines, values.major_unit = True, bars.target
    stroke(values.major_gridlines.format.line, LIGHT.ink, 1.25)
    said = clean(bars.target_label).replace('"', "")
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = f'[=0]"";"{said}"', False


def _points(plot: Any, bars: Bars, width: float) -> None:
    for point, row in painted(plot, bars.rows, FILLED):
        if row.is_calm:
            _sheer(point)
        words = f"{row.value.text}{_standing(row)}"
        inside = (row.length or 0) / (bars.top or 1) * width > wide(words, SIZE) * 1.1 + GAP
        color = LIGHT.bg if inside and not row.is_calm else LIGHT.ink
        pen = Pen(SIZE, color, bold=True)
        label(point, None, _format(row), pen, "foot" if inside else "tip")


def _format(row: Bar) -> str:
    """Return a number format that prints value and standing: LibreOffice colours no free text in a label."""
    return f"{code_of(row.value) or _quoted(row.value.text)}{_quoted(_standing(row))}"


def _standing(row: Bar) -> str:
    if not row.words:
        return ""
    return f"　{SHAPES[row.status][0]} {row.words}" if row.status else f"　{row.words}"


def _sheer(point: Any) -> None:
    """Let the line of the target be seen through a bar that passes it."""
    (colour,) = point._element.xpath(f"c:dPt[c:idx/@val='{point._idx}']//a:solidFill/a:srgbClr")
    colour.append(parse_xml(f'<a:alpha {_A} val="70000"/>'))


def _quoted(text: str) -> str:
    # In a format " ends a literal.
    return '"{}"'.format(clean(text).replace('"', "")) if text else ""
