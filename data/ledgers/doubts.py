"""What a sheet's header and merges leave in doubt: columns without a header, thousands, shared numbers."""

from collections.abc import Iterator

from data.figures import FRACTIONAL
from data.ledgers.findings import Finding, found
from data.ledgers.grid import Place, letter
from data.ledgers.labels import scaled
from data.ledgers.match import Column
from data.ledgers.page import Page
from data.ledgers.titles import lines

_NUMBERS = frozenset(["count", "figure", "target"])
# Indicators of which no unit is money.
_NO_MONEY = frozenset(["volunteer_hours", "appraisal"])


def doubts(page: Page) -> Iterator[Finding]:
    """All of them."""
    yield from _unnamed(page)
    yield from _thousands(page)
    yield from _shared(page)


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
