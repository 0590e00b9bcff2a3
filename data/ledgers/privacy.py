"""Where a sheet holds what looks like personal data: cells, headers, titles, comments, the sheet's name."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import polars as pl

from data.ledgers.cells import joined
from data.ledgers.grid import Grid
from data.ledgers.persons import person_header, person_name
from data.personal import is_credit_code, kind, kinds

__all__ = ["Hit", "hits", "person_header", "person_name"]

# Headers of identity and passport numbers, whose columns are read with suspicion.
_ID_HEADER = "身份证|证件号|护照|通行证"
_HEADER_ROWS = 20


@dataclass(frozen=True)
class Hit:
    """A place that seems to hold personal data; row and column are None for the sheet's name."""

    row: int | None
    column: str | None
    kind: str


def hits(grid: Grid, *, codes: Collection[str] = (), credit: Collection[str] = ()) -> list[Hit]:
    """Every cell that seems to hold personal data, by column and row, then comments, then the sheet's name.

    `codes`: letters of columns of codes or counts, where long numbers are mostly no person's. `credit`: those
    of credit codes, where a right check character clears a code that looks like an identity number.
    """
    found = [
        hit
        for name in grid.cells.columns
        for hit in _column(grid.cells[name], code=name in codes, credit=name in credit)
    ]
    found += [Hit(one.row, one.column, what) for one in grid.comments if (what := kind(one.text))]
    what = kind(grid.name or "")
    return found + ([Hit(None, None, what)] if what else [])


def _column(cells: pl.Series, *, code: bool, credit: bool) -> Iterator[Hit]:
    strict = bool(cells.head(_HEADER_ROWS).str.contains(_ID_HEADER).any())
    found = kinds(cells, strict=strict, code=code and not strict)
    if credit:
        found = {text: what for text, what in found.items() if not _names_a_firm(joined(text).upper())}
    if found:
        for row in cells.is_in(list(found)).fill_null(False).arg_true():
            yield Hit(row + 1, cells.name, found[cells[row]])


def _names_a_firm(code: str) -> bool:
    """A right credit code, or a registration number of fifteen digits as they were before 2015."""
    return is_credit_code(code) or (len(code) == 15 and code.isdigit())
