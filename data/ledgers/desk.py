"""The desk: files come in, are judged together and against the month, and become a revision or go back."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from data import cubes
from data.commits import Commit, Revision, month_text
from data.ledgers import changes
from data.ledgers.absence import absent
from data.ledgers.assessment import (
    CHANGES,
    Account,
    Assessment,
    FileResult,
    Replaced,
    Request,
    Upload,
)
from data.ledgers.batching import Batch, batch
from data.ledgers.findings import Finding, found, verdict
from data.ledgers.grid import Place, number_of
from data.ledgers.judging import judge
from data.ledgers.ledger import Ledger, Reading
from data.ledgers.merging import Merged, merge
from data.ledgers.opening import OnFile, read_files
from data.messages import ContractError, IntakeError, StoreError
from data.profile import Profile
from data.publish import Examined, Prepared, examine, is_ledger, put, ready
from data.received import Received
from data.store import Store

__all__ = [
    "Account",
    "Assessment",
    "FileResult",
    "OnFile",
    "Replaced",
    "Upload",
    "assess",
    "publish",
    "publishable",
    "read_files",
    "without",
]


def assess(
    readings: Sequence[Reading],
    month: date,
    profile: Profile,
    store: Store,
    *,
    later_wins: bool = False,
) -> Assessment:
    """Judge the files with each other, by the contract and against the month's revision; writes nothing.

    `later_wins`: of two files of one kind and sender the later in order counts; else that is an error.
    """
    head = store.head()
    revision = head.months.get(month) if head else None
    earlier = store.ledgers(revision) if revision else ()
    tables = _tables(store, head, revision)
    sorted_out = batch(readings, later_wins=later_wins)
    hashes = {reading.file: reading.sha256 for reading in readings}
    known = set(profile.frames["townships"]["township_code"])
    merged = merge(tables, earlier, sorted_out.ledgers, hashes, known)
    changed = {name: rows for name, rows in merged.tables.items() if rows.height or name in tables}
    examined = examine(store, head, month, changed, profile)
    own, carried = judge(examined.found, merged.owners, sorted_out.ledgers, profile)
    findings = _findings(readings, sorted_out, [*own, *_known_already(sorted_out, earlier, hashes)])
    prepared = None
    if sorted_out.ledgers and verdict([*findings, *carried]) != "returned":
        prepared = _prepared(examined, profile, merged)
    return Assessment(
        month=month,
        files=tuple(_result(reading, findings) for reading in readings),
        findings=tuple(findings),
        carried=tuple(sorted(carried, key=lambda one: _order(one, {}))),
        prepared=prepared,
        changes=_changes(store, head, revision, prepared),
        absent=absent({**examined.carried, **changed}, merged.received, profile, month),
        accounts=tuple(map(_account, sorted_out.ledgers)),
        replaced=merged.replaced,
        baseline=examined.expected,
        request=Request(tuple(readings), profile, later_wins),
    )


def without(store: Store, assessment: Assessment, files: Collection[str]) -> Assessment:
    """The same batch judged again as if these files had not been given."""
    asked = assessment.request
    rest = [reading for reading in asked.readings if reading.file not in files]
    return assess(rest, assessment.month, asked.profile, store, later_wins=asked.later_wins)


def publishable(store: Store, assessment: Assessment) -> Assessment:
    """The batch without what must go back, and without what must go back for want of that."""
    while assessment.returned:
        assessment = without(store, assessment, assessment.returned)
    return assessment


def publish(
    store: Store, assessment: Assessment, *, reason: str, who: str, leave_out: Collection[str] = ()
) -> Commit:
    """Make the month's next revision of what was assessed, whole or not at all.

    IntakeError ledgers_returned while a returned file is not left out, ledgers_nothing if nothing is left,
    personal_text for the reason or the name; ContractError for errors on rows published earlier or on the
    profile; StoreError baseline_changed if the month has moved on.
    """
    judged = without(store, assessment, leave_out) if leave_out else assessment
    if judged.baseline != assessment.baseline:
        month = month_text(assessment.month)
        raise StoreError("baseline_changed", month=month, found=judged.baseline, expected=assessment.baseline)
    if judged.returned:
        raise IntakeError("ledgers_returned", count=len(judged.returned))
    errors = [one for one in (*judged.findings, *judged.carried) if one.severity == "error"]
    if errors:
        raise ContractError(errors)
    if judged.prepared is None:
        raise IntakeError("ledgers_nothing")
    return put(store, judged.prepared, reason=reason, who=who)


def _tables(store: Store, head: Commit | None, revision: Revision | None) -> dict[str, pl.DataFrame]:
    """The ledger tables of the month's revision."""
    if head is None or revision is None:
        return {}
    names = [name for name in revision.tables if is_ledger(name)]
    return {name: store.read(head, revision.month, name) for name in names}


def _prepared(examined: Examined, profile: Profile, merged: Merged) -> Prepared:
    """What will be published, with its cubes, so that the preview shows the very same."""
    prepared = ready(examined, profile)
    built = cubes.build({**prepared.carried, **prepared.tables}, prepared.month)
    return replace(prepared, cubes=built, ledgers=merged.received)


def _changes(
    store: Store, head: Commit | None, revision: Revision | None, prepared: Prepared | None
) -> pl.DataFrame:
    if prepared is None or prepared.cubes is None:
        return pl.DataFrame(schema=CHANGES)
    known = changes.CUBES & set(revision.cubes) if revision else set()
    before = {name: store.read_cube(head, prepared.month, name) for name in known} if head else {}
    return changes.changes(before, prepared.cubes)


def _known_already(sorted_out: Batch, earlier: Sequence[Received], hashes: dict[str, str]) -> list[Finding]:
    """Files that the month's revision has read already."""
    known = {(*one.key, one.sha256) for one in earlier}
    return [
        found("published_already", Place(one.file))
        for one in sorted_out.ledgers
        if (one.kind, one.sender, hashes[one.file]) in known
    ]


def _findings(readings: Sequence[Reading], sorted_out: Batch, judged: list[Finding]) -> list[Finding]:
    """Everything found, each once, by file, sheet, row and column.

    A cell that could not be read says nothing more: what the contract finds there follows from that.
    """
    read = [one for r in readings if r.file not in sorted_out.idle for one in r.findings]
    unreadable = {one.place for one in read if one.severity == "error" and one.place.row}
    rest = [one for one in judged if one.place not in unreadable]
    once = {(one.code, one.place, str(one.params)): one for one in [*read, *sorted_out.findings, *rest]}
    files = {reading.file: number for number, reading in enumerate(readings)}
    return sorted(once.values(), key=lambda one: _order(one, files))


def _order(one: Finding, files: dict[str, int]) -> tuple[int, str, str, int, int]:
    place = one.place
    column = number_of(place.column) if place.column else 0
    return files.get(place.file, len(files)), place.file, place.sheet or "", place.row or 0, column


def _result(reading: Reading, findings: Sequence[Finding]) -> FileResult:
    own = tuple(one for one in findings if one.place.file == reading.file)
    units = dict.fromkeys(one.unit for one in reading.ledgers if one.unit)
    return FileResult(
        file=reading.file,
        verdict=verdict(own),
        findings=own,
        kinds=tuple(one.kind for one in reading.ledgers),
        unit="、".join(units),
        tallies=tuple(one.tally for one in reading.ledgers),
        totals=tuple(one.totals for one in reading.ledgers),
        sha256=reading.sha256,
    )


def _account(one: Ledger) -> Account:
    rows = {table: frame.height for table, frame in one.frames.items()}
    return Account(one.file, one.kind, one.sender, one.unit, one.tally, one.totals, rows)
