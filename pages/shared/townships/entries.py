"""What is known of an indicator in a month: the county's row and each township's, and how they compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

import queries
from pages.shared.care.quantity import Quantity, Row, is_masked
from pages.shared.view import View
from queries.rounding import percent_value, round_half_up
from queries.statistics import LEAST_TO_RANK, Rank, beyond, overdispersion, ranks, ranks_of_counts

# Where rates differ more than twice as much as chance allows, a funnel would mark nearly all of them.
MOST_DISPERSED = 2
QUERY = "indicators_by_township"


@dataclass(frozen=True)
class Entry:
    """One indicator: `rows` holds the townships by code in 区划序; all rows are those of the query."""

    quantity: Quantity
    county: Row
    rows: Mapping[str, Row]

    @property
    def about(self) -> queries.Indicator:
        """Its entry in the registry."""
        return self.quantity.about

    @property
    def is_comparable(self) -> bool:
        """Whether townships of different size can be compared by it: a rate or a mean, not a plain count."""
        return bool(self.about.whole) and self.county["value"] is not None

    @property
    def sign(self) -> int:
        """1 where more is better or nothing is, -1 where less is."""
        return -1 if self.about.direction == "down" else 1

    @cached_property
    def ranks(self) -> dict[str, Rank]:
        """The place of each township; none for what is neither good nor bad, nor for small denominators."""
        codes, up = list(self.rows), self.sign > 0
        if any(row.get("value_mark") for row in self.rows.values()):
            # Rounded numbers have no order.
            return dict.fromkeys(codes, Rank(None))
        if self.about.direction == "info" or not self.about.whole:
            return dict.fromkeys(codes, Rank(None))
        rows = [self.rows[code] for code in codes]
        if self.about.is_rate:
            found = ranks([(row["numerator"], row["denominator"]) for row in rows], up=up)
        else:
            large = [row["value"] if (row["denominator"] or 0) >= LEAST_TO_RANK else None for row in rows]
            found = ranks_of_counts(large, up=up, digits=1)
        return dict(zip(codes, found, strict=True))

    @property
    def ranked(self) -> int:
        """How many townships have a place."""
        return sum(rank.place is not None for rank in self.ranks.values())

    @cached_property
    def _has_funnel(self) -> bool:
        """Whether chance can be told: of counts that do not differ far more than chance allows."""
        parts = [
            (row["numerator"], row["denominator"]) for row in self.rows.values() if row["value"] is not None
        ]
        rounded = any(row.get("value_mark") for row in self.rows.values())
        if rounded or not self.about.is_rate or any(n % 1 or d % 1 or n > d for n, d in parts):
            return False
        spread = overdispersion([int(n) for n, _ in parts], [int(d) for _, d in parts])
        return spread is not None and spread <= MOST_DISPERSED

    def differs(self, code: str) -> bool:
        """Tell whether a township lies beyond the 95 % funnel of the county's rate."""
        row = self.rows[code]
        if row["value"] is None or not self._has_funnel:
            return False
        side, _ = beyond(int(row["numerator"]), int(row["denominator"]), self.county["value"])
        return side != "within"

    def standing(self, code: str) -> int:
        """Tell whether a township is better (1) than the county, as printed, the same (0) or worse (-1)."""
        mine = self.rows[code]["value"]
        if self.rows[code].get("value_mark"):
            return 0
        if mine is None or self.about.direction == "info" or not self.is_comparable:
            return 0
        apart = self.printed(mine) - self.printed(self.county["value"])
        return self.sign * ((apart > 0) - (apart < 0))

    def printed(self, value: float) -> float:
        """A value rounded as it is printed, so that what reads the same is the same."""
        if self.about.is_rate:
            return float(percent_value(value, 1) or 0)
        return float(round_half_up(value, 1 if self.about.whole else 0))

    def place(self, code: str) -> tuple[float | None, float, float]:
        """Where a township, the worst and the best lie, the farther end from the county being 1 away."""
        centre = self.county["value"]
        apart = {
            c: self.sign * (row["value"] - centre) for c, row in self.rows.items() if row["value"] is not None
        }
        scale = max((abs(step) for step in apart.values()), default=0) or 1
        mine = apart[code] / scale if code in apart else None
        return mine, min(apart.values(), default=0) / scale, max(apart.values(), default=0) / scale


def has_unreported(found: list[Entry], code: str) -> bool:
    """Tell whether a township owes a figure that has a target: then no target missed says little."""
    return any(
        row["status"] == "none" and not is_masked(row) and row["denominator"] != 0
        for row in (entry.rows[code] for entry in found)
    )


def entries(view: View) -> list[Entry]:
    """Read every indicator that some township has a value of, in the order of the registry."""
    frame = view.ask(QUERY, townships=None)
    found = []
    for (name,), rows in frame.group_by(["indicator_id"], maintain_order=True):
        county = rows.filter(pl.col("township_code").is_null()).to_dicts()
        townships = {row["township_code"]: row for row in rows.to_dicts() if row["township_code"]}
        if any(row["value"] is not None or is_masked(row) for row in townships.values()):
            quantity = Quantity(queries.INDICATORS[str(name)], view.text)
            found.append(Entry(quantity, county[0] if county else _nothing(rows.columns), townships))
    return found


def like(view: View, found: list[Entry]) -> list[Entry]:
    """Read the same indicators for another view."""
    known = {entry.about.id: entry for entry in entries(view)}
    return [known[entry.about.id] for entry in found if entry.about.id in known]


def _nothing(columns: list[str]) -> Row:
    """The county's row of what is told of townships alone."""
    return dict.fromkeys(columns)
