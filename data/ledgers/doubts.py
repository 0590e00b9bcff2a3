"""What a sheet's header and merges leave in doubt: columns without a header, thousands, shared numbers."""

import re
from collections.abc import Iterator

from data.figures import FRACTIONAL
from data.ledgers.findings import Finding, found
from data.ledgers.grid import Place, letter
from data.ledgers.header import leading
from data.ledgers.labels import scaled
from data.ledgers.match import Column
from data.ledgers.page import Page
from data.ledgers.senders import LOCAL
from data.ledgers.titles import lines, months_in, township_named, without_days

_NUMBERS = frozenset(["count", "figure", "target"])
_NUMBERED = re.compile(r"^\s*[(（]?[一二三四五六七八九十\d]+[)）]?[、.．]?\s*")
# Indicators of which no unit is money.
_NO_MONEY = frozenset(["volunteer_hours", "appraisal"])


def doubts(page: Page) -> Iterator[Finding]:
    """All of them."""
    yield from _unnamed(page)
    yield from _thousands(page)
    yield from _shared(page)
    yield from _sections(page)


def counted(page: Page) -> list[Column]:
    """The columns of numbers that are read."""
    fields = {one.name for one in page.match.kind.fields if one.type in _NUMBERS}
    named = [column for column in page.match.of("field") if column.name in fields]
    return [*page.match.of("indicator", "service", "target"), *named]


def _unnamed(page: Page) -> Iterator[Finding]:
    """Columns with content and no header: what stands in them is not read."""
    header, data = page.block.header, page.block.data
    named = {column.letter for column in page.match.columns}
    for name in data.columns:
        if name != "_row" and name not in named and data[name].is_not_null().any():
            yield found("column_unnamed", Place(page.file, page.sheet, header.last, name))


def _thousands(page: Page) -> Iterator[Finding]:
    """Numbers of which the header, or a title of the sheet, says that they are thousands."""
    columns = counted(page)
    for column in columns:
        if column.scale:
            place = page.place(page.block.header.last, column)
            yield found("unit_scaled", place, unit=column.scale)
    money = any(column.name in FRACTIONAL - _NO_MONEY or column.name == "value" for column in columns)
    for row, name, text in lines(page.block.header):
        unit = scaled(text)
        if unit and (money or "元" not in unit):
            yield found("unit_scaled", Place(page.file, page.sheet, row, name), unit=unit)


def _shared(page: Page) -> Iterator[Finding]:
    """A number merged over several rows is read in each of them."""
    columns = {column.letter: column for column in counted(page)}
    for merge in page.block.grid.merges:
        column = columns.get(letter(merge.left))
        if column and merge.bottom > merge.top > page.block.header.last:
            yield found("number_shared", page.place(merge.top, column), last=merge.bottom)


def _sections(page: Page) -> Iterator[Finding]:
    """A line within the table that names another township or month than its rows are read for."""
    above = [text for _, _, text in lines(page.block.header)] + [page.file]
    own = next(filter(None, (township_named(text, page.names) for text in above)), None)
    local = page.match.column("township_code") is None and page.match.kind.name in LOCAL
    for row in page.block.skipped:
        cells = page.block.grid.cells.row(row - 1)
        at = leading(cells)
        text = without_days(_NUMBERED.sub("", cells[at] or ""))
        town = township_named(text, page.names) if local else None
        months = months_in([text])
        if (town and town != own) or (months and page.month not in months):
            yield found("second_table", Place(page.file, page.sheet, row, letter(at + 1)))
