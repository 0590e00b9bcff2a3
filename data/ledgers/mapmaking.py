"""Making a mapping for a foreign file: what its columns may be, what is still to be asked, and the TOML."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from data.ledgers.grid import Book, Grid
from data.ledgers.kinds import compared, registry
from data.ledgers.labels import label
from data.ledgers.mapped import headers
from data.mapping import NAMED
from data.personal import kind
from data.tables import PROVENANCE, STAMP, TABLES, Column
from data.values import parsed

# How days are written outside, as of strftime; "" is ISO and what a spreadsheet keeps as a date.
FORMATS = (
    "",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y.%m.%d",
    "%Y年%m月%d日",
    "%Y%m%d",
    "%m/%d/%Y",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%d/%m/%Y",
    "%d/%m/%Y %H:%M",
    "%d.%m.%Y",
)
TRUTH = ("true", "false")
_HEADER_ROWS, _MOST_WORDS, _LONGEST_WORD = 15, 40, 20
# Filled from the month itself where a file does not say it.
_OF_THE_MONTH = frozenset(["period_start", "period_end", "month"])
_KEYS_OF_NAMED = {column: key for key, column in NAMED.items()}


@dataclass(frozen=True)
class Draft:
    """A mapping in the making. `columns` go from header to contract column, left-out ones are not there.

    `dates` and `values` are by header, `constants` by contract column; `cutoff` as in data/mapping.py.
    """

    table: str
    columns: Mapping[str, str]
    dates: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    cutoff: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """Contract columns that must be there and are not yet: from a header, a constant, or the month."""
        given = {*self.columns.values(), *self.constants} | _OF_THE_MONTH
        needed = (one for one in fillable(self.table) if not one.nullable and one.name not in given)
        return tuple(one.name for one in needed if one.name != "enterprise_id")

    def toml(self) -> str:
        """The mapping as a file; it takes files of any name that have these columns."""
        lines = ["[[source]]", 'file = "*"', f"table = {_quoted(self.table)}"]
        lines += ["cutoff = true"] if self.cutoff else []
        named = {origin: target for origin, target in self.columns.items() if target in _KEYS_OF_NAMED}
        lines += [f"{_KEYS_OF_NAMED[target]} = {_quoted(origin)}" for origin, target in named.items()]
        plain = {origin: target for origin, target in self.columns.items() if origin not in named}
        lines += _section("columns", plain) + _section("constants", self.constants)
        lines += _section("dates", {origin: form for origin, form in self.dates.items() if form})
        for origin, words in self.values.items():
            lines += _section(f"values.{_quoted(origin)}", words)
        return "\n".join(lines) + "\n"


def _section(name: str, entries: Mapping[str, str]) -> list[str]:
    if not entries:
        return []
    return ["", f"[source.{name}]", *(f"{_quoted(key)} = {_quoted(value)}" for key, value in entries.items())]


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)


def sheets(book: Book) -> list[Grid]:
    """The sheets that may be mapped."""
    return [grid for grid in book.grids if grid.visible and grid.cells.height]


def header_row(grid: Grid) -> int:
    """The row that looks most like a header: the first with most different texts that are no numbers."""
    best, most = 1, 0
    for row in range(1, min(grid.cells.height, _HEADER_ROWS) + 1):
        count = sum(not text.replace(".", "").isdigit() for text in headers(grid, row))
        if count > most:
            best, most = row, count
    return best


def fillable(table: str) -> list[Column]:
    """The contract's columns that a mapping may fill."""
    return [column for column in TABLES[table].columns if column not in PROVENANCE]


def suggested(table: str, names: Sequence[str]) -> dict[str, str]:
    """Header -> contract column, where a header is one that our own ledgers use; each column once."""
    words: dict[str, str] = {}
    for item in (item for one in registry().kinds.values() if one.table == table for item in one.fields):
        words |= dict.fromkeys(item.words, item.name)
    known = {column.name for column in fillable(table)}
    found: dict[str, str] = {}
    for name in names:
        target = words.get(compared(label(name)), name)
        if target in known and target not in found.values():
            found[name] = target
    return found


def label_of(table: str, column: str) -> str:
    """What a contract column is called in our templates; its own name where none has it."""
    items = (item for one in registry().kinds.values() if one.table == table for item in one.fields)
    return next((item.label for item in items if item.name == column), column)


def texts(grid: Grid, row: int, name: str) -> pl.Series:
    """What a column holds below its header."""
    return grid.cells[headers(grid, row)[name]].slice(row).drop_nulls()


def words(grid: Grid, row: int, name: str) -> list[str] | None:
    """The different words of a column, to be given a meaning; None if they are too many, long or personal."""
    found = texts(grid, row, name).str.strip_chars().unique(maintain_order=True).to_list()
    found = [word for word in found if word]
    fine = len(found) <= _MOST_WORDS and all(len(word) <= _LONGEST_WORD and not kind(word) for word in found)
    return found if fine else None


def formats(grid: Grid, row: int, name: str) -> list[str]:
    """Those of FORMATS in which every day of a column can be read."""
    found = texts(grid, row, name).str.strip_chars()
    frame = found.filter(found != "").unique().to_frame("text")
    stamp = Column("text", STAMP)
    reads = {
        form: parsed(pl.col("text"), stamp, (form,) if form else ()).is_not_null().all() for form in FORMATS
    }
    return [form for form, read in reads.items() if frame.height and frame.select(read).item()]
