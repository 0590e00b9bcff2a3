"""A sheet a slide, its parts together, and a sheet an annex."""

from collections.abc import Iterable
from dataclasses import replace

from pages.shared.deck.deck import Annex, Deck, Slide
from pages.shared.deck.exhibits import Bars, Curve, Exhibit, Lines, Statements, Table
from pages.shared.export.xlsx.book import HEAD_ROW, Book
from pages.shared.export.xlsx.grids import grid_of
from pages.shared.export.xlsx.native import place
from pages.shared.export.xlsx.placed import Placed

CHARTED = (Bars, Lines, Curve)
# The widest column: a sentence may fill the sheet where no chart stands beside it.
SENTENCE, NAME = 100, 36


def joined(slides: Iterable[Slide]) -> list[Slide]:
    """Return the slides with the parts of a continued one put together again: a sheet has room."""
    whole: list[Slide] = []
    for slide in slides:
        if slide.part > 1 and whole:
            whole[-1] = replace(whole[-1], exhibit=_both(whole[-1].exhibit, slide.exhibit))
        else:
            whole.append(slide)
    return whole


def _both(first: Exhibit, second: Exhibit) -> Exhibit:
    if isinstance(first, Bars) and isinstance(second, Bars):
        return replace(first, rows=first.rows + second.rows, top=max(first.top, second.top))
    if isinstance(first, Table) and isinstance(second, Table):
        lights, total = first.lights + second.lights, second.has_total
        return replace(first, rows=first.rows + second.rows, lights=lights, has_total=total)
    if isinstance(first, Statements) and isinstance(second, Statements):
        return Statements(first.items + second.items)
    raise TypeError(f"{type(first).__name__} and {type(second).__name__}: cannot be parts of one slide")


def wanted(slide: Slide, at: int, deck: Deck) -> str:
    """Return what a slide's sheet would be called: its number, and its measure or its block."""
    name = slide.exhibit.measure if isinstance(slide.exhibit, CHARTED) else ""
    return f"{at} {name or deck.blocks.get(slide.section, slide.name)}"


def slide_sheet(book: Book, name: str, slide: Slide) -> None:
    """Write a slide: its conclusion, its table with real numbers, its chart, and what is said to it."""
    sheet = book.sheet(name, slide.title, slide.subtitle)
    grid = grid_of(slide.exhibit, book.text)
    charted = isinstance(slide.exhibit, CHARTED)
    below = book.table(sheet, grid, widest=SENTENCE if not charted else NAME)
    where = Placed(name, HEAD_ROW, max(len(grid.heads), 1))
    column = where.columns - 1
    if charted and grid.rows:
        below, column = max(below, place(book, sheet, slide, where)), where.last_column
        # A chart that is cut in two says nothing.
        sheet.fit_to_pages(1, 1)
    said = dict.fromkeys(one for one in (slide.remark, *slide.notes) if one)
    for at, sentence in enumerate(said, below + 1):
        book.paragraph(sheet, at, column, sentence)
    book.frame(sheet, (below + len(said), column))


def annex_sheet(book: Book, name: str, annex: Annex) -> None:
    """Write an annex: the full table, its unit over it."""
    sheet = book.sheet(name, annex.title, annex.unit)
    grid = grid_of(annex.table, book.text)
    below = book.table(sheet, grid)
    book.frame(sheet, (below, max(len(grid.heads), 1) - 1))
