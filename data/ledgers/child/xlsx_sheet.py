"""The cells of an .xlsx sheet as its XML streams by: places, and what a parser of values leaves out."""

import re
from collections.abc import Iterable

from data.ledgers.child.facts import Facts, Place, number_of
from data.ledgers.child.limits import refuse

# A row of 16,384 cells with long texts; more is no row.
_MOST_ROW = 16_000_000
_TYPE = re.compile(rb"""\st=["'](\w+)["']""")
_STYLE = re.compile(rb"""\ss=["'](\d+)["']""")
_ROW_PLACE = re.compile(rb"""\sr=["'](\d+)["']""")
_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']""")
_CELL_PLACE = re.compile(rb"""\sr=["']([A-Z]*)(\d{1,9})["']""")


class _Patterns:
    """The tags of a sheet, which some programs write with a prefix; well-formedness is checked elsewhere."""

    def __init__(self, prefix: bytes, percent: frozenset[str]) -> None:
        self.end = b"</%srow>" % prefix
        self.row = re.compile(rb"<%srow((?:\s[^>]*)?)>" % prefix)
        # A cheap look at rows as nearly all programs write them.
        self.usual = re.compile(rb"""<%sc r="([A-Z]+)(\d{1,9})\"""" % prefix)
        self.start = b"<%sc " % prefix
        self.any = re.compile(rb"<%sc[\s/>]" % prefix)
        self.cell = re.compile(rb"<%sc((?:\s[^>]*?)?)(?:/>|>(.*?)</%sc>)" % (prefix, prefix), re.DOTALL)
        self.value = re.compile(rb"<%sv(?:\s[^>]*)?>([^<]*)</%sv>" % (prefix, prefix))
        self.formula, self.given, self.inline = (b"<%s%s" % (prefix, tag) for tag in (b"f", b"v", b"is"))
        styles = [quote + style.encode() + quote for style in percent for quote in (b'"', b"'")]
        self.special = (self.formula, b'="e"', b"='e'", *(b" s=" + style for style in styles))


class _Scan:
    """Goes through a sheet row by row; most rows look like the one before and are only counted."""

    def __init__(self, facts: Facts, percent: frozenset[str], prefix: bytes) -> None:
        self._facts, self._percent = facts, percent
        self._patterns = _Patterns(prefix, percent)
        self._number = self._width = 0
        self._columns: list[bytes] = []

    def rows(self, piece: bytes, known: bytes) -> bytes:
        """Take the rows that are whole in what is known and its next piece; the rest is known next time."""
        whole = known + piece
        self._facts.cells += piece.count(self._patterns.given) + piece.count(self._patterns.inline)
        plain = not any(special in whole for special in self._patterns.special)
        *rows, rest = whole.split(self._patterns.end)
        for row in rows:
            self._row(row, plain=plain)
        return rest

    def end(self, rest: bytes) -> None:
        """What follows the last row holds no cell."""
        if self._patterns.any.search(rest):
            refuse("file_damaged")
        self._facts.last = self._number
        self._facts.close()

    def _row(self, row: bytes, *, plain: bool) -> None:
        """One row's XML and what precedes it, such as rows without cells; plain ones hold values only."""
        hidden = False
        for attributes in self._patterns.row.findall(row):
            hidden = bool(_HIDDEN.search(attributes))
            told = _ROW_PLACE.search(attributes)
            number = int(told[1]) if told else self._number + 1
            if number <= self._number:
                refuse("file_damaged")
            self._number = number
        self._facts.hidden += hidden and self._patterns.given in row
        places = self._patterns.usual.findall(row)
        columns = [letters for letters, _ in places]
        same = columns == self._columns and {digits for _, digits in places} == {b"%d" % self._number}
        if (
            same
            and plain
            and self._width <= self._facts.columns
            and len(columns) == row.count(self._patterns.start)
        ):
            if self._patterns.given in row or self._patterns.inline in row:
                self._facts.use((self._number, self._width))
        else:
            self._cells(row)
            self._columns, self._width = columns, number_of(columns[-1].decode()) if columns else 0

    def _cells(self, row: bytes) -> None:
        """Every cell of a row that is not like the one before."""
        column = found = 0
        for attributes, content in self._patterns.cell.findall(row):
            told = _CELL_PLACE.search(attributes)
            if told and int(told[2]) != self._number:
                refuse("file_damaged")
            place = self._number, number_of(told[1].decode()) if told else column + 1
            if place[1] <= column:
                refuse("file_damaged")
            column = place[1]
            found += 1
            if (
                self._patterns.given in content
                or self._patterns.inline in content
                or self._patterns.formula in content
            ):
                self._facts.use(place)
                self._look(place, attributes, content)
        if found != len(self._patterns.any.findall(row)):
            refuse("file_damaged")

    def _look(self, place: Place, attributes: bytes, content: bytes) -> None:
        kind, style = _TYPE.search(attributes), _STYLE.search(attributes)
        value = self._patterns.value.search(content)
        text = value[1].strip().decode("utf-8", "replace") if value else ""
        formula = self._patterns.formula in content
        number = kind is None or kind[1] == b"n"
        if kind and kind[1] == b"e":
            self._facts.error(place, text)
        elif formula and number and not text.strip("-0."):
            (self._facts.zeros if text else self._facts.missing).append(place)
        elif formula:
            self._facts.results += 1
        if number and text and style and style[1].decode() in self._percent:
            self._facts.ratio(place)


def scan_rows(pieces: Iterable[bytes], facts: Facts, percent: frozenset[str]) -> None:
    """Fill `facts` from the pieces of a sheet's XML; `Refused` where cells are out of order or range."""
    scan: _Scan | None = None
    rest = b""
    for piece in pieces:
        if scan is None:
            prefix = re.search(rb"<(\w+:)?worksheet[\s>]", piece)
            scan = _Scan(facts, percent, prefix[1] or b"" if prefix else b"")
        rest = scan.rows(piece, rest)
        if len(rest) > _MOST_ROW:
            refuse("file_too_large")
    if scan is not None:
        scan.end(rest)
