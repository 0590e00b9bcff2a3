"""The ledgers that a revision's rows came from, as its manifest remembers them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Received:
    """One ledger of a month: what one sender reported of one kind in one file.

    `rows` and `sheets` (table -> rows, table -> sheets) tell which rows of the month are its own: those
    with its file and one of its sheets. `townships` reported something in it. Of the rows read, `used` and
    `left_out` (reason -> rows) are the account; `states` counts figures by value, zero, not_applicable and
    not_reported; `totals` are control totals.
    """

    kind: str
    sender: str
    unit: str
    file: str
    sha256: str
    rows: Mapping[str, int]
    sheets: Mapping[str, tuple[str | None, ...]]
    townships: tuple[str, ...] = ()
    read: int = 0
    used: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    states: Mapping[str, int] = field(default_factory=dict)
    totals: Mapping[str, float] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """Kind and sender: a later ledger of the same takes this one's place."""
        return self.kind, self.sender


def encode(one: Received) -> dict[str, Any]:
    """What stands in the manifest."""
    return {
        "kind": one.kind,
        "sender": one.sender,
        "unit": one.unit,
        "file": one.file,
        "sha256": one.sha256,
        "rows": dict(one.rows),
        "sheets": {table: list(names) for table, names in one.sheets.items()},
        "townships": list(one.townships),
        "tally": {
            "read": one.read,
            "used": one.used,
            "left_out": dict(one.left_out),
            "states": dict(one.states),
        },
        "totals": dict(one.totals),
    }


def decode(body: Mapping[str, Any]) -> Received:
    """The ledger of a manifest's entry; KeyError, TypeError or ValueError if it is none."""
    tally = body["tally"]
    return Received(
        **{name: str(body[name]) for name in ("kind", "sender", "unit", "file", "sha256")},
        rows={table: int(count) for table, count in body["rows"].items()},
        sheets={table: tuple(names) for table, names in body["sheets"].items()},
        townships=tuple(body["townships"]),
        read=int(tally["read"]),
        used=int(tally["used"]),
        left_out=dict(tally["left_out"]),
        states=dict(tally["states"]),
        totals=dict(body["totals"]),
    )


def remaining(ledgers: Iterable[Received], tables: Collection[str]) -> tuple[Received, ...]:
    """Those of which rows are left when whole tables are replaced by other rows."""
    kept = []
    for one in ledgers:
        rows = {table: count for table, count in one.rows.items() if table not in tables}
        sheets = {table: names for table, names in one.sheets.items() if table not in tables}
        if rows:
            kept.append(replace(one, rows=rows, sheets=sheets))
    return tuple(kept)
