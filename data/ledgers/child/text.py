"""Delimited text: its encoding, its separator and its records; nothing is guessed that can be wrong."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from data.ledgers.child.limits import MOST_COLUMNS, MOST_ROWS, MOST_TEXT, refuse

_SEPARATORS = ",\t;"
_LOOKED_AT = 65_536
_CHUNK = 1 << 20


def encoding_of(content: bytes) -> str:
    """A byte order mark decides, then zeros (two-byte text), then strict UTF-8, then strict GB18030.

    `Refused` with the row where another encoding begins, if the text fits none from end to end.
    """
    wide = _wide(content)
    if wide or content.startswith(codecs.BOM_UTF8):
        name = wide or "utf-8-sig"
        return name if _decodes(content, name) else refuse("file_encoding")
    if b"\0" in content:
        refuse("file_not_table")
    if _decodes(content, "utf-8"):
        return "utf-8"
    row = _turns(content)
    if row is not None or not _decodes(content, "gb18030"):
        refuse("file_encoding", row=row)
    return "gb18030"


def _wide(content: bytes) -> str | None:
    """UTF-16, told by its mark, or by zeros that stand on one side of the pairs only."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    low, high = b"\0" in content[::2], b"\0" in content[1::2]
    if low == high or len(content) % 2:
        return None
    return "utf-16-be" if low else "utf-16-le"


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for start in range(0, len(content), _CHUNK):
            # What another program could not decode is lost already.
            if "\ufffd" in decoder.decode(content[start : start + _CHUNK]):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _turns(content: bytes) -> int | None:
    """The first row that is in another encoding than the first one with letters beyond ASCII, or in none."""
    first, before = None, 0
    for line in content.splitlines(keepends=True):
        kind = None if line.isascii() else _kind(line)
        first = first or kind
        if kind == "neither" or (kind and kind != first):
            # Both encodings leave line ends, quotes and commas their own bytes.
            lines = io.TextIOWrapper(io.BytesIO(content[:before]), "latin-1", newline="")
            return sum(1 for _ in csv.reader(lines)) + 1
        before += len(line)
    return None


def _kind(line: bytes) -> str | None:
    """`utf-8`, `gb18030` or `neither`; None if it could be both."""
    try:
        letters = line.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030" if _decodes(line, "gb18030") else "neither"
    # Two Chinese characters in UTF-8 by chance are next to impossible, Latin or Greek letters are not.
    return "utf-8" if sum(letter >= "\u2e80" for letter in letters) >= 2 else None


def separator_of(content: bytes, encoding: str) -> str:
    """The separator that gives the most columns in the most rows of the beginning; a comma if none does."""
    start = codecs.getincrementaldecoder(encoding)("strict").decode(content[:_LOOKED_AT])
    points = {separator: _points(start, separator) for separator in _SEPARATORS}
    return max(points, key=lambda separator: points[separator])


def _points(start: str, separator: str) -> int:
    widths = Counter(len(row) for row in csv.reader(io.StringIO(start, newline=""), delimiter=separator))
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def records(content: bytes, encoding: str, separator: str) -> Iterator[list[str]]:
    """One list a row of the sheet that a spreadsheet program would show, blank rows too."""
    lines = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # Where a quote does not close, nobody can say which cells are which.
            refuse("file_quotes", row=row)
        if row > MOST_ROWS or len(cells) > MOST_COLUMNS:
            _beyond(cells, row)
        if max(map(len, cells), default=0) > MOST_TEXT:
            refuse("file_cell_too_long", row=row, column=1 + [len(c) > MOST_TEXT for c in cells].index(True))
        if row <= MOST_ROWS:
            yield cells[:MOST_COLUMNS]


def _beyond(cells: list[str], row: int) -> None:
    """Blank cells and rows beyond the limits say nothing and are left out."""
    used = [place for place, cell in enumerate(cells, 1) if cell.strip()]
    if used and (row > MOST_ROWS or used[-1] > MOST_COLUMNS):
        refuse("file_out_of_range", row=row, column=used[-1])
