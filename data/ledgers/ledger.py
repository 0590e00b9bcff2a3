"""One ledger as understood: its kind, its sender, its rows in the contract's tables, and their account."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from data.ledgers.findings import Finding
from data.ledgers.grid import Book


@dataclass(frozen=True)
class Tally:
    """Where the rows of a ledger went: `read` = `used` + the sum of `left_out` (reason -> rows).

    `read` counts every row below the header that is not blank; `used` those that gave at least one row of
    the contract, or that say "not reported" or "does not apply" throughout. `refused` rows are in `left_out`.
    """

    read: int
    used: int
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Ledger:
    """What one sender reports of one kind in one file. `frames` are contract tables with provenance.

    `sender` is a township's code, else the reporting unit's name as compared, else empty; `unit` is the
    name to show. `places` tells where a contract column stands in a sheet: (sheet, column of the contract)
    -> (letter, header). `states` has a row for each figure asked for: indicator_id, township_code,
    committee_id, state (value, zero, not_applicable, not_reported). `totals` are control totals.
    """

    kind: str
    file: str
    sender: str
    unit: str
    frames: Mapping[str, pl.DataFrame]
    places: Mapping[tuple[str | None, str], tuple[str, str]]
    states: pl.DataFrame
    tally: Tally
    totals: Mapping[str, float]


@dataclass(frozen=True)
class Reading:
    """One file with all that was found in it; `book` is None if it could not be opened."""

    file: str
    sha256: str
    ledgers: tuple[Ledger, ...]
    findings: tuple[Finding, ...]
    book: Book | None = None
