"""The container of .xls, .et and protected workbooks: a small file system of sectors and chains."""

import array
from struct import Struct

from data.ledgers.child.limits import refuse
from data.ledgers.child.sniff import OLE

# Sizes of sectors as powers of two, number of maps, first sector of: directory, short map, more maps.
_HEADER = Struct("<30xHH10xII4xII4xII")
_MAPS_IN_HEADER = 109
# Name, length of the name, kind, first sector, size.
_ENTRY = Struct("<64sHBx48xII4x")
_STREAM, _ROOT = 2, 5
_SHORT = 64
_END = 0xFFFFFFFA


class Container:
    """The names in a container and its streams; `Refused` as damaged where a chain leads nowhere."""

    def __init__(self, content: bytes) -> None:
        if len(content) < 512:
            refuse("file_damaged")
        shift, short_shift, _, directory, self._cutoff, short_map, more, _ = _HEADER.unpack_from(content)
        if not content.startswith(OLE) or shift not in (9, 12) or 1 << short_shift != _SHORT:
            refuse("file_damaged")
        self._content, self._size = content, 1 << shift
        self._next = self._map(more)
        self._streams: dict[str, tuple[int, int]] = {}
        self.names: set[str] = set()
        short = b""
        entries = self._chain(directory)
        for name, length, kind, first, size in _ENTRY.iter_unpack(entries[: len(entries) // 128 * 128]):
            title = name[: max(0, length - 2)].decode("utf-16-le", "replace")
            self.names.add(title)
            if kind == _STREAM:
                self._streams[title] = first, size
            elif kind == _ROOT and size:
                short = self._chain(first)[:size]
        self._short = short
        self._short_next = _numbers(self._chain(short_map)) if short else array.array("I")

    def streams(self) -> set[str]:
        """The names of what can be read."""
        return set(self._streams)

    def stream(self, name: str) -> bytes:
        """The whole of a stream."""
        first, size = self._streams[name]
        if size >= self._cutoff:
            return self._chain(first, size)
        return self._joined(first, self._short_next, self._short, _SHORT, size)

    def _map(self, more: int) -> "array.array[int]":
        """Which sector follows which: the map's own sectors are listed in the header and then in a chain."""
        sectors = list(_numbers(self._content[76 : 76 + 4 * _MAPS_IN_HEADER]))
        for _ in range(len(self._content) // self._size):
            if more >= _END:
                break
            *listed, more = _numbers(self._sector(more))
            sectors += listed
        maps = [self._sector(sector) for sector in sectors if sector < _END]
        return _numbers(b"".join(maps))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._content):
            refuse("file_damaged")
        return self._content[start : start + self._size]

    def _chain(self, first: int, size: int | None = None) -> bytes:
        """The sectors that follow one another, the last one of a file may be cut short."""
        return self._joined(first, self._next, self._content[self._size :], self._size, size)

    def _joined(
        self, first: int, following: "array.array[int]", whole: bytes, size: int, length: int | None
    ) -> bytes:
        parts: list[bytes] = []
        number = first
        while number < _END:
            if number >= len(following) or number * size >= len(whole) or len(parts) > len(following):
                refuse("file_damaged")
            parts.append(whole[number * size : (number + 1) * size])
            number = following[number]
        joined = b"".join(parts)
        if length is not None and len(joined) < length:
            refuse("file_damaged")
        return joined if length is None else joined[:length]


def _numbers(sectors: bytes) -> "array.array[int]":
    return array.array("I", sectors[: len(sectors) // 4 * 4])
