"""Ledgers as text: one file a ledger, its sheets as they were sent and, below, the rows that should come out.

Cells stand between bars; `12> ` before a row is its number and is checked. A cell is

    <  ^            merged with the cell to the left, above
    12  -3.5        a number; '12 is the text 12
    %0.85           a number shown as a percentage
    @2026-09-03     a date; @2026-09-03T16:54 with a time of day
    =A1+1→28        a formula with its remembered value, =A1→ without one
    \\n  ␣  □  \\t    line break, blank, full-width blank, tab

`#form xlsx` (xls, csv and an encoding) says what is written, `#sheet NAME hidden` begins a sheet,
`#comment B3 text` pins a note to a cell; other words after # begin a block of expected rows.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_ESCAPES = {"\\n": "\n", "\\t": "\t", "␣": " ", "□": "\u3000"}


@dataclass(frozen=True)
class Percent:
    """A ratio shown as a percentage."""

    value: float


@dataclass(frozen=True)
class Formula:
    """A formula and what the program remembered of it: a number, text, #REF! and the like, or nothing."""

    source: str
    value: float | str | None


Value = str | float | datetime | Percent | Formula | None


@dataclass
class Sheet:
    """One sheet: rows of values; merged areas as (top, left, bottom, right) from 0; notes by cell."""

    name: str
    hidden: bool = False
    rows: list[list[Value]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)


@dataclass
class Written:
    """One ledger: the name of its file, how it is written, its sheets, the blocks of rows expected of it."""

    name: str
    form: str
    sheets: list[Sheet]
    expected: list[tuple[str, list[str]]]

    def text(self, kind: str) -> list[tuple[str, list[str]]]:
        """The blocks of that kind: what stands after the kind's word, and the lines."""
        return [(head.partition(" ")[2], lines) for head, lines in self.expected if head.split()[0] == kind]


def read(path: Path) -> Written:
    """The ledger of a text file; the file's name without .txt is the ledger's. `# ` begins a remark."""
    written = Written(path.stem, "xlsx", [], [])
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            _directive(written, line[1:])
        elif line and written.expected:
            written.expected[-1][1].append(line)
        elif line:
            _add_row(written.sheets[-1], line)
    return written


def _directive(written: Written, line: str) -> None:
    word, _, rest = line.partition(" ")
    if word == "form":
        written.form = rest
    elif word == "sheet":
        name, _, state = rest.partition(" ")
        written.sheets.append(Sheet(name, state == "hidden"))
    elif word == "comment":
        cell, _, text = rest.partition(" ")
        written.sheets[-1].comments[cell] = text
    elif word:
        written.expected.append((line, []))


def _add_row(sheet: Sheet, line: str) -> None:
    here = len(sheet.rows)
    numbered = re.match(r"(\d+)> ?", line)
    if numbered:
        assert int(numbered[1]) == here + 1, f"{sheet.name}: row {here + 1} is called {numbered[1]}"
        line = line[numbered.end() :]
    cells = [cell.strip(" ") for cell in line.split("|")]
    for place, cell in enumerate(cells):
        if cell in {"<", "^"}:
            _merge(sheet, here, place, up=cell == "^")
    sheet.rows.append([None if cell in {"<", "^"} else value(cell) for cell in cells])


def _merge(sheet: Sheet, row: int, column: int, *, up: bool) -> None:
    """Grow the area that holds the neighbour, or begin one there."""
    neighbour = (row - 1, column) if up else (row, column - 1)
    for place, (top, left, bottom, right) in enumerate(sheet.merges):
        if top <= neighbour[0] <= bottom and left <= neighbour[1] <= right:
            sheet.merges[place] = (top, left, max(bottom, row), max(right, column))
            return
    sheet.merges.append((*neighbour, row, column))


def value(cell: str) -> Value:
    """What a cell's text stands for."""
    if not cell:
        return None
    if _NUMBER.fullmatch(cell):
        return float(cell)
    if cell.startswith("@"):
        return datetime.fromisoformat(cell[1:])
    if cell.startswith("%"):
        return Percent(float(cell[1:]))
    if cell.startswith("=") and "→" in cell:
        source, _, remembered = cell.partition("→")
        kept = value(remembered)
        assert kept is None or isinstance(kept, float | str)
        return Formula(source, kept)
    for mark, text in _ESCAPES.items():
        cell = cell.replace(mark, text)
    return cell.removeprefix("'")
