"""A book that is no ledger of ours, read through a mapping that its columns fit; told like any other."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from data.contract import month_end
from data.figures import FIGURES
from data.foreign import mapped
from data.ledgers.findings import Finding, found
from data.ledgers.grid import Book, Grid, Place
from data.ledgers.kinds import registry
from data.ledgers.ledger import Ledger, Reading, Tally
from data.ledgers.numbers import STATES
from data.ledgers.privacy import hits
from data.mapping import Source, load_mapping
from data.monthly import Rows, rows_of_month
from data.profile import Profile
from data.rules import Breach
from data.tabular import Sheet

# A header stands in one of the first rows.
_HEADER_ROWS = 15
_UNKNOWN = {
    "township_code": "township_unknown",
    "committee_id": "committee_unknown",
    "class_id": "class_unknown",
}
_CODES = frozenset(["case_id", "station_id", "task_id", "enterprise_id"])


@dataclass(frozen=True)
class Fit:
    """A sheet that a source can read: the row of its header, and header -> column letter."""

    source: Source
    grid: Grid
    row: int
    letters: Mapping[str, str]


def headers(grid: Grid, row: int) -> dict[str, str]:
    """Header -> column letter of a row; of two headers alike the first, and none for a blank cell."""
    found: dict[str, str] = {}
    for name, text in zip(grid.cells.columns, grid.cells.row(row - 1), strict=True):
        if text and text.strip():
            found.setdefault(header(text), name)
    return found


def header(text: str) -> str:
    """A header as a mapping names it: NFKC, on one line."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def by_mappings(reading: Reading, paths: Iterable[Path], month: date, profile: Profile) -> Reading:
    """The reading, or what the first mapping that fits makes of a file that is no ledger of ours."""
    if reading.book is None or not is_foreign(reading):
        return reading
    for path in paths:
        found = read_mapped(reading.book, path.stem, load_mapping(path), month, profile)
        if found is not None:
            return found
    return reading


def is_foreign(reading: Reading) -> bool:
    """Whether a mapping could help: the file was opened, and no ledger of ours was found in it."""
    return reading.book is not None and any(one.code == "ledger_unknown" for one in reading.findings)


def fits(book: Book, sources: Sequence[Source]) -> list[Fit]:
    """For each source the first sheet that has all columns it needs; empty unless every source finds one."""
    found = []
    for source in sources:
        if not source.takes(Path(book.file)):
            return []
        fit = next(_fitting(book, source), None)
        if fit is None:
            return []
        found.append(fit)
    return found


def _fitting(book: Book, source: Source) -> Iterator[Fit]:
    for grid in book.grids:
        for row in range(1, min(grid.cells.height, _HEADER_ROWS) + 1) if grid.visible else ():
            letters = headers(grid, row)
            if source.needed and source.needed <= letters.keys():
                yield Fit(source, grid, row, letters)


def read_mapped(
    book: Book, name: str, sources: Sequence[Source], month: date, profile: Profile
) -> Reading | None:
    """The ledgers of a book by a mapping of that name; None if the book has not the columns it needs."""
    found = fits(book, sources)
    if not found:
        return None
    ledgers, findings = [], list(_refused(book, found))
    for fit in found:
        ledger, told = _ledger(book, name, fit, month, profile)
        ledgers.append(ledger)
        findings += told
    return Reading(book.file, book.sha256, tuple(ledgers), tuple(findings), book)


def _ledger(book: Book, name: str, fit: Fit, month: date, profile: Profile) -> tuple[Ledger, list[Finding]]:
    source = fit.source
    rows, breaches = mapped(source, _sheet(book, fit), profile)
    frame, account = rows_of_month(replace(rows, frame=_dated(source, rows, month)), month)
    findings = [_finding(one, book, fit) for one in breaches]
    if frame.is_empty():
        findings.append(found("no_rows", Place(book.file, fit.grid.name, fit.row)))
    kind = next(one.name for one in registry().kinds.values() if one.table == source.table)
    ledger = Ledger(
        kind,
        book.file,
        name,
        name,
        {source.table: frame},
        dict(_places(fit)),
        pl.DataFrame(schema=STATES),
        Tally(account.read, account.used, account.left_out),
        {"rows": float(frame.height)},
    )
    return ledger, findings


