"""What the desk hands out: workbooks to send back, the list of findings, clean templates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from data.ledgers.returned import report_bytes, returned_bytes, returned_names
from data.ledgers.templates import templates as blank
from queries.imports import Desk, Judged

__all__ = ["archive", "error_workbook", "findings_workbook", "templates", "workbook_names"]


def workbook_names(judged: Judged) -> dict[str, str]:
    """File that goes back -> name of the workbook to send its sender."""
    readings = judged.whole.request.readings
    names = returned_names(readings, judged.findings, f"{judged.whole.month:%Y-%m}")
    return {readings[number].file: name for number, name in names.items()}


def error_workbook(judged: Judged, file: str, lang: str) -> bytes:
    """The workbook to send back for a file, as it was laid out, its bad cells marked."""
    (reading,) = (one for one in judged.whole.request.readings if one.file == file)
    return returned_bytes(reading, judged.findings, lang, month=judged.whole.month)


def findings_workbook(judged: Judged, lang: str) -> bytes:
    """The list of all findings of all files, as a workbook."""
    return report_bytes(judged.whole.request.readings, judged.findings, lang)


def templates(desk: Desk, month: date, lang: str) -> bytes:
    """A clean template of each kind of ledger for that month, as one archive."""
    return archive(blank(desk.profile, lang, month=month))


def archive(files: Mapping[str, bytes]) -> bytes:
    """The files as one zip archive."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return buffer.getvalue()
