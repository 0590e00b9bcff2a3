"""Files that are not what they say, or more than they should be."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from html import escape
from struct import pack

from tests.ledgers.biff import container
from tests.ledgers.sheets import Sheet

_FIRST = "xl/worksheets/sheet1.xml"


def rewritten(content: bytes, change: Callable[[str], str]) -> bytes:
    """The workbook with the text of its first sheet changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(target, "w") as after:
        for info in before.infolist():
            part = before.read(info)
            part = change(part.decode()).encode() if info.filename == _FIRST else part
            after.writestr(info, part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def page(sheet: Sheet) -> bytes:
    """A table of HTML, as some systems export it under the name .xls."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell or ''))}</td>" for cell in row) + "</tr>"
        for row in sheet.rows
    )
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'.encode()


def encrypted(content: bytes) -> bytes:
    """What a spreadsheet program stores of a workbook with a password."""
    keys = pack("<2H", 4, 4) + pack("<I", 0x40) + b"<encryption/>"
    hidden = bytes(one ^ 0x5A for one in content)
    return container({"EncryptionInfo": keys, "EncryptedPackage": pack("<Q", len(content)) + hidden})


def bomb(content: bytes, size: int = 150_000_000) -> bytes:
    """Small on the disk, too large in memory."""
    return rewritten(content, lambda part: part.replace("</sheetData>", "</sheetData>" + " " * size))


def corners(content: bytes) -> bytes:
    """Two cells, the first of a sheet and its very last."""
    two = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    rows = re.compile("<sheetData>.*</sheetData>", re.DOTALL)
    bare = re.compile("<dimension[^>]*/>|<mergeCells.*</mergeCells>", re.DOTALL)
    return rewritten(content, lambda part: bare.sub("", rows.sub(f"<sheetData>{two}</sheetData>", part)))


def padded(content: bytes, count: int) -> bytes:
    """Formatted but empty rows below the data."""
    blank = "".join(
        f'<row r="{n}"><c r="A{n}" s="1"/><c r="K{n}" s="1"/></row>' for n in range(20, 20 + count)
    )
    return rewritten(content, lambda part: part.replace("</sheetData>", blank + "</sheetData>"))


def two_encodings(rows: Sequence[bytes], first: int) -> bytes:
    """UTF-8 rows of which the first few are in GB18030."""
    return b"".join(row.decode().encode("gb18030") for row in rows[:first]) + b"".join(rows[first:])


def picture() -> bytes:
    """One grey point as PNG."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", pack(">2I5B", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\x7f")) + chunk(b"IEND", b"")
