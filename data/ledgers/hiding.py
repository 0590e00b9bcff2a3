"""What of a sheet must not be written anywhere again: cells with personal data, columns of persons, names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

import polars as pl

from data.ledgers.findings import Finding
from data.ledgers.grid import Grid, number_of
from data.ledgers.labels import label
from data.ledgers.layout import Spot, header_rows
from data.ledgers.ledger import Reading
from data.ledgers.paper import WITHHELD
from data.ledgers.privacy import hits, person_header

# Fields whose values are codes, in which a long number is no person's.
_CODES = frozenset(["case_id", "station_id", "task_id"])
_CREDIT = "enterprise_id"
_LONGEST_HEADER = 16
_PERSONAL = frozenset(["personal_data", "personal_dropped", "person_columns"])
# Of these the whole column was dropped.
_DROPPED = frozenset(["personal_dropped", "person_columns"])
_SIGNER = (
    r"(?:填表|填报|制表|审核|复核|审批|校对|经办|联系|负责|签发|录入|统计)人?(?:员|姓名)?"
    r"|(?:联系)?电话|手机号?码?|姓名"
)
# Who filled in, checked or can be called: the word stays, the name behind it goes; 填表人: 审核人: has none.
_SIGNED = re.compile(rf"({_SIGNER})(\s{{0,2}}[:：]\s*)([^\s:：,，;；、]+)(?!\s{{0,2}}[:：])")
_SIGNED_BESIDE = re.compile(rf"^\s*(?:{_SIGNER})\s*[:：]\s*$")
_PERSON_COLUMN = re.compile(
    r"填报人|填表人|审核人|经办人|负责人|法人代表|法定代表人|书记姓名|住址|家庭地址|户籍|车牌"
)


def withheld(grid: Grid, reading: Reading, findings: Iterable[Finding]) -> set[Spot]:
    """The cells of a sheet whose content stays hidden, as row and column from 1."""
    return set(chain(_found(grid, findings), _hits(grid, reading), _columns(grid), _beside(grid)))


def _found(grid: Grid, findings: Iterable[Finding]) -> Iterator[Spot]:
    """Cells that findings name, and all of a column that was dropped as personal."""
    first, last = header_rows(grid)
    below = range(last + 1, grid.cells.height + 1)
    for one in findings:
        place = one.place
        if place.column and one.code in _PERSONAL:
            rows = below if one.code in _DROPPED or place.row is None else [place.row]
            yield from ((row, number_of(place.column)) for row in rows)
        if one.code == "person_columns":
            named = {label(text) for text in str(one.params["columns"]).split("、")}
            heads = grid.cells[first - 1 : last]
            columns = [name for name in heads.columns if named & {label(text or "") for text in heads[name]}]
            yield from ((row, number_of(name)) for name in columns for row in below)


def _hits(grid: Grid, reading: Reading) -> Iterator[Spot]:
    places = [
        (column, at[0])
        for one in reading.ledgers
        for (sheet, column), at in one.places.items()
        if sheet == grid.name
    ]
    codes = {letter for column, letter in places if column in _CODES}
    credit = {letter for column, letter in places if column == _CREDIT}
    for hit in hits(replace(grid, comments=()), codes=codes, credit=credit):
        if hit.row is not None and hit.column is not None:
            yield hit.row, number_of(hit.column)


def _columns(grid: Grid) -> Iterator[Spot]:
    """All that stands below a header of names, numbers or addresses of persons."""
    for column, name in enumerate(grid.cells.columns, 1):
        cells = grid.cells[name]
        heads = [text for text in _short(cells) if person_header(text) or _PERSON_COLUMN.search(text)]
        if heads:
            is_head = cells.is_in(heads)
            below = cells.is_not_null() & ~is_head.fill_null(False) & is_head.fill_null(False).cum_max()
            yield from ((row + 1, column) for row in below.arg_true())


def _short(cells: pl.Series) -> list[str]:
    """The distinct texts of a column that may be headers: short ones without digits."""
    may_be = (cells.str.len_chars() <= _LONGEST_HEADER) & ~cells.str.contains(r"[\d:：]")
    return cells.filter(may_be.fill_null(False)).unique().to_list()


def _beside(grid: Grid) -> Iterator[Spot]:
    """The cell to the right of one that says 审核人: and no more."""
    for column, name in enumerate(grid.cells.columns[:-1], 1):
        matched = grid.cells[name].str.contains(_SIGNED_BESIDE.pattern).fill_null(False).arg_true()
        yield from ((row + 1, column + 1) for row in matched)


def unsigned(text: str) -> str:
    """A line without the names of those who filled it in, checked it or can be called."""
    return _SIGNED.sub(rf"\1\2{WITHHELD}", text) if ":" in text or "：" in text else text
