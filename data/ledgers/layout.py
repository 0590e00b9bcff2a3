"""How a sheet will be written again: its marks, the rows that are kept, its header, widths and merges."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from data.ledgers.findings import Finding
from data.ledgers.grid import Grid, Merge, number_of
from data.ledgers.paper import width

# Row and column, both from 1.
Spot = tuple[int, int]


# A sheet of more rows or cells is cut down to its head, its end and what stands around bad rows.
WHOLE_ROWS, _WHOLE_CELLS, EXCERPT_ROWS = 5_000, 150_000, 2_000
_HEAD_ROWS, _END_ROWS, _AROUND = 12, 3, 2
_LARGEST_MERGE, _MOST_MERGES = 2_000, 2_000
_TOP, _WIDEST, _NARROWEST = 30, 38.0, 6.0
# A row of so few texts is a title or a footer: it runs across the sheet and widens no column.
_FEW, _SHORT = 2, 12


@dataclass(frozen=True)
class Marks:
    """What to show on a sheet: findings by cell (row, column from 1), and cells whose content is withheld."""

    findings: Mapping[Spot, Sequence[Finding]]
    hidden: Set[Spot] = frozenset()


@dataclass
class Plan:
    """How a sheet is laid out: the rows that are kept, its header, its columns' widths, its merges."""

    grid: Grid
    rows: list[int]
    header: tuple[int, int]
    widths: list[float]
    lone: set[int] = field(default_factory=set)
    kept: frozenset[int] = frozenset()
    merges: dict[Spot, Merge] = field(default_factory=dict)
    covered: dict[Spot, Spot] = field(default_factory=dict)


def marks_of(grid: Grid, findings: Iterable[Finding], hidden: Set[Spot]) -> Marks:
    """Findings at the cells they name; one of a whole row or column goes to its first cell or its header."""
    top = header_rows(grid)[0]
    first = {}
    placed: dict[Spot, list[Finding]] = {}
    for finding in findings:
        row, column = finding.place.row, finding.place.column
        if finding.severity == "note" or (row is None and column is None):
            continue
        if column is None and row not in first:
            first[row] = _first_cell(grid, row or 1)
        spot = (row or top, number_of(column) if column else first[row])
        placed.setdefault(spot, []).append(finding)
    return Marks(placed, hidden)


def _first_cell(grid: Grid, row: int) -> int:
    cells = grid.cells.row(row - 1) if 0 < row <= grid.cells.height else ()
    return next((place for place, text in enumerate(cells, 1) if text), 1)


def header_rows(grid: Grid) -> tuple[int, int]:
    """First and last row of what looks like the table's header; (1, 1) if nothing does."""
    filled = [sum(text is not None for text in row) for row in grid.cells.head(_TOP).iter_rows()]
    if not filled:
        return 1, 1
    main = next(at for at, count in enumerate(filled, 1) if count * 2 >= max(filled))
    tall = [
        one for one in grid.merges if one.top < one.bottom <= one.top + 2 and one.top <= main <= one.bottom
    ]
    return min([main, *(one.top for one in tall)]), max([main, *(one.bottom for one in tall)])


def plan(grid: Grid, marks: Marks) -> Plan:
    """The layout of a sheet; bounded whatever the sheet's size."""
    rows = kept_rows(grid, marks)
    header = header_rows(grid)
    lone = {row for row in rows if _is_lone(grid.cells.row(row - 1))}
    made = Plan(
        grid,
        rows,
        header,
        _widths(grid, [row for row in rows if row not in lone], header),
        lone,
        frozenset(rows),
    )
    for merge in sorted(grid.merges[:_MOST_MERGES], key=lambda one: (one.top, one.left)):
        _lay(made, merge)
    return made


def kept_rows(grid: Grid, marks: Marks) -> list[int]:
    """All rows of a sheet of common size; of a huge one its head, its end and what stands around bad rows."""
    height, across = grid.cells.shape
    if height <= WHOLE_ROWS and height * across <= _WHOLE_CELLS:
        return list(range(1, height + 1))
    kept = {*range(1, _HEAD_ROWS + 1), *range(height - _END_ROWS + 1, height + 1)}
    for row in sorted({row for row, _ in marks.findings if row <= height}):
        if len(kept) >= EXCERPT_ROWS:
            break
        kept |= set(range(max(1, row - _AROUND), min(height, row + _AROUND) + 1))
    return sorted(kept)


def _is_lone(texts: Sequence[str | None]) -> bool:
    filled = [text for text in texts if text]
    return len(texts) > _FEW and 0 < len(filled) <= _FEW and width(filled[0]) > _SHORT


def _widths(grid: Grid, rows: list[int], header: tuple[int, int]) -> list[float]:
    """By column: as wide as its values, half as wide as its header, within limits."""
    spread = {(one.top, one.left) for one in grid.merges if one.right > one.left}
    found = [_NARROWEST] * grid.cells.width
    for row in rows[:400]:
        if row < header[0]:
            continue
        for place, text in enumerate(grid.cells.row(row - 1)):
            if text and (row, place + 1) not in spread:
                wanted = width(text) + 3
                found[place] = max(found[place], wanted / 2 + 1 if row <= header[1] else wanted)
    return [min(one, _WIDEST) for one in found]


def _lay(made: Plan, merge: Merge) -> None:
    """Take a merge over if it is of a sensible size, covers no text and none of its rows is left out."""
    cells = made.grid.cells
    area = Merge(merge.top, merge.left, min(merge.bottom, cells.height), min(merge.right, cells.width))
    tall, wide = area.bottom - area.top + 1, area.right - area.left + 1
    if min(tall, wide) < 1 or not 1 < tall * wide <= _LARGEST_MERGE:
        return
    spots = [
        (row, col) for row in range(area.top, area.bottom + 1) for col in range(area.left, area.right + 1)
    ]
    if any(spot in made.covered for spot in spots) or not {row for row, _ in spots} <= made.kept:
        return
    inside = cells[area.top - 1 : area.bottom, area.left - 1 : area.right]
    if sum(inside.count().row(0)) > (cells.item(area.top - 1, area.left - 1) is not None):
        return
    made.merges[area.top, area.left] = area
    made.covered |= dict.fromkeys(spots, (area.top, area.left))
