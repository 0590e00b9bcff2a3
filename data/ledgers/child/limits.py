"""How large a file of others may be, and how one is refused."""

from typing import NoReturn

MOST_BYTES = 200_000_000
MOST_PARTS = 500
# A hotline's 200,000 cases in 16 columns unpack to about 200 MB; a bomb is told by its ratio long before.
MOST_EXPANDED = 300_000_000
MOST_RATIO, RATIO_FROM = 200, 10_000_000
# 200,000 rows of data, and room for titles, totals and footers.
MOST_ROWS, MOST_COLUMNS = 210_000, 256
# Area of the used rectangle to cells in use: parsers reserve the whole rectangle.
MOST_SPARSE, SPARSE_FROM = 20, 1_000_000
# What a spreadsheet program itself allows in one cell.
MOST_TEXT = 32_767
# All text of a book together: a long text that many cells share is not shared any more once it is read.
MOST_TOTAL = 400_000_000


def seconds_for(size: int) -> int:
    """Seconds of work that a file of `size` bytes may take, several times what it needs on a slow machine."""
    return 30 + size // 250_000


class Refused(Exception):
    """A file that is not read: the code of its sentence and the place, as far as it is known."""

    def __init__(
        self, code: str, sheet: str | None = None, row: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(code)
        self.code, self.sheet, self.row, self.column = code, sheet, row, column


def refuse(
    code: str, sheet: str | None = None, row: int | None = None, column: int | None = None
) -> NoReturn:
    """Raise `Refused`, without what a library said: that may hold a value."""
    raise Refused(code, sheet, row, column) from None


def within(row: int, column: int, sheet: str | None) -> None:
    """Refuse a cell in use that lies beyond any ledger; rows and columns count from 1."""
    if row > MOST_ROWS or column > MOST_COLUMNS:
        refuse("file_out_of_range", sheet, row, column)


def dense(rows: int, columns: int, cells: int, place: tuple[int, int], sheet: str | None) -> None:
    """Refuse a rectangle that is almost empty; `place` is its farthest cell."""
    if rows * columns > max(SPARSE_FROM, MOST_SPARSE * cells):
        refuse("file_out_of_range", sheet, *place)
