"""Revisions of the months: what there is, who sent late, and what each changed in published figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

import polars as pl

from data import Commit, Revision, Store, StoreError, month_text
from queries.completion import passing
from queries.indicators import INDICATORS
from queries.runner import ask
from queries.snapshots import Moment, Place, located, resolved

# What a median is taken of; no other figure needs a question of its own.
_TIMES = "grievances.parquet"
_REPORTS = "reports"
CHANGES = pl.Schema(
    {
        "indicator_id": pl.String(),
        "township_code": pl.String(),
        "township": pl.String(),
        "before": pl.Float64(),
        "after": pl.Float64(),
        "difference": pl.Float64(),
        "qualifier_before": pl.String(),
        "qualifier_after": pl.String(),
        "denominator_before": pl.Float64(),
        "denominator_after": pl.Float64(),
    }
)
FIRST_SENT = pl.Schema({"township_code": pl.String(), "source": pl.String(), "revision": pl.Int64()})


@dataclass(frozen=True)
class RevisionInfo:
    """One publication: what of which month was put in place, by whom, why, and who named it since.

    `tables` are those that differ from the revision before; `files` the ledgers that came with it.
    """

    commit: int
    month: date
    revision: int
    published_at: datetime
    who: str
    reason: str
    tables: tuple[str, ...]
    files: tuple[str, ...]
    tags: tuple[str, ...]


def revisions(store: Place = None) -> list[RevisionInfo]:
    """Every publication, newest first; none in an empty store. A damaged record of the past is left out."""
    place = located(store)
    if not place.numbers():
        return []
    head, _ = resolved(place)
    named = {number: tuple(n for n, at in tags(store).items() if at == number) for number in place.numbers()}
    return [replace(one, tags=named.get(one.commit, ())) for one in _publications(str(place.root), head)]


def tags(store: Place = None) -> dict[str, int]:
    """Name -> number of the commit that bears it, newest first; a damaged tag is left out."""
    place = located(store)
    found = {}
    for name in place.tags():
        try:
            found[name] = place.tagged(name).number
        except StoreError:
            continue
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


@lru_cache(maxsize=4)
def _publications(root: str, head: Commit) -> tuple[RevisionInfo, ...]:
    store, before = Store(root), dict[date, Revision]()
    found = []
    for commit in _history(store, head):
        now = commit.months[commit.month]
        found.append(_publication(store, commit, now, before.get(commit.month)))
        before[commit.month] = now
    return tuple(reversed(found))


def _history(store: Store, head: Commit) -> Iterator[Commit]:
    for number in store.numbers():
        if number <= head.number:
            try:
                yield store.commit(number)
            except StoreError:
                continue


def _publication(store: Store, commit: Commit, now: Revision, before: Revision | None) -> RevisionInfo:
    known = {one.sha256 for one in store.ledgers(before)} if before else set()
    return RevisionInfo(
        commit=commit.number,
        month=commit.month,
        revision=commit.revision,
        published_at=commit.published_at,
        who=commit.who,
        reason=commit.reason,
        tables=tuple(
            name for name in now.tables if before is None or _record(now, name) != _record(before, name)
        ),
        files=tuple(one.file for one in store.ledgers(now) if one.sha256 not in known),
        tags=(),
    )


def _record(revision: Revision, table: str) -> object:
    return revision.files.get(f"{table}.parquet")


def first_sent(month: date, store: Place = None) -> pl.DataFrame:
    """FIRST_SENT: the revision in which a township's ledger first came, null = not yet.

    Rows of ledgers that were published; revision 1 is also the first in which any township had that ledger.
    """
    place = located(store)
    head, _ = resolved(place)
    return _first_sent(str(place.root), head, month).clone()


@lru_cache(maxsize=64)
def _first_sent(root: str, head: Commit, month: date) -> pl.DataFrame:
    store, parts = Store(root), []
    for commit in _history(store, head):
        if commit.month == month and _REPORTS in commit.months[month].cubes:
            sent = store.read_cube(commit, month, _REPORTS)
            parts.append(sent.with_columns(_at=pl.lit(commit.revision, pl.Int64)))
    if not parts:
        return pl.DataFrame(schema=FIRST_SENT)
    came = pl.col("_at").filter(pl.col("is_reported")).min()
    every = pl.concat(parts).group_by("township_code", "source").agg(_at=came)
    # a ledger that nobody had sent before is late for nobody
    first = pl.col("_at").min().over("source")
    revision = pl.when(pl.col("_at") == first).then(1).otherwise("_at").cast(pl.Int64)
    return every.select("township_code", "source", revision=revision).sort("source", "township_code")


def revision_changes(
    month: date, *, before: Moment, after: Moment = None, store: Place = None
) -> pl.DataFrame:
    """CHANGES: published figures of the month that one commit gives otherwise than another, none when equal.

    `before` and `after` are tags or numbers of commits, None = now. A row with a null township is of all
    together; null = not reported, 0 to divide by, or no township of the month. Rates are ratios. Raises
    StoreError month_unknown where one of the two does not know the month.
    """
    place = located(store)
    old, new = (resolved(place, moment)[0] for moment in (before, after))
    was, now = place.revision(old, month), place.revision(new, month)
    timed = was.files.get(_TIMES) != now.files.get(_TIMES)
    left, right = narrowed(old, month), narrowed(new, month)
    if left.months == right.months:
        return pl.DataFrame(schema=CHANGES)
    return _compared(*(_figures(str(place.root), one, month, timed) for one in (left, right)))


def narrowed(commit: Commit, month: date) -> Commit:
    """The commit as if it held that month and the one before alone, which is all that its figures need."""
    last = (month - timedelta(days=1)).replace(day=1)
    months = {at: revision for at, revision in commit.months.items() if at in (last, month)}
    # commits are equal when their hashes are
    return replace(commit, months=months, sha256=f"{commit.sha256}/{month_text(month)}")


@lru_cache(maxsize=32)
def _figures(root: str, commit: Commit, month: date, timed: bool) -> pl.DataFrame:
    """The answer of `indicators_by_township`, its first columns, with the quantiles, and _place."""
    store = Store(root)
    with_all = passing(store, commit)
    columns = ["indicator_id", "township_code", "township", "value", "qualifier", "denominator"]
    parts = [ask(with_all, store, "indicators_by_township", month).select(columns)]
    for indicator in (one.id for one in INDICATORS.values() if timed and one.basis):
        alone = pl.lit(indicator).alias("indicator_id")
        parts += [
            ask(with_all, store, "indicator_by_township", month, indicator=indicator)
            .drop_nulls("township_code")
            .select(alone, *columns[1:]),
            ask(with_all, store, "indicator_by_month", month, indicator=indicator, from_month=month)
            .with_columns(alone, township_code=pl.lit(None, pl.String), township=pl.lit(None, pl.String))
            .select(columns),
        ]
    return pl.concat(parts).with_row_index("_place")


def _compared(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    key = ["indicator_id", "township_code"]
    both = left.join(right, on=key, how="full", nulls_equal=True, coalesce=True)
    value, then = pl.col("value_right"), pl.col("value")
    same = value.eq_missing(then) | ((value - then).abs() <= 1e-12)
    kept = pl.col("qualifier").eq_missing(pl.col("qualifier_right"))
    order = pl.col("indicator_id").replace_strict({name: place for place, name in enumerate(INDICATORS)})
    return (
        both.filter(~(same.fill_null(False) & kept))
        .sort(
            order,
            pl.col("township_code").is_not_null(),
            pl.coalesce("_place_right", "_place"),
        )
        .select(
            *key,
            township=pl.coalesce("township_right", "township"),
            before=then,
            after=value,
            difference=value - then,
            qualifier_before="qualifier",
            qualifier_after="qualifier_right",
            denominator_before="denominator",
            denominator_after="denominator_right",
        )
        .cast(CHANGES)
    )
