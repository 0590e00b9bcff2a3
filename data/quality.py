"""What a published month still breaks: rules and how often in which township, without any row."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import polars as pl

from data.commits import Commit
from data.contract import PROVENANCE, TABLES, check
from data.messages import say
from data.rules import Breach
from data.store import Store

KEPT = pl.Schema(
    {
        "rule": pl.String(),
        "severity": pl.String(),
        "table_name": pl.String(),
        "township_code": pl.String(),
        "entries": pl.Int64(),
        "example_zh": pl.String(),
        "example_en": pl.String(),
    }
)


def kept(store: Store, commit: Commit, month: date) -> pl.DataFrame:
    """KEPT: breaches of the contract in the month as published, worst first, with the words of the first one.

    A null township is the whole table's, or of a row that names none. StoreError month_unknown.
    """
    frames = {name: _numbered(store, commit, month, name) for name in store.revision(commit, month).tables}
    last = (month - timedelta(days=1)).replace(day=1)
    earlier = {}
    if last in commit.months and "figures" in commit.months[last].tables:
        earlier = {"figures": store.read(commit, last, "figures")}
    found = check(frames, month, previous=earlier)
    return _counted(found, {name: _townships(name, frames) for name in frames})


def _numbered(store: Store, commit: Commit, month: date, name: str) -> pl.DataFrame:
    """The table with the place of a row in it instead of its place in some file."""
    frame = store.read(commit, month, name)
    if TABLES[name].origin == "profile":
        return frame
    bare = frame.drop([column.name for column in PROVENANCE], strict=False)
    return bare.with_columns(row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))


def _townships(name: str, frames: Mapping[str, pl.DataFrame]) -> list[str | None]:
    """The township of each row; of what a station did, that of the station."""
    frame = frames[name]
    if name == "station_services" and "stations" in frames:
        places = frames["stations"].select("station_id", "township_code").unique("station_id")
        frame = frame.join(places, on="station_id", how="left", maintain_order="left")
    return frame["township_code"].to_list() if "township_code" in frame.columns else []


def _counted(found: list[Breach], townships: Mapping[str, list[str | None]]) -> pl.DataFrame:
    groups: dict[tuple[str, str, str, str | None], list[Breach]] = {}
    for one in found:
        codes = townships.get(one.table, [])
        code = codes[one.row - 1] if one.row is not None and one.row <= len(codes) else None
        groups.setdefault((one.rule, one.severity, one.table, code), []).append(one)
    rows: Iterator[tuple[object, ...]] = (
        (*key, len(same), *(say(f"rule_{key[0]}", lang, **same[0].params) for lang in ("zh", "en")))
        for key, same in groups.items()
    )
    return pl.DataFrame(list(rows), schema=KEPT, orient="row")
