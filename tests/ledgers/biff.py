"""Old binary workbooks (.xls, .et) and the container that encrypted ones share, made without a library."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
# Shorter streams would live in a second, smaller allocation table.
_SHORTEST = 4096
_LONGEST_RECORD = 8224
# Number formats by the place of their XF record: general, date, date and time, percent.
FORMATS = {"general": 0, "date": 14, "datetime": 22, "percent": 9}

# A cell: row and column from 0, one of FORMATS, and text, a number or (formula) a number with its source.
Cell = tuple[int, int, str, str | float]
Merge = tuple[int, int, int, int]


def container(streams: Mapping[str, bytes]) -> bytes:
    """An OLE2 file of these streams, all in the root."""
    padded = {name: content.ljust(_SHORTEST, b"\0") for name, content in streams.items()}
    lengths = [_sectors(len(content)) for content in padded.values()]
    directory = _sectors(128 * (len(padded) + 1))
    fat = next(n for n in range(1, 110) if 128 * n >= n + directory + sum(lengths))
    starts = [fat + directory + before for before in accumulate([0, *lengths])]
    chain = [_FAT] * fat + _chain(fat, directory)
    for start, length in zip(starts, lengths, strict=False):
        chain += _chain(start, length)
    chain += [_FREE] * (128 * fat - len(chain))
    entries = _entry("Root Entry", 5, _END, 0, child=1)
    for place, (name, content) in enumerate(padded.items(), start=1):
        following = place + 1 if place < len(padded) else _FREE
        entries += _entry(name, 2, starts[place - 1], len(content), right=following)
    parts = [struct.pack(f"<{len(chain)}I", *chain), entries, *padded.values()]
    return _header(fat) + b"".join(part.ljust(_sectors(len(part)) * _SECTOR, b"\0") for part in parts)


def _sectors(size: int) -> int:
    return -(-size // _SECTOR)


def _chain(start: int, length: int) -> list[int]:
    return [*range(start + 1, start + length), _END]


def _header(fat: int) -> bytes:
    numbers = struct.pack("<6H", 0x3E, 3, 0xFFFE, 9, 6, 0) + b"\0" * 8
    tables = struct.pack("<9I", fat, fat, 0, _SHORTEST, _END, 0, _END, 0, 0)
    listed = [*range(1, fat), *[_FREE] * (109 - fat)]
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + numbers + tables + struct.pack("<108I", *listed)


def _entry(name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
    return (
        head + struct.pack("<3I", _FREE, right, child) + b"\0" * 36 + struct.pack("<2IQ", 0, start, size)[4:]
    )


def workbook(sheets: Sequence[tuple[str, bool, Sequence[Cell], Sequence[Merge]]]) -> bytes:
    """A BIFF8 workbook; of each sheet its name, whether it is hidden, its cells and its merged areas."""
    texts = {cell[3]: None for _, _, cells, _ in sheets for cell in cells if isinstance(cell[3], str)}
    places = {text: place for place, text in enumerate(texts)}
    bodies = [_sheet(cells, merges, places) for _, _, cells, merges in sheets]
    names = [_string(name, "<B") for name, _, _, _ in sheets]
    shared = _record(0x42, struct.pack("<H", 1200)) + _record(0x22, struct.pack("<H", 0))
    for number in FORMATS.values():
        shared += _record(0xE0, struct.pack("<2H", 0, number) + b"\0" * 16)
    listing = sum(len(name) + 4 + 6 for name in names)
    opening = _begin(5)
    strings = _strings(list(texts))
    start = len(opening) + len(shared) + listing + len(strings) + 4
    listed = b""
    for name, (_, hidden, _, _), body in zip(names, sheets, bodies, strict=True):
        listed += _record(0x85, struct.pack("<I2B", start, hidden, 0) + name)
        start += len(body)
    return container(
        {"Workbook": opening + shared + listed + strings + _record(0x0A, b"") + b"".join(bodies)}
    )


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<2H", kind, len(body)) + body


def _begin(kind: int) -> bytes:
    return _record(0x809, struct.pack("<4H2I", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))


def _string(text: str, length: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack(length, len(encoded) // 2) + b"\x01" + encoded


def _strings(texts: Iterable[str]) -> bytes:
    """The table of shared strings; where a record is full, a CONTINUE record begins with a whole string."""
    encoded = [_string(text, "<H") for text in texts]
    parts, kind = [struct.pack("<2I", len(encoded), len(encoded))], 0xFC
    made = b""
    for one in encoded:
        if len(parts[-1]) + len(one) > _LONGEST_RECORD:
            made, kind = made + _record(kind, parts[-1]), 0x3C
            parts.append(b"")
        parts[-1] += one
    return made + _record(kind, parts[-1])


def _sheet(cells: Sequence[Cell], merges: Sequence[Merge], places: Mapping[str, int]) -> bytes:
    rows = max((cell[0] for cell in cells), default=-1) + 1
    columns = max((cell[1] for cell in cells), default=-1) + 1
    made = _begin(0x10) + _record(0x200, struct.pack("<2I3H", 0, rows, 0, columns, 0))
    for row, column, form, value in cells:
        head = struct.pack("<3H", row, column, list(FORMATS).index(form.removeprefix("formula ")))
        if isinstance(value, str):
            made += _record(0xFD, head + struct.pack("<I", places[value]))
        elif form.startswith("formula "):
            # The formula is the number itself, so that the remembered value is also the right one.
            source = b"\x1f" + struct.pack("<d", value)
            made += _record(0x06, head + struct.pack("<dHIH", value, 0, 0, len(source)) + source)
        else:
            made += _record(0x203, head + struct.pack("<d", value))
    areas = b"".join(struct.pack("<4H", top, bottom, left, right) for top, left, bottom, right in merges)
    if merges:
        made += _record(0xE5, struct.pack("<H", len(merges)) + areas)
    return made + _record(0x0A, b"")
