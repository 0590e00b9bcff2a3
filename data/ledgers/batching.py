"""Which ledgers of a batch count: each content once, each sender's ledger of a kind once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from data.ledgers.findings import Finding, found
from data.ledgers.grid import Place
from data.ledgers.ledger import Ledger, Reading


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
                result.ledgers.append(ledger)
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


def _key(ledger: Ledger) -> tuple[str, str]:
    return ledger.kind, ledger.sender
