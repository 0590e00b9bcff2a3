"""Rules between tables: what a row refers to exists and, for townships, is valid in the month."""

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from data.figures import FIGURES, TARGETS
from data.rules import Breach, Rule, breach, breaches, sweep

Frames = Mapping[str, pl.DataFrame]

# column, table it points to, rule
_REFERENCES = (
    ("committee_id", "committees", "committee_unknown"),
    ("class_id", "classes", "class_unknown"),
    ("township_code", "townships", "township_unknown"),
)
_STATE = ("enterprises", "figures", "targets")


def references(frames: Frames, month_end: date) -> Iterator[Breach]:
    """Breaches of references of all tables; a profile table that is not given is not checked against."""
    for table, frame in frames.items():
        rules = []
        for column, target, rule in _REFERENCES:
            if column in frame.columns and target in frames and table != target:
                known = frames[target][column].implode()
                unknown = pl.col(column).is_not_null() & ~pl.col(column).is_in(known)
                rules.append(Rule(column, rule, unknown, {"value": pl.col(column)}))
        yield from sweep(table, frame, rules)
    yield from _indicators(frames)
    yield from _stations_of_services(frames)
    if "townships" in frames:
        yield from _abolished(frames, month_end)


def _indicators(frames: Frames) -> Iterator[Breach]:
    lists = (
        ("figures", sorted(FIGURES), "figure_unknown"),
        ("targets", sorted(TARGETS), "target_unknown"),
        ("events", sorted(TARGETS), "target_unknown"),
    )
    for table, known, rule in lists:
        if table in frames:
            value = pl.col("indicator_id")
            wrong = value.is_not_null() & ~value.is_in(known)
            yield from sweep(table, frames[table], [Rule("indicator_id", rule, wrong, {"value": value})])


def _stations_of_services(frames: Frames) -> Iterator[Breach]:
    services = frames.get("station_services")
    if services is None or services.is_empty():
        return
    if "stations" not in frames:
        yield breach("station_services", "station_id", "reference_missing", needed="stations")
        return
    value = pl.col("station_id")
    unknown = ~value.is_in(frames["stations"]["station_id"].implode())
    rule = Rule("station_id", "station_unknown", unknown, {"value": value})
    yield from sweep("station_services", services, [rule])


def _abolished(frames: Frames, month_end: date) -> Iterator[Breach]:
    """The state of a month must name townships valid at its end; old cases and closed stations need not."""
    ended = _ended(frames["townships"])
    if ended.is_empty():
        return
    cases = pl.col("received_at").dt.date() > pl.col("valid_to")
    still_open = pl.col("closed_on").is_null() | (pl.col("closed_on") > month_end)
    conditions = dict.fromkeys(_STATE, pl.col("valid_to") < month_end)
    conditions |= {"stations": (pl.col("valid_to") < month_end) & still_open, "grievances": cases}
    for table, condition in conditions.items():
        if table in frames:
            frame = frames[table].join(ended, on="township_code", how="left", maintain_order="left")
            rule = "received_after_abolition" if table == "grievances" else "township_abolished"
            yield from breaches(
                table,
                frame,
                condition,
                "township_code",
                rule,
                value=pl.col("_township"),
                ended=pl.col("valid_to").cast(pl.String),
                successor=pl.col("_successor").fill_null("—"),
            )


def _ended(townships: pl.DataFrame) -> pl.DataFrame:
    names = townships.select(successor="township_code", _successor="township")
    return (
        townships.filter(pl.col("valid_to").is_not_null())
        .unique("township_code", keep="first", maintain_order=True)
        .join(names.unique("successor"), on="successor", how="left")
        .select("township_code", "valid_to", "_successor", _township="township")
    )
