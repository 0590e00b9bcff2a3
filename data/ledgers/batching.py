"""Which ledgers of a batch count: each content once, each sender's ledger of a kind once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from data.ledgers.findings import Finding, found
from data.ledgers.grid import Place
from data.ledgers.ledger import Ledger, Reading

_NUMBERS = frozenset(["figures", "station_services", "targets"])
_OWNERS = frozenset(["township_code", "committee_id", "station_id", "indicator_id", "service_type"])


@dataclass(frozen=True)
class Batch:
    """The ledgers that count, in order, and what was found by looking at several files.

    `idle` are files of which nothing counts; what was found inside them is of no interest then.
    """

    ledgers: list[Ledger] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    idle: set[str] = field(default_factory=set)


def batch(readings: Sequence[Reading], *, later_wins: bool) -> Batch:
    """Sort out files given twice, and senders that gave a kind of ledger twice."""
    result = Batch()
    once = _once(readings, result)
    # Of each kind and sender the file that counts: the last one if asked for, else the first.
    order = once if later_wins else once[::-1]
    counts = {_key(ledger): reading.file for reading in order for ledger in reading.ledgers}
    code = "superseded" if later_wins else "sender_twice"
    for reading in once:
        for ledger in reading.ledgers:
            other = counts[_key(ledger)]
            if other == reading.file:
                result.ledgers.append(_placed(ledger, reading.findings))
            else:
                place = Place(reading.file)
                result.findings.append(found(code, place, other=other, unit=ledger.unit or None))
        counting = any(counts[_key(ledger)] == reading.file for ledger in reading.ledgers)
        if later_wins and reading.ledgers and not counting:
            result.idle.add(reading.file)
    return result


def _once(readings: Sequence[Reading], result: Batch) -> list[Reading]:
    """The readings without those that say again what another file of the same bytes says."""
    seen: dict[tuple[object, ...], str] = {}
    kept = []
    for reading in readings:
        same = (reading.sha256, *(_key(ledger) for ledger in reading.ledgers))
        other = seen.setdefault(same, reading.file) if reading.sha256 else reading.file
        if other == reading.file:
            kept.append(reading)
        else:
            result.findings.append(found("same_content", Place(reading.file), other=other))
            result.idle.add(reading.file)
    return kept


def _placed(ledger: Ledger, findings: Sequence[Finding]) -> Ledger:
    """Without numbers of which it could not be read whose they are: they would stand for the whole county."""
    letters = {place[0] for (_, column), place in ledger.places.items() if column in _OWNERS}
    errors = [one.place for one in findings if one.severity == "error" and one.place.column in letters]
    if not errors:
        return ledger
    lost = pl.DataFrame(
        {"sheet": [one.sheet for one in errors], "row": [one.row for one in errors]},
        schema={"sheet": pl.String(), "row": pl.Int64()},
    )
    frames = {
        table: rows.join(lost, on=["sheet", "row"], how="anti", nulls_equal=True, maintain_order="left")
        if table in _NUMBERS
        else rows
        for table, rows in ledger.frames.items()
    }
    return replace(ledger, frames=frames)


def _key(ledger: Ledger) -> tuple[str, str]:
    return ledger.kind, ledger.sender
