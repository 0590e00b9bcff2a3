"""Rules of sense within a table: dates in order, figures in range, organisations and their members."""

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from data.figures import FIGURES, FRACTIONAL, RATES
from data.personal import is_credit_code, kinds, suspect_columns
from data.places import coordinates
from data.rules import Breach, Rule, breach, breaches, percent, plain_number, sweep
from data.tables import TABLES

Frames = Mapping[str, pl.DataFrame]
_MEMBERS = ("members", "members_full", "members_probationary")
# Numbers that somebody gave out, often dated.
_NUMBERS = ("case_id", "station_id", "task_id")
# A task may be done better than planned; beyond this it is a slip of the pen.
_MOST_PROGRESS = 3


def consistency(frames: Frames, month: date, month_end: date) -> Iterator[Breach]:
    """Breaches of sense of every table given; nulls break nothing here."""
    for table, frame in frames.items():
        yield from _personal(table, frame)
    if "enterprises" in frames:
        yield from _enterprises(frames["enterprises"])
        yield from coordinates("enterprises", frames["enterprises"])
    if "figures" in frames:
        yield from _figures(frames["figures"], month, month_end)
    if "stations" in frames:
        reversed_ = pl.col("closed_on") < pl.col("opened_on")
        rule = Rule("closed_on", "closed_before_opened", reversed_, {"station": pl.col("station_id")})
        yield from sweep("stations", frames["stations"], [rule])
        yield from coordinates("stations", frames["stations"])
    if "grievances" in frames:
        yield from _grievances(frames["grievances"], month_end)
    if "tasks" in frames:
        yield from _tasks(frames["tasks"])
    if "targets" in frames:
        yield from _targets(frames["targets"], month)


def closed_too_early() -> pl.Expr:
    """True where a case was closed before it was received; without a time of day, dates are compared."""
    received, closed = pl.col("received_at"), pl.col("closed_at")
    dates_only = (received.dt.time() == pl.time(0)) | (closed.dt.time() == pl.time(0))
    return (
        pl.when(dates_only).then(closed.dt.date() < received.dt.date()).otherwise(closed < received)
    ).fill_null(False)


def fell(figures: pl.DataFrame, previous: pl.DataFrame, month: date) -> Iterator[Breach]:
    """Cumulative figures that are lower than the month before; January starts anew."""
    if month.month == 1:
        return
    key = list(TABLES["figures"].key)
    before = previous.select(*key, _before="value")
    both = figures.join(before, on=key, how="left", nulls_equal=True, maintain_order="left")
    cumulative = [name for name, kind in FIGURES.items() if kind == "C"]
    lower = pl.col("indicator_id").is_in(cumulative) & (pl.col("value") < pl.col("_before"))
    named = {"indicator": pl.col("indicator_id"), "value": plain_number(pl.col("value"))}
    before_text = plain_number(pl.col("_before"))
    yield from breaches("figures", both, lower, "value", "cumulative_fell", **named, before=before_text)


def _personal(table: str, frame: pl.DataFrame) -> Iterator[Breach]:
    columns = [column.name for column in TABLES[table].columns if column.dtype == pl.String()]
    for name in suspect_columns(frame, columns):
        found = _suspects(frame[name])
        yield from sweep(table, frame, [Rule(name, "personal_data", pl.col(name).is_in(found))])
    controls = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{fffd}]"
    rules = [Rule(name, "control_character", pl.col(name).str.contains(controls)) for name in columns]
    yield from sweep(table, frame, rules)


def _suspects(values: pl.Series) -> list[str]:
    """Of numbers that are dated or made by rule, fewer look like an identity than in other text."""
    found = kinds(values)
    if values.name == "enterprise_id":
        return [value for value in found if not is_credit_code(value)]
    if values.name in _NUMBERS:
        codes = kinds(values, code=True)
        return [value for value, kind in found.items() if kind == "mobile" or value in codes]
    return list(found)


def _enterprises(frame: pl.DataFrame) -> Iterator[Breach]:
    full, workers = pl.col("members_full"), pl.col("workers")
    members = full + pl.col("members_probationary").fill_null(0)
    # Full members alone may be too many; else it is the probationary ones that do not fit.
    too_many = {"members": plain_number(members), "workers": plain_number(workers)}
    late = (full <= workers) & (members > workers)
    organised = pl.col("org_form") != "none"
    codes = frame["enterprise_id"].drop_nulls().unique()
    wrong = [code for code in codes if len(code) == 18 and not is_credit_code(code)]
    rules = [
        Rule("members_full", "members_over_workers", full > workers, too_many),
        Rule("members_probationary", "members_over_workers", late, too_many),
        Rule("org_approved_on", "organisation_not_approved", organised & pl.col("org_approved_on").is_null()),
        Rule("members_full", "organisation_without_members", organised & (members == 0)),
        Rule("enterprise_id", "credit_code_checksum", pl.col("enterprise_id").is_in(wrong)),
    ]
    yield from sweep("enterprises", frame, rules)