def _sheet(book: Book, fit: Fit) -> Sheet:
    """The rows below the header that are not blank, under the headers' names."""
    below = fit.grid.cells.with_row_index("_row", offset=1).slice(fit.row)
    letters = list(fit.letters.values())
    full = below.filter(pl.any_horizontal(pl.col(letters).str.strip_chars().fill_null("") != ""))
    frame = full.select(pl.col(at).alias(name) for name, at in fit.letters.items())
    return Sheet(book.file, fit.grid.name, frame, full["_row"].cast(pl.Int64).alias("row"))


def _dated(source: Source, rows: Rows, month: date) -> pl.DataFrame:
    """The rows with the month's own dates, where figures or targets come without any."""
    frame = rows.frame
    if source.table == "targets" and "month" not in frame.columns:
        return frame.with_columns(month=pl.lit(month))
    if source.table != "figures" or "period_end" in frame.columns or "indicator_id" not in frame.columns:
        return frame
    starts = {"S": None, "F": month, "C": month.replace(month=1)}
    kinds = pl.col("indicator_id").replace_strict(FIGURES, default="S", return_dtype=pl.String)
    start = kinds.replace_strict(starts, return_dtype=pl.Date)
    return frame.with_columns(period_start=start, period_end=pl.lit(month_end(month)))


def _finding(one: Breach, book: Book, fit: Fit) -> Finding:
    """A cell that could not be read, or a name that is not known, at its place."""
    place = Place(book.file, fit.grid.name, one.row, fit.letters.get(one.column or ""), one.column)
    if one.rule == "name_unknown":
        target = next(target for target, origin in fit.source.named.items() if origin == one.column)
        return found(_UNKNOWN[target], place, value=one.params["value"])
    return found("cell_unreadable", place, expected=one.params.get("expected"))


def _places(fit: Fit) -> Iterator[tuple[tuple[str | None, str], tuple[str, str]]]:
    for target, origin in {**fit.source.columns, **fit.source.named}.items():
        yield (fit.grid.name, target), (fit.letters[origin], origin)


def _refused(book: Book, found_fits: Sequence[Fit]) -> Iterator[Finding]:
    """Personal data: a column that the mapping leaves out is dropped and told, anything else is refused."""
    fitting = {id(fit.grid): fit for fit in found_fits}
    for grid in book.grids:
        fit = fitting.get(id(grid))
        taken = _taken(found_fits, grid)
        codes = {at for at, target in taken.items() if target in _CODES}
        dropped: dict[str, list[str]] = {}
        for hit in hits(replace(grid, comments=()), codes=codes):
            inside = fit is not None and hit.row is not None and hit.row > fit.row
            if inside and hit.column is not None and hit.column not in taken:
                dropped.setdefault(hit.column, []).append(hit.kind)
            else:
                code = "personal_data" if grid.visible else "personal_hidden"
                yield found(code, Place(book.file, grid.name, hit.row, hit.column), kind=hit.kind)
        for at, kinds in dropped.items():
            told = " ".join(dict.fromkeys(kinds))
            yield found(
                "personal_dropped", Place(book.file, grid.name, None, at), kind=told, count=len(kinds)
            )


def _taken(found_fits: Sequence[Fit], grid: Grid) -> dict[str, str]:
    """Column letter -> contract column, of the columns that are read."""
    return {
        fit.letters[origin]: target
        for fit in found_fits
        if fit.grid is grid
        for target, origin in {**fit.source.columns, **fit.source.named}.items()
    }
