"""What a brief consists of: chapters of headings, paragraphs, tables and charts, all texts final."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from unicodedata import east_asian_width

from pages.shared.deck.exhibits import Bars, Curve, Lines

# Widths of a column of a table, in half-width characters.
NARROWEST, WIDEST = 4, 36
# A table of so many rows is not parted.
SHORT = 12
# Sizes of type in points (五号, 小五, 六号), and how many half-width characters stand in 156 mm.
SIZES = {10.5: 84, 9.0: 98, 7.5: 118}


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def _of_head(text: str) -> int:
    """What a heading needs in two lines, of which none parts a word of Latin letters."""
    words = [_width(word) for word in text.split()]
    return max(-(-_width(text) // 2) + 1, *(words if text.isascii() else (0,)), 0)


@dataclass(frozen=True)
class Heading:
    """A heading of the second level, with its number: （一）."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the text; `is_note` is one of definitions and remarks, set smaller."""

    text: str
    is_note: bool = False


@dataclass(frozen=True)
class Grid:
    """A table of printed cells: title above, unit at its upper right, notes below.

    `numeric` tells by column whether it is aligned right; the last row may be the total.
    """

    title: str
    unit: str
    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    alt: str
    notes: tuple[str, ...] = ()
    has_total: bool = False

    @property
    def widths(self) -> tuple[float, ...]:
        """Return the share of the width of each column: what it needs, and as much again of what is left."""
        needed, room = self._needed, SIZES[self.size]
        spare = max(0, room - sum(needed)) / len(needed)
        return tuple((width + spare) / (sum(needed) + spare * len(needed)) for width in needed)

    @property
    def size(self) -> float:
        """Return the size of type in points in which the columns fit beside one another."""
        needed = sum(self._needed)
        return next((size for size, room in SIZES.items() if needed <= room), min(SIZES))

    @property
    def is_short(self) -> bool:
        """Tell whether the table is to stand on one page."""
        return len(self.rows) <= SHORT

    @cached_property
    def _needed(self) -> tuple[int, ...]:
        """What each column needs, in half-width characters; a longer one is wrapped."""
        cells = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.columns)
        return tuple(
            min(WIDEST, max(NARROWEST, _of_head(head), *map(_width, column))) + 3
            for head, column in zip(self.columns, cells, strict=True)
        )


@dataclass(frozen=True)
class Chart:
    """A chart with its title and notes below; `labels` are what is printed at its points, by series.

    `categories` are the names on its axis: of bars, or of the months that are written out ("" = not).
    """

    title: str
    exhibit: Bars | Lines | Curve
    categories: tuple[str, ...]
    alt: str
    notes: tuple[str, ...] = ()


Block = Heading | Paragraph | Grid | Chart


@dataclass(frozen=True)
class Chapter:
    """A chapter under a heading of the first level; each annex is one."""

    title: str
    blocks: tuple[Block, ...]
    is_annex: bool = False


@dataclass(frozen=True)
class Brief:
    """The whole brief.

    `title` is broken where an official would break it, `header` and `footer` stand on every page,
    `attachments` list the annexes after the last chapter.
    """

    lang: str
    title: tuple[str, ...]
    name: str
    period: str
    chapters: tuple[Chapter, ...]
    attachments: tuple[str, ...]
    header: str
    footer: tuple[str, ...]
    published: datetime

    def texts(self) -> Iterator[str]:
        """Return every paragraph of the chapters in their order."""
        for chapter in self.chapters:
            yield from (block.text for block in chapter.blocks if isinstance(block, Paragraph))
