"""A workbook as it was read: sheets of text cells, addressed as a spreadsheet user does."""

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Form = Literal["xlsx", "xls", "csv"]

# What a cell holds in place of a value that the file does not carry.
UNCALCULATED = "#UNCALCULATED!"
ERROR_VALUES = frozenset(
    ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"]
)

# Sheets of our own making: never data, in whatever file they come back.
OWN_SHEETS = frozenset(["退回说明", "填报说明", "填表说明", "选项", "问题清单", "文件一览"]) | frozenset(
    ["Return note", "How to fill in", "Options", "Findings", "Files"]
)
# The end of the name of a sheet whose rows are not all there.
EXCERPT = "（节选）"


@dataclass(frozen=True)
class Merge:
    """A merged area, rows and columns counted from 1, both ends included; only its first cell has a value."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Comment:
    """A note pinned to a cell. Read only to look for personal data; never stored or shown."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class Grid:
    """One sheet. `cells` has String columns A, B, … from the sheet's first column, its first row is row 1.

    Numbers are written without a needless fraction (134, 0.85), those of 16 digits and more, which a
    spreadsheet has rounded, in scientific notation (9.13205e+17); dates are ISO (2026-05-28,
    2026-05-28T16:54:00), truth values true/false, errors their own word (#REF!), a formula without a
    remembered value UNCALCULATED, an empty cell null. Blank rows and columns at the end are cut off.
    `blank_rows` is how many such rows an .xlsx has,
    `hidden_rows` how many of its rows with values are hidden or filtered away: they are read all the same.
    `percent` holds cells whose format is a percentage (their value is a ratio), as (row, column).
    """

    name: str | None
    cells: pl.DataFrame
    visible: bool = True
    merges: tuple[Merge, ...] = ()
    comments: tuple[Comment, ...] = ()
    percent: frozenset[tuple[int, str]] = frozenset()
    blank_rows: int = 0
    hidden_rows: int = 0


@dataclass(frozen=True)
class Book:
    """One file. `form` is told by its first bytes, never by its name; a CSV has one sheet without a name."""

    file: str
    form: Form
    sha256: str
    grids: tuple[Grid, ...]
    size: int = 0
    encoding: str | None = None


@dataclass(frozen=True)
class Place:
    """Where something is, as the sender finds it: column as a letter, `label` as its header says."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    label: str | None = field(default=None, compare=False)


def letter(number: int) -> str:
    """Column 1 -> A, 27 -> AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def number_of(letters: str) -> int:
    """Column A -> 1, AA -> 27."""
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - 64
    return number
