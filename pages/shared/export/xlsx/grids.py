"""An exhibit as a table: headings, cells, and which columns hold numbers."""

from dataclasses import dataclass
from functools import singledispatch

from pages.shared.deck.exhibits import (
    Bars,
    Cell,
    Curve,
    Headlines,
    Kind,
    Lines,
    Statements,
    Table,
    Value,
)
from pages.shared.i18n import Text
from pages.shared.theme import SHAPES
from queries.words.formats import exact, month_text, plain, plain_percent, round_half_up


@dataclass(frozen=True)
class Grid:
    """A table of a sheet; `numbers` are the columns of numbers, the last row is a total with `has_total`."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: frozenset[int] = frozenset()
    has_total: bool = False

    def without_empty(self) -> "Grid":
        """Return the table without columns in which nothing stands."""
        if not self.rows:
            return self
        kept = [at for at in range(len(self.heads)) if any(_is_filled(row[at]) for row in self.rows)]
        return Grid(
            tuple(self.heads[at] for at in kept),
            tuple(tuple(row[at] for at in kept) for row in self.rows),
            frozenset(new for new, at in enumerate(kept) if at in self.numbers),
            self.has_total,
        )


def _is_filled(cell: Cell) -> bool:
    return bool(cell.text if isinstance(cell, Value) else cell)


def with_unit(measure: str, unit: str, text: Text) -> str:
    """Return a heading with its unit: 党员（名）; a rate has its sign at each number."""
    return text("workbook.with_unit", measure=measure, unit=unit) if unit and unit != "%" else measure


def marked(status: str | None, words: str) -> str:
    """Return a status as shape and words: ◆ 未达标 差3家."""
    shape = SHAPES[status][0] if status in SHAPES else ""
    return words if not words or words.startswith(shape) else f"{shape} {words}"


def number(value: float | None, kind: Kind, missing: str = "") -> Cell:
    """Return a bare number with the decimals of its kind; a missing one is a word."""
    if value is None:
        return Value(None, missing, kind)
    shown = round_half_up(exact(value) * (100 if kind == "rate" else 1), 0 if kind == "count" else 1)
    return Value(value, f"{shown}{'%' if kind == 'rate' else ''}", kind)


def target_value(value: float | None, kind: Kind) -> Cell:
    """Return a target without decimals that it does not need: 85%."""
    if value is None:
        return ""
    return Value(value, plain_percent(value) if kind == "rate" else plain(value, 1), kind)


@singledispatch
def grid_of(exhibit: object, text: Text) -> Grid:
    """Return the table of an exhibit; TypeError for what is none."""
    raise TypeError(f"no exhibit: {type(exhibit).__name__}")


@grid_of.register
def _headlines(exhibit: Headlines, text: Text) -> Grid:
    heads = [text(f"workbook.{name}") for name in ("item", "value", "unit", "change", "status")]
    rows = [
        (one.name, one.value, one.unit, one.change, marked(one.status, one.words)) for one in exhibit.items
    ]
    return Grid(tuple(heads), tuple(rows), frozenset({1})).without_empty()


@grid_of.register
def _bars(exhibit: Bars, text: Text) -> Grid:
    heads = (
        text("workbook.item"),
        with_unit(exhibit.measure, exhibit.unit, text),
        *(text(f"workbook.{name}") for name in ("detail", "target", "status")),
    )
    rows = []
    for row in exhibit.rows:
        aim = exhibit.target if row.target is None else row.target
        aimed = target_value(aim, exhibit.kind)
        rows.append((row.name, row.value, row.detail, aimed, marked(row.status, row.words)))
    return Grid(heads, tuple(rows), frozenset({1, 3})).without_empty()


@grid_of.register
def _lines(exhibit: Lines, text: Text) -> Grid:
    missing = text("status.none")
    columns = [[number(value, exhibit.kind, missing) for value in line.values] for line in exhibit.lines]
    heads = [text("workbook.month"), *(line.name for line in exhibit.lines)]
    if exhibit.target:
        columns.append([target_value(value, exhibit.kind) for value in exhibit.target])
        heads.append(text("workbook.target"))
    months = [month_text(month, text) for month in exhibit.months]
    rows = tuple(zip(months, *columns, strict=True))
    return Grid(tuple(heads), rows, frozenset(range(1, len(heads))))


@grid_of.register
def _curve(exhibit: Curve, text: Text) -> Grid:
    heads = (
        with_unit(text("workbook.days"), exhibit.unit, text),
        exhibit.measure,
        text("workbook.reached"),
    )
    named = {one.day: one.label for one in exhibit.reached if one.day is not None}
    rows = [
        (number(day, "count"), number(share, "rate"), named.pop(day, ""))
        for day, share in zip(exhibit.days, exhibit.shares, strict=True)
    ]
    rows += [("", "", label) for label in (*named.values(), *_never(exhibit))]
    return Grid(heads, tuple(rows), frozenset({0, 1}))


def _never(exhibit: Curve) -> list[str]:
    return [one.label for one in exhibit.reached if one.day is None]


@grid_of.register
def _table(exhibit: Table, text: Text) -> Grid:
    rows = []
    for row, status in zip(exhibit.rows, exhibit.lights or (None,) * len(exhibit.rows), strict=True):
        cells = list(row)
        if exhibit.light is not None and isinstance(said := cells[exhibit.light], str):
            cells[exhibit.light] = marked(status, said)
        rows.append(tuple(cells))
    numbers = frozenset(at for at, column in enumerate(exhibit.columns) if column.is_number)
    return Grid(tuple(column.name for column in exhibit.columns), tuple(rows), numbers, exhibit.has_total)


@grid_of.register
def _statements(exhibit: Statements, text: Text) -> Grid:
    heads = (text("workbook.sentence"), text("workbook.status"))
    rows = tuple((one.text, marked(one.status, one.word)) for one in exhibit.items)
    return Grid(heads, rows).without_empty()
