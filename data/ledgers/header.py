"""Where the header of a sheet's table is: titles above it, one to three levels, a path for each column."""

from collections.abc import Callable
from dataclasses import dataclass

from data.ledgers.grid import Grid, letter
from data.ledgers.labels import label, level, says_percent, scaled, shown

Row = tuple[str | None, ...]
Known = Callable[[str], bool]

# A header stands within the first rows, has at least two known words and at most three levels.
_DEEPEST, _LEVELS, _FEWEST = 30, 3, 2


@dataclass(frozen=True)
class Head:
    """One column's header: `path` its levels as compared, top first; `text` as a person reads it.

    `scale` is a unit such as 万元, of which a number says only the thousands.
    """

    column: str
    path: tuple[str, ...]
    text: str
    percent: bool = False
    scale: str | None = None


@dataclass(frozen=True)
class Header:
    """Rows `first` to `last` (from 1) of the header, its columns, and the texts above it by place."""

    first: int
    last: int
    heads: tuple[Head, ...]
    titles: tuple[tuple[int, str, str], ...] = ()


def find_header(grid: Grid, known: Known) -> Header | None:
    """The header of a sheet's table, or None if no row looks like one. `known` tells words of headers."""
    top = grid.cells.head(_DEEPEST).rows()
    first = next((at for at, row in enumerate(top) if is_header(row, known)), None)
    if first is None:
        return None
    deepest = _header_end(grid, top, first, known)
    first = _header_start(grid, top, first, known)
    last = max(deepest, _header_end(grid, top, first, known))
    titles = tuple(
        (at + 1, letter(place + 1), text)
        for at, row in enumerate(top[:first])
        for place, text in enumerate(row)
        if text
    )
    return Header(first + 1, last + 1, _heads(grid, top, first, last), titles)


def words_of(row: Row) -> list[str]:
    """The cells of a row as headers are compared."""
    return [label(text) for text in row if text]


def is_header(row: Row, known: Known) -> bool:
    """Whether a row says mostly words of headers."""
    words = words_of(row)
    hits = sum(map(known, words))
    return hits >= _FEWEST and 2 * hits >= len(words)


def _header_start(grid: Grid, top: list[Row], found: int, known: Known) -> int:
    """The first row of the header: the row found may hold only what stands below 1-10月累计 and the like."""
    first = found
    while first > 0 and found - first < _LEVELS - 1:
        over, here = top[first - 1], top[first]
        reaches = any(merge.top == first and merge.bottom > first for merge in grid.merges)
        words = (label(text) for text, below in zip(over, here, strict=True) if text and not below)
        if not (reaches or any(map(known, words))):
            break
        first -= 1
    return first


def _header_end(grid: Grid, top: list[Row], first: int, known: Known) -> int:
    """The last row of the header: as deep as its merges reach, else while rows below hold only its words."""
    last = first
    start = leading(top[first])
    while last - first < _LEVELS - 1 and last + 1 < len(top):
        below = top[last + 1]
        words = words_of(below)
        reached = any(first < merge.top <= last + 1 and merge.bottom > last + 1 for merge in grid.merges)
        subordinate = below[start] is None and 2 * sum(map(known, words)) >= len(words)
        if not words or not (reached or subordinate):
            break
        last += 1
    return last


def leading(row: Row) -> int:
    """The place of the first cell that is not blank."""
    return next(place for place, text in enumerate(row) if text)


def _heads(grid: Grid, top: list[Row], first: int, last: int) -> tuple[Head, ...]:
    """Each column's levels: a merged header stands over its columns, an unmerged one over blanks."""
    levels = [list(top[at]) for at in range(first, last + 1)]
    merged: set[int] = set()
    for merge in grid.merges:
        at = merge.top - 1 - first
        if 0 <= at < len(levels) and merge.right > merge.left:
            merged.add(at)
            span = range(merge.left - 1, min(merge.right, len(levels[at])))
            for place in span:
                levels[at][place] = levels[at][merge.left - 1]
    for at, row in enumerate(levels[:-1]):
        for place in range(1, len(row) if at not in merged else 0):
            here, left = (any(deeper[spot] for deeper in levels[at + 1 :]) for spot in (place, place - 1))
            if row[place] is None and here and left:
                row[place] = row[place - 1]
    return tuple(
        _head(column, [text for text in dict.fromkeys(level[place] for level in levels) if text])
        for place, column in enumerate(grid.cells.columns)
        if any(level[place] for level in levels)
    )


def _head(column: str, texts: list[str]) -> Head:
    path = tuple(level(text) for text in texts)
    scale = next(filter(None, map(scaled, texts)), None)
    return Head(column, path, shown(texts[-1]), any(map(says_percent, texts)), scale)
