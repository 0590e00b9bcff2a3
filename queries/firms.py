"""What the enterprise ledger tells of people: whose workers a sum is, and how many members there must be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from data import Connection

# A sum over enterprises is theirs alone when so few, or one so large, make it up.
LEAST_ENTERPRISES, DOMINANT = 3, 0.85
# An enterprise with members has one at least, one that is due for an organisation of its own three.
MEMBERS_OF = {"enterprises.has_members": 1, "enterprises.due": 2}
WORKERS = "select * from enterprise_workers"
COUNTED = "select * from indicator_counts where list_contains($series, series)"


class Firms:
    """The enterprises of one published state; townships are sets of codes, committee None = all."""

    def __init__(self, connection: Connection) -> None:
        """Read the counts of one database."""
        self._workers = by_month(connection.query(WORKERS))
        self._members: dict[date, dict[str, dict[str, int]]] = {}
        for row in named(connection.query(COUNTED, {"series": list(MEMBERS_OF)})):
            here = self._members.setdefault(row["month"], {}).setdefault(row["township_code"], {})
            least = here.get(row["committee_id"], 0) + MEMBERS_OF[row["series"]] * round(row["value"])
            here[row["committee_id"]] = least

    def is_dominated(self, month: date, township: frozenset[str], committee: str | None) -> bool:
        """Whether workers there are those of fewer than three enterprises, or over 85 % those of one."""
        firms = [row for row in self._workers.get(month, ()) if _is_at(row, township, committee)]
        enterprises = sum(row["enterprises"] for row in firms)
        largest = max((row["largest"] for row in firms), default=0)
        few = 0 < enterprises < LEAST_ENTERPRISES
        return few or bool(largest > DOMINANT * sum(row["workers"] for row in firms))

    def least_members(self, month: date, township: frozenset[str] | None, committee: str | None) -> int:
        """How many members there are at least, as everybody can tell from counts of enterprises."""
        known = self._members.get(month, {})
        places = [known.get(code, {}) for code in (known if township is None else township)]
        if committee is None:
            return sum(sum(here.values()) for here in places)
        return sum(here.get(committee, 0) for here in places)


def _is_at(row: dict[str, Any], township: frozenset[str] | None, committee: str | None) -> bool:
    here = township is None or row["township_code"] in township
    return here and committee in (None, row["committee_id"])


def by_month(rows: pl.DataFrame) -> dict[date, list[dict[str, Any]]]:
    """The rows of each month, "" where no township or committee is named."""
    found: dict[date, list[dict[str, Any]]] = {}
    for row in named(rows):
        found.setdefault(row["month"], []).append(row)
    return found


def named(frame: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows, "" where no township or committee is named."""
    return frame.with_columns(pl.col("township_code", "committee_id").fill_null("")).iter_rows(named=True)
