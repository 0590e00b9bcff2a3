"""Written ledgers as files: .xlsx by XlsxWriter, .xls by hand, .csv in any encoding. Bytes never differ."""

import csv
import io
import re
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol

from tests.ledgers import biff
from tests.ledgers.sheets import Formula, Percent, Sheet, Value, Written

_EPOCH = datetime(1899, 12, 30)
_SHAPES = {"date": "yyyy/m/d", "datetime": "yyyy/m/d h:mm", "percent": "0%"}


def book(written: Written) -> bytes:
    """The file's content in the form that it says."""
    kind, _, encoding = written.form.partition(" ")
    if kind == "csv":
        return delimited(written.sheets[0], encoding or "utf-8-sig")
    return old(written.sheets) if kind == "xls" else modern(written.sheets)


def form_of(value: Value) -> str:
    """The number format of a value, a key of biff.FORMATS."""
    if isinstance(value, Percent):
        return "percent"
    if isinstance(value, datetime):
        return "datetime" if (value.hour or value.minute) else "date"
    return "general"


def modern(sheets: list[Sheet]) -> bytes:
    """An .xlsx workbook."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    made = xlsxwriter.Workbook(target, options)
    made.set_properties({"created": datetime(2026, 10, 1)})
    formats = {name: made.add_format({"num_format": shape}) for name, shape in _SHAPES.items()}
    for sheet in sheets:
        page = made.add_worksheet(sheet.name)
        if sheet.hidden:
            page.hide()
        for area in sheet.merges:
            top, left, bottom, right = area
            page.merge_range(top, left, bottom, right, "")
        for row, cells in enumerate(sheet.rows):
            for column, value in enumerate(cells):
                _write(page, row, column, value, formats.get(form_of(value)))
        for cell, text in sheet.comments.items():
            page.write_comment(*xl_cell_to_rowcol(cell), text)
    made.close()
    return target.getvalue()


def _write(
    page: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value, form: Format | None
) -> None:
    if isinstance(value, Percent):
        page.write_number(row, column, value.value, form)
    elif isinstance(value, datetime):
        page.write_datetime(row, column, value, form)
    elif isinstance(value, Formula):
        page.write_formula(row, column, value.source, None, "" if value.value is None else value.value)
    elif isinstance(value, str):
        page.write_string(row, column, value)
    elif value is not None:
        page.write_number(row, column, value)


def old(sheets: list[Sheet]) -> bytes:
    """A BIFF8 workbook, as .xls and .et hold it."""
    made = []
    for sheet in sheets:
        cells = [
            (row, column, *_plain(value))
            for row, line in enumerate(sheet.rows)
            for column, value in enumerate(line)
            if value is not None
        ]
        made.append((sheet.name, sheet.hidden, cells, sheet.merges))
    return biff.workbook(made)


def _plain(value: Value) -> tuple[str, str | float]:
    form = form_of(value)
    if isinstance(value, Formula):
        assert isinstance(value.value, float)
        return "formula general", value.value
    if isinstance(value, datetime):
        return form, (value - _EPOCH).total_seconds() / 86400
    if isinstance(value, Percent):
        return form, value.value
    assert value is not None
    return form, value


def delimited(sheet: Sheet, encoding: str) -> bytes:
    """A CSV of the first sheet, as a spreadsheet program saves it."""
    target = io.StringIO()
    width = max(len(row) for row in sheet.rows)
    for row in sheet.rows:
        texts = [_shown(value) for value in row]
        csv.writer(target).writerow(texts + [""] * (width - len(texts)))
    return target.getvalue().encode(encoding)


def _shown(value: Value) -> str:
    if isinstance(value, float):
        return re.sub(r"\.0$", "", str(value))
    return str(value) if value is not None else ""
