"""Mutants of good ledgers, and what may become of one: refused, returned, or changed where it was changed."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.ledgers.findings import verdict
from data.ledgers.grid import Book, Merge
from data.ledgers.ledger import Reading
from data.ledgers.reader import FileRefused, read_bytes
from data.ledgers.reading import read_ledgers
from data.messages import LANGUAGES
from tests.hostile import SHEET, archive, parts_of
from tests.ledgers.asking import profile
from tests.ledgers.bad import put, spoiled

MONTH = date(2026, 10, 1)
MARKER = "绝密七号"
# A column that draws on a known list may be quoted, and a lost comma moves any text into it.
_LISTED = frozenset(
    ["township_unknown", "committee_unknown", "class_unknown", "word_unknown", "indicator_unknown"]
)
_OWN = frozenset(["file", "sheet", "row", "column"])
# A sheet and a row of it; a row's texts by letter, each with whether it is shown as a percentage.
_Place = tuple[str | None, int]
_Cells = dict[str, tuple[str, bool]]


@dataclass(frozen=True)
class Seen:
    """A file as read: the cells of each row, what rows of the contract came of it, their columns' letters."""

    cells: dict[_Place, _Cells]
    rows: dict[_Place, list[dict[str, str]]]
    letters: dict[tuple[str | None, str], str]
    merges: frozenset[tuple[str | None, Merge]]


def bases() -> dict[str, bytes]:
    """Small good ledgers in every form, some with a text in them that nobody may quote."""
    name, case = put(C4=f"{MARKER}有限公司"), put(P3=f"{MARKER}路口")
    return {
        "enterprises.xlsx": spoiled("enterprises", name),
        "enterprises.xls": spoiled("enterprises", name, "xls"),
        "enterprises.csv": spoiled("enterprises", name, "csv gb18030"),
        "grievances.xlsx": spoiled("grievances", case),
        "grievances.csv": spoiled("grievances", case, "csv utf-8-sig"),
        "people.xlsx": spoiled("people", put()),
        "stations.xls": spoiled("stations", put(), "xls"),
        "services.csv": spoiled("services", put(), "csv utf-16"),
    }


def known(name: str, content: bytes) -> Seen:
    """A good ledger as read; it must be one, or nothing is shown by its mutants."""
    book = read_bytes(name, content)
    reading = read_ledgers(book, MONTH, profile())
    found = seen(book, reading)
    assert found.rows
    assert reading.findings == ()
    return found


def outcome(name: str, content: bytes, good: Seen) -> tuple[str, list[str]]:
    """What became of a mutant (a code, `returned`, `same` or `changed`), and what is wrong with that."""
    try:
        book = read_bytes(name, content)
    except FileRefused as refused:
        return refused.code, _quoted([refused.text(lang) for lang in LANGUAGES])
    reading = read_ledgers(book, MONTH, profile())
    free = [finding for finding in reading.findings if finding.code not in _LISTED]
    wrong = _quoted([finding.text(lang) for finding in free for lang in LANGUAGES])
    if verdict(reading.findings) == "returned":
        return "returned", wrong
    now = seen(book, reading)
    same = (now.cells, now.rows, now.merges) == (good.cells, good.rows, good.merges)
    return "same" if same else "changed", wrong + ([] if same else compared(good, now))


def seen(book: Book, reading: Reading) -> Seen:
    """The grid and the rows of a file side by side."""
    cells = {
        (grid.name, number): {
            letter: (text, (number, letter) in grid.percent)
            for letter, text in zip(grid.cells.columns, row, strict=True)
            if text is not None
        }
        for grid in book.grids
        for number, row in enumerate(grid.cells.iter_rows(), 1)
    }
    rows: dict[_Place, list[dict[str, str]]] = {}
    for frame in (frame for ledger in reading.ledgers for frame in ledger.frames.values()):
        for row in frame.iter_rows(named=True):
            said = {name: str(value) for name, value in row.items() if name not in _OWN}
            rows.setdefault((row["sheet"], row["row"]), []).append(said | {"_": str(row["column"])})
    places = [(key, place) for ledger in reading.ledgers for key, place in ledger.places.items()]
    return Seen(
        {place: row for place, row in cells.items() if row},
        rows,
        {key: letter for key, (letter, _) in places},
        frozenset((grid.name, merge) for grid in book.grids for merge in grid.merges),
    )


