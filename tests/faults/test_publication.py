"""A publication that is stopped or refused at any system call: the state is the old one or the new one."""

import errno
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data import Commit, Store, StoreError, files
from tests.faults import workers
from tests.faults.machine import Killed, Machine
from tests.stores import NOVEMBER, OCTOBER, SEPTEMBER, enterprises, publish

ROOT = Path(__file__).resolve().parents[2]
Patch = pytest.MonkeyPatch


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with one month, to be copied."""
    store = Store(tmp_path_factory.mktemp("base") / "store")
    publish(store, SEPTEMBER)
    publish(store, OCTOBER)
    return store


@pytest.fixture(autouse=True)
def _always_read(monkeypatch: Patch) -> None:
    """Nothing is remembered, so that the same publication makes the same calls each time."""
    monkeypatch.setattr(files, "SETTLED_SECONDS", float("inf"))


def copy(base: Store, place: Path) -> Store:
    shutil.copytree(base.root, place)
    return Store(place)


def attempt(store: Store, machine: Machine, monkeypatch: Patch) -> Commit | StoreError | None:
    """Publish October once more on that machine: the commit, the refusal, or None if it was killed."""
    with monkeypatch.context() as patched:
        patched.setattr(files, "os", machine)
        patched.setattr(files, "WINDOWS", machine.windows)
        try:
            return publish(store, OCTOBER, count=4)
        except StoreError as error:
            return error
        except Killed:
            return None


def calls_needed(base: Store, place: Path, monkeypatch: Patch, **kind: bool) -> int:
    machine = Machine(**kind)
    assert isinstance(attempt(copy(base, place), machine, monkeypatch), Commit)
    return len(machine.calls)


def state(store: Store) -> int:
    """How many enterprises the head has, after everything in the store was found whole."""
    report = store.verify()
    assert report.problems == ()
    head = store.resolve()
    count = store.read(head, OCTOBER, "enterprises").height
    assert store.read(head, OCTOBER, "enterprises").equals(enterprises(count))
    assert store.read_cube(head, OCTOBER, "coverage").item(0, "enterprises") == count
    return count


def test_killed_at_any_call_leaves_the_old_state_or_the_new_one_and_the_next_publication_works(
    base: Store, tmp_path: Path, monkeypatch: Patch
) -> None:
    needed = calls_needed(base, tmp_path / "whole", monkeypatch)
    states = []
    for at in range(1, needed + 1):
        store = copy(base, tmp_path / str(at))
        assert attempt(store, Machine(at=at), monkeypatch) is None
        states.append(state(store))
        publish(store, OCTOBER, count=5)
        assert state(store) == 5
    assert set(states) == {3, 4}
    assert states == sorted(states), "once visible it stays visible"


def test_a_failing_call_is_reported_in_words_and_leaves_nothing_behind(
    base: Store, tmp_path: Path, monkeypatch: Patch
) -> None:
    needed = calls_needed(base, tmp_path / "whole", monkeypatch)
    codes = set()
    for at in range(1, needed + 1):
        store = copy(base, tmp_path / str(at))
        error, code = [
            (errno.ENOSPC, "disk_full"),
            (errno.EIO, "io_failed"),
            (errno.EACCES, "no_permission"),
        ][at % 3]
        done = attempt(store, Machine(at=at, error=error), monkeypatch)
        assert done is not None
        if isinstance(done, Commit) or done.code == "commit_unconfirmed":
            assert state(store) == 4
        else:
            assert (state(store), done.code) == (3, code)
            assert [place for place in store.verify().orphans if not place.endswith(".tmp")] == []
            assert str(store.root) in done.text("zh") or "snapshots/" in done.text("zh")
        codes.add("done" if isinstance(done, Commit) else done.code)
    assert codes == {"disk_full", "io_failed", "no_permission", "commit_unconfirmed", "done"}


def test_everything_is_flushed_before_the_next_step_may_rely_on_it(store: Store, monkeypatch: Patch) -> None:
    machine = Machine()
    attempt(store, machine, monkeypatch)
    calls = [(name, place.replace(str(store.root), "")) for name, place in machine.calls]
    order = {call: position for position, call in reversed(list(enumerate(calls)))}
    last = {call: position for position, call in enumerate(calls)}
    (rename,) = (position for position, (name, _) in enumerate(calls) if name == "rename")
    (link,) = (position for position, (name, _) in enumerate(calls) if name == "link")
    staging = calls[rename][1]
    written = {place for name, place in calls if name == "write" and place.startswith(staging)}
    assert len(written) == 5
    for place in written:
        assert last["write", place] < order["fsync", place] < rename
    for folder in (staging, f"{staging}/cubes"):
        newest = max(last["write", place] for place in written if place.rpartition("/")[0] == folder)
        assert newest < last["fsync", folder] < rename
    assert last["mkdir", f"{staging}/cubes"] < last["fsync", staging]
    assert rename < last["fsync", "/snapshots/2026-10"] < link
    assert last["mkdir", "/snapshots/2026-10"] < last["fsync", "/snapshots"] < link
    assert rename < last["fsync", "/snapshots"], "the staging folder's name is gone from it"
    for name in ("snapshots", "commits"):
        assert last["mkdir", f"/{name}"] < last["fsync", ""] < link
    temporary = calls[link][1]
    assert last["write", temporary] < order["fsync", temporary] < link < last["fsync", "/commits"]


@pytest.mark.parametrize(("answer", "told"), [(errno.EEXIST, "done"), (errno.EIO, "io_failed")])
def test_a_link_that_worked_though_the_drive_said_otherwise_stays_whole(
    base: Store, tmp_path: Path, monkeypatch: Patch, answer: int, told: str
) -> None:
    store = copy(base, tmp_path / "store")

    def lost_answer(source: str, target: str) -> None:
        os.link(source, target)
        raise OSError(answer, os.strerror(answer))

    machine = Machine()
    machine.__dict__["link"] = lost_answer
    done = attempt(store, machine, monkeypatch)
    assert ("done" if isinstance(done, Commit) else done and done.code) == told
    assert (store.resolve().number, state(store)) == (3, 4)


# drives without hard links, and Windows


def test_without_hard_links_a_kill_is_in_progress_for_a_minute_and_then_named(
    base: Store, tmp_path: Path, monkeypatch: Patch
) -> None:
    needed = calls_needed(base, tmp_path / "whole", monkeypatch, links=False)
    halves = 0
    for at in range(1, needed + 1):
        store = copy(base, tmp_path / str(at))
        assert attempt(store, Machine(at=at, links=False), monkeypatch) is None
        head = store.head()
        assert head is not None
        assert head.number in (2, 3)
        path = store.commit_path(3)
        if head.number == 2 and path.exists():
            halves += 1
            minute_ago = time.time() - 61
            os.utime(path, (minute_ago, minute_ago))
            with pytest.raises(StoreError) as caught:
                store.head()
            assert caught.value.params == {"number": 3, "last_good": 2}
    assert halves == 1


def test_without_hard_links_a_full_disk_takes_the_half_commit_back(
    base: Store, tmp_path: Path, monkeypatch: Patch
) -> None:
    needed = calls_needed(base, tmp_path / "whole", monkeypatch, links=False)
    for at in range(needed - 12, needed + 1):
        store = copy(base, tmp_path / str(at))
        attempt(store, Machine(at=at, links=False, error=errno.ENOSPC), monkeypatch)
        assert state(store) in (3, 4)


@pytest.mark.parametrize(
    "kind", [{}, {"links": False}, {"windows": True}], ids=["links", "no_links", "windows"]
)
def test_threads_that_publish_different_months_lose_none(
    store: Store, monkeypatch: Patch, kind: dict[str, bool]
) -> None:
    machine = Machine(**kind)
    monkeypatch.setattr(files, "os", machine)
    monkeypatch.setattr(files, "WINDOWS", machine.windows)
    months = [SEPTEMBER.replace(year=year) for year in range(2015, 2027)]
    with ThreadPoolExecutor(4) as threads:
        commits = list(threads.map(lambda month: publish(store, month), months))
    assert sorted(commit.number for commit in commits) == list(range(1, 13))
    assert set(store.resolve().months) == set(months)
    assert store.verify().ok


def test_on_windows_nothing_is_overwritten_and_no_folder_is_flushed(
    base: Store, tmp_path: Path, monkeypatch: Patch
) -> None:
    store = copy(base, tmp_path / "store")
    machine = Machine(windows=True)
    assert isinstance(attempt(store, machine, monkeypatch), Commit)
    assert state(store) == 4
    flushed = [Path(place).suffix for name, place in machine.calls if name == "fsync"]
    assert "" not in flushed
    assert "link" not in {name for name, _ in machine.calls}


# a folder left by a publication that never became visible


def test_a_left_over_folder_is_neither_used_nor_overwritten(
    base: Store, tmp_path: Path, monkeypatch: Patch
) -> None:
    store, twin = copy(base, tmp_path / "store"), copy(base, tmp_path / "twin")
    folder = publish(twin, OCTOBER, count=4).months[OCTOBER].folder
    (store.root / folder).mkdir()
    (store.root / folder / "enterprises.parquet").write_bytes(b"half")
    commit = publish(store, OCTOBER, count=4)
    assert commit.months[OCTOBER].folder == f"{folder}-2"
    assert state(store) == 4
    assert store.verify().orphans == (folder,)


# real processes


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, list[workers.Result]]]:
    """Four processes, each with five months of its own, and then all with the same one at the same time."""
    store = Store(tmp_path_factory.mktemp("processes") / "store")
    context = multiprocessing.get_context("spawn")
    with context.Pool(4, workers.meet, [context.Barrier(4)]) as pool:
        yield (
            store,
            pool.starmap(workers.work, [(str(store.root), number) for number in range(4)], chunksize=1),
        )


def test_four_processes_lose_no_publication(results: tuple[Store, list[workers.Result]]) -> None:
    store, done = results
    acknowledged = [number for result in done for number in result.commits]
    assert len(set(acknowledged)) == 20
    assert set(acknowledged) < set(store.numbers())
    months = {month for result in done for month in result.months}
    assert months < set(store.resolve().months)
    assert store.verify().ok


def test_of_four_processes_with_the_same_month_one_wins_and_the_others_are_told(
    results: tuple[Store, list[workers.Result]],
) -> None:
    store, done = results
    assert sorted(result.race for result in done) == ["baseline_changed"] * 3 + ["won"]
    assert store.resolve().months[NOVEMBER].number == 1
    assert store.verify().orphans == ()


@pytest.mark.skipif(
    not hasattr(signal, "SIGKILL"), reason="a kill that cannot be caught exists on POSIX only"
)
def test_a_process_killed_without_warning_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    line = [sys.executable, "-m", "tests.faults.workers", str(store.root)]
    acknowledged = 0
    for milliseconds in (3, 17):
        with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            acknowledged = int(process.stdout.readline())
            time.sleep(milliseconds / 1000)
            process.kill()
            acknowledged = max([acknowledged, *(int(said) for said in process.stdout if said.endswith("\n"))])
        assert store.resolve().number >= acknowledged
        assert store.verify().ok
    assert publish(store, OCTOBER).number > acknowledged
