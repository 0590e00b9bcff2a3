"""How a revision becomes visible: write and flush everything, then put the next commit where none is."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from data import bundle, files
from data.bundle import Item, Origin
from data.commits import (
    CUBES,
    MANIFEST,
    PARQUET,
    Commit,
    Revision,
    decode,
    follow,
    is_table_file,
    month_text,
    seal,
)
from data.messages import StoreError
from data.received import Received, remaining

if TYPE_CHECKING:
    from data.store import Store

# Longer than readers wait for a commit in progress, so that a dead writer's half file is reported in the end.
PATIENCE_SECONDS = files.IN_PROGRESS_SECONDS * 2


def publish(
    store: Store,
    month: date,
    tables: Mapping[str, pl.DataFrame],
    cubes: Mapping[str, pl.DataFrame],
    settings_text: str,
    *,
    who: str,
    reason: str,
    published_at: datetime | None,
    expected: int | None,
    ledgers: Sequence[Received] | None,
) -> Commit:
    """See `Store.publish`."""
    if type(month) is not date or month.day != 1:
        raise StoreError("month_bad")
    head = store.head()
    before = head.months.get(month) if head else None
    found = before.number if before else 0
    if expected not in (None, found):
        raise StoreError("baseline_changed", month=month_text(month), found=found, expected=expected)
    now = published_at or datetime.now().replace(microsecond=0)
    origin = Origin(month, found + 1, now, bundle.clean(who), bundle.clean(reason))
    carried = _carried(store, before, tables)
    if ledgers is None:
        # Where nothing is carried no ledger stays, so a damaged manifest does not stand in the way.
        ledgers = remaining(store.ledgers(before), tables) if before and carried else ()
    items = bundle.pack(
        origin,
        tables=tables,
        cubes=cubes,
        carried=carried,
        settings_text=settings_text,
        ledgers=ledgers,
    )
    with files.explained(store.root):
        return _place(store, origin, items, head, before)


def _carried(store: Store, before: Revision | None, tables: Mapping[str, pl.DataFrame]) -> dict[str, Item]:
    """Files of the tables that are not published now, hashed on the way."""
    kept = [name for name in (before.files if before else ()) if is_table_file(name)]
    return {
        name: Item(store.content(before, name), before.files[name].rows)
        for name in kept
        if before and name.removesuffix(PARQUET) not in tables
    }


def _place(
    store: Store, origin: Origin, items: Mapping[str, Item], head: Commit | None, before: Revision | None
) -> Commit:
    """Folder first, commit last; what did not become visible is removed again."""
    staging = store.root / "snapshots" / f".staging-{secrets.token_hex(6)}"
    since = head.number if head else 0
    revision = commit = None
    try:
        _write(staging, items)
        revision = _move(store.root, staging, origin, items)
        commit = _link(store, origin, revision, before, since)
    finally:
        if commit is None:
            _discard(store, staging, revision, since)
    try:
        files.sync_folder(store.commit_path(commit.number).parent)
    except OSError:
        raise StoreError("commit_unconfirmed", number=commit.number, place=str(store.root)) from None
    return commit


def _write(staging: Path, items: Mapping[str, Item]) -> None:
    files.make_folder(staging / CUBES)
    for name, item in items.items():
        files.write_new(staging / name, item.content)
    files.sync_folder(staging / CUBES)
    files.sync_folder(staging)


def _move(root: Path, staging: Path, origin: Origin, items: Mapping[str, Item]) -> Revision:
    """Give the folder its final name; one left by a publication that never became visible stays untouched."""
    parent = root / "snapshots" / month_text(origin.month)
    files.make_folder(parent)
    stem = f"r{origin.revision:03d}-{items[MANIFEST].record.sha256[:8]}"
    for attempt in count(1):
        folder = parent / (stem if attempt == 1 else f"{stem}-{attempt}")
        with suppress(FileExistsError):
            files.move_folder(staging, folder)
            break
    return Revision(
        month=origin.month,
        number=origin.revision,
        folder=folder.relative_to(root).as_posix(),
        published_at=origin.published_at,
        reason=origin.reason,
        files={name: items[name].record for name in sorted(items)},
    )


def _link(store: Store, origin: Origin, revision: Revision, before: Revision | None, since: int) -> Commit:
    """Put the next commit; when others were first, follow them unless they changed the same month."""
    for folder in ((store.root / revision.folder).parent, store.root / "snapshots"):
        files.sync_folder(folder)
    files.make_folder(store.root / "commits")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        head = store.head()
        found = head.months.get(revision.month) if head else None
        if found != before:
            # A network drive may have done what it reported as refused.
            return _naming(store, revision, since) or _refuse(revision, found)
        body = follow(head, revision, who=origin.who, reason=origin.reason, published_at=origin.published_at)
        sealed = seal(body)
        try:
            files.put_if_absent(store.commit_path(body["number"]), sealed)
        except FileExistsError:
            time.sleep(random.uniform(0.001, 0.02))
            continue
        return decode(sealed)
    raise StoreError("store_busy", place=str(store.root))


def _refuse(revision: Revision, found: Revision | None) -> Commit:
    raise StoreError(
        "baseline_changed",
        month=month_text(revision.month),
        found=found.number if found else 0,
        expected=revision.number - 1,
    )


def _naming(store: Store, revision: Revision, since: int) -> Commit | None:
    """The first commit after number `since` that names the revision's folder."""
    for number in store.numbers():
        if number > since:
            commit = store.commit(number)
            state = commit.months.get(revision.month)
            if state is not None and state.folder == revision.folder:
                return commit
    return None


def _discard(store: Store, staging: Path, revision: Revision | None, since: int) -> None:
    """Remove what no commit names; when that cannot be told it stays, and `verify` lists it."""
    files.remove_folder(staging)
    if revision is not None:
        with suppress(OSError, StoreError):
            if _naming(store, revision, since) is None:
                files.remove_folder(store.root / revision.folder)
