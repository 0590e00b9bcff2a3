"""The records of an .xls workbook: what a parser of values leaves out, and what it should never be given."""

from collections.abc import Iterator
from struct import error, unpack_from

from data.ledgers.child.facts import Facts, is_percent, mark_missing
from data.ledgers.child.limits import refuse
from data.ledgers.child.ole import Container
from data.ledgers.child.xls_sheet import scan_records

_BEGIN, _END, _PASSWORD, _SHEET, _OTHER_BOOK = 0x809, 0x0A, 0x2F, 0x85, 0x1AE
_FORMAT, _STYLE = 0x41E, 0xE0
_NEW = 0x600
_WORKSHEET, _MACROS = 0, 1
_PERCENT_FORMATS = (9, 10)

Record = tuple[int, bytes]


def scan(content: bytes) -> list[Facts | None]:
    """What each sheet holds beside its values, in order, None for a chart; `Refused` if hostile."""
    container = Container(content)
    if container.names & {"EncryptedPackage", "EncryptionInfo"}:
        refuse("file_password")
    name = next((name for name in ("Workbook", "Book") if name in container.streams()), None)
    if name is None:
        refuse("file_not_table")
    if "_VBA_PROJECT_CUR" in container.names:
        refuse("file_macro")
    book = container.stream(name)
    try:
        return _sheets(book)
    except (error, IndexError):
        refuse("file_damaged")


def _sheets(book: bytes) -> list[Facts | None]:
    listed: list[tuple[int, Facts | None]] = []
    formats = dict.fromkeys(_PERCENT_FORMATS, True)
    styles: list[int] = []
    version = 0
    for kind, data in records(book, 0):
        if kind == _BEGIN:
            version = unpack_from("<H", data)[0]
        elif kind == _PASSWORD:
            refuse("file_password")
        elif kind == _OTHER_BOOK and _is_other(data):
            refuse("file_links")
        elif kind == _SHEET:
            listed.append(_listed(data, version))
        elif kind == _FORMAT:
            formats[unpack_from("<H", data)[0]] = is_percent(text(data, 2, version, wide=version == _NEW))
        elif kind == _STYLE:
            styles.append(unpack_from("<H", data, 2)[0])
    percent = {number for number, shown in enumerate(styles) if formats.get(shown)}
    for start, facts in listed:
        if facts:
            scan_records(records(book, start), facts, percent, new=version == _NEW)
    sheets = [facts for _, facts in listed]
    mark_missing([facts for facts in sheets if facts], asked=True)
    return sheets


def records(book: bytes, start: int) -> Iterator[Record]:
    """The records from `start` to the end of its block, without those of blocks inside it, such as charts."""
    depth = 0
    while True:
        kind, size = unpack_from("<HH", book, start)
        data = book[start + 4 : start + 4 + size]
        start += 4 + size
        if kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif kind == _BEGIN:
            depth += 1
        if depth == 1:
            yield kind, data


def _listed(data: bytes, version: int) -> tuple[int, Facts | None]:
    """Where a sheet begins, and its name and visibility if it is a sheet of cells."""
    start, state, kind = unpack_from("<IBB", data)
    if kind == _MACROS:
        refuse("file_macro")
    facts = Facts(text(data, 6, version), visible=state & 3 == 0)
    return start, facts if kind == _WORKSHEET else None


def _is_other(data: bytes) -> bool:
    """Whether a link leads to another file: not to the book itself, nor to a built-in function."""
    length: int = unpack_from("<H", data, 2)[0]
    return 1 < length < 0x100


def text(data: bytes, start: int, version: int, *, wide: bool = False) -> str:
    """A short string: its length in one byte or two, then its letters, in one byte each if all are Latin."""
    length, step = (unpack_from("<H", data, start)[0], 2) if wide else (data[start], 1)
    start += step
    if version != _NEW:
        return data[start : start + length].decode("gb18030", "replace")
    packed = not data[start] & 1
    letters = data[start + 1 : start + 1 + (length if packed else 2 * length)]
    return letters.decode("latin-1" if packed else "utf-16-le", "replace")
