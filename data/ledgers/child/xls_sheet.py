"""The cells and comments of an .xls sheet, record by record."""

from collections.abc import Iterable
from struct import unpack_from

from data.ledgers.child.facts import Facts
from data.ledgers.child.limits import MOST_COLUMNS, refuse

_EXTENT, _NUMBER, _SHORT, _SHORTS, _FORMULA, _TRUTH_OR_ERROR = 0x200, 0x203, 0x27E, 0xBD, 0x06, 0x205
_TEXTS = (0xFD, 0x204, 0xD6)
_NOTE, _OBJECT, _BOX, _MORE = 0x1C, 0x5D, 0x1B6, 0x3C
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ON_LOAD = 0x2
# How a formula's result tells that it is no number, and which other it is.
_OTHER, _TRUTH, _ERROR, _NOTHING = b"\xff\xff", 1, 2, 3
_MOST_ROWS = 65_536


class _Scan:
    def __init__(self, facts: Facts, percent: set[int], *, new: bool) -> None:
        self._facts, self._percent, self._new = facts, percent, new
        self._notes: list[tuple[int, int, int]] = []
        self._texts: dict[int, str] = {}
        self._object, self._left = 0, 0

    def record(self, kind: int, data: bytes) -> None:
        """One record; those that say nothing of cells in use or comments are passed over."""
        if kind in (_NUMBER, _SHORT):
            self._number(*unpack_from("<HHH", data))
        elif kind == _SHORTS:
            row, first = unpack_from("<HH", data)
            for place in range((len(data) - 6) // 6):
                self._number(row, first + place, *unpack_from("<H", data, 4 + 6 * place))
        elif kind in _TEXTS:
            self._use(*unpack_from("<HH", data))
        elif kind == _FORMULA:
            self._formula(data)
        elif kind == _TRUTH_OR_ERROR:
            used = self._use(*unpack_from("<HH", data))
            if data[7]:
                self._facts.error(used, _ERRORS.get(data[6], ""))
        elif kind == _EXTENT:
            self._extent(data)
        else:
            self._comment(kind, data)

    def _use(self, row: int, column: int) -> tuple[int, int]:
        place = row + 1, column + 1
        self._facts.use(place)
        self._facts.cells += 1
        return place

    def _number(self, row: int, column: int, style: int) -> None:
        place = self._use(row, column)
        if style in self._percent:
            self._facts.ratio(place)

    def _formula(self, data: bytes) -> None:
        """A formula with nothing, or with 0 and the wish to be calculated on opening, may never have been."""
        row, column, style, result, flags = unpack_from("<HHH8sH", data)
        place = self._use(row, column)
        kind = result[0] if result[6:] == _OTHER else None
        if kind == _ERROR:
            self._facts.error(place, _ERRORS.get(result[2], ""))
        elif kind == _NOTHING or (kind is None and flags & _ON_LOAD and not any(result)):
            self._facts.zeros.append(place)
        else:
            self._facts.results += 1
        if kind is None and style in self._percent:
            self._facts.ratio(place)

    def _extent(self, data: bytes) -> None:
        """A parser reserves what a sheet says it needs."""
        rows, columns = unpack_from("<4xI2xH" if self._new else "<2xH2xH", data)
        if rows > _MOST_ROWS or columns > MOST_COLUMNS:
            refuse("file_out_of_range", self._facts.name, rows, columns)

    def _comment(self, kind: int, data: bytes) -> None:
        """The text of a comment stands in a box of its own, which a note points at."""
        if kind == _NOTE and self._new:
            row, column, number = unpack_from("<HH2xH", data)
            self._notes.append((row + 1, column + 1, number))
        elif kind == _NOTE:
            row, column = unpack_from("<HH", data)
            self._facts.comments.append((row + 1, column + 1, data[6:].decode("gb18030", "replace")))
        elif kind == _OBJECT:
            self._object = unpack_from("<6xH", data)[0] if len(data) >= 8 else 0
        elif kind == _BOX:
            self._left = unpack_from("<10xH", data)[0]
        elif kind == _MORE and self._left and data:
            letters = data[1:].decode("utf-16-le" if data[0] & 1 else "latin-1", "replace")[: self._left]
            self._left -= len(letters)
            self._texts[self._object] = self._texts.get(self._object, "") + letters

    def close(self) -> None:
        """Put the comments together once all of the sheet is read."""
        for row, column, number in self._notes:
            self._facts.comments.append((row, column, self._texts.get(number, "")))
        self._facts.close()


def scan_records(records: Iterable[tuple[int, bytes]], facts: Facts, percent: set[int], *, new: bool) -> None:
    """Fill `facts` from a sheet's records; `percent` are the styles that show a percentage."""
    scan = _Scan(facts, percent, new=new)
    for kind, data in records:
        scan.record(kind, data)
    scan.close()