def compared(good: Seen, now: Seen) -> list[str]:
    """Differences of rows that no difference of cells explains."""
    if good.merges != now.merges:
        return []
    context = _context(good, now)
    by_cells = {frozenset(good.cells[place].items()): place for place in good.rows}
    wrong = []
    for place in now.rows:
        same = by_cells.get(frozenset(now.cells[place].items()))
        if same or place in good.rows:
            wrong += _unexplained(same or place, place, good, now, context)
    for place in good.rows.keys() - now.rows.keys():
        if now.cells.get(place) == good.cells[place] and not context:
            wrong.append(f"{place}: the row is as it was, nothing came of it")
    return wrong


def _context(good: Seen, now: Seen) -> set[str]:
    """Columns in which a title, a header or a footer is not what it was."""
    places = (good.cells.keys() | now.cells.keys()) - (good.rows.keys() & now.rows.keys())
    return {letter for place in places for letter in _changed(good.cells.get(place), now.cells.get(place))}


def _changed(old: _Cells | None, new: _Cells | None) -> set[str]:
    """Letters of the cells that differ."""
    old, new = old or {}, new or {}
    return {letter for letter in old.keys() | new.keys() if old.get(letter) != new.get(letter)}


def _unexplained(before: _Place, after: _Place, good: Seen, now: Seen, context: set[str]) -> list[str]:
    """Columns of a row that changed though neither their cell did nor what stands above or below them.

    A column that stands nowhere comes from a title or from several cells, so any change may explain it.
    """
    changed = _changed(good.cells[before], now.cells[after])
    if len(changed) > 3 or len(good.rows[before]) != len(now.rows[after]):
        # Where all is different another row has come here; a header more or less gives other figures.
        return [] if changed or context else [f"{after}: the row is as it was, what came of it is not"]
    wrong = []
    for old, new in zip(good.rows[before], now.rows[after], strict=True):
        for column in old.keys() & new.keys():
            own = None if old["_"] == "None" else old["_"]
            letter = good.letters.get((before[0], column), own)
            explained = changed | context if letter is None else {letter} & (changed | context)
            if old[column] != new[column] and not explained:
                wrong.append(f"{after}: {column} changed, its cell did not")
    return wrong


def _quoted(texts: list[str]) -> list[str]:
    return ["a value is quoted"] if any(MARKER in text for text in texts) else []


def mutants(content: bytes, seed: int) -> Iterator[bytes]:
    """Endless mutants of a file: of its bytes and, in a workbook, of the XML or records inside."""
    chance = random.Random(seed)
    while True:
        if content.startswith(b"PK") and chance.random() < 0.8:
            yield _inside(content, chance)
        else:
            yield _bytes(content, chance)


def _inside(content: bytes, chance: random.Random) -> bytes:
    """The archive itself is sound; one of its parts is not what it was."""
    parts = parts_of(content)
    name = chance.choice([SHEET, SHEET, SHEET, *parts])
    change = chance.choice([_bytes, _tags, _tags, _numbers])
    return archive(parts | {name: change(parts[name], chance)})


def _bytes(content: bytes, chance: random.Random) -> bytes:
    """A few bytes flipped, taken out, put in or repeated, or the end cut off."""
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 1, 4])):
        at = chance.randrange(len(changed) + 1)
        size = chance.choice([1, 1, 2, 8, 64])
        how = chance.randrange(5)
        if how == 0 and at < len(changed):
            changed[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            del changed[at : at + size]
        elif how == 2:
            changed[at:at] = bytes(chance.choice([0, 10, 34, 44, 255, 128]) for _ in range(size))
        elif how == 3:
            changed[at:at] = changed[at : at + size]
        else:
            del changed[max(at, len(changed) - 400) :]
    return bytes(changed)


def _tags(content: bytes, chance: random.Random) -> bytes:
    """One element taken out, repeated, or put in the place of another."""
    tags = list(re.finditer(rb"<(\w+)[^>]*?/>|<(\w+)[^>]*>[^<]*</\2>", content))
    if len(tags) < 2:
        return _bytes(content, chance)
    one, other = (chance.choice(tags) for _ in range(2))
    put = chance.choice([b"", one[0] * 2, other[0]])
    return content[: one.start()] + put + content[one.end() :]


def _numbers(content: bytes, chance: random.Random) -> bytes:
    """One number made another, large or negative."""
    numbers = list(re.finditer(rb"\d+", content))
    if not numbers:
        return _bytes(content, chance)
    one = chance.choice(numbers)
    put = chance.choice([b"0", b"-1", b"7", b"99999999", b"1e308", b"4294967296", one[0] + b"0"])
    return content[: one.start()] + put + content[one.end() :]
