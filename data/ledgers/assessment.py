"""What the desk says of a batch of files, before anything is published."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from data.ledgers.findings import Finding, Verdict
from data.ledgers.ledger import Reading, Tally
from data.profile import Profile
from data.publish import Prepared

# A headline figure of one township (null = the county) before and after; null = nothing was reported.
CHANGES: dict[str, pl.DataType] = {
    "indicator_id": pl.String(),
    "township_code": pl.String(),
    "before": pl.Float64(),
    "after": pl.Float64(),
}
# A township without a ledger of that kind; township null = nobody sent any.
ABSENT: dict[str, pl.DataType] = {
    "kind": pl.String(),
    "township_code": pl.String(),
    "township": pl.String(),
}


@dataclass(frozen=True)
class Upload:
    """A file as it came through a form: its name and its bytes, never written to the disk."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Account:
    """One ledger of a file: where its rows went, its control totals, its rows by table of the contract."""

    file: str
    kind: str
    sender: str
    unit: str
    tally: Tally
    totals: Mapping[str, float]
    rows: Mapping[str, int]


@dataclass(frozen=True)
class FileResult:
    """One file as judged. `kinds`, `tallies` and `totals` have an entry for each of its ledgers, in order.

    `unit` names the reporting units. `findings` are sorted by sheet, row and column, each place once.
    """

    file: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    kinds: tuple[str, ...]
    unit: str
    tallies: tuple[Tally, ...]
    totals: tuple[Mapping[str, float], ...]
    sha256: str = ""


@dataclass(frozen=True)
class Replaced:
    """An earlier ledger of the month whose rows go: `earlier` is its file, null if it names none."""

    kind: str
    sender: str
    unit: str
    file: str
    earlier: str | None
    rows: int


@dataclass(frozen=True)
class Request:
    """What was judged and how, so that it can be judged again without some of the files."""

    readings: tuple[Reading, ...]
    profile: Profile
    later_wins: bool = False


@dataclass(frozen=True)
class Assessment:
    """A batch as judged against the store; nothing has been written.

    `findings` are those of all files, sorted by file, sheet, row and column. `carried` are findings on rows
    published earlier, which no file here replaces; an error among them stops the month but returns no file.
    `prepared` is None while an error stands or nothing is left to publish. `changes` (CHANGES) are the
    headline figures that differ from revision `baseline` (0 = none), without rows while `prepared` is None.
    `absent` (ABSENT) lists who has not reported yet and refuses nothing.
    """

    month: date
    files: tuple[FileResult, ...]
    findings: tuple[Finding, ...]
    carried: tuple[Finding, ...]
    prepared: Prepared | None
    changes: pl.DataFrame
    absent: pl.DataFrame
    accounts: tuple[Account, ...]
    replaced: tuple[Replaced, ...]
    baseline: int
    request: Request = field(repr=False)

    @property
    def returned(self) -> tuple[str, ...]:
        """Names of the files that must go back."""
        return tuple(one.file for one in self.files if one.verdict == "returned")
