"""Which months can be asked about, and the profile that each of them carries."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from data import Commit, NuanxinError, Store, StoreError, cut_off, settings

DEFAULT = Path(__file__).resolve().parents[1] / "data" / "snapshots"
Place = str | Path | None
Moment = str | int | None


@dataclass(frozen=True)
class CommitInfo:
    """The state in use. `broken` says why it is not the newest one; `tag` is the name it was asked by."""

    number: int
    sha8: str
    published_at: datetime
    tag: str | None
    broken: NuanxinError | None


@dataclass(frozen=True)
class SnapshotInfo:
    """One published month: which revision, since when, as of which day, and which tables it has.

    `hashes` are the SHA-256 of each published table.
    """

    month: date
    revision: int
    published_at: datetime
    reason: str
    cutoff: date
    tables: tuple[str, ...]
    demonstration: bool
    county: str
    hashes: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class ProfileInfo:
    """A month's profile: townships valid at its end in official order, committees and classes in theirs.

    `events` are date, title and the indicator they belong to (null = any), up to the month's end.
    """

    settings: Mapping[str, Any]
    townships: pl.DataFrame
    committees: pl.DataFrame
    classes: pl.DataFrame
    holidays: pl.DataFrame
    events: pl.DataFrame

    def unlisted_years(self, month: date) -> tuple[int, ...]:
        """Years that deadlines of the month touch and the holiday table does not know.

        In such a year Monday to Friday count as worked, which a page must say.
        """
        listed = set(self.holidays["date"].dt.year())
        # a deadline set in December falls into the year after
        touched = {month.year, month.year + (month.month == 12)}
        return tuple(sorted(touched - listed))

    @cached_property
    def township_names(self) -> dict[str, str]:
        """Code -> the short name if the profile gives one, else the name."""
        return _names(self.townships, "township_code", "township")

    @cached_property
    def committee_names(self) -> dict[str, str]:
        """Id -> the short name if the profile gives one, else the name without 行业党委."""
        names = _names(self.committees, "committee_id", "committee")
        return {code: name.removesuffix("行业党委") or name for code, name in names.items()}


def _names(frame: pl.DataFrame, key: str, name: str) -> dict[str, str]:
    return dict(frame.select(key, pl.coalesce("short_name", name)).iter_rows())


def located(store: Place = None) -> Store:
    """The store at that place, else at NUANXIN_STORE, else the default one."""
    return Store(store or os.environ.get("NUANXIN_STORE") or DEFAULT)


def resolved(store: Store, as_of: Moment = None) -> tuple[Commit, NuanxinError | None]:
    """The state to use, and why it is not the newest one. A named state is never replaced by another."""
    try:
        return store.resolve(as_of), None
    except StoreError as error:
        good = error.params.get("last_good")
        if as_of is not None or error.code != "commit_broken" or not isinstance(good, int):
            raise
        return store.commit(good), error


def current(store: Place = None, as_of: Moment = None) -> CommitInfo | None:
    """The state that questions are answered from; None in a store without any publication."""
    try:
        return needed(store, as_of)
    except StoreError as error:
        if error.code != "store_empty":
            raise
        return None


def needed(store: Place = None, as_of: Moment = None) -> CommitInfo:
    """The state that questions are answered from; StoreError store_empty where there is none."""
    place = located(store)
    commit, broken = resolved(place, as_of)
    tag = as_of if isinstance(as_of, str) and as_of in place.tags() else None
    return CommitInfo(commit.number, commit.sha256[:8], commit.published_at, tag, broken)


def snapshots(store: Place = None, as_of: Moment = None) -> list[SnapshotInfo]:
    """The published months, newest first; none in an empty store."""
    place = located(store)
    if current(store, as_of) is None:
        return []
    return list(_snapshots(str(place.root), resolved(place, as_of)[0]))


@lru_cache(maxsize=8)
def _snapshots(root: str, commit: Commit) -> tuple[SnapshotInfo, ...]:
    store, found = Store(root), []
    for month, revision in sorted(commit.months.items(), reverse=True):
        chosen = settings(store, commit, month)
        info = SnapshotInfo(
            month=month,
            revision=revision.number,
            published_at=revision.published_at,
            reason=revision.reason,
            cutoff=cut_off(month, int(chosen.get("cutoff_day", 0))),
            tables=revision.tables,
            demonstration=bool(chosen.get("demonstration", False)),
            county=str(chosen.get("county", "")),
            hashes={name: revision.files[f"{name}.parquet"].sha256 for name in revision.tables},
        )
        found.append(info)
    return tuple(found)


def profile(month: date, store: Place = None, as_of: Moment = None) -> ProfileInfo:
    """The profile published with that month; StoreError month_unknown if there is none."""
    place = located(store)
    return profile_of(str(place.root), resolved(place, as_of)[0], month)


@lru_cache(maxsize=64)
def profile_of(root: str, commit: Commit, month: date) -> ProfileInfo:
    """The profile of a month of that commit."""
    store = Store(root)
    end = cut_off(month, 0)
    valid = (pl.col("valid_from") <= end) & (pl.col("valid_to") >= end).fill_null(True)
    townships = store.read(commit, month, "townships").filter(valid)
    committees = store.read(commit, month, "committees")
    return ProfileInfo(
        settings=settings(store, commit, month),
        townships=townships.sort("sort_order", "township_code"),
        committees=committees.sort("sort_order", "committee_id", nulls_last=True),
        classes=store.read(commit, month, "classes").sort("class_id"),
        holidays=store.read(commit, month, "holidays").sort("date"),
        events=store.read(commit, month, "events").filter(pl.col("date") <= end).sort("date", "title"),
    )
