"""Files as no clerk makes them: workbooks of raw XML and raw records, and hostile ones."""

import io
import re
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ledgers import biff
from tests.workbook import write_workbook

SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
RELATIONS, BESIDE = "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Parts = dict[str, bytes]


def parts_of(content: bytes) -> Parts:
    """Name -> content of each part of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as an archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return target.getvalue()


def plain(sheets: Mapping[str, Sequence[Sequence[object]]], hidden: str = "") -> bytes:
    """A small workbook of rows of values."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_workbook(path, dict(sheets), hidden)
        return path.read_bytes()


def changed(content: bytes, **named: str) -> bytes:
    """A workbook with some of its parts replaced or added: `sheet`, `book`, `styles`."""
    names = {"sheet": SHEET, "book": BOOK, "styles": STYLES, "relations": RELATIONS, "beside": BESIDE}
    return archive(parts_of(content) | {names[name]: text.encode() for name, text in named.items()})


def sheet_of(rows: str, after: str = "", prefix: str = "") -> str:
    """A sheet's XML around its rows."""
    p = f"{prefix}:" if prefix else ""
    space = f"xmlns:{prefix}" if prefix else "xmlns"
    return f'<{p}worksheet {space}="{_MAIN}"><{p}sheetData>{rows}</{p}sheetData>{after}</{p}worksheet>'


def xml_book(rows: str, after: str = "", **named: str) -> bytes:
    """A workbook with one sheet, “甲”, whose rows are given as XML."""
    return changed(plain({"甲": [["x"]]}), **({"sheet": sheet_of(rows, after)} | named))


def with_strings(content: bytes, strings: str) -> bytes:
    """The workbook with a table of shared strings."""
    parts = parts_of(content)
    related = (
        f'<Relationship Id="s" Type="{_TYPES}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", related.encode())
    return archive(parts | {"xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>'.encode()})


def relations(*listed: tuple[str, str, str]) -> str:
    """Relations as (type, target, attributes)."""
    found = "".join(
        f'<Relationship Id="r{number}" Type="{_TYPES}/{kind}" Target="{target}"{more}/>'
        for number, (kind, target, more) in enumerate(listed)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'


def record(kind: int, form: str, *values: object, rest: bytes = b"") -> bytes:
    """One BIFF record."""
    body = struct.pack(f"<{form}", *values) + rest
    return struct.pack("<HH", kind, len(body)) + body


def old_book(records: bytes, *, before: bytes = b"", name: str = "甲", streams: Sequence[str] = ()) -> bytes:
    """An .xls with one sheet of these records; `before` stands before the sheets are listed."""
    begin, end = record(0x809, "HHHHII", 0x600, 5, 0, 0, 0, 6), record(0x0A, "")
    opening = begin + record(0x42, "H", 1200) + before
    letters = name.encode("utf-16-le")
    size = 4 + 8 + len(letters)
    start = len(opening) + size + len(end)
    listed = record(0x85, "IBBBB", start, 0, 0, len(name), 1, rest=letters)
    sheet = record(0x809, "HHHHII", 0x600, 0x10, 0, 0, 0, 6) + records + end
    return biff.container({"Workbook": opening + listed + end + sheet} | dict.fromkeys(streams, b"x"))


def far(place: str, rows: Sequence[str] = ()) -> bytes:
    """A workbook with a cell at A1, these rows, and a cell at the place."""
    row = re.sub("[A-Z]", "", place)
    return xml_book(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        + "".join(rows)
        + f'<row r="{row}"><c r="{place}"><v>2</v></c></row>'
    )


def protected(content: bytes) -> bytes:
    """An archive whose parts say that they are encrypted."""
    flagged = bytearray(content)
    for head, flag in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for found in re.finditer(re.escape(head), content):
            flagged[found.start() + flag] |= 1
    return bytes(flagged)


def doubled(content: bytes) -> bytes:
    """An archive with two parts of one name, of which different programs read different ones."""
    parts = list(parts_of(content).items())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, part in [*parts, (SHEET.replace("sheet1", "sheeT1"), dict(parts)[SHEET])]:
            made.writestr(name, part)
    return target.getvalue()
