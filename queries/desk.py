"""The desk where ledgers come in: a store, the profile in use, and the words that both know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from data import NuanxinError, Store, cut_off, settings, working_profile
from data.figures import TARGETS
from data.ledgers.findings import Ask
from data.ledgers.kinds import registry
from data.messages import IntakeError
from data.profile import Profile, load_profile
from queries.indicators import INDICATORS
from queries.snapshots import Place, located


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


def open_desk(place: Place = None) -> Desk | None:
    """The desk of a store; None while an empty store has no county. StoreError if the store is broken."""
    store = located(place)
    store.head()
    folder = working_profile.folder_of(store)
    return None if folder is None else Desk(store, folder, _profile(folder, _stamps(folder)))


def _stamps(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes when a file of the folder does."""
    try:
        states = [(path.name, path.stat()) for path in sorted(folder.iterdir()) if path.is_file()]
    except OSError:
        return ()
    return tuple((name, state.st_mtime_ns, state.st_size) for name, state in states)


@lru_cache(maxsize=4)
def _profile(folder: Path, stamps: tuple[tuple[str, int, int], ...]) -> Profile:
    """The profile as it stands in the folder: read again when a file has changed."""
    return load_profile(folder)


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


def remember(desk: Desk, ask: Ask, answer: str) -> None:
    """Keep an answer in the profile: a township's code, or what a column of that header holds."""
    if ask.kind == "township":
        working_profile.add_alias(desk.folder, ask.value, answer)
    else:
        working_profile.add_header(desk.folder, ask.ledger or "", ask.value, answer)


def header_choices(kind: str, lang: str) -> dict[str, str]:
    """What a column of that kind of ledger may hold: field, figure or service -> its name."""
    known = registry().kinds[kind]
    fields = {one.name: field_name(kind, one.name, lang) for one in known.fields if one.type != "skip"}
    if known.rows == "services":
        return fields | {name: name for name in registry().services.values()}
    numbers = {"figures": known.indicators, "targets": sorted(TARGETS)}.get(known.rows, ())
    return fields | {name: INDICATORS[name].name(lang) for name in numbers if name in INDICATORS}


def kind_name(kind: str, lang: str) -> str:
    """What a kind of ledger is called."""
    one = registry().kinds.get(kind)
    return kind if one is None else one.title_en if lang == "en" else one.title


def field_name(kind: str, field: str, lang: str) -> str:
    """What a field of a kind of ledger is called."""
    known = registry().kinds.get(kind)
    item = next((one for one in known.fields if one.name == field), None) if known else None
    return field.replace("_", " ") if lang == "en" or item is None else item.label
