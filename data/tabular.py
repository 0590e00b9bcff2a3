"""Reads one sheet of a CSV, workbook or Parquet file as it is: text, with the place of each row."""

import csv
import io
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from data import bundle
from data.ledgers.child.limits import Refused
from data.ledgers.child.sniff import kind_of
from data.ledgers.child.text import encoding_of, separator_of
from data.ledgers.reader import FileRefused, read_bytes
from data.messages import IntakeError

KINDS = (".csv", ".xlsx", ".xls", ".et", ".parquet")


@dataclass(frozen=True)
class Sheet:
    """A table as found: text columns (typed in Parquet) and, in `lines`, the spreadsheet row of each row.

    `unread` are the names of the other visible sheets of its workbook that are not blank.
    """

    file: str
    sheet: str | None
    frame: pl.DataFrame
    lines: pl.Series
    unread: tuple[str, ...] = ()


def read(path: Path, *, encoding: str | None = None) -> Sheet:
    """The table of a file with a header in its first row; IntakeError says what is wrong with the file.

    Text and workbooks are told by their first bytes; `encoding` is that of text, if it is known.
    """
    if path.suffix.lower() not in KINDS:
        raise IntakeError("intake_file_kind", file=path.name, kinds=" ".join(KINDS))
    try:
        content = path.read_bytes()
    except OSError:
        raise IntakeError("intake_file_absent", file=path.name) from None
    if content and path.suffix.lower() == ".parquet":
        frame = _parquet(path.name, content)
        return Sheet(path.name, None, frame, pl.Series("row", range(1, frame.height + 1), dtype=pl.Int64))
    try:
        if kind_of(content) == "text":
            return _numbered(path.name, None, _csv(path.name, content, encoding or encoding_of(content)))
    except Refused as refused:
        raise FileRefused(refused.code, file=path.name, row=refused.row) from None
    return _workbook(path.name, content)


def _csv(file: str, content: bytes, encoding: str) -> pl.DataFrame:
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
        separator = separator_of(content, encoding)
    except (UnicodeDecodeError, LookupError):
        raise FileRefused("file_encoding", file=file) from None
    header = next(csv.reader(io.StringIO(text), delimiter=separator), [])
    names = _header(file, header)
    try:
        frame = pl.read_csv(text.encode(), separator=separator, infer_schema=False)
    except pl.exceptions.PolarsError:
        raise IntakeError("intake_unreadable", file=file) from None
    if frame.width != len(names):
        raise IntakeError("intake_unreadable", file=file)
    return frame.rename(dict(zip(frame.columns, names, strict=True)))


def _header(file: str, cells: list[str]) -> list[str]:
    names = [unicodedata.normalize("NFKC", cell).strip() for cell in cells]
    # A nameless column is kept so that the others stay in place; nothing can refer to it.
    names = [name or f"_{place}" for place, name in enumerate(names, start=1)]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise IntakeError("intake_header_repeated", file=file, columns="、".join(repeated))
    return names


def _workbook(file: str, content: bytes) -> Sheet:
    """The first visible sheet that is not blank."""
    book = read_bytes(file, content)
    visible = [grid for grid in book.grids if grid.visible and grid.cells.height]
    if not visible:
        raise FileRefused("ledger_empty", file=file)
    first, *others = visible
    names = _header(file, [cell or "" for cell in first.cells.row(0)])
    frame = first.cells.slice(1).rename(dict(zip(first.cells.columns, names, strict=True)))
    return _numbered(file, first.name, frame, tuple(grid.name or "" for grid in others))


def _parquet(file: str, content: bytes) -> pl.DataFrame:
    try:
        return bundle.frame(content)
    except (pa.ArrowException, OSError, pl.exceptions.PolarsError):
        raise IntakeError("intake_unreadable", file=file) from None


def _numbered(file: str, sheet: str | None, frame: pl.DataFrame, unread: tuple[str, ...] = ()) -> Sheet:
    """Rows count from 2 below the header; rows that are blank throughout are left out but still counted."""
    blank = pl.all_horizontal(pl.all().str.strip_chars().fill_null("") == "")
    found = frame.with_columns(_line=pl.int_range(2, pl.len() + 2)).filter(~frame.select(blank).to_series())
    return Sheet(file, sheet, found.drop("_line"), found["_line"].alias("row"), unread)
