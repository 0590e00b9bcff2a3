"""indicator_by_* and contributions once more, in plain Python over the ledgers' rows.

What an indicator counts is written out here from its definition; only the names of its series come from the
registry, so that a wrong sum, filter or split is noticed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from queries.indicators import INDICATORS, Indicator
from tests import oracle_reach
from tests.oracle import (
    KIT,
    Answer,
    Known,
    Row,
    before,
    cases,
    finest,
    flags,
    in_time,
    is_open,
    kaplan_meier,
    last_day,
    lifetime,
    quantile,
    ratio,
    reached,
    values_of,
)

LEDGERS = ("operations", "staff", "members", "investors", "organisation")
HAPPY = {"满意", "基本满意", "非常满意"}


@dataclass(frozen=True)
class Cell:
    """One addend: whose it is, how many, and what was said of it."""

    code: str | None
    committee: str | None
    value: float
    qualifier: str | None = None


# ---- series


def stated(row: Row) -> bool:
    return any(row[f"ledger_{name}"] is not None for name in LEDGERS)


def due(row: Row) -> bool:
    return (row["members_full"] or 0) >= 3


def peopled(row: Row) -> bool:
    return (row["members_full"] or 0) + (row["members_probationary"] or 0) >= 1


FIRMS: dict[str, Callable[[Row], float]] = {
    "operating": lambda r: 1,
    "eligible": lambda r: r["is_eligible"] is True,
    "above_scale": lambda r: r["is_above_scale"] is True,
    "has_members": peopled,
    "sole": lambda r: r["org_form"] == "sole",
    "organised": lambda r: flags(r)["organised"],
    "organised_eligible": lambda r: flags(r)["organised"] and r["is_eligible"] is True,
    "organised_above_scale": lambda r: flags(r)["organised"] and r["is_above_scale"] is True,
    "organised_has_members": lambda r: flags(r)["organised"] and peopled(r),
    "organised_broad": lambda r: flags(r)["organised_broad"],
    "worked": lambda r: flags(r)["worked"],
    "uncovered": lambda r: not flags(r)["worked"],
    "due": due,
    "due_sole": lambda r: due(r) and r["org_form"] == "sole",
    "due_open": lambda r: due(r) and r["org_form"] != "sole",
    "unorganised": lambda r: not flags(r)["organised_broad"],
    "unorganised_worked": lambda r: flags(r)["worked"] and not flags(r)["organised_broad"],
    "unorganised_instructed": lambda r: r["has_instructor"] is True and not flags(r)["organised_broad"],
    "instructed": lambda r: r["has_instructor"] is True,
    "ledgers": lambda r: sum(r[f"ledger_{name}"] is True for name in LEDGERS),
    "ledgers_due": lambda r: 5 * stated(r),
}


def closed_now(case: Row, month: date) -> bool:
    return bool(case["done"] and case["closed_at"].date() >= month)


def due_in(case: Row, month: date) -> bool:
    return bool(case["due_at"] and month <= case["due_at"].date() <= last_day(month))


def by_petitioner(case: Row) -> bool:
    return case["is_resolved"] is not None and case["judged_by"] == "petitioner"


CASES: dict[str, Callable[[Row, date], bool]] = {
    "received": lambda c, m: c["received_at"].date() >= m,
    "closed": closed_now,
    "open": lambda c, m: not c["done"],
    "due": due_in,
    "on_time": lambda c, m: due_in(c, m) and c["done"] and in_time(c),
    "overdue_open": lambda c, m: bool(not c["done"] and c["due_at"] and c["due_at"].date() <= last_day(m)),
    "recent": lambda c, m: c["received_at"].date() >= before(m, 11),
    "recent_closed": lambda c, m: c["received_at"].date() >= before(m, 11) and c["done"],
    "reopened": lambda c, m: closed_now(c, m) and c["reopened"] is True,
    "judged": lambda c, m: closed_now(c, m) and by_petitioner(c),
    "resolved": lambda c, m: closed_now(c, m) and by_petitioner(c) and c["is_resolved"],
    "rated": lambda c, m: closed_now(c, m) and c["satisfaction"] is not None,
    "satisfied": lambda c, m: closed_now(c, m) and c["satisfaction"] in HAPPY,
}
LISTS = {
    "listed": {"职责", "服务", "监督", "问题", "会议议定"},
    "duties": {"职责", "服务", "监督"},
    "problems": {"问题"},
    "decisions": {"会议议定"},
}


def firms(known: Known, month: date, name: str) -> list[Cell]:
    if name in ("located", "within_reach"):
        return reached_firms(known, month, name)
    return [
        Cell(known.current(row["township_code"]), row["committee_id"], float(FIRMS[name](row)))
        for row in known.table(month, "enterprises")
        if row["is_operating"] and FIRMS[name](row)
    ]


def reached_firms(known: Known, month: date, name: str) -> list[Cell]:
    return [
        Cell(known.current(row["township_code"]), row["committee_id"], 1.0)
        for row, _, within in oracle_reach.firms(known, month)
        if within or (name == "located" and within is not None)
    ]


def places(known: Known, month: date, name: str) -> list[Cell]:
    return [
        Cell(known.current(row["township_code"]), None, 1.0)
        for row in known.table(month, "stations")
        if is_open(row, last_day(month)) and (name == "open" or all(row[item] is True for item in KIT))
    ]


def used(known: Known, month: date, name: str) -> list[Cell]:
    homes = {row["station_id"]: row["township_code"] for row in known.table(month, "stations")}
    return [
        Cell(known.current(homes.get(row["station_id"])), None, float(row["person_times"]))
        for row in known.table(month, "station_services")
        if row["person_times"]
    ]


def idle(known: Known, month: date, name: str) -> list[Cell]:
    totals = []
    for at in (month, before(month)):
        monthly: dict[str, int] = {}
        for row in known.table(at, "station_services"):
            monthly[row["station_id"]] = monthly.get(row["station_id"], 0) + row["person_times"]
        totals.append(monthly)
    return [
        Cell(known.current(row["township_code"]), None, 1.0)
        for row in known.table(month, "stations")
        if is_open(row, last_day(month)) and all(one.get(row["station_id"]) == 0 for one in totals)
    ]


def grievances(known: Known, month: date, name: str) -> list[Cell]:
    return [
        Cell(code, row["committee_id"], 1.0) for code, row in cases(known, month) if CASES[name](row, month)
    ]


def listed(known: Known, month: date, name: str) -> list[Cell]:
    kind, _, state = name.partition("_")
    found = []
    for row in known.table(month, "tasks"):
        late = row["status"] in {"未启动", "推进中"} and bool(
            row["due_on"] and row["due_on"] <= last_day(month)
        )
        is_so = {"": True, "cleared": row["status"] == "已销号", "overdue": late or row["status"] == "逾期"}
        if row["list"] in LISTS[kind] and is_so[state]:
            found.append(Cell(known.current(row["township_code"]), None, 1.0))
    return found


TABLES = {
    "enterprises": firms,
    "stations": places,
    "station_services": used,
    "idle": idle,
    "grievances": grievances,
    "tasks": listed,
}


def addends(known: Known, month: date, series: str, side: str) -> list[Cell]:
    """What adds up to a series in a month, under the filters."""
    table, _, name = series.partition(".")
    if name:
        cells = TABLES[table](known, month, name)
    else:
        rows = [r for r in known.table(month, "figures") if r["indicator_id"] == series]
        cells = [
            Cell(known.current(r["township_code"]), r["committee_id"], r["value"], r["qualifier"])
            for r in finest(rows, side)
        ]
    return [c for c in cells if known.wants(c.code) and known.wants_committee(c.committee)]


def was_heard(known: Known, month: date, series: str, grain: str, key: str | None) -> bool:
    """Whether nothing found means none."""
    table, _, name = series.partition(".")
    if not name:
        return False
    if table in {"stations", "grievances", "tasks"}:
        return known.has(month, table)
    sent = known.reported(month, "station_services" if table == "idle" else table)
    if table == "idle":
        sent &= known.reported(before(month), "station_services")
        if not known.has(month, "stations"):
            return False
    return key in sent if grain == "township" else any(known.wants(code) for code in sent)


# ---- values


@dataclass(frozen=True)
class Value:
    """One figure of one key in one month."""

    value: float | None
    numerator: float | None
    denominator: float | None
    qualifier: str | None


def side_of(known: Known, grain: str) -> str:
    if grain == "committee":
        return "committee" if known.ask.townships is None else "township"
    return "township" if known.ask.committees is None else "committee"


def lives(known: Known, month: date, basis: str) -> list[tuple[Cell, tuple[int, bool]]]:
    found = []
    for code, row in cases(known, month):
        cell = Cell(code, row["committee_id"], 1.0)
        wanted = closed_now(row, month) if basis == "closed" else CASES["recent"](row, month)
        if wanted:
            found.append((cell, lifetime(row, last_day(month))))
    return found


def belongs(cell: Cell, grain: str, key: str | None) -> bool:
    return {"month": True, "township": cell.code == key, "committee": cell.committee == key}[grain]


def measured(known: Known, about: Indicator, month: date, grain: str, key: str | None) -> Value:
    if about.basis:
        spans = [life for cell, life in lives(known, month, about.basis) if belongs(cell, grain, key)]
        share = about.share or 0.5
        if about.basis == "closed":
            return Value(quantile(sorted(days for days, _ in spans), share), None, None, None)
        days = reached(kaplan_meier(spans), 1 - share)
        return Value(None if days is None else float(days), None, None, None)
    side, groups = side_of(known, grain), {}
    for series in {*about.parts, *about.whole}:
        groups[series] = [c for c in addends(known, month, series, side) if belongs(c, grain, key)]
    above = [cell for series in about.parts for cell in groups[series]]
    below = [cell for series in about.whole for cell in groups[series]]
    numerator: float | None = sum(cell.value for cell in above) if groups[about.parts[0]] else None
    if numerator is None and was_heard(known, month, about.parts[0], grain, key):
        numerator = 0.0
    denominator: float | None = sum(cell.value for cell in below) if below else None
    if about.whole and denominator is None and was_heard(known, month, about.whole[0], grain, key):
        denominator = 0.0
    value = ratio(numerator, denominator) if about.whole else numerator
    return Value(value, numerator, denominator, None if value is None else said(above, below))


def said(above: list[Cell], below: list[Cell]) -> str | None:
    over, under = ({cell.qualifier for cell in cells} - {None} for cells in (above, below))
    if not over and not under:
        return None
    if len(over) == 1 and not under:
        return over.pop()
    if (over | under) & {"约", "近"} or (over and under):
        return "约"
    return "余" if over else "以下"


# ---- standing


def is_yearly(about: Indicator) -> bool:
    return about.kind == "C" or about.yearly


def start_of_year(month: date, settings: Row) -> date:
    start = settings.get("fiscal_start", 1)
    year = month.year if month.month >= start else month.year - 1
    return date(year, start, 1)


def elapsed(month: date, settings: Row) -> Fraction:
    """The share of the year gone by the last day of the month."""
    first = start_of_year(month, settings)
    return Fraction((last_day(month) - first).days + 1, (first.replace(year=first.year + 1) - first).days)


def aim(known: Known, month: date, grain: str, key: str | None, indicator: str) -> float | None:
    if grain == "committee" or known.ask.committees is not None or (grain == "township" and key is None):
        return None
    code = key
    if grain == "month" and known.ask.townships is not None:
        if len(known.ask.townships) != 1:
            return None
        code = known.ask.townships[0]
    found = [
        row["value"]
        for row in known.table(month, "targets")
        if row["indicator_id"] == indicator and row["township_code"] == code
    ]
    return found[0] if found else None


def standing(known: Known, about: Indicator, month: date, grain: str, key: str | None) -> Row:
    settings = known.ask.settings
    now = measured(known, about, month, grain, key)
    past = measured(known, about, before(month), grain, key)
    last = measured(known, about, before(month, 12), grain, key).value
    crossed = about.kind == "C" and month.month == settings.get("fiscal_start", 1)
    previous = None if crossed else past.value
    target = aim(known, month, grain, key, about.id)
    done = now.value
    if is_yearly(about) and about.kind == "F" and done is not None:
        done, at = 0.0, start_of_year(month, settings)
        while at <= month:
            done += measured(known, about, at, grain, key).value or 0.0
            at = last_day(at) + timedelta(days=1)
    pace = None if target is None else target * (float(elapsed(month, settings)) if is_yearly(about) else 1)
    return {
        "value": now.value,
        "qualifier": now.qualifier,
        "previous": previous,
        "change": None if now.value is None or previous is None else now.value - previous,
        "last_year": last,
        "target": target,
        "numerator": now.numerator,
        "denominator": now.denominator,
        "pace": pace,
        "done": None if target is None else done,
    } | lit(about, now, done, target, pace, settings)


def lit(
    about: Indicator, now: Value, done: float | None, target: float | None, pace: float | None, settings: Row
) -> Row:
    """gap, gap_units and status."""
    if target is None or pace is None:
        return {"gap": None, "gap_units": None, "status": None}
    if done is None:
        return {"gap": None, "gap_units": None, "status": "none"}
    sign = -1 if about.direction == "down" else 1
    behind, short = sign * (pace - done), sign * (target - done)
    near = settings.get("near_margin", 0.02) * (1 if about.units["zh"] == "%" else abs(pace))
    four = settings.get("lights", {}).get("scheme") == "four_colours"
    if four and short <= 1e-9:
        status = "done"
    elif behind <= 1e-9:
        status = "good"
    else:
        status = "warn" if behind <= near + 1e-9 else "bad"
    return {"gap": -short, "gap_units": units(about, now, done, target, sign), "status": status}


def units(about: Indicator, now: Value, done: float, target: float, sign: int) -> int | None:
    """By trying: the fewest units more, or fewer, with which the target is reached."""
    if not about.parts:
        return None
    wanted = Fraction(target).limit_denominator(10**6)
    count = 0
    while True:
        if about.whole:
            reached_now = Fraction(math.floor(now.numerator or 0) + count) / Fraction(now.denominator or 1)
            if sign < 0:
                reached_now = Fraction(math.ceil(now.numerator or 0) - count) / Fraction(now.denominator or 1)
        else:
            reached_now = Fraction(done) + sign * count
        if sign * (reached_now - wanted) >= 0:
            return count
        count += 1


def indicator(grain: str) -> Callable[[Known], Answer]:
    def asked(known: Known) -> Answer:
        about = INDICATORS[known.ask.about]
        found: set[tuple[Any, ...]] = set()
        if grain != "month":
            side = side_of(known, grain)
            cells = [
                cell
                for series in {*about.parts, *about.whole}
                for cell in addends(known, known.ask.month, series, side)
            ]
            if about.basis:
                cells = [cell for cell, _ in lives(known, known.ask.month, about.basis)]
            found = {(cell.code if grain == "township" else cell.committee,) for cell in cells}
        answers = []
        for row in known.keys([grain], found):
            month = row.get("month", known.ask.month)
            key = None if grain == "month" else values_of(row, [grain])[0]
            answer = row | standing(known, about, month, grain, key)
            answers.append(answer | (senders(known, about, month) if grain == "month" else {}))
        return answers

    return asked


def all_of_them(known: Known) -> Answer:
    """Each indicator that adds up, by township and all townships together."""
    grains = {"township"} | ({"committee"} if known.ask.committees is not None else set())
    answers = []
    for name, about in INDICATORS.items():
        if not about.parts or not grains <= set(about.grain):
            continue
        rows = known.keys(["township"], ())
        answers += [
            row | standing(known, about, known.ask.month, "township", row["township_code"]) for row in rows
        ]
        if "month" in about.grain:
            answers.append(
                {"township_code": None, "township": None}
                | standing(known, about, known.ask.month, "month", None)
            )
        for row in answers:
            row.setdefault("indicator_id", name)
    return answers


def senders(known: Known, about: Indicator, month: date) -> Row:
    """Of how many townships of the month the value is made; nothing where none of them reports."""
    nothing = {"expected": None, "reported": None}
    series = about.parts[0] if about.parts else "grievances."
    table, _, name = series.partition(".")
    source = table if name else "figures"
    if month not in known.world or source not in {"figures", "enterprises", "station_services"}:
        return nothing
    if not known.table(month, source):
        return nothing
    # the townships of that month, told by its own boundaries
    then = Known({month: known.world[month]}, type(known.ask)(month=month, basis=month, from_month=month))
    there = [code for code in then.valid if known.wants(known.current(code))]
    if source == "figures":
        sent = {
            then.current(row["township_code"])
            for row in known.table(month, "figures")
            if row["indicator_id"] == series and row["township_code"]
        }
    else:
        sent = then.reported(month, source)
    reported = sum(code in sent for code in there)
    return {"expected": len(there), "reported": reported} if reported else nothing


# ---- contributions


def printed(value: Fraction, scale: int, digits: int) -> Fraction:
    """As it is read, half away from zero, never complete while anything is missing."""
    step = Fraction(1, 10**digits)
    scaled = value * scale / step
    shown = math.floor(abs(scaled) + Fraction(1, 2)) * (1 if scaled >= 0 else -1)
    if scale == 100 and value < 1 and shown >= 1000:
        shown = 999
    return shown * step


def exact(cells: list[Cell]) -> Fraction:
    return sum((Fraction(cell.value) for cell in cells), Fraction(0))


def contributions(known: Known) -> Answer:
    about, by = INDICATORS[known.ask.about], known.ask.by
    months = (known.ask.month, before(known.ask.month, 1 if known.ask.against == "previous" else 12))
    side = side_of(known, "month")
    parts, wholes = (
        [[c for series in names for c in addends(known, month, series, side)] for month in months]
        for names in (about.parts, about.whole)
    )
    found = {
        (cell.code if by == "township" else cell.committee,) for cells in (*parts, *wholes) for cell in cells
    }
    crossed = (
        about.kind == "C"
        and known.ask.against == "previous"
        and known.ask.month.month == known.ask.settings.get("fiscal_start", 1)
    )
    county = [measured(known, about, month, "month", None).value for month in months]
    unknown = crossed or None in county
    rows = [_moved(known, about, row, by, parts, wholes) for row in known.keys([by], found)]
    if unknown:
        empty = dict.fromkeys(("contribution", "own_effect", "weight_effect", "shown"))
        return [row | empty for row in rows]
    return _shown(rows, about, parts, wholes)


def _moved(
    known: Known,
    about: Indicator,
    row: Row,
    by: str,
    parts: Sequence[list[Cell]],
    wholes: Sequence[list[Cell]],
) -> Row:
    key = values_of(row, [by])[0]
    (n1, n0), (d1, d0) = (
        [exact([c for c in cells if belongs(c, by, key)]) for cells in pair] for pair in (parts, wholes)
    )
    is_there = [
        any(belongs(c, by, key) for c in (*above, *below)) for above, below in zip(parts, wholes, strict=True)
    ]
    state = {(True, True): "both", (True, False): "entered", (False, True): "left"}.get(
        (is_there[0], is_there[1]), "absent"
    )
    names = {"township_code": None, "township": None, "committee_id": None, "committee": None}
    moved: Row = names | row | {"state": state}
    if not about.whole:
        has = [any(belongs(c, by, key) for c in cells) for cells in parts]
        own = [float(n) if there else None for n, there in zip((n1, n0), has, strict=True)]
        return moved | {"exact": n1 - n0, "now": own[0], "before": own[1], "own_effect": None}
    scale = 100 if about.is_rate else 1
    rates = [n / d if d else None for n, d in ((n1, d1), (n0, d0))]
    told = ["." in about.parts[0] or any(belongs(c, by, key) for c in cells) for cells in parts]
    own = [
        None if rate is None or not there else float(rate) for rate, there in zip(rates, told, strict=True)
    ]
    whole1, whole0 = (exact(cells) or Fraction(1) for cells in wholes)
    all1, all0 = (exact(cells) for cells in parts)
    middle = (all1 / whole1 + all0 / whole0) / 2
    moved_by = scale * (n1 / whole1 - n0 / whole0 - middle * (d1 / whole1 - d0 / whole0))
    own_effect = Fraction(0)
    if rates[0] is not None and rates[1] is not None:
        own_effect = scale * (rates[0] - rates[1]) * (d1 / whole1 + d0 / whole0) / 2
    return moved | {
        "exact": moved_by,
        "own_effect": float(own_effect),
        "now": own[0],
        "before": own[1],
    }


def _shown(
    rows: Answer, about: Indicator, parts: Sequence[list[Cell]], wholes: Sequence[list[Cell]]
) -> Answer:
    scale, digits = (100 if about.is_rate else 1), (1 if about.whole else 0)
    ends = [
        printed(exact(above) / (exact(below) if about.whole else 1), scale, digits)
        for above, below in zip(parts, wholes, strict=True)
    ]
    step = Fraction(1, 10**digits)
    missing = int((ends[0] - ends[1]) / step)
    floors = [math.floor(row["exact"] / step) for row in rows]
    missing -= sum(floors)
    lost = [row["exact"] / step - floor for row, floor in zip(rows, floors, strict=True)]
    order = sorted(range(len(rows)), key=lambda at: (-round(float(lost[at]), 6), at))
    for at in order:
        floors[at] += missing // len(rows) + (order.index(at) < missing % len(rows))
    return [
        row
        | {
            "contribution": float(row["exact"]),
            "weight_effect": None if row["own_effect"] is None else float(row["exact"]) - row["own_effect"],
            "shown": float(floor * step),
        }
        for row, floor in zip(rows, floors, strict=True)
    ]


def published_figures(known: Known) -> Answer:
    source = known.ask.settings.get("sources", {})
    answers = []
    for name, (number, unit, words) in known.ask.settings.get("published", {}).items():
        digits = number.rstrip("余约近以上")
        answers.append(
            {
                "indicator_id": name,
                "value": float(digits),
                "qualifier": number[len(digits) :] or None,
                "unit": unit,
                "source": source.get("report", ""),
                "title": source.get("title", ""),
                "words": words,
            }
        )
    return answers


ANSWERS: dict[str, Callable[[Known], Answer]] = {
    "indicator_by_township": indicator("township"),
    "indicator_by_committee": indicator("committee"),
    "indicator_by_month": indicator("month"),
    "indicators_by_township": all_of_them,
    "contributions": contributions,
    "published_figures": published_figures,
}
