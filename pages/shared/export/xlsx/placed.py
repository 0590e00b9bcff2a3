"""Where a chart stands on its sheet, and the data behind it that no table prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pages.shared.deck.exhibits import Value
from pages.shared.export.xlsx.book import FONT, Book
from pages.shared.export.xlsx.names import clean
from pages.shared.theme import LIGHT

# Columns of a sheet that a chart covers, and those between it and the data behind it.
COVERED, APART = 10, 3
WORDS = {"name": FONT, "size": 11, "color": LIGHT.ink}
SMALL = {"name": FONT, "size": 10, "color": LIGHT.ink2}
NONE = {"none": True}
Values = Sequence[float | None]


@dataclass(frozen=True)
class Placed:
    """The table that a chart stands beside: its sheet, the row of its heading, how many columns it has."""

    sheet: str
    row: int
    columns: int

    @property
    def last_column(self) -> int:
        """The last column that the chart covers."""
        return self.columns + COVERED

    @property
    def behind(self) -> int:
        """The first column of the data that only the chart needs."""
        return self.last_column + APART

    def cells(self, column: int, count: int) -> list[Any]:
        """Return the cells under the heading of a column as a chart names them."""
        return [self.sheet, self.row + 1, column, self.row + count, column]


def write_behind(
    book: Book,
    sheet: Worksheet,
    where: Placed,
    columns: Sequence[tuple[str, Sequence[Value | float | str | None]]],
) -> None:
    """Write the data that only a chart needs, right of what is printed; a gap is an empty cell.

    A Value is a number that must read as its text.
    """
    look = {"font_color": LIGHT.ink2}
    grey = book.format(**look)
    sheet.write_string(where.row - 1, where.behind, book.t("drawn"), grey)
    for at, (head, values) in enumerate(columns, where.behind):
        sheet.write_string(where.row, at, clean(head), grey)
        for down, value in enumerate(values, where.row + 1):
            if isinstance(value, str):
                sheet.write_string(down, at, clean(value), grey)
            elif isinstance(value, Value):
                book.cell(sheet, (down, at), value, look)
            elif value is not None:
                sheet.write_number(down, at, value, grey)


def axis(**more: Any) -> dict[str, Any]:
    """Return an axis without gridlines, in small type."""
    return {"major_gridlines": {"visible": False}, "num_font": SMALL, "line": {"color": LIGHT.axis}, **more}


def only(words: dict[int, str], count: int) -> list[dict[str, Any]]:
    """Return labels for some of the points of a series, by place; the others have none."""
    return [{"value": clean(words[at])} if words.get(at) else {"delete": True} for at in range(count)]
