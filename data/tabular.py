"""Reads one sheet of a CSV, XLSX or Parquet file as it is: text, with the place of each row."""

import csv
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from data import bundle
from data.messages import IntakeError

KINDS = (".csv", ".xlsx", ".parquet")
# Far above any ledger of a county, far below what would exhaust a machine.
_MOST_BYTES = 200_000_000
# Encrypted workbooks and old .xls share this container; neither is a plain .xlsx.
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0"
_MOST_ROWS, _MOST_COLUMNS = 500_000, 256


@dataclass(frozen=True)
class Sheet:
    """A table as found: text columns (typed in Parquet) and, in `lines`, the spreadsheet row of each row."""

    file: str
    sheet: str | None
    frame: pl.DataFrame
    lines: pl.Series


def read(path: Path, *, encoding: str | None = None) -> Sheet:
    """The table of a file with a header in its first row; IntakeError says what is wrong with the file."""
    try:
        content = path.read_bytes()
    except OSError:
        raise IntakeError("intake_file_absent", file=path.name) from None
    if not content:
        raise IntakeError("intake_file_empty", file=path.name)
    if path.suffix.lower() == ".csv":
        return _numbered(path.name, None, _csv(path.name, content, encoding))
    if path.suffix.lower() == ".xlsx":
        return _xlsx(path.name, content)
    if path.suffix.lower() == ".parquet":
        frame = _parquet(path.name, content)
        return Sheet(path.name, None, frame, pl.Series("row", range(1, frame.height + 1), dtype=pl.Int64))
    raise IntakeError("intake_file_kind", file=path.name, kinds=" ".join(KINDS))


def decode(file: str, content: bytes, encoding: str | None = None) -> str:
    """The text of a file: a byte order mark decides, then strict UTF-8, then GB18030."""
    marked = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else None
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        marked = "utf-16"
    for name in [encoding] if encoding else [marked] if marked else ["utf-8", "gb18030"]:
        try:
            return content.decode(name).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    raise IntakeError("intake_encoding", file=file)


def _csv(file: str, content: bytes, encoding: str | None) -> pl.DataFrame:
    text = decode(file, content, encoding)
    header = next(csv.reader(io.StringIO(text)), [])
    names = _header(file, header)
    try:
        frame = pl.read_csv(text.encode(), infer_schema=False)
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


def _xlsx(file: str, content: bytes) -> Sheet:
    _refuse_bombs(file, content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = [m.name for m in workbook.sheets_metadata if m.visible == SheetVisibleEnum.Visible]
        if not visible:
            raise IntakeError("intake_file_empty", file=file)
        rows = workbook.get_sheet_by_name(visible[0]).to_python(skip_empty_area=False)
    except PasswordError:
        raise IntakeError("intake_password", file=file) from None
    except CalamineError:
        code = "intake_password" if content.startswith(_OLD_CONTAINER) else "intake_unreadable"
        raise IntakeError(code, file=file) from None
    cells = [[_cell(value) for value in row] for row in rows]
    if not cells:
        raise IntakeError("intake_file_empty", file=file)
    names = _header(file, [cell or "" for cell in cells[0]])
    schema = dict.fromkeys(names, pl.String)
    return _numbered(file, visible[0], pl.DataFrame(cells[1:], schema=schema, orient="row"))


def _refuse_bombs(file: str, content: bytes) -> None:
    """Refuse a workbook that would unpack to more than a ledger can be, before any parser unpacks it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_BYTES:
                raise IntakeError("intake_too_large", file=file)
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            references = [re.findall(rb'<c [^>]*?r="([A-Z]+)(\d+)"', archive.read(name)) for name in sheets]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError):
        # Not a plain archive: the parser says whether it is protected or broken, without unpacking it.
        return
    for letters, row in (pair for found in references for pair in found):
        if int(row) > _MOST_ROWS or _column_number(letters) > _MOST_COLUMNS:
            raise IntakeError("intake_too_large", file=file)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cell(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat().removesuffix("T00:00:00")
    return value.isoformat() if isinstance(value, date) else str(value)


def _parquet(file: str, content: bytes) -> pl.DataFrame:
    try:
        return bundle.frame(content)
    except (pa.ArrowException, OSError, pl.exceptions.PolarsError):
        raise IntakeError("intake_unreadable", file=file) from None


def _numbered(file: str, sheet: str | None, frame: pl.DataFrame) -> Sheet:
    """Rows count from 2 below the header; rows that are blank throughout are left out but still counted."""
    blank = pl.all_horizontal(pl.all().str.strip_chars().fill_null("") == "")
    found = frame.with_columns(_line=pl.int_range(2, pl.len() + 2)).filter(~frame.select(blank).to_series())
    return Sheet(file, sheet, found.drop("_line"), found["_line"].alias("row"))
