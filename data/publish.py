"""From typed frames to a published snapshot: fill what can be computed, check everything, build, publish."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

import polars as pl

from data import cubes
from data.commits import Commit
from data.contract import check
from data.deadlines import Calendar, fill_due
from data.messages import ContractError, IntakeError
from data.personal import kind
from data.profile import Profile
from data.received import Received
from data.rules import Breach, breach
from data.store import Store
from data.tables import STAMP, TABLES, conform

Frames = Mapping[str, pl.DataFrame]

# Hash digits written as letters: a run of decimal digits could pass for a telephone number.
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


@dataclass(frozen=True)
class Prepared:
    """One month that has passed every rule: its tables with the profile's, and what stays as it was."""

    month: date
    tables: dict[str, pl.DataFrame]
    carried: dict[str, pl.DataFrame]
    settings_text: str
    expected: int
    warnings: list[Breach]
    # What is known already: the cubes of these tables, and the ledgers that the month's rows come from.
    cubes: dict[str, pl.DataFrame] | None = None
    ledgers: Sequence[Received] | None = None


@dataclass(frozen=True)
class Examined:
    """One month as checked: the tables to be published and those carried over, and every breach found."""

    month: date
    filled: dict[str, pl.DataFrame]
    carried: dict[str, pl.DataFrame]
    expected: int
    found: list[Breach]


def publish(
    store: Store,
    month: date,
    frames: Frames,
    profile: Profile,
    *,
    reason: str,
    who: str,
    published_at: datetime | None = None,
) -> Commit:
    """Check and publish ledger tables of a month; those not given stay as in its last revision.

    ContractError with every breach if a rule is broken, and then nothing is written.
    """
    prepared = prepare(store, month, frames, profile)
    return put(store, prepared, reason=reason, who=who, published_at=published_at)


def prepare(
    store: Store,
    month: date,
    frames: Frames,
    profile: Profile,
    *,
    unread: Sequence[Breach] = (),
    previous: Frames | None = None,
) -> Prepared:
    """All of publishing that writes nothing. `unread` are cells that gave no value; they count as errors.

    `previous` are the tables of the month before, where the store does not hold them yet.
    """
    examined = examine(store, store.head(), month, frames, profile, previous=previous)
    unread_places = {(one.table, one.file, one.row, one.column) for one in unread}
    rest = (o for o in examined.found if (o.table, o.file, o.row, o.column) not in unread_places)
    return ready(replace(examined, found=[*unread, *rest]), profile)


def examine(
    store: Store,
    head: Commit | None,
    month: date,
    frames: Frames,
    profile: Profile,
    *,
    previous: Frames | None = None,
) -> Examined:
    """The month as it would be on top of `head`: what can be computed filled in, every rule checked."""
    before = head.months.get(month) if head else None
    kept = [name for name in (before.tables if before else ()) if is_ledger(name) and name not in frames]
    carried = {name: store.read(head, month, name) for name in kept} if head else {}
    filled, warnings = fill(frames, profile)
    found = check(
        {**carried, **filled, **profile.frames},
        month,
        previous=previous or _figures_before(store, head, month),
    )
    return Examined(month, filled, carried, before.number if before else 0, [*warnings, *found])


def ready(examined: Examined, profile: Profile) -> Prepared:
    """The month ready to be published; ContractError with the errors if there are any."""
    errors = [one for one in examined.found if one.severity == "error"]
    if errors:
        raise ContractError(errors)
    tables = {name: conform(name, frame) for name, frame in {**examined.filled, **profile.frames}.items()}
    return Prepared(
        examined.month,
        tables,
        examined.carried,
        profile.settings_text,
        examined.expected,
        examined.found,
    )


def put(
    store: Store, prepared: Prepared, *, reason: str, who: str, published_at: datetime | None = None
) -> Commit:
    """Build the cubes of a prepared month and make it the next revision.

    IntakeError if the reason or the publisher's name may hold personal data: they are kept for good.
    """
    for field, text in (("reason", reason), ("who", who)):
        if kind(text):
            raise IntakeError("personal_text", field=field)
    built = prepared.cubes
    if built is None:
        built = cubes.build({**prepared.carried, **prepared.tables}, prepared.month)
    return store.publish(
        prepared.month,
        prepared.tables,
        built,
        prepared.settings_text,
        who=who,
        reason=reason,
        published_at=published_at,
        expected=prepared.expected,
        ledgers=prepared.ledgers,
    )


def fill(frames: Frames, profile: Profile) -> tuple[dict[str, pl.DataFrame], list[Breach]]:
    """Empty enterprise ids and deadlines computed; a warning names years without a holiday table."""
    filled, warnings = dict(frames), []
    if "enterprises" in frames:
        filled["enterprises"] = fill_ids(frames["enterprises"])
    cases = frames.get("grievances")
    if cases is not None and {"class_id", "received_at"} <= set(cases.columns):
        calendar = profile.calendar()
        filled["grievances"] = _with_deadlines(cases, profile.frames["classes"], calendar)
        if calendar.unlisted:
            years = "、".join(map(str, sorted(calendar.unlisted)))
            warnings.append(breach("grievances", "due_at", "holidays_missing", years=years))
    return filled, warnings


def fill_ids(enterprises: pl.DataFrame) -> pl.DataFrame:
    """An empty enterprise_id becomes H and a hash of name and township, the same in every month."""
    columns = ("name", "township_code")
    if any(enterprises.schema.get(column) != pl.String() for column in columns):
        return enterprises
    given = pl.col("enterprise_id") if "enterprise_id" in enterprises.columns else pl.lit(None, pl.String)
    hashed = pl.struct(columns).map_elements(_hashed, return_dtype=pl.String, skip_nulls=False)
    computed = pl.when(pl.all_horizontal(pl.col(columns).is_not_null())).then(hashed)
    return enterprises.with_columns(enterprise_id=pl.coalesce(given, computed))


def _hashed(row: Mapping[str, str | None]) -> str:
    text = "\n".join(unicodedata.normalize("NFKC", value or "").strip() for value in row.values())
    return "H" + sha256(text.encode()).hexdigest()[:16].translate(_LETTERS)


def _with_deadlines(cases: pl.DataFrame, classes: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    if "due_at" not in cases.columns:
        cases = cases.with_columns(due_at=pl.lit(None, STAMP))
    needed = {"class_id": pl.String(), "received_at": STAMP, "due_at": STAMP}
    if any(cases.schema[name] != dtype for name, dtype in needed.items()):
        return cases
    return fill_due(cases, classes, calendar)


def is_ledger(name: str) -> bool:
    """Whether the table comes from ledgers, not from the profile."""
    return name in TABLES and TABLES[name].origin == "ledger"


def _figures_before(store: Store, head: Commit | None, month: date) -> dict[str, pl.DataFrame]:
    before = (month - timedelta(days=1)).replace(day=1)
    if head is None or before not in head.months or "figures" not in head.months[before].tables:
        return {}
    return {"figures": store.read(head, before, "figures")}
