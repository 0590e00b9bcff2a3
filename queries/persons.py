"""The figures that count persons, of one published state, each protected month by month when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import product
from typing import Any

import polars as pl

from data import Commit, Connection, Store, settings
from queries.disclosure import Address, Release, Row, Township
from queries.firms import Firms, named
from queries.indicators import INDICATORS
from queries.masking import Rules, Shown

# Full and probationary members are released as one number; how it is split is the county's to say.
MEMBERS, PROBATIONARY = "members_full", "members_probationary"
WORKERS = "workers"
Where = tuple[Township, str | None]
# Persons of whom some are counted by one figure and all by another: transferred and due.
PAIRS = tuple(
    (about.parts[0], about.whole[0])
    for about in INDICATORS.values()
    if len(about.parts) == len(about.whole) == 1
    and all(
        series in INDICATORS and INDICATORS[series].counts_persons for series in (*about.parts, *about.whole)
    )
)
PERSONS = frozenset(
    series for about in INDICATORS.values() if about.counts_persons for series in (*about.parts, about.id)
)
SQL = """
select *
from figures_finest
where in_township or in_committee
"""


@dataclass(frozen=True)
class Said:
    """How a sum was reported: whether part of it is a lower bound, and the one word that holds for it."""

    lower_bound: bool
    qualifier: str | None


class People:
    """Persons of one published state; townships are sets of the codes that they stood for in a month."""

    def __init__(self, connection: Connection, rules: Callable[[date], Rules]) -> None:
        """Read the figures of one database; `rules` are those that a month was published with."""
        figures = connection.query(SQL)
        counted = pl.col("indicator_id").is_in(PERSONS)
        self.others, self.rules = _without(figures, counted), rules
        self._rows = _by_figure(figures.filter(counted))
        self._maps = _maps(connection.query("select month, township_code, current_code from township_map"))
        self.firms = Firms(connection)
        self._releases: dict[tuple[date, str], Release] = {}
        self.committees = sorted(
            {row["committee_id"] for rows in self._rows.values() for row in rows if row["committee_id"]}
        )

    def months(self, first: date, last: date) -> list[date]:
        """The months with any figure."""
        return sorted({month for month, _ in self._rows if first <= month <= last})

    def townships(self, basis: date) -> Mapping[str, frozenset[str]]:
        """Code -> the codes that it stands for in that month's profile; "" = those of none that is valid."""
        return self._maps[basis]

    def shown(self, month: date, figure: str, township: Township, committee: str | None) -> Shown | None:
        """How a figure is shown at an address; None where it was not reported."""
        if not any(_counts(row, township, committee) for row in self._rows.get((month, figure), ())):
            return None
        return self._release(month, figure).at(township, committee)

    def said(self, month: date, figure: str, where: Iterable[Where]) -> Said:
        """How the numbers at these addresses were reported."""
        rows = [
            row for address in where for row in self._rows.get((month, figure), ()) if _counts(row, *address)
        ]
        words = {row["qualifier"] for row in rows if row["qualifier"]}
        vague = "约" if words & {"约", "近"} else "余"
        word = vague if len(words) > 1 else next(iter(words), None)
        return Said(any(row["lower_bound"] for row in rows), word)

    def total(self, month: date, figure: str) -> float | None:
        """The county's own number, exact."""
        values = [row["value"] for row in self._rows.get((month, figure), ()) if row["in_township"]]
        return sum(values) if values else None

    def _release(self, month: date, figure: str) -> Release:
        key = (month, figure)
        if key not in self._releases:
            also = self._rows.get((month, PROBATIONARY), []) if figure == MEMBERS else []
            rows = _summed([*self._rows[key], *also])
            groups = self._groups(month, rows)
            self._releases[key] = Release(
                rows,
                groups,
                self.rules(month),
                hidden=self._hidden(month, groups) if figure == WORKERS else (),
                floors=self._floors(month, groups) if figure == MEMBERS else {},
                is_county_exact=self._is_county_exact(month, figure),
            )
        return self._releases[key]

    def _groups(self, month: date, rows: Iterable[Row]) -> list[frozenset[str]]:
        """Every township that a row of the month can be asked by, now or in a later month."""
        codes = {row.township for row in rows}
        later = [groups for basis, groups in self._maps.items() if basis >= month]
        return sorted({group for groups in later for group in groups.values() if group & codes}, key=sorted)

    def _hidden(self, month: date, groups: Iterable[frozenset[str]]) -> Iterator[Address]:
        for group, committee in product(groups, (None, "", *self.committees)):
            if self.firms.is_dominated(month, group, committee):
                yield group, committee

    def _floors(self, month: date, groups: Iterable[frozenset[str]]) -> dict[Address, int]:
        where = product((None, *groups), (None, "", *self.committees))
        return {address: self.firms.least_members(month, *address) for address in where}

    def _is_county_exact(self, month: date, figure: str) -> bool:
        """Not where the few who are not among their whole could be found by subtracting."""
        for part, whole in PAIRS:
            few = (self.total(month, whole) or 0) - (self.total(month, part) or 0)
            if figure in (part, whole) and 1 <= few <= self.rules(month).k:
                return False
        return True


@lru_cache(maxsize=4)
def persons_of(root: str, commit: Commit, connection: Connection) -> People:
    """The persons of a state, each month protected by the rules of its own profile."""

    @cache
    def rules(month: date) -> Rules:
        return Rules.of(settings(Store(root), commit, month))

    return People(connection, rules)


def _without(figures: pl.DataFrame, counted: pl.Expr) -> pl.DataFrame:
    """The figures, those of persons without their numbers: who reported them may be known."""
    said = figures.filter(counted).with_columns(
        pl.lit(None, pl.Float64).alias("value"), in_township=pl.lit(False), in_committee=pl.lit(False)
    )
    return pl.concat([figures.filter(~counted), said])


def _by_figure(figures: pl.DataFrame) -> dict[tuple[date, str], list[dict[str, Any]]]:
    found: dict[tuple[date, str], list[dict[str, Any]]] = {}
    for row in named(figures):
        found.setdefault((row["month"], row["indicator_id"]), []).append(row)
    return found


def _summed(rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """The rows that count in the same totals as one."""
    sums: dict[tuple[str, str, bool, bool], float] = {}
    for row in rows:
        key = (row["township_code"], row["committee_id"], row["in_township"], row["in_committee"])
        sums[key] = sums.get(key, 0) + row["value"]
    return [Row(t, c, round(value), a, b) for (t, c, a, b), value in sums.items()]


def _counts(row: Mapping[str, Any], township: Township, committee: str | None) -> bool:
    """Whether a row counts at an address."""
    if township is None:
        return bool(row["in_committee"] if committee is not None else row["in_township"]) and (
            committee is None or row["committee_id"] == committee
        )
    here = row["township_code"] in township
    return here and (row["in_township"] if committee is None else row["committee_id"] == committee)


def _maps(rows: pl.DataFrame) -> dict[date, dict[str, frozenset[str]]]:
    """Month -> code -> codes that it stands for; "" = no township that is valid then."""
    maps: dict[date, dict[str, set[str]]] = {}
    for month, code, current in rows.iter_rows():
        maps.setdefault(month, {"": {""}}).setdefault(current or "", set()).add(code)
    return {
        month: {code: frozenset(codes) for code, codes in groups.items()} for month, groups in maps.items()
    }
