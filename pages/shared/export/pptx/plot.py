"""What native charts share: their place, their workbook, axes without frills, labels at the marks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.util import Pt

from pages.shared.deck.exhibits import Bar
from pages.shared.export.pptx.paper import TICK, Area, Pen, clean, describe, ink, rgb
from pages.shared.export.pptx.workbook import Cell, workbook
from pages.shared.theme import LIGHT

# Their constructors carry no types.
CATEGORIES: Any = CategoryChartData
POINTS: Any = XyChartData
POSITIONS = {
    "foot": XL_LABEL_POSITION.INSIDE_BASE,
    "tip": XL_LABEL_POSITION.OUTSIDE_END,
    "right": XL_LABEL_POSITION.RIGHT,
    "left": XL_LABEL_POSITION.LEFT,
    "above": XL_LABEL_POSITION.ABOVE,
    "below": XL_LABEL_POSITION.BELOW,
}
_C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'


@dataclass(frozen=True)
class Told:
    """The words of a chart for those who do not see it."""

    name: str
    alt: str


def chart(slide: Any, kind: XL_CHART_TYPE, data: Any, area: Area, inner: Area, told: Told) -> Any:
    """Add a chart whose plot fills `inner` of the slide exactly, without title, legend, frame."""
    frame = slide.shapes.add_chart(kind, *area.lengths(), data)
    describe(frame, told.name, told.alt)
    made = frame.chart
    made.has_legend = made.has_title = False
    ink(made.font, Pen(TICK, LIGHT.ink2))
    _fix_plot(made, area, inner)
    return made


def _fix_plot(made: Any, area: Area, inner: Area) -> None:
    plot = made._chartSpace.xpath("c:chart/c:plotArea")[0]
    for old in plot.xpath("c:layout"):
        plot.remove(old)
    values = {
        "x": (inner.left - area.left) / area.width,
        "y": (inner.top - area.top) / area.height,
        "w": inner.width / area.width,
        "h": inner.height / area.height,
    }
    sizes = "".join(f'<c:{key} val="{value:.6f}"/>' for key, value in values.items())
    plot.insert(
        0,
        parse_xml(
            f'<c:layout {_C}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{sizes}</c:manualLayout></c:layout>'
        ),
    )
    space = made._chartSpace
    for node in space.xpath(".//c:axId|.//c:crossAx"):
        # python-pptx numbers axes below zero, which the standard does not allow.
        node.set("val", node.get("val").lstrip("-"))
    for old in space.xpath("c:roundedCorners"):
        space.remove(old)
    at = 1 if space.xpath("c:date1904") else 0
    space.insert(at, parse_xml(f'<c:roundedCorners {_C} val="0"/>'))


def keep(
    made: Any,
    rows: Sequence[Sequence[Cell]],
    formats: Sequence[str],
    own: Mapping[int, str] | None = None,
) -> None:
    """Put our own workbook behind the chart, cell for cell where python-pptx refers to.

    `own` holds by place the formats of points of the first series that read otherwise than their column.
    """
    codes = own or {}
    cells = {(at + 1, 1): code for at, code in codes.items()}
    made.part.chart_workbook.update_from_xlsx_blob(workbook(rows, formats, cells))
    for at, code in codes.items():
        for point in made._chartSpace.xpath(f".//c:ser[c:idx/@val='0']/c:val//c:pt[@idx='{at}']"):
            point.set("formatCode", code)


def axis(made: Any, which: str, *, size: float = TICK, color: str = LIGHT.ink2, line: bool = False) -> Any:
    """Return the category or value axis without gridlines and tick marks, its line only where asked."""
    found = made.category_axis if which == "category" else made.value_axis
    found.has_major_gridlines = found.has_minor_gridlines = False
    found.major_tick_mark = found.minor_tick_mark = XL_TICK_MARK.NONE
    found.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    ink(found.tick_labels.font, Pen(size, color))
    stroke(found.format.line, LIGHT.axis, 1) if line else found.format.line.fill.background()
    return found


def painted(plot: Any, rows: Sequence[Bar], filled: float) -> Iterator[tuple[Any, Bar]]:
    """Give bars the share of their row that is filled, and each its colour; return those that are drawn."""
    plot.gap_width, plot.vary_by_categories = round((1 - filled) / filled * 100), False
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(LIGHT.data)
    for at, row in enumerate(rows):
        if row.length is None:
            continue
        point = series.points[at]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = rgb(LIGHT.calm if row.is_calm else LIGHT.data)
        yield point, row


def stroke(line: Any, color: str, width: float) -> None:
    """Draw a line in a colour, width in points."""
    line.color.rgb = rgb(color)
    line.width = Pt(width)


def label(
    point: Any, words: str | None, code: str, pen: Pen, at: str, *, shift: tuple[float, float] = (0, 0)
) -> None:
    """Label a point: with `words`, or with its own value in the number format when there are none.

    `shift` moves the label from its place, in shares of the chart's width and height.
    """
    told = point.data_label
    told.position = POSITIONS[at]
    if words is None:
        ink(told.font, pen)
    else:
        paragraph = told.text_frame.paragraphs[0]
        run = paragraph.add_run()
        run.text = clean(words)
        ink(run.font, pen)
    element = told._dLbl
    for leader in element.xpath("../c:showLeaderLines"):
        leader.set("val", "0")
    for body in element.xpath(".//a:bodyPr"):
        body.set("wrap", "none")
    if words is None:
        _before(
            element, f'<c:numFmt {_C} formatCode="{_escaped(code)}" sourceLinked="0"/>', ("c:spPr", "c:txPr")
        )
    if shift != (0, 0):
        x, y = shift
        moved = f'<c:manualLayout><c:x val="{x:.6f}"/><c:y val="{y:.6f}"/></c:manualLayout>'
        element.xpath("c:idx")[0].addnext(parse_xml(f"<c:layout {_C}>{moved}</c:layout>"))


def _before(element: Any, xml: str, tags: tuple[str, ...]) -> None:
    element.xpath("|".join(tags))[0].addprevious(parse_xml(xml))


def _escaped(code: str) -> str:
    return code.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
