"""Importing ledgers, as the page 数据导入 asks for it: files are read, judged and published at a desk."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from data import working_profile
from data.ledgers import desk as _desk
from data.ledgers.assessment import Account, Assessment, FileResult, Upload
from data.ledgers.changes import CUBES, headlines
from data.ledgers.desk import OnFile
from data.ledgers.explaining import halves
from data.ledgers.findings import Ask, Finding
from data.ledgers.ledger import Reading
from data.ledgers.mapped import by_mappings
from data.ledgers.reading import read_ledgers
from queries.desk import (
    Desk,
    changed_tables,
    choose_county,
    counties,
    field_name,
    header_choices,
    kind_name,
    open_desk,
    refusal,
    remember,
)

__all__ = [
    "Account",
    "Ask",
    "Assessment",
    "Desk",
    "FileResult",
    "Finding",
    "Judged",
    "Published",
    "Reading",
    "Upload",
    "changed_tables",
    "choose_county",
    "counties",
    "field_name",
    "header_choices",
    "judge",
    "kind_name",
    "last_month",
    "open_desk",
    "publish",
    "read",
    "refusal",
    "remember",
    "reread",
    "wrong_and_todo",
]


@dataclass(frozen=True)
class Judged:
    """A batch as judged: `whole` with every file, `rest` without those that go back, which are `returned`.

    `files` are all of them, worst first: each as it was judged when it went back, or with those that stay.
    """

    whole: Assessment
    rest: Assessment
    returned: tuple[str, ...]
    files: tuple[FileResult, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in all files, as it stands beside each of them, and of the profile."""
        return (*(finding for one in self.files for finding in one.findings), *self.general)

    @property
    def general(self) -> tuple[Finding, ...]:
        """What was found in no file that was given, but in the profile."""
        files = {one.file for one in self.files}
        return tuple(one for one in self.rest.findings if one.place.file not in files)

    @property
    def obstacles(self) -> tuple[Finding, ...]:
        """Errors that stop the month and send no file back: in the profile, or published earlier."""
        found = (*self.general, *self.rest.carried)
        return tuple(one for one in found if one.severity == "error")

    @property
    def to_confirm(self) -> tuple[Finding, ...]:
        """Warnings on what would be published."""
        staying = (finding for one in self.files if one.verdict != "returned" for finding in one.findings)
        return tuple(one for one in (*staying, *self.general) if one.severity == "warning")


@dataclass(frozen=True)
class Published:
    """What became visible: the month, its revision, and the commit."""

    month: date
    revision: int
    commit: int
    sha8: str


def read(desk: Desk, files: Sequence[Upload], month: date, on_file: OnFile) -> list[Reading]:
    """Every file read, in the order given, foreign ones by a saved mapping; `on_file` hears of each."""
    readings = _desk.read_files(files, month, desk.profile, on_file=on_file)
    paths = working_profile.mappings(desk.folder)
    return [by_mappings(one, paths, month, desk.profile) for one in readings]


def reread(desk: Desk, readings: Sequence[Reading], month: date) -> list[Reading]:
    """Opened files understood anew, after an answer or for another month; nothing is opened again."""
    paths = working_profile.mappings(desk.folder)
    anew = [read_ledgers(one.book, month, desk.profile) if one.book else one for one in readings]
    return [by_mappings(one, paths, month, desk.profile) for one in anew]


def judge(desk: Desk, readings: Sequence[Reading], month: date, *, later_wins: bool = False) -> Judged:
    """Judge the batch, and again without what goes back until nothing more does; writes nothing."""
    whole = rest = _desk.assess(readings, month, desk.profile, desk.store, later_wins=later_wins)
    returned: tuple[str, ...] = ()
    results = {one.file: one for one in whole.files}
    while rest.returned:
        returned += rest.returned
        rest = _desk.without(desk.store, whole, returned)
        results |= {one.file: one for one in rest.files}
    order = ("returned", "confirm", "ready")
    files = sorted(results.values(), key=lambda one: order.index(one.verdict))
    return Judged(whole, rest, returned, tuple(files))


def last_month(desk: Desk, month: date) -> pl.DataFrame:
    """indicator_id, township_code (null = the county), value: the headline figures of the month before."""
    head, before = desk.store.head(), (month - timedelta(days=1)).replace(day=1)
    if head is None or before not in head.months:
        return headlines({})
    known = CUBES & set(head.months[before].cubes)
    return headlines({name: desk.store.read_cube(head, before, name) for name in known})


def publish(desk: Desk, judged: Judged, *, reason: str) -> Published:
    """Publish what does not go back, whole or not at all; NuanxinError says why not."""
    refused = refusal(desk)
    if refused is not None:
        raise refused
    commit = _desk.publish(desk.store, judged.rest, reason=reason, who=_user())
    return Published(commit.month, commit.revision, commit.number, commit.sha256[:8])


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "—"


def wrong_and_todo(finding: Finding, lang: str) -> tuple[str, str]:
    """What is wrong, and what to do."""
    return halves(finding, lang)
