"""The desk: files come in, are judged together and against the month, and become a revision or go back."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path

from data.commits import Commit
from data.ledgers.assessment import Account, Assessment, FileResult, Replaced, Upload
from data.ledgers.ledger import Reading
from data.profile import Profile
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
    "read_files",
    "without",
]

# The file now done, how many are done, how many there are; called from the thread that asked.
OnFile = Callable[[str, int, int], None]


def read_files(
    files: Sequence[Path | Upload],
    month: date,
    profile: Profile,
    *,
    on_file: OnFile = lambda file, done, total: None,
) -> list[Reading]:
    """Every file read, in the order given; folders give their files by name.

    A file that cannot be opened is a Reading with one error finding; nothing of this raises but
    IntakeError intake_file_absent for a path that does not exist.
    """
    raise NotImplementedError


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
    raise NotImplementedError


def without(store: Store, assessment: Assessment, files: Collection[str]) -> Assessment:
    """The same batch judged again as if these files had not been given."""
    raise NotImplementedError


def publish(
    store: Store, assessment: Assessment, *, reason: str, who: str, leave_out: Collection[str] = ()
) -> Commit:
    """Make the month's next revision of what was assessed, whole or not at all.

    IntakeError ledgers_returned while a returned file is not left out, ledgers_nothing if nothing is left,
    personal_text for the reason or the name; StoreError baseline_changed if the month has moved on.
    """
    raise NotImplementedError
