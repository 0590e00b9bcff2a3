"""Reading and hashing everything the store holds, to find what no longer is as it was published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from data import files
from data.commits import CUBES, Commit, Revision
from data.messages import StoreError

if TYPE_CHECKING:
    from data.store import Store


@dataclass(frozen=True)
class Report:
    """How much was checked, each problem worded for a person, and places that no commit names."""

    commits: int
    tags: int
    files: int
    problems: tuple[StoreError, ...]
    orphans: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """No problem; orphans are left by interrupted publications and harm nobody."""
        return not self.problems


def verify(store: Store, on_file: Callable[[int, int], None] | None = None) -> Report:
    """Check each commit, the chain, each tag and each file once; `on_file(done, total)` hears of progress."""
    with files.explained(store.root):
        commits, problems = _commits(store)
        tags = store.tags()
        problems += _failures(partial(store.tagged, name) for name in tags)
        reads = _reads(store, commits)
        for done, read in enumerate(reads, start=1):
            problems += _failures([read])
            if on_file:
                on_file(done, len(reads))
        return Report(len(commits), len(tags), len(reads), tuple(problems), tuple(_orphans(store, commits)))


def _failures(checks: Iterable[Callable[[], object]]) -> list[StoreError]:
    failures = []
    for check in checks:
        try:
            check()
        except StoreError as error:
            failures.append(error)
    return failures


def _commits(store: Store) -> tuple[list[Commit], list[StoreError]]:
    """The readable commits; each damaged or missing one and each break in the chain is a problem."""
    good: dict[int, Commit] = {}
    problems = []
    for number in range(1, max(store.numbers(), default=0) + 1):
        try:
            good[number] = store.commit(number)
        except StoreError as error:
            problems.append(error)
            continue
        known_before = number == 1 or number - 1 in good
        if known_before and not store.follows(good[number]):
            problems.append(StoreError("chain_broken", number=number))
    return list(good.values()), problems


def _reads(store: Store, commits: list[Commit]) -> list[Callable[[], object]]:
    """One check for each file as recorded; a folder shared by commits is read once."""
    found = {
        (revision.folder, name, record): revision
        for commit in commits
        for revision in commit.months.values()
        for name, record in revision.files.items()
    }
    ordered = sorted(found, key=lambda key: key[:2])
    return [partial(store.content, found[key], key[1]) for key in ordered]


def _orphans(store: Store, commits: list[Commit]) -> Iterator[str]:
    """Places, relative to the store, that nothing refers to: unpublished folders, files put there by hand."""
    revisions = {r.folder: r for commit in commits for r in commit.months.values()}
    for parent in files.names(store.root / "snapshots"):
        inside = files.names(store.root / "snapshots" / parent)
        if parent.startswith(".") or not inside:
            yield f"snapshots/{parent}"
            continue
        for place in (f"snapshots/{parent}/{name}" for name in inside):
            if place not in revisions:
                yield place
            else:
                yield from (f"{place}/{name}" for name in _strangers(store, revisions[place]))
    for folder in ("commits", "tags"):
        yield from (f"{folder}/{name}" for name in files.names(store.root / folder) if name.startswith("."))


def _strangers(store: Store, revision: Revision) -> Iterator[str]:
    folder = store.root / revision.folder
    present = [name for name in files.names(folder) if f"{name}/" != CUBES]
    present += [f"{CUBES}{name}" for name in files.names(folder / CUBES)]
    yield from (name for name in present if name not in revision.files)
