"""All files of a batch read, two at a time: while one is taken apart in its child, another is understood."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath

from data.intake import files_of
from data.ledgers.assessment import Upload
from data.ledgers.ledger import Reading
from data.ledgers.reader import FileRefused, read_book, read_bytes
from data.ledgers.reading import read_ledgers
from data.profile import Profile

# The file now done, how many are done, how many there are; called from the thread that asked.
OnFile = Callable[[str, int, int], None]
_AT_ONCE = 2
# What systems leave in folders.
_LITTER = frozenset(["thumbs.db", "desktop.ini"])


def read_files(
    files: Sequence[Path | Upload],
    month: date,
    profile: Profile,
    *,
    on_file: OnFile = lambda file, done, total: None,
) -> list[Reading]:
    """Every file read, in the order given; folders give their files by name.

    Files of the same name are numbered, for what is found is told by the name. A file that cannot be opened
    is a Reading with one error finding. IntakeError intake_file_absent for a path that does not exist,
    intake_no_reader if this installation cannot open any file.
    """
    named = list(_named(files))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        jobs = {pool.submit(_read, name, file, month, profile): name for name, file in named}
        try:
            for done, job in enumerate(as_completed(jobs), start=1):
                job.result()
                on_file(jobs[job], done, len(jobs))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return [job.result() for job in jobs]


def _named(files: Sequence[Path | Upload]) -> Iterator[tuple[str, Path | Upload]]:
    """Every single file with a name of its own."""
    taken: set[str] = set()
    for given in files:
        for file in [given] if isinstance(given, Upload) else files_of([given]):
            if file.name.lower() in _LITTER and file is not given:
                continue
            name = _free(file.name, taken)
            taken.add(name)
            yield name, file


def _free(name: str, taken: set[str]) -> str:
    path, number = PurePath(name), 2
    while name in taken:
        name = f"{path.stem}（{number}）{path.suffix}"
        number += 1
    return name


def _read(name: str, file: Path | Upload, month: date, profile: Profile) -> Reading:
    try:
        book = read_book(file) if isinstance(file, Path) else read_bytes(name, file.content)
    except FileRefused as refused:
        found = refused.finding
        return Reading(name, "", (), (replace(found, place=replace(found.place, file=name)),))
    return read_ledgers(replace(book, file=name), month, profile)
