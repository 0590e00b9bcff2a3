"""Where a sheet holds what looks like personal data: cells, headers, titles, comments, the sheet's name."""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from data.ledgers.grid import Grid
from data.personal import kind, suspects


@dataclass(frozen=True)
class Hit:
    """A place that seems to hold personal data; row and column are None for the sheet's name."""

    row: int | None
    column: str | None
    kind: str


def hits(grid: Grid, *, codes: Collection[str] = (), credit: Collection[str] = ()) -> list[Hit]:
    """Every cell that seems to hold personal data, then comments, then the sheet's name."""
    found = [hit for name in grid.cells.columns for hit in _column(grid.cells[name])]
    found += [Hit(one.row, one.column, what) for one in grid.comments if (what := kind(one.text))]
    what = kind(grid.name or "")
    return found + ([Hit(None, None, what)] if what else [])


def _column(cells: pl.Series) -> list[Hit]:
    found = {text: kind(text) for text in suspects(cells)}
    rows = [(row, found[text]) for row, text in enumerate(cells, 1) if text in found] if found else []
    return [Hit(row, cells.name, what) for row, what in rows if what]


def person_header(label: str) -> bool:
    """Whether a column's header says that it holds persons' names, numbers or addresses."""
    return any(word in label for word in ("姓名", "联系人", "身份证", "手机", "电话", "证件号"))


def person_name(text: str) -> bool:
    """Whether a text may be a person's name. A hint for unknown columns, never a proof."""
    return 2 <= len(text) <= 4 and text[0] in "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
