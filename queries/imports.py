"""Importing ledgers, as the page 数据导入 asks for it: a desk, its files, its verdicts, its publication."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from data import NuanxinError, Store, cut_off, settings, working_profile
from data.ledgers import desk as _desk
from data.ledgers.assessment import Account, Assessment, FileResult, Upload
from data.ledgers.changes import CUBES, headlines
from data.ledgers.desk import OnFile
from data.ledgers.explaining import halves
from data.ledgers.findings import Ask, Finding
from data.ledgers.kinds import registry
from data.ledgers.ledger import Reading
from data.ledgers.mapped import by_mappings
from data.messages import IntakeError
from data.profile import Profile, load_profile
from queries.snapshots import Place, located

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
    "wrong_and_todo",
]


@dataclass(frozen=True)
class Desk:
    """Where ledgers come in: the store, and the profile that they are read by."""

    store: Store
    folder: Path
    profile: Profile

    @property
    def county(self) -> str:
        """The name of the county."""
        return str(self.profile.settings["county"])

    @property
    def whole(self) -> str:
        """How the profile calls all its townships together; empty if it does not say."""
        return str(self.profile.settings.get("county_short", ""))

    @property
    def demonstration(self) -> bool:
        """Whether what is published from here is marked as demonstration data."""
        return bool(self.profile.settings["demonstration"])

    def townships(self, month: date) -> dict[str, str]:
        """Code -> name of those that stand at the month's end, in official order."""
        end = cut_off(month, 0)
        valid = (pl.col("valid_from") <= end) & (pl.col("valid_to") >= end).fill_null(True)
        frame = self.profile.frames["townships"].filter(valid).sort("sort_order", "township_code")
        return dict(frame.select("township_code", "township").iter_rows())


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
        """What was found in all files, as it stands beside each of them."""
        return tuple(finding for one in self.files for finding in one.findings)


@dataclass(frozen=True)
class Published:
    """What became visible: the month, its revision, and the commit."""

    month: date
    revision: int
    commit: int
    sha8: str


def open_desk(place: Place = None) -> Desk | None:
    """The desk of a store; None while an empty store has no county. StoreError if the store is broken."""
    store = located(place)
    store.head()
    folder = working_profile.folder_of(store)
    return None if folder is None else Desk(store, folder, load_profile(folder))


def counties() -> dict[str, str]:
    """Name of each profile that comes with the program -> its county."""
    return working_profile.shipped()


def choose_county(name: str, *, demonstration: bool, place: Place = None) -> None:
    """Take a county for an empty store."""
    working_profile.choose(located(place), name, demonstration=demonstration)


def refusal(desk: Desk) -> NuanxinError | None:
    """Why nothing may be published from here: real data are never mixed with demonstration data."""
    head = desk.store.head()
    if head is None or not head.months:
        return None
    published = bool(settings(desk.store, head, max(head.months)).get("demonstration", False))
    if published == desk.demonstration:
        return None
    return IntakeError("profile_of_demonstration" if desk.demonstration else "store_of_demonstration")


def changed_tables(desk: Desk) -> tuple[str, ...]:
    """Tables of the profile that differ from those published last, but for what answers added."""
    return working_profile.changed(desk.store, desk.profile)


def read(desk: Desk, files: Sequence[Upload], month: date, on_file: OnFile) -> list[Reading]:
    """Every file read, in the order given, foreign ones by a saved mapping; `on_file` hears of each."""
    readings = _desk.read_files(files, month, desk.profile, on_file=on_file)
    paths = working_profile.mappings(desk.folder)
    return [by_mappings(one, paths, month, desk.profile) for one in readings]


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


def remember(desk: Desk, ask: Ask, answer: str) -> None:
    """Keep an answer in the profile: a township's code, or what a column of that header holds."""
    if ask.kind == "township":
        working_profile.add_alias(desk.folder, ask.value, answer)
    else:
        working_profile.add_header(desk.folder, ask.ledger or "", ask.value, answer)


def header_choices(kind: str, lang: str) -> dict[str, str]:
    """What a column of that kind of ledger may hold: field -> label as in the template."""
    fields = registry().kinds[kind].fields
    return {one.name: field_name(kind, one.name, lang) for one in fields if one.type != "skip"}


def kind_name(kind: str, lang: str) -> str:
    """What a kind of ledger is called."""
    one = registry().kinds.get(kind)
    return kind if one is None else one.title_en if lang == "en" else one.title


def field_name(kind: str, field: str, lang: str) -> str:
    """What a field of a kind of ledger is called."""
    known = registry().kinds.get(kind)
    item = next((one for one in known.fields if one.name == field), None) if known else None
    return field.replace("_", " ") if lang == "en" or item is None else item.label


def wrong_and_todo(finding: Finding, lang: str) -> tuple[str, str]:
    """What is wrong, and what to do."""
    return halves(finding, lang)
