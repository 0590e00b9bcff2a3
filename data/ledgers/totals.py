"""Rows of totals against the sum of what stands above them. Such a row is never read as data."""

from collections.abc import Iterator, Mapping

from data.ledgers import values
from data.ledgers.findings import Finding, found
from data.ledgers.match import Column
from data.ledgers.page import Page

# Decimals of money and hours may have been rounded in the total.
_CLOSE = 0.005


def compare(page: Page) -> Iterator[Finding]:
    """A warning for each total that is neither the sum of its section nor that of all rows above it."""
    columns = [column for column in page.match.columns if _is_counted(page, column)]
    counted = {column.letter: _counted(page, column) for column in columns}
    since = 0
    for total in page.block.totals:
        for column in columns:
            said = values.count(total.cells.get(column.letter), whole=False).value
            sums = [_sum(counted[column.letter], start, total.row) for start in (since, 0)]
            if said is not None and all(abs(said - one) > _CLOSE for one in sums):
                place = page.place(total.row, column)
                expected = sums[0] if total.subtotal else sums[1]
                yield found("total_differs", place, total=_plain(said), sum=_plain(expected))
        since = total.row


def _is_counted(page: Page, column: Column) -> bool:
    if column.role in ("indicator", "service"):
        return True
    kind = page.match.kind
    return column.role == "field" and kind.field(column.name).type == "count"


def _counted(page: Page, column: Column) -> Mapping[int, float]:
    texts = page.block.data[column.letter].to_list()
    known = {text: values.count(text, whole=False).value for text in set(texts)}
    pairs = zip(page.rows, texts, strict=True)
    return {row: known[text] for row, text in pairs if known[text] is not None}


def _sum(counted: Mapping[int, float], since: int, until: int) -> float:
    return sum(value for row, value in counted.items() if since < row < until)


def _plain(number: float) -> str:
    return f"{number:g}" if number % 1 else str(int(number))
