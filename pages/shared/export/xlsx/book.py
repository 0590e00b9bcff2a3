"""A workbook that is being written: its sheets, its cells and its formats, all stated in one place."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pages.shared.deck.deck import Deck
from pages.shared.deck.exhibits import Cell, Value
from pages.shared.export.xlsx.grids import Grid
from pages.shared.export.xlsx.names import clean, width
from pages.shared.export.xlsx.numbers import number_format
from pages.shared.i18n import Text
from pages.shared.theme import LIGHT

FONT = "微软雅黑"
SIZE = 11
# Of a header or footer, codes included; Excel drops a longer one.
LONGEST_FOOTER = 255
NARROWEST, WIDEST = 8, 60
# A column nobody set, in digits; a line of text, px.
UNSET, LINE = 9.0, 20
# Rows over the table: title, subtitle, an empty one.
HEAD_ROW = 3
A4 = 9
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "default_format_properties": {"font_name": FONT, "font_size": SIZE, "font_color": LIGHT.ink},
}
_HEAD = {"bold": True, "bg_color": LIGHT.soft, "bottom": 1, "top": 1, "border_color": LIGHT.border}
_CELL = {"bottom": 1, "border_color": LIGHT.border, "valign": "vcenter", "text_wrap": True}


class Book:
    """One workbook of one deck; `t` gives the words of a workbook in the deck's language."""

    def __init__(self, out: BytesIO, deck: Deck) -> None:
        """Begin a workbook whose properties say what it is and when its data were published."""
        self.deck = deck
        self.text = Text(deck.stamp.lang)
        # The library writes into what it is given.
        self.file = Workbook(out, deepcopy(_OPTIONS))
        self._titles: dict[str, float] = {}
        self._widths: dict[str, dict[int, float]] = {}
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.file.set_properties(
            {
                "title": clean(deck.title),
                "subject": clean(deck.lead),
                "author": self.t("product"),
                "comments": self.footing(),
                "created": datetime.fromisoformat(deck.stamp.published_at).replace(tzinfo=None),
            }
        )

    def t(self, key: str, **params: object) -> str:
        """Return a word of a workbook."""
        return self.text(f"workbook.{key}", **params)

    def format(self, **look: Any) -> Any:
        """Return the format of a look; the same look is one format."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": SIZE, "font_color": LIGHT.ink}
            self._formats[key] = self.file.add_format({**base, **look})
        return self._formats[key]

    def sheet(self, name: str, title: str, subtitle: str = "") -> Worksheet:
        """Return a new sheet with its title, set up to be printed on A4 across."""
        sheet = self.file.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, clean(title), self.format(bold=True, font_size=14))
        self._titles[name] = max(width(title) * 14 / SIZE, width(subtitle))
        if subtitle:
            sheet.write_string(1, 0, clean(subtitle), self.format(font_color=LIGHT.ink2))
        sheet.set_row(0, 26)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.8)
        sheet.set_footer(self._footer())
        return sheet

    def footing(self) -> str:
        """Return what each page says of its data."""
        stamp = self.deck.stamp
        parts = (
            stamp.cutoff,
            stamp.revision,
            stamp.denominator,
            stamp.filters,
            stamp.audience_text,
            stamp.demonstration,
            self.t("footer_source", product=self.t("product"), commit=stamp.commit),
        )
        return clean(self.t("joiner").join(part for part in parts if part))

    def _footer(self) -> str:
        """Return the footer in Excel's code; filters too long for it stand on the first sheet alone."""
        page = f'&R&"{FONT}"&9{self.t("page")}'
        stamp = self.footing().replace("&", "&&")
        if len(stamp) + len(page) + 14 > LONGEST_FOOTER:
            stamp = stamp.replace(self.deck.stamp.filters.replace("&", "&&") + self.t("joiner"), "")
        return f'&L&"{FONT}"&9{stamp}{page}'

    def table(self, sheet: Worksheet, grid: Grid, row: int = HEAD_ROW, widest: float = WIDEST) -> int:
        """Write a table from a row on, columns as wide as what stands in them; return the row below it."""
        for at, head in enumerate(grid.heads):
            texts = [head, *(_shown(cells[at]) for cells in grid.rows)]
            self._widen(sheet, at, _column_width(texts, widest))
            look = {**_HEAD, **_side(at, grid), "text_wrap": True, "valign": "vcenter"}
            sheet.write_string(row, at, clean(head), self.format(**look))
        for down, cells in enumerate(grid.rows, row + 1):
            is_total = grid.has_total and down == row + len(grid.rows)
            for at, cell in enumerate(cells):
                bold = {"bold": True} if is_total else {}
                self.cell(sheet, (down, at), cell, {**_CELL, **_side(at, grid), **bold})
            self._heighten(sheet, down, [_shown(cell) for cell in cells])
        return row + len(grid.rows) + 1

    def _widen(self, sheet: Worksheet, column: int, wide: float) -> None:
        """Make a column as wide as its widest table asks."""
        widths = self._widths.setdefault(str(sheet.name), {})
        widths[column] = max(wide, widths.get(column, 0))
        sheet.set_column(column, column, widths[column])

    def _heighten(self, sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
        """Give a row the lines that its wrapped texts take; not every program does so by itself."""
        widths = self._widths[str(sheet.name)]
        lines = max((_lines(text, widths[at] - 2) for at, text in enumerate(texts)), default=1)
        if lines > 1:
            sheet.set_row_pixels(row, lines * LINE)

    def paragraph(self, sheet: Worksheet, row: int, last_column: int, text: str) -> None:
        """Write a sentence across a sheet, wrapped within its columns."""
        look = self.format(font_color=LIGHT.ink2, text_wrap=True, valign="top")
        if last_column:
            sheet.merge_range(row, 0, row, last_column, "", look)
        sheet.write_string(row, 0, clean(text), look)
        sheet.set_row_pixels(row, _lines(text, self._across(sheet, last_column) - 2) * LINE)

    def _across(self, sheet: Worksheet, last_column: int) -> float:
        widths = self._widths.get(str(sheet.name), {})
        return sum(widths.get(at, UNSET) for at in range(last_column + 1))

    def cell(self, sheet: Worksheet, at: tuple[int, int], cell: Cell, look: dict[str, Any]) -> None:
        """Write one cell: a number with the format that prints its text, or words that stay words."""
        if isinstance(cell, Value) and cell.number is not None:
            sheet.write_number(*at, cell.number, self.format(**look, num_format=number_format(cell)))
        else:
            sheet.write_string(*at, clean(_shown(cell)), self.format(**look, num_format="@"))

    def chart(self, options: dict[str, str]) -> Any:
        """Return a new chart of a type; the library types it as one of many, or none."""
        return self.file.add_chart(options)

    def frame(self, sheet: Worksheet, last: tuple[int, int]) -> None:
        """Keep the heading of a sheet's table in sight and on each page; print down to the last cell.

        A sheet narrower than its title is printed as wide as that.
        """
        row, column = last
        while self._across(sheet, column) < self._titles[str(sheet.name)]:
            column += 1
        sheet.freeze_panes(HEAD_ROW + 1, 1)
        sheet.repeat_rows(HEAD_ROW)
        sheet.print_area(0, 0, row, column)

    def close(self) -> None:
        """Write the file."""
        self.file.close()


def _shown(cell: Cell) -> str:
    return cell.text if isinstance(cell, Value) else cell


def _side(at: int, grid: Grid) -> dict[str, Any]:
    """Return how a column stands: numbers to the right, words apart from a number before them."""
    return {"align": "right"} if at in grid.numbers else {"align": "left", "indent": 1} if at else {}


def _lines(text: str, wide: float) -> int:
    """Return how many lines a text takes in such a width."""
    return sum(max(1, ceil(width(line) / wide)) for line in text.split("\n"))


def _column_width(texts: Sequence[str], widest: float) -> float:
    """Return a column's width for its texts; a longer one is wrapped."""
    return min(max(NARROWEST, *(width(text) for text in texts)) + 3, widest)
