"""What is too long for one slide goes on on the next: ten rows a slide, sentences while they fit."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from pages.shared.deck.deck import Slide
from pages.shared.deck.exhibits import Bars, Exhibit, Statement, Statements, Table
from pages.shared.export.pptx.grid import SHOWN, Print, fitted
from pages.shared.export.pptx.paper import EXHIBIT_AREA, REMARK_AREA, Area
from pages.shared.export.pptx.texts import height_of

Row = TypeVar("Row")


def area_of(slide: Slide) -> Area:
    """Return the place of the exhibit: all that the remark under it leaves."""
    area = EXHIBIT_AREA
    if not slide.remark:
        return area
    return replace(area, height=REMARK_AREA.top - 4 - area.top)


def table_area(area: Area) -> Area:
    """Return the place of a table, whose text then stands under the text of the title."""
    return replace(area, left=area.left + 10, width=area.width - 10)


def cut(slides: Sequence[Slide], print_: Print = SHOWN) -> list[Slide]:
    """Return the slides with those cut that hold too much; parts of one message are numbered anew."""
    pieces = [replace(slide, exhibit=piece) for slide in slides for piece in _pieces(slide, print_)]
    found: list[Slide] = []
    for _, group in groupby(pieces, key=lambda piece: (piece.section, piece.title)):
        parts = list(group)
        found += [replace(piece, part=i, parts=len(parts)) for i, piece in enumerate(parts, 1)]
    return found


def _pieces(slide: Slide, print_: Print) -> Sequence[Exhibit]:
    exhibit, area = slide.exhibit, area_of(slide)
    if isinstance(exhibit, Bars):
        return [replace(exhibit, rows=rows) for rows in _chunks(exhibit.rows, SHOWN.rows)]
    if isinstance(exhibit, Table):
        return _tables(exhibit, table_area(area), print_)
    if isinstance(exhibit, Statements):
        return [Statements(tuple(items)) for items in _fitting(exhibit.items, area)]
    return [exhibit]


def _chunks(rows: Sequence[Row], most: int) -> list[tuple[Row, ...]]:
    """Even parts of at most so many rows, never one row left alone on the last slide."""
    parts = -(-len(rows) // most) or 1
    size = -(-len(rows) // parts) or 1
    return [tuple(rows[at : at + size]) for at in range(0, max(len(rows), 1), size)]


def _tables(table: Table, area: Area, print_: Print) -> list[Table]:
    """The table in parts that fit; the total stands on the last."""
    most = print_.rows + table.has_total
    while most > 1:
        parts = [_part(table, rows) for rows in _row_numbers(table, most)]
        if fitted(parts, area, print_).is_whole:
            break
        most -= 1
    return parts


def _row_numbers(table: Table, most: int) -> list[tuple[int, ...]]:
    return _chunks(range(len(table.rows)), most)


def _part(table: Table, rows: Sequence[int]) -> Table:
    lights = tuple(table.lights[r] for r in rows if r < len(table.lights))
    has_total = table.has_total and len(table.rows) - 1 in rows
    return replace(table, rows=tuple(table.rows[r] for r in rows), lights=lights, has_total=has_total)


def _fitting(items: Sequence[Statement], area: Area) -> list[list[Statement]]:
    parts: list[list[Statement]] = [[]]
    used = 0.0
    for one in items:
        height = height_of(one, area)
        if parts[-1] and used + height > area.height - 8:
            parts.append([])
            used = 0.0
        parts[-1].append(one)
        used += height
    return parts
