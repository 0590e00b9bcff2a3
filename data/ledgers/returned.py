"""Workbooks to send back: one a file with its bad cells marked, and the list of all findings of all files.

No value that may be personal is written, no comment and no hidden sheet; no text becomes a formula or a link.
"""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from data.files import explained, make_folder, put
from data.ledgers.copying import copy_sheet
from data.ledgers.explaining import Letter, unit_of, write_letter
from data.ledgers.findings import Finding, verdict
from data.ledgers.grid import EXCERPT, OWN_SHEETS, Grid
from data.ledgers.hiding import withheld
from data.ledgers.layout import Marks, Plan, marks_of, plan
from data.ledgers.ledger import Reading
from data.ledgers.listing import write_files, write_findings
from data.ledgers.paper import Ink, file_stem, new_workbook, sheet_names
from data.messages import say


def write_returned(
    reading: Reading,
    findings: Sequence[Finding],
    path: Path | BinaryIO,
    lang: str | None = None,
    *,
    month: date | None = None,
    today: date | None = None,
) -> None:
    """Write the workbook to send back for one file; findings of other files are passed over.

    StoreError disk_full, no_permission or io_failed if it cannot be written.
    """
    content = returned_bytes(reading, findings, lang, month=month, today=today)
    if isinstance(path, Path):
        _put(path, content)
    else:
        path.write(content)


def returned_bytes(
    reading: Reading,
    findings: Sequence[Finding],
    lang: str | None = None,
    *,
    month: date | None = None,
    today: date | None = None,
) -> bytes:
    """The workbook to send back for one file, as bytes; made in memory, nothing is left on the disk."""
    own = [one for one in findings if one.place.file == reading.file]
    sheets = [(grid, made, marks) for grid in _shown(reading) for made, marks in [_laid(grid, reading, own)]]
    made_on = today or date.today()
    names = sheet_names(_name(grid, made, lang) for grid, made, _ in sheets)
    letter = Letter(
        reading,
        month,
        made_on,
        {grid.name: name for (grid, _, _), name in zip(sheets, names, strict=True)},
        {name: _rows(made) for (_, made, _), name in zip(sheets, names, strict=True)},
        any(_is_excerpt(made) for _, made, _ in sheets),
        any(marks.hidden for _, _, marks in sheets),
    )
    target = BytesIO()
    with new_workbook(target, made_on) as book:
        ink = Ink(book)
        write_letter(book.add_worksheet(say("returned_sheet", lang)), ink, letter, own, lang)
        for name, (_, made, marks) in zip(names, sheets, strict=True):
            copy_sheet(book.add_worksheet(name), ink, made, marks, lang)
    return target.getvalue()


def _shown(reading: Reading) -> list[Grid]:
    """The sheets that may be copied: never a hidden one, never one of our own, never an empty one."""
    grids = reading.book.grids if reading.book else ()
    return [one for one in grids if one.visible and one.name not in OWN_SHEETS and one.cells.height]


def _laid(grid: Grid, reading: Reading, findings: Sequence[Finding]) -> tuple[Plan, Marks]:
    here = [one for one in findings if one.place.sheet == grid.name]
    marks = marks_of(grid, here, withheld(grid, reading, here))
    return plan(grid, marks), marks


def _is_excerpt(made: Plan) -> bool:
    return len(made.rows) < made.grid.cells.height


def _name(grid: Grid, made: Plan, lang: str | None) -> str:
    return (grid.name or say("returned_data", lang)) + (EXCERPT if _is_excerpt(made) else "")


def _rows(made: Plan) -> frozenset[int]:
    """Rows that a link may lead to: those written, and of a whole sheet those just below it."""
    rows = frozenset(made.rows)
    return rows if _is_excerpt(made) else rows | {made.grid.cells.height + 1, 1}


def report_bytes(
    readings: Sequence[Reading],
    findings: Sequence[Finding],
    lang: str | None = None,
    *,
    today: date | None = None,
) -> bytes:
    """The list of all findings and the list of the files, as the bytes of a workbook."""
    target = BytesIO()
    with new_workbook(target, today or date.today()) as book:
        ink = Ink(book)
        write_findings(book.add_worksheet(say("returned_findings", lang)), ink, readings, findings, lang)
        write_files(book.add_worksheet(say("returned_files", lang)), ink, readings, findings, lang)
    return target.getvalue()


def returned_names(readings: Sequence[Reading], findings: Sequence[Finding], stem: str) -> dict[int, str]:
    """Place of each file that must go back -> name of its workbook: stem_unit.xlsx, numbered if taken."""
    used: set[str] = set()
    names = {}
    for number, reading in enumerate(readings):
        if verdict(one for one in findings if one.place.file == reading.file) == "returned":
            wanted = unit_of(reading) or Path(reading.file).stem
            names[number] = f"{stem}_{file_stem(wanted, used, str(number + 1))}.xlsx"
    return names


def write_reports(
    readings: Sequence[Reading],
    findings: Sequence[Finding],
    report: Path,
    lang: str | None = None,
    *,
    month: date | None = None,
    today: date | None = None,
) -> list[Path]:
    """Write the list of all findings to `report`, and beside it a workbook for each file that must go back.

    A sender with two such files gets two workbooks, so that each can be mended and sent again by itself.
    Files of the same names are replaced, others are left alone. Gives what was written, the report first.
    """
    _put(report, report_bytes(readings, findings, lang, today=today))
    written = [report]
    for number, name in returned_names(readings, findings, report.stem).items():
        path = report.with_name(name)
        write_returned(readings[number], findings, path, lang, month=month, today=today)
        written.append(path)
    return written


def _put(path: Path, content: bytes) -> None:
    with explained(path):
        make_folder(path.parent)
        put(path, content)
