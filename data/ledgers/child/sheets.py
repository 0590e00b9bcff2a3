"""Opens a file of any kind: a look at its first bytes, a scan, and only then the parser of values."""

import io
from collections.abc import Iterator, Sequence

import pyarrow as pa  # type: ignore[import-untyped]
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from data.ledgers.child import xls, xlsx
from data.ledgers.child.columns import Columns
from data.ledgers.child.facts import Facts
from data.ledgers.child.limits import refuse
from data.ledgers.child.sniff import kind_of
from data.ledgers.child.text import encoding_of, records, separator_of
from data.ledgers.child.values import Value


def opened(content: bytes) -> tuple[dict[str, str | None], Iterator[pa.Table]]:
    """The form of a book (and the encoding of text), and its sheets as tables; `Refused` if it is none."""
    kind = kind_of(content)
    if kind == "text":
        encoding = encoding_of(content)
        return {"form": "csv", "encoding": encoding.removesuffix("-sig")}, _text(content, encoding)
    if kind == "zip":
        return {"form": "xlsx", "encoding": None}, _workbook(content, xlsx.scan(content))
    return {"form": "xls", "encoding": None}, _workbook(content, xls.scan(content))


def _text(content: bytes, encoding: str) -> Iterator[pa.Table]:
    columns = Columns(None)
    columns.fill(records(content, encoding, separator_of(content, encoding)))
    yield columns.pack(Facts(None))


def _workbook(content: bytes, scanned: Sequence[Facts | None]) -> Iterator[pa.Table]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        # Two sheets of one name would give every row twice.
        if not len({name.casefold() for name in book.sheet_names}) == len(book.sheet_names) == len(scanned):
            refuse("file_damaged")
        for place, facts in enumerate(scanned):
            if facts:
                yield _sheet(book.get_sheet_by_index(place), facts)
    except PasswordError:
        refuse("file_password")
    except CalamineError:
        refuse("file_damaged")


def _sheet(sheet: CalamineSheet, facts: Facts) -> pa.Table:
    columns = Columns(facts.name)
    columns.fill(_marked(sheet, facts))
    # A cell that the scan did not see was not checked either.
    if columns.rows > facts.rows or columns.columns > facts.columns:
        refuse("file_damaged", facts.name)
    facts.merges = [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    ]
    return columns.pack(facts)


def _marked(sheet: CalamineSheet, facts: Facts) -> Iterator[Sequence[Value]]:
    """The rows from the sheet's first one on, with a word where the parser of values has nothing to give."""
    marks: dict[int, dict[int, str]] = {}
    for (row, column), word in facts.marks.items():
        marks.setdefault(row, {})[column] = word
    # The parser gives the blank rows before the first used cell, but not the blank columns.
    left: list[Value] = [""] * (sheet.start[1] if sheet.start else 0)
    number = 0
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = left + values if left else values
        yield _with(cells, marks.pop(number)) if number in marks else cells
    for blank in range(number + 1, max(marks, default=0) + 1):
        yield _with([], marks.pop(blank, {}))


def _with(row: list[Value], words: dict[int, str]) -> list[Value]:
    row = row + [""] * (max(words, default=0) - len(row))
    for column, word in words.items():
        row[column - 1] = word
    return row
