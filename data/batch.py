"""One month from contract-shaped files, or several from foreign ones: all pass or none is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from data.commits import Commit, month_text
from data.foreign import Foreign, read_foreign
from data.intake import Note, read_tables
from data.mapping import load_mapping
from data.messages import ContractError, IntakeError
from data.monthly import Account
from data.profile import Profile
from data.publish import Prepared, prepare, put
from data.rules import Breach
from data.store import Store

OnMonth = Callable[[date], None]


@dataclass(frozen=True)
class Batch:
    """What was read: tables by month, cells that could not be read, and what a person should know."""

    months: dict[date, dict[str, pl.DataFrame]]
    unread: list[Breach] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)


def months_between(first: date, last: date) -> list[date]:
    """Every month from `first` to `last`, both first days."""
    found = []
    while first <= last:
        found.append(first)
        first = (first + timedelta(days=31)).replace(day=1)
    return found


def read_batch(
    paths: Sequence[Path], months: Sequence[date], profile: Profile, mapping: Path | None
) -> Batch:
    """The tables of each month; without a mapping the files are one month's and shaped by the contract."""
    if mapping is None:
        intake = read_tables(paths)
        return Batch({months[-1]: intake.frames}, intake.breaches, intake.notes)
    foreign = read_foreign(paths, load_mapping(mapping), profile)
    batch = Batch({}, foreign.breaches, foreign.notes)
    for month in months:
        frames, accounts = _reported(foreign, month)
        batch.months[month] = frames
        batch.accounts.extend(accounts)
    return batch


def _reported(foreign: Foreign, month: date) -> tuple[dict[str, pl.DataFrame], list[Account]]:
    """A table without a row in a month was not reported; a month without any table cannot be published."""
    frames, accounts = foreign.month(month)
    reported = {table: frame for table, frame in frames.items() if frame.height}
    if not reported:
        raise IntakeError("intake_month_empty", month=month_text(month))
    return reported, accounts


def prepare_batch(
    store: Store, batch: Batch, profile: Profile, on_month: OnMonth = lambda month: None
) -> list[Prepared]:
    """Every month checked; ContractError with the breaches of all of them if there is any."""
    prepared: list[Prepared] = []
    broken: list[Breach] = []
    previous: dict[str, pl.DataFrame] | None = None
    unread = batch.unread
    for month, frames in batch.months.items():
        try:
            prepared.append(prepare(store, month, frames, profile, unread=unread, previous=previous))
        except ContractError as error:
            broken += [breach for breach in error.breaches if isinstance(breach, Breach)]
        # Cells that could not be read belong to the files, not to a month: they are said once.
        unread, previous = [], frames
        on_month(month)
    if broken:
        raise ContractError(broken)
    return prepared


def put_batch(
    store: Store,
    prepared: Sequence[Prepared],
    *,
    reason: str,
    who: str,
    on_month: OnMonth = lambda month: None,
) -> list[Commit]:
    """Publish the prepared months in order, each as a commit of its own."""
    commits = []
    for one in prepared:
        commits.append(put(store, one, reason=reason, who=who))
        on_month(one.month)
    return commits
