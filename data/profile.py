"""A county's profile: a folder of townships, committees, classes, holidays, aliases and settings."""

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from data.contract import check
from data.deadlines import Calendar
from data.intake import read_tables
from data.messages import ContractError, IntakeError
from data.slides import check_slides
from data.tables import TABLES, conform, empty
from data.tabular import read

REQUIRED = ("townships", "committees", "classes", "holidays", "aliases")
HEADERS, HEADER_COLUMNS = "headers.csv", ("ledger", "header", "field")
DEFAULTS: dict[str, Any] = {
    "county": "本县区",
    "cutoff_day": 0,
    "k": 5,
    "rounding_base": 5,
    "near_margin": 0.02,
    "fiscal_start": 1,
    "report_deadline_day": 3,
    "demonstration": False,
}
# A masked or rounded count of persons could be any of at least three.
LIMITS = {"k": (3, 10), "rounding_base": (3, 10)}
# Endings a name may go without, longest first.
_ENDINGS = ("行业党委", "党委", "街道", "镇", "乡")


@dataclass(frozen=True)
class Profile:
    """The profile's tables (each of TABLES with origin profile) and its settings, parsed and as text."""

    frames: dict[str, pl.DataFrame]
    settings: dict[str, Any]
    settings_text: str
    name: str
    # Words for headers that this county uses: kind of ledger, header, field or `ignore`.
    headers: tuple[tuple[str, str, str], ...] = ()

    def calendar(self) -> Calendar:
        """The working days of the profile."""
        return Calendar(dict(self.frames["holidays"].select("date", "is_workday").iter_rows()))

    def townships(self) -> dict[str, str]:
        """Every name of a township (code, name, short name, alias, name without its ending) -> code."""
        standing = self.frames["townships"].sort("valid_to", nulls_last=False, maintain_order=True)
        rows = standing.select("township_code", "township", "short_name").iter_rows()
        return _names(rows, self.frames["aliases"].select("alias", "township_code").iter_rows())

    def committees(self) -> dict[str, str]:
        """Every name of a committee -> id."""
        return _names(self.frames["committees"].select("committee_id", "committee", "short_name").iter_rows())

    def classes(self) -> dict[str, str]:
        """Every name of a grievance class -> id."""
        rows = self.frames["classes"].select("class_id", "class_name").iter_rows()
        return _names((name, text, None) for name, text in rows)


def plain(name: str) -> str:
    """A name as names are compared: NFKC, no blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name))


def load_profile(folder: Path) -> Profile:
    """The profile in a folder, checked by the contract; IntakeError or ContractError say what is wrong."""
    if not folder.is_dir():
        raise IntakeError("profile_absent", folder=folder.name)
    intake = read_tables([folder], "profile")
    missing = [f"{name}.csv" for name in REQUIRED if name not in intake.frames]
    if missing:
        raise IntakeError("profile_incomplete", folder=folder.name, files="、".join(missing))
    # No rule of a profile depends on the month.
    broken = check(intake.frames, date(2000, 1, 1))
    errors = intake.breaches + [one for one in broken if one.severity == "error"]
    if errors:
        raise ContractError(errors)
    frames = {
        name: conform(name, intake.frames[name]) if name in intake.frames else empty(name)
        for name, table in TABLES.items()
        if table.origin == "profile"
    }
    settings, text = _settings(folder / "settings.toml")
    return Profile(frames, settings, text, folder.resolve().name, _headers(folder / HEADERS))


def _headers(path: Path) -> tuple[tuple[str, str, str], ...]:
    """What clerks have answered about unknown headers; IntakeError if the file has other columns."""
    if not path.exists():
        return ()
    frame = read(path).frame
    if frame.columns != list(HEADER_COLUMNS):
        raise IntakeError("profile_headers", file=path.name, columns=",".join(HEADER_COLUMNS))
    return tuple(frame.drop_nulls().iter_rows())


def _settings(path: Path) -> tuple[dict[str, Any], str]:
    """The settings and a text that holds all of them: defaults the file leaves out stand before it."""
    try:
        text = path.read_text("utf-8-sig") if path.exists() else ""
        given = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise IntakeError("profile_settings", file=path.name) from None
    _check_limits(given, path.name)
    check_slides(given, path.name)
    left_out = {key: value for key, value in DEFAULTS.items() if key not in given}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in left_out.items()]
    return {**left_out, **given}, "".join(lines) + text


def _check_limits(given: Mapping[str, Any], file: str) -> None:
    for key, (least, most) in LIMITS.items():
        value = given.get(key, least)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise IntakeError("profile_limits", file=file, key=key, least=least, most=most)


def _names(
    rows: Iterator[tuple[str, str, str | None]], aliases: Iterable[tuple[str, str]] = ()
) -> dict[str, str]:
    """Registered names win over names without their ending; of two alike, the first stays."""
    registered: dict[str, str] = {}
    shortened: dict[str, str] = {}
    for code, name, short in rows:
        for text in filter(None, (code, name, short)):
            registered.setdefault(plain(text), code)
        for ending in _ENDINGS:
            if plain(name).endswith(ending) and len(plain(name)) > len(ending) + 1:
                shortened.setdefault(plain(name).removesuffix(ending), code)
    for alias, code in aliases:
        registered.setdefault(plain(alias), code)
    return shortened | registered
