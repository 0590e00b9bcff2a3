"""Ledgers of numbers: one row of the contract for each cell that holds one, with the cell's own place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from data.contract import month_end
from data.figures import FIGURES, FRACTIONAL, RATES
from data.ledgers import values
from data.ledgers.findings import found
from data.ledgers.kinds import indicator_of
from data.ledgers.labels import says_percent, scaled
from data.ledgers.match import Column
from data.ledgers.page import Page, quotable, told
from data.ledgers.values import Value
from data.tables import TABLES

# Where a sheet has such a column, a blank in it never means the whole county or all committees.
_NEEDED = {"township_code": "township_blank", "committee_id": "committee_blank"}
_UNITS = frozenset(["单位", "计量单位"])
STATES = {
    "indicator_id": pl.String(),
    "township_code": pl.String(),
    "committee_id": pl.String(),
    "state": pl.String(),
}


@dataclass(frozen=True)
class Cell:
    """A number at its place: what it counts (an indicator or a service type), of whom, and where."""

    row: int
    column: str
    name: str
    township: str | None
    committee: str | None
    value: Value


def figures(page: Page, township: str | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of `figures`, and the state of every figure that the sheet asks for."""
    cells = list(_wide(page, township)) + list(_long(page, township, targets=False))
    return _table(page, "figures", [_figure(page, cell) for cell in cells if _counts(cell)]), _states(cells)


def services(page: Page) -> pl.DataFrame:
    """Rows of `station_services`: nought is a row, "does not apply" and "not reported" are none."""
    stations = _codes(page, "station_id")
    cells: list[Cell] = []
    for column in page.match.of("service"):
        counted = zip(page.rows, page.values(column), strict=True)
        cells += [Cell(row, column.letter, column.name, None, None, value) for row, value in counted]
    kinds, numbers = (page.match.column(name) for name in ("service_type", "person_times"))
    if kinds and numbers:
        named = _codes(page, "service_type")
        counted = zip(page.rows, page.values(numbers), strict=True)
        cells += [Cell(row, numbers.letter, named[row] or "", None, None, value) for row, value in counted]
    cells.sort(key=lambda cell: cell.row)
    rows = [
        {
            "station_id": stations[cell.row],
            "service_type": cell.name or None,
            "person_times": cell.value.value,
            **_place(page, cell),
        }
        for cell in cells
        if _counts(cell)
    ]
    return _table(page, "station_services", rows)


def targets(page: Page) -> pl.DataFrame:
    """Rows of `targets` for the month; a rate is a ratio, a blank is no target."""
    cells = list(_wide(page, None)) + list(_long(page, None, targets=True))
    rows = [
        {
            "indicator_id": cell.name,
            "township_code": cell.township,
            "month": page.month,
            "value": cell.value.value,
            **_place(page, cell),
        }
        for cell in cells
        if _counts(cell)
    ]
    return _table(page, "targets", rows)


def _counts(cell: Cell) -> bool:
    return cell.value.state in ("value", "zero") and cell.value.value is not None


def _wide(page: Page, township: str | None) -> Iterator[Cell]:
    """The cells of sheets with a column for each indicator, row by row."""
    columns = page.match.of("indicator", "target")
    if not columns:
        return
    towns = _codes(page, "township_code", township)
    committees = _codes(page, "committee_id")
    read = {column.letter: _numbers(page, column) for column in columns}
    for at, row in enumerate(page.rows):
        for column in columns:
            owner = column.committee or committees[row]
            yield Cell(row, column.letter, column.name, towns[row], owner, read[column.letter][at])


def _numbers(page: Page, column: Column) -> list[Value]:
    """A column of counts, of amounts or, for a target, of rates."""
    if column.role == "target" and column.name in RATES:
        return page.values(column, "rate")
    return page.values(column, "decimal" if column.name in FRACTIONAL else "count")


def _long(page: Page, township: str | None, *, targets: bool) -> Iterator[Cell]:
    """The cells of sheets with a row for each indicator."""
    names, numbers = (page.match.column(name) for name in ("indicator_id", "value"))
    if not names or not numbers:
        return
    towns = _codes(page, "township_code", township)
    committees = _codes(page, "committee_id")
    labels = page.block.data[names.letter].to_list()
    texts = page.block.data[numbers.letter].to_list()
    units = _units(page)
    for row, label, text in zip(page.rows, labels, texts, strict=True):
        name = indicator_of(label, targets=targets) if label else None
        if name is None:
            shown = quotable(label) if label else "—"
            page.findings.append(found("indicator_unknown", page.place(row, names), value=shown))
            continue
        unit = scaled(units[row] or "")
        if unit:
            page.findings.append(found("unit_scaled", page.place(row, numbers), unit=unit))
            continue
        ratio = (row, numbers.letter) in page.block.grid.percent
        value = _number(text, name, says_percent=says_percent(label or ""), is_percent_cell=ratio)
        if value.problem:
            page.findings.append(told(value, page.place(row, numbers), page.match.kind.name))
        yield Cell(row, numbers.letter, name, towns[row], committees[row], value)


def _units(page: Page) -> dict[int, str | None]:
    """The unit of each row, where a column says it."""
    column = next((one for one in page.match.of("ignored") if one.path[-1] in _UNITS), None)
    return (
        dict(zip(page.rows, page.block.data[column.letter], strict=True))
        if column
        else dict.fromkeys(page.rows)
    )


def _number(text: str | None, name: str, *, says_percent: bool, is_percent_cell: bool) -> Value:
    if name in RATES:
        return values.rate(text, percent_column=says_percent, is_percent_cell=is_percent_cell)
    return values.count(text, whole=name not in FRACTIONAL, is_percent_cell=is_percent_cell)


def _codes(page: Page, name: str, otherwise: str | None = None) -> dict[int, str | None]:
    """Row -> code of a column that names something; without the column, the same for all."""
    column = page.match.column(name)
    if column is None:
        return dict.fromkeys(page.rows, otherwise)
    one = page.match.kind.field(name)
    read = page.values(column, one.type, one.vocabulary)
    if name in _NEEDED:
        blank = [row for row, value in zip(page.rows, read, strict=True) if value.state == "not_reported"]
        page.findings += [found(_NEEDED[name], page.place(row, column)) for row in blank]
    return {row: value.value or otherwise for row, value in zip(page.rows, read, strict=True)}


def _figure(page: Page, cell: Cell) -> dict[str, object]:
    starts = {"S": None, "F": page.month, "C": date(page.month.year, 1, 1)}
    return {
        "indicator_id": cell.name,
        "township_code": cell.township,
        "committee_id": cell.committee,
        "value": cell.value.value,
        "qualifier": cell.value.qualifier,
        "period_start": starts[FIGURES[cell.name]],
        "period_end": month_end(page.month),
        **_place(page, cell),
    }


def _place(page: Page, cell: Cell) -> dict[str, object]:
    return {"file": page.file, "sheet": page.sheet, "row": cell.row, "column": cell.column}


def _table(page: Page, table: str, rows: Sequence[dict[str, object]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=TABLES[table].schema, strict=False)


def _states(cells: Sequence[Cell]) -> pl.DataFrame:
    rows = [(cell.name, cell.township, cell.committee, cell.value.state) for cell in cells]
    return pl.DataFrame(rows, schema=STATES, orient="row")
