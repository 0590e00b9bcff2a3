"""From a file as it was sent to a book of sheets, or to a sentence on why it cannot be read."""

import hashlib
from pathlib import Path
from typing import Any, cast

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from data.ledgers import sandbox
from data.ledgers.child.limits import MOST_BYTES, Refused
from data.ledgers.findings import SEVERITIES, Finding, found
from data.ledgers.grid import Book, Comment, Form, Grid, Merge, Place, letter
from data.messages import IntakeError, say


class FileRefused(IntakeError):
    """A file that is not read; its code is that of a finding, its params file and, where known, the place."""

    @property
    def finding(self) -> Finding:
        """The error at its place."""
        place = {"sheet": None, "row": None, "column": None} | self.params
        return found(self.code, Place(**cast("dict[str, Any]", place)))

    def text(self, lang: str | None = None) -> str:
        """The place, what is wrong and what to do."""
        finding = self.finding
        return say("placed", lang, place=finding.where(lang), message=finding.message(lang))


def read_book(path: Path) -> Book:
    """The sheets of a file; FileRefused if it is not there or not a book that can be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileRefused("file_too_large", file=path.name)
        content = path.read_bytes()
    except OSError:
        raise FileRefused("file_absent", file=path.name) from None
    return read_bytes(path.name, content)


def read_bytes(name: str, content: bytes) -> Book:
    """The sheets of an upload, which is never written to disk; FileRefused if it is not a book."""
    try:
        told, sheets = sandbox.opened(content)
    except Refused as refused:
        code = refused.code if refused.code in SEVERITIES else "file_failed"
        column = letter(refused.column) if refused.column else None
        raise FileRefused(code, file=name, sheet=refused.sheet, row=refused.row, column=column) from None
    except sandbox.NoChild:
        raise IntakeError("intake_no_reader") from None
    return Book(
        file=name,
        form=cast("Form", told["form"]),
        sha256=hashlib.sha256(content).hexdigest(),
        grids=tuple(_grid(about, table) for about, table in sheets),
        size=len(content),
        encoding=told["encoding"],
    )


def _grid(about: dict[str, Any], table: pa.Table) -> Grid:
    cells = cast("pl.DataFrame", pl.from_arrow(table)) if table.num_columns else pl.DataFrame()
    return Grid(
        name=about["name"],
        cells=cells.rename({name: letter(int(name)) for name in cells.columns}),
        visible=about["visible"],
        merges=tuple(Merge(*area) for area in about["merges"]),
        comments=tuple(Comment(row, letter(column), text) for row, column, text in about["comments"]),
        percent=frozenset(
            (row, letter(int(column))) for column, rows in about["percent"].items() for row in rows
        ),
        blank_rows=about["blank_rows"],
        hidden_rows=about["hidden_rows"],
    )
