"""Charts that Excel draws itself from the cells of the sheet."""

from typing import Any

from xlsxwriter.worksheet import Worksheet

from pages.shared.deck.deck import Slide
from pages.shared.deck.exhibits import Bars, Curve, Lines
from pages.shared.export.xlsx.bars import aims_of, bars
from pages.shared.export.xlsx.book import Book
from pages.shared.export.xlsx.lines import curve, lines
from pages.shared.export.xlsx.names import clean
from pages.shared.export.xlsx.placed import NONE, SMALL, Placed
from pages.shared.theme import LIGHT

# Of a chart, px; a bar takes a little more than one row of the sheet.
WIDE, LOW, BAR, ROW = 660, 330, 22, 20


def place(book: Book, sheet: Worksheet, slide: Slide, where: Placed) -> int:
    """Draw the chart of a slide beside its table; return the last row that it covers."""
    exhibit = slide.exhibit
    tall = max(LOW, len(exhibit.rows) * BAR + 60) if isinstance(exhibit, Bars) else LOW
    chart = _chart(book, sheet, exhibit, where)
    title = slide.subtitle
    if isinstance(exhibit, Bars) and any(aims_of(exhibit)):
        target = exhibit.target_label or book.t("target")
        title = book.t("framed", subtitle=title, target=target)
    chart.set_title({"name": clean(title), "name_font": {**SMALL, "bold": False}})
    chart.set_legend(NONE)
    chart.set_size({"width": WIDE, "height": tall})
    chart.set_chartarea({"border": NONE, "fill": {"color": LIGHT.bg}})
    sheet.insert_chart(
        where.row,
        where.columns,
        chart,
        {"description": clean(slide.alt), "x_offset": 16, "object_position": 3},
    )
    return where.row + tall // ROW + 1


def _chart(book: Book, sheet: Worksheet, exhibit: object, where: Placed) -> Any:
    if isinstance(exhibit, Bars):
        return bars(book, sheet, exhibit, where)
    if isinstance(exhibit, Lines):
        return lines(book, sheet, exhibit, where)
    if isinstance(exhibit, Curve):
        return curve(book, sheet, exhibit, where)
    raise TypeError(f"{type(exhibit).__name__}: has no chart")
