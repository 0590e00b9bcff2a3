"""An .xlsx as an archive: counted while it unpacks, and refused for what no ledger needs."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers import expat

from data.ledgers.child.limits import MOST_EXPANDED, MOST_PARTS, MOST_RATIO, RATIO_FROM, refuse

_PIECE = 1 << 20
# Parts that are read whole: relations, styles, comments.
_MOST_WHOLE = 30_000_000
_ENCRYPTED = 0x1 | 0x40
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
_OTHER_TABLES = ("xl/workbook.bin", "content.xml")
_LINKS = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/", "xl/model/")


class Package:
    """The parts of a workbook by lower-case name; `Refused` if they are too many, protected or dangerous."""

    def __init__(self, content: bytes) -> None:
        self._sent, self._expanded = len(content), 0
        self._read: set[str] = set()
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN:
            refuse("file_damaged")
        parts = self._archive.infolist()
        self.parts = {part.filename.lower().replace("\\", "/").lstrip("/"): part for part in parts}
        if len(parts) > MOST_PARTS:
            refuse("file_too_large")
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            refuse("file_password")
        methods = {part.compress_type for part in parts}
        if len(self.parts) < len(parts) or not methods <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            refuse("file_damaged")
        self._count(0, sum(part.file_size for part in parts))
        self._only_a_workbook()

    def _only_a_workbook(self) -> None:
        if "xl/workbook.xml" not in self.parts:
            refuse("file_format" if any(name in self.parts for name in _OTHER_TABLES) else "file_not_table")
        if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in self.parts):
            refuse("file_macro")
        if any(name.startswith(_LINKS) for name in self.parts):
            refuse("file_links")

    def _count(self, seen: int, declared: int = 0) -> None:
        self._expanded += seen
        size = max(self._expanded, declared)
        if size > MOST_EXPANDED or (size > RATIO_FROM and size > MOST_RATIO * self._sent):
            refuse("file_too_large")

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part as it unpacks; the archive's own check sum is compared at the end."""
        self._read.add(name)
        try:
            with self._archive.open(self.parts[name]) as part:
                while piece := part.read(_PIECE):
                    self._count(len(piece))
                    yield piece
        except _BROKEN:
            refuse("file_damaged")

    def unread(self) -> list[str]:
        """The parts that have not been unpacked yet."""
        return sorted(self.parts.keys() - self._read)

    def xml(self, name: str) -> Iterator[bytes]:
        """The pieces of a part that is well-formed XML without definitions of its own."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = lambda *_: refuse("file_unsafe")
        parser.XmlDeclHandler = _only_utf8
        try:
            for piece in self.pieces(name):
                if b"\0" in piece:
                    refuse("file_damaged")
                parser.Parse(piece, False)
                yield piece
            parser.Parse(b"", True)
        except expat.ExpatError:
            refuse("file_damaged")

    def tree(self, name: str) -> ElementTree.Element:
        """A small part as a tree; names keep their namespace."""
        whole = bytearray()
        for piece in self.xml(name):
            whole += piece
            if len(whole) > _MOST_WHOLE:
                refuse("file_too_large")
        return ElementTree.fromstring(bytes(whole))


def _only_utf8(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.lower() not in ("utf-8", "utf8", "us-ascii"):
        refuse("file_damaged")


def plain(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition("}")[2]
