"""The workbook behind a chart: what PowerPoint opens when somebody edits the data."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

import xlsxwriter

from pages.shared.export.pptx.paper import clean

# Names from ledgers stay names: no formula, no link, no number made of a text.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

Cell = str | float | date | None


def workbook(
    rows: Sequence[Sequence[Cell]], formats: Sequence[str], own: Mapping[tuple[int, int], str]
) -> bytes:
    """Return an XLSX of one sheet; `formats` holds the number format of each column, `own` that of a cell.

    None stays an empty cell, which a chart draws as a gap.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    sheet = book.add_worksheet("Sheet1")
    looks = [book.add_format({"num_format": code}) for code in formats]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(r, c, clean(cell))
            elif isinstance(cell, date):
                sheet.write_datetime(r, c, datetime.combine(cell, time()), looks[c])
            elif cell is not None:
                code = own.get((r, c))
                sheet.write_number(
                    r, c, cell, looks[c] if code is None else book.add_format({"num_format": code})
                )
    sheet.set_column(0, len(formats) - 1, 16)
    book.close()
    return out.getvalue()
