"""What a parser of values does not say of a sheet: where errors, missing results and percentages stand."""

from dataclasses import dataclass, field

from data.ledgers.child.limits import dense, refuse, within

# As in data/ledgers/grid.py, which this process does not import because of Polars.
UNCALCULATED = "#UNCALCULATED!"
# The error words that the parser of values knows; at any other it gives up the whole file.
_ERRORS = "#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A"

# (row, column), both counted from 1.
Place = tuple[int, int]


@dataclass
class Facts:
    """One sheet. Of its formulas `missing` remember nothing, `zeros` a zero, `results` counts all others.

    `rows` and `columns` are those in use, `last` is the last row that is written at all,
    `hidden` counts rows with values that the sheet does not show.
    """

    name: str | None
    visible: bool = True
    marks: dict[Place, str] = field(default_factory=dict)
    percent: dict[int, list[int]] = field(default_factory=dict)
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    missing: list[Place] = field(default_factory=list)
    zeros: list[Place] = field(default_factory=list)
    results: int = 0
    cells: int = 0
    rows: int = 0
    columns: int = 0
    last: int = 0
    hidden: int = 0
    corner: Place = (0, 0)

    def use(self, place: Place) -> None:
        """A cell in use; `cells`, their number, is counted by who calls."""
        within(*place, self.name)
        self.columns = max(self.columns, place[1])
        if place[0] >= self.rows:
            self.rows, self.corner = place[0], place

    def error(self, place: Place, word: str) -> None:
        """A cell shows an error."""
        if word not in _ERRORS.split():
            refuse("file_cell_error", self.name, *place)
        self.marks[place] = word

    def ratio(self, place: Place) -> None:
        """A number is formatted as a percentage."""
        self.percent.setdefault(place[1], []).append(place[0])

    def told(self, rows: int, columns: int) -> dict[str, object]:
        """All but the values, within the used rectangle: nobody fills a merged area that is larger."""
        merges = [
            (top, left, min(bottom, rows), min(right, columns)) for top, left, bottom, right in self.merges
        ]
        return {
            "name": self.name,
            "visible": self.visible,
            "merges": [area for area in merges if 0 < area[0] <= area[2] and 0 < area[1] <= area[3]],
            "comments": self.comments,
            "percent": self.percent,
            "blank_rows": max(0, self.last - rows),
            "hidden_rows": self.hidden,
        }

    def close(self) -> None:
        """Refuse a sheet whose used rectangle is almost empty."""
        dense(self.rows, self.columns, self.cells, self.corner, self.name)


def mark_missing(sheets: list[Facts], *, asked: bool) -> None:
    """Mark formulas without a result, and all zeros of a book that asks to be calculated and never was."""
    never = asked and not any(sheet.results for sheet in sheets)
    for sheet in sheets:
        lost = sheet.missing + (sheet.zeros if never else [])
        sheet.marks |= dict.fromkeys(lost, UNCALCULATED)


def is_percent(code: str) -> bool:
    """Whether a number format shows a percentage; quoted, escaped and bracketed signs do not count."""
    plain, skip, quoted, bracket = "", False, False, False
    for sign in code:
        if skip:
            skip = False
        elif sign == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif sign in "\\_*":
            skip = True
        elif sign == "[" or bracket:
            bracket = sign != "]"
        else:
            plain += sign
    return "%" in plain.split(";")[0]


def number_of(letters: str) -> int:
    """Column A -> 1, AA -> 27; 0 letters or more than three are no column."""
    if not 1 <= len(letters) <= 3:
        refuse("file_damaged")
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - 64
    return number