def _figures(frame: pl.DataFrame, month: date, month_end: date) -> Iterator[Breach]:
    start, end = pl.col("period_start"), pl.col("period_end")
    kind = pl.col("indicator_id").replace_strict(FIGURES, default=None, return_dtype=pl.String)
    whole = ~pl.col("indicator_id").is_in(sorted(FRACTIONAL))
    named = {"indicator": pl.col("indicator_id")}
    counted = {**named, "value": plain_number(pl.col("value"))}
    rules = [
        Rule("period_end", "period_end_outside", ~end.is_between(month, month_end), named),
        Rule("period_start", "stock_with_start", (kind == "S") & start.is_not_null(), named),
        Rule("period_start", "flow_without_start", kind.is_in(["F", "C"]) & start.is_null(), named),
        Rule("period_start", "period_reversed", start > end, named),
        Rule("value", "fraction", whole & (pl.col("value") != pl.col("value").floor()), counted),
    ]
    yield from sweep("figures", frame, rules)
    yield from _members(frame)


def _members(figures: pl.DataFrame) -> Iterator[Breach]:
    """More members than workers in the same township and committee, where both are reported."""
    cell = ["township_code", "committee_id"]
    counts = figures.filter(pl.col("indicator_id").is_in(["workers", *_MEMBERS]))
    if counts.is_empty():
        return

    # "More than 300 workers" may be any number above.
    open_ended = (pl.col("indicator_id") == "workers") & pl.col("qualifier").is_in(["余", "以上", "约"])
    value = pl.when(~open_ended.fill_null(False)).then("value")
    of = {name: value.filter(pl.col("indicator_id") == name).first() for name in ("workers", *_MEMBERS)}
    totals = counts.group_by(cell).agg(
        _workers=of["workers"],
        _full=of["members_full"].fill_null(0),
        _late=of["members_probationary"].fill_null(0),
    )
    known = counts.join(totals, on=cell, how="left", nulls_equal=True, maintain_order="left")
    workers, indicator = pl.col("_workers"), pl.col("indicator_id")
    is_late = indicator == "members_probationary"
    members = pl.when(is_late).then(pl.col("_full") + pl.col("_late")).otherwise("value")
    # Full members alone may be too many already; then it is said of them.
    broken = (members > workers) & (indicator != "workers") & ~(is_late & (pl.col("_full") > workers))
    shown = {"members": plain_number(members), "workers": plain_number(workers)}
    yield from sweep("figures", known, [Rule("value", "members_over_workers", broken, shown)])


def _grievances(frame: pl.DataFrame, month_end: date) -> Iterator[Breach]:
    closed, status = pl.col("closed_at"), pl.col("status")
    late = pl.col("received_at").dt.date() > month_end
    named = {"case": pl.col("case_id")}
    dated = {**named, "date": pl.col("received_at").dt.date().cast(pl.String)}
    rules = [
        Rule("received_at", "received_after_month", late, dated),
        Rule("closed_at", "closed_before_received", closed_too_early(), named),
        Rule("closed_at", "closed_without_date", (status == "closed") & closed.is_null(), named),
        Rule("closed_at", "open_with_date", (status == "open") & closed.is_not_null(), named),
    ]
    yield from sweep("grievances", frame, rules)


def _tasks(frame: pl.DataFrame) -> Iterator[Breach]:
    undated = (pl.col("status") == "已销号") & pl.col("closed_on").is_null()
    progress, named = pl.col("progress"), {"task": pl.col("task_id")}
    far = {**named, "value": percent(progress)}
    rules = [
        Rule("closed_on", "task_closed_without_date", undated, named),
        Rule("due_on", "task_without_deadline", pl.col("due_on").is_null(), named),
        Rule("progress", "progress_range", ~progress.is_between(0, _MOST_PROGRESS), far),
        Rule("progress", "progress_over", (progress > 1) & (progress <= _MOST_PROGRESS), far),
    ]
    yield from sweep("tasks", frame, rules)


def _targets(frame: pl.DataFrame, month: date) -> Iterator[Breach]:
    rate = pl.col("indicator_id").is_in(sorted(RATES))
    outside = rate & ~pl.col("value").is_between(0, 1)
    named = {"indicator": pl.col("indicator_id"), "value": percent(pl.col("value"))}
    rules = [
        Rule("value", "target_rate_range", outside, named),
        Rule("month", "target_month", pl.col("month") != month),
    ]
    yield from sweep("targets", frame, rules)


def profile_consistency(frames: Frames) -> Iterator[Breach]:
    """Breaches of sense inside a profile: successors, order, validity and limits."""
    if "townships" in frames:
        yield from _townships(frames["townships"])
    if "classes" in frames:
        limit, unit, start = pl.col("limit"), pl.col("unit"), pl.col("start")
        half = limit.is_not_null() & (unit.is_null() | start.is_null())
        rules = [Rule("limit", "limit_incomplete", half), Rule("limit", "limit_not_positive", limit < 1)]
        yield from sweep("classes", frames["classes"], rules)


def _townships(frame: pl.DataFrame) -> Iterator[Breach]:
    successor = pl.col("successor")
    lost = successor.is_not_null() & ~successor.is_in(frame["township_code"].implode())
    rules = [
        Rule("successor", "successor_unknown", lost, {"value": successor}),
        Rule("sort_order", "sort_order_repeated", ~pl.col("sort_order").is_first_distinct()),
        Rule("valid_to", "validity_reversed", pl.col("valid_to") < pl.col("valid_from")),
    ]
    yield from sweep("townships", frame, rules)
    following = dict(frame.select("township_code", "successor").drop_nulls().iter_rows())
    for code in following:
        seen, step = [code], following.get(code)
        while step is not None and step not in seen:
            seen, step = [*seen, step], following.get(step)
        if step == code:
            yield breach("townships", "successor", "successor_cycle", path=" → ".join([*seen, code]))
