"""Making a mapping, as the page 数据导入 asks for it column by column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

import polars as pl

from data import working_profile
from data.ledgers import mapmaking
from data.ledgers.grid import Grid
from data.ledgers.ledger import Reading
from data.ledgers.mapmaking import FORMATS, TRUTH, Draft, formats, header_row, suggested, words
from data.ledgers.mapped import headers, is_foreign
from data.mapping import NAMED
from data.tables import STAMP
from queries.imports import Desk, Judged

__all__ = [
    "FORMATS",
    "TABLES",
    "TRUTH",
    "Draft",
    "Grid",
    "Target",
    "discard",
    "example",
    "foreign_files",
    "formats",
    "header_row",
    "headers",
    "mapped_files",
    "proposed_name",
    "registered",
    "save",
    "sheets",
    "suggested",
    "targets",
    "words",
]

# What a foreign export may hold, the most likely first.
TABLES = ("grievances", "enterprises", "stations", "station_services", "tasks", "figures", "targets")


@dataclass(frozen=True)
class Target:
    """A column of ours. `form` says what it wants: text, number, day, truth, word, or a registered name."""

    name: str
    label: str
    form: str
    allowed: tuple[str, ...]
    required: bool


def targets(table: str, lang: str) -> dict[str, Target]:
    """The columns of a table that a mapping may fill, by name."""
    found = {}
    for column in mapmaking.fillable(table):
        label = column.name.replace("_", " ") if lang == "en" else mapmaking.label_of(table, column.name)
        allowed = TRUTH if column.dtype == pl.Boolean() else column.allowed
        form = "name" if column.name in NAMED.values() else "word" if allowed else _form(column.dtype)
        found[column.name] = Target(column.name, label, form, allowed, not column.nullable)
    return found


def _form(dtype: pl.DataType) -> str:
    if dtype in (STAMP, pl.Date()):
        return "day"
    return "number" if dtype.is_numeric() else "text"


def example(form: str) -> str:
    """How the last day of October 2026 is written in a format; empty for ISO."""
    return datetime(2026, 10, 31, 16, 5).strftime(form)


def registered(desk: Desk, target: Target) -> dict[str, str]:
    """Code -> name of what the profile knows, for a column of townships, committees or classes."""
    tables = {
        "township_code": ("townships", "township"),
        "committee_id": ("committees", "committee"),
        "class_id": ("classes", "class_name"),
    }
    if target.name not in tables:
        return {}
    table, name = tables[target.name]
    return dict(desk.profile.frames[table].select(target.name, name).iter_rows())


def foreign_files(judged: Judged) -> list[Reading]:
    """The files that are no ledger of ours, and that a mapping could read."""
    return [one for one in judged.whole.request.readings if is_foreign(one)]


def mapped_files(desk: Desk, judged: Judged) -> dict[str, str]:
    """File that was read by a saved mapping -> the mapping's name."""
    names = {path.stem for path in working_profile.mappings(desk.folder)}
    readings = judged.whole.request.readings
    return {one.file: led.sender for one in readings for led in one.ledgers if led.sender in names}


def sheets(reading: Reading) -> list[Grid]:
    """The sheets of a file that may be mapped."""
    return mapmaking.sheets(reading.book) if reading.book else []


def proposed_name(file: str) -> str:
    """A name for the mapping of a file: the file's own, without month and version."""
    stem = re.sub(r"[\d._-]+|\(.*?\)|（.*?）", "", PurePath(file).stem)
    return stem[:40] or "mapping"


def save(desk: Desk, name: str, draft: Draft) -> None:
    """Keep the mapping in the profile; files that have its columns are read by it from now on."""
    working_profile.add_mapping(desk.folder, name, draft.toml())


def discard(desk: Desk, name: str) -> None:
    """Forget a saved mapping."""
    working_profile.remove_mapping(desk.folder, name)
