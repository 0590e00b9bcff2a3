"""Native tables: three lines and no fill, numbers to the right, lights as shape, word and colour."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.util import Pt

from pages.shared.deck.exhibits import Cell, Table, Value
from pages.shared.export.pptx.paper import (
    FOOT,
    LABEL,
    LINE,
    Area,
    Pen,
    align,
    describe,
    lines_of,
    put,
    status_runs,
    wide,
)
from pages.shared.export.pptx.plot import Told
from pages.shared.theme import LIGHT

PAD = 8.0  # pt beside a cell's text
LINES = (1.5, 0.75, 1.5)  # pt: above the head, below it, below all


@dataclass(frozen=True)
class Print:
    """The sizes of type to try, largest first, the air of a row (pt) and how many rows a slide takes."""

    sizes: tuple[int, ...]
    air: float
    rows: int


SHOWN = Print((LABEL, 16, 15, 14), 9.0, 10)
# What is looked up, not shown: definitions and sources.
FINE = Print((13, FOOT), 4.0, 16)
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def bare_table(slide: Any, area: Area, heights: Sequence[float], widths: Sequence[float], told: Told) -> Any:
    """Add a table without style, lines and margins above or below its text, and return it."""
    frame = slide.shapes.add_table(len(heights), len(widths), *area.lengths())
    describe(frame, told.name, told.alt)
    table = frame.table
    table.first_row = table.horz_banding = False
    table._tbl.tblPr.xpath("a:tableStyleId")[0].text = _NO_STYLE
    for row, height in zip(table.rows, heights, strict=True):
        row.height = Pt(height)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for cell in table.iter_cells():
        cell.margin_top = cell.margin_bottom = cell.margin_right = 0
        cell.margin_left = Pt(0)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    return table


def draw_table(
    slide: Any, table: Table, area: Area, told: Told, parts: Sequence[Table], print_: Print = SHOWN
) -> None:
    """Draw the table in the largest type in which it and the other `parts` of it fit into `area`."""
    fit = fitted(parts, area, print_)
    size, widths = fit.size, fit.widths
    heights = _heights(table, widths, size, print_)
    made = bare_table(slide, Area(area.left, area.top, sum(widths), sum(heights)), heights, widths, told)
    made.first_row = True
    for c, column in enumerate(table.columns):
        _fill(made.cell(0, c), column.name, size, bold=True, right=column.is_number)
    for r, row in enumerate(table.rows):
        is_total = table.has_total and r == len(table.rows) - 1
        for c, cell in enumerate(row):
            key = table.lights[r] if table.light == c and r < len(table.lights) else None
            right = table.columns[c].is_number
            _fill(made.cell(r + 1, c), text_of(cell), size, bold=is_total, right=right, key=key)
    _rule(made, 0, "T", LINES[0])
    _rule(made, 0, "B", LINES[1])
    _rule(made, len(table.rows), "B", LINES[2])


def text_of(cell: Cell) -> str:
    """Return what a cell prints."""
    return cell.text if isinstance(cell, Value) else cell


@dataclass(frozen=True)
class Fit:
    """How the parts of a table are set: one size of type and one width a column for all (pt)."""

    size: int
    widths: tuple[float, ...]
    is_whole: bool


def fitted(parts: Sequence[Table], area: Area, print_: Print) -> Fit:
    """Return the largest setting in which every part fits, else the smallest, which then is not whole."""
    whole = replace(parts[0], rows=tuple(row for part in parts for row in part.rows))
    whole = replace(whole, lights=tuple(key for part in parts for key in part.lights))
    for size in print_.sizes:
        widths = tuple(_widths(whole, area.width, size))
        if all(sum(_heights(part, widths, size, print_)) <= area.height for part in parts):
            return Fit(size, widths, True)
    return Fit(size, widths, False)


def _heights(table: Table, widths: Sequence[float], size: int, print_: Print) -> list[float]:
    return [_height(row, widths, size) + print_.air for row in _texts(table)]


def _texts(table: Table) -> list[list[str]]:
    marked = [[text_of(cell) for cell in row] for row in table.rows]
    for row, key in zip(marked, table.lights, strict=False):
        if table.light is not None and key:
            row[table.light] = f"◆ {row[table.light]}"
    return [[column.name for column in table.columns], *marked]


def _widths(table: Table, most: float, size: int) -> list[float]:
    """Columns as wide as their longest cell; too wide together, the widest give way until all fit."""
    wanted = [
        max(wide(row[c], size) for row in _texts(table)) * 1.06 + 2 * PAD for c in range(len(table.columns))
    ]
    over = sum(wanted) - most
    if over <= 0:
        spare = -over / len(wanted)
        return [width + spare for width in wanted]
    cap = max(wanted)
    while sum(min(width, cap) for width in wanted) > most:
        cap -= 1
    return [min(width, cap) for width in wanted]


def _height(row: Sequence[str], widths: Sequence[float], size: int) -> float:
    lines = max(lines_of(text, size, width - 2 * PAD) for text, width in zip(row, widths, strict=True))
    return lines * size * LINE


def _fill(cell: Any, text: str, size: int, *, bold: bool, right: bool, key: str | None = None) -> None:
    cell.margin_left = cell.margin_right = Pt(PAD)
    paragraph = cell.text_frame.paragraphs[0]
    align(paragraph, "right" if right else "left")
    if key:
        status_runs(paragraph, key, text, size)
    else:
        put(paragraph, text, Pen(size, LIGHT.ink, bold))


def _rule(table: Any, row: int, edge: str, width: float) -> None:
    """Draw a line along one edge of a row; cells want their lines before anything else they hold."""
    for cell in table.rows[row].cells:
        properties = cell._tc.get_or_add_tcPr()
        line = parse_xml(
            f'<a:ln{edge} {_A} w="{round(width * 12700)}"><a:solidFill><a:srgbClr val="{LIGHT.ink[1:]}"/>'
            f"</a:solidFill></a:ln{edge}>"
        )
        properties.insert(len(properties.xpath("a:lnT")) if edge == "B" else 0, line)
