"""Every query once more, in plain Python over the ledgers' rows, written from the rules and not from the SQL.

A world is what was published: month -> table -> rows, with the profile's tables in every month.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

Row = dict[str, Any]
World = dict[date, dict[str, list[Row]]]
Answer = list[Row]
Z95 = 1.959963984540054
KIT = ("kit_cooling", "kit_microwave", "kit_water", "kit_charging", "kit_seating", "kit_medicine")
SOURCES = ("enterprises", "figures", "station_services")


@dataclass(frozen=True)
class Ask:
    """What a question is asked with; `basis` is the month whose townships and names hold.

    `indicator` is a reported figure, `about` an entry of the registry; `settings` are the profile's.
    """

    month: date
    basis: date
    from_month: date
    townships: Sequence[str] | None = None
    committees: Sequence[str] | None = None
    denominator: str = "operating"
    indicator: str = "workers"
    about: str = "org_cov_total"
    against: str = "previous"
    by: str = "township"
    settings: Row = field(default_factory=dict)


def answer(world: World, query: str, ask: Ask) -> Answer:
    """The rows that the query of that name must give."""
    return ANSWERS[query](Known(world, ask))


def last_day(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def before(month: date, count: int = 1) -> date:
    for _ in range(count):
        month = (month - timedelta(days=1)).replace(day=1)
    return month


def ratio(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


class Known:
    """A world as seen by one question."""

    def __init__(self, world: World, ask: Ask) -> None:
        self.world, self.ask = world, ask
        self.end = last_day(ask.month)
        profile = world[ask.basis]
        self.townships = {row["township_code"]: row for row in profile["townships"]}
        valid = [row for row in profile["townships"] if self.is_valid(row, last_day(ask.basis))]
        self.valid = [r["township_code"] for r in sorted(valid, key=lambda r: r["sort_order"])]
        self.committees = {row["committee_id"]: row for row in profile["committees"]}
        self.classes = sorted((row["class_id"], row["class_name"]) for row in profile["classes"])

    @staticmethod
    def is_valid(township: Row, day: date) -> bool:
        return township["valid_from"] <= day and (township["valid_to"] is None or township["valid_to"] >= day)

    def table(self, month: date, name: str) -> list[Row]:
        return self.world.get(month, {}).get(name, [])

    def has(self, month: date, name: str) -> bool:
        return name in self.world.get(month, {})

    def months(self) -> list[date]:
        found, month = [], self.ask.month
        while month >= self.ask.from_month:
            found.append(month)
            month = before(month)
        return found[::-1]

    def current(self, code: str | None) -> str | None:
        """The township that stands for it at the end of the basis month, if any."""
        seen: set[str] = set()
        while code is not None and code not in self.valid:
            if code in seen:
                return None
            seen.add(code)
            code = self.townships[code]["successor"]
        return code

    def wants(self, code: str | None) -> bool:
        return self.ask.townships is None or code in self.ask.townships

    def wants_committee(self, committee: str | None) -> bool:
        return self.ask.committees is None or committee in self.ask.committees

    def shown_townships(self, extra: Iterable[str | None] = ()) -> list[str | None]:
        spine: list[str | None] = [code for code in self.valid if self.wants(code)]
        return spine + ([None] if None in set(extra) else [])

    def shown_committees(self, extra: Iterable[str | None] = ()) -> list[str | None]:
        order = sorted(self.committees.values(), key=lambda r: (r["sort_order"], r["committee_id"]))
        spine: list[str | None] = [
            r["committee_id"] for r in order if self.wants_committee(r["committee_id"])
        ]
        return spine + ([None] if None in set(extra) else [])

    def keys(self, grain: Sequence[str], found: Iterable[tuple[Any, ...]]) -> list[Row]:
        """One row per key in order: those of the profile, then what was found beside them."""
        found = list(found)
        spines = {
            "month": self.months,
            "township": lambda: self.shown_townships(),
            "committee": lambda: self.shown_committees(),
            "class": lambda: [name for name, _ in self.classes],
        }
        keys: list[tuple[Any, ...]] = [()]
        for part in grain:
            keys = [(*key, value) for key in keys for value in spines[part]()]
        keys += [key for key in set(found) if key not in set(keys)]
        rank = {
            "month": lambda value: value,
            "township": lambda code: self.valid.index(code) if code in self.valid else math.inf,
            "committee": lambda c: self.shown_committees([None]).index(c),
            "class": lambda value: value,
        }
        keys.sort(key=lambda key: tuple(rank[part](value) for part, value in zip(grain, key, strict=True)))
        return [self.named(grain, key) for key in keys]

    def named(self, grain: Sequence[str], key: tuple[Any, ...]) -> Row:
        row: Row = {}
        for part, value in zip(grain, key, strict=True):
            if part == "month":
                row["month"] = value
            elif part == "township":
                shown = value in self.valid
                row |= {
                    "township_code": value,
                    "township": self.townships[value]["township"] if shown else None,
                }
            elif part == "committee":
                row |= {
                    "committee_id": value,
                    "committee": self.committees[value]["committee"] if value else None,
                }
            else:
                row |= {"class_id": value, "class_name": dict(self.classes)[value]}
        return row

    def ledger(self, month: date, source: str) -> list[Row]:
        """Rows that townships sent under that name; of the table of figures those of the members alone."""
        rows = self.table(month, source)
        return rows if source != "figures" else [r for r in rows if r["indicator_id"] == "members_full"]

    def reported(self, month: date, source: str) -> set[str | None]:
        """Townships of the basis month that sent that ledger, by whatever name; None = one that is gone."""
        rows = self.ledger(month, source)
        if not rows:
            return set()
        if source == "station_services":
            homes = {row["station_id"]: row["township_code"] for row in self.table(month, "stations")}
            sent = {homes.get(row["station_id"]) for row in rows}
        else:
            sent = {row["township_code"] for row in rows}
        profile = self.world[month]["townships"]
        then = (
            Known({month: self.world[month]}, Ask(month, month, month)) if month != self.ask.basis else self
        )
        known = {then.current(code) for code in sent} - {None}
        if source == "station_services":
            open_at = {
                then.current(row["township_code"])
                for row in self.table(month, "stations")
                if is_open(row, last_day(month))
            }
            known |= {
                row["township_code"]
                for row in profile
                if self.is_valid(row, last_day(month)) and row["township_code"] not in open_at
            }
        return {self.current(code) for code in known}


def key_of(grain: Sequence[str], month: date, township: str | None, row: Row) -> tuple[Any, ...]:
    values = {
        "month": month,
        "township": township,
        "committee": row.get("committee_id"),
        "class": row.get("class_id"),
    }
    return tuple(values[part] for part in grain)


def values_of(row: Row, grain: Sequence[str]) -> tuple[Any, ...]:
    columns = {
        "month": "month",
        "township": "township_code",
        "committee": "committee_id",
        "class": "class_id",
    }
    return tuple(row[columns[part]] for part in grain)


def scope(known: Known, grain: Sequence[str]) -> list[date]:
    return known.months() if "month" in grain else [known.ask.month]


# ---- coverage


def flags(row: Row) -> Row:
    """What one enterprise counts for."""
    own = row["org_form"] == "sole"
    organised = own or row["org_form"] == "joint"
    broad = organised or (
        row["org_form"] in {"regional", "seconded", "incubated"} and row["org_approved_on"] is not None
    )
    worked = broad or any(row[name] is True for name in ("has_instructor", "has_liaison", "has_mass_org"))
    return {
        "enterprises": True,
        "sole": own,
        "organised": organised,
        "organised_broad": broad,
        "worked": worked,
    }


def counts_in(row: Row, denominator: str) -> bool:
    members = (row["members_full"] or 0) + (row["members_probationary"] or 0)
    rules = {
        "operating": True,
        "eligible": row["is_eligible"] is True,
        "above_scale": row["is_above_scale"] is True,
        "has_members": members >= 1,
    }
    return bool(row["is_operating"]) and rules[denominator]


def wilson(part: int, whole: int) -> tuple[float, float]:
    share, square = part / whole, Z95 * Z95
    middle = share + square / (2 * whole)
    spread = Z95 * math.sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    return max(0.0, (middle - spread) / (1 + square / whole)), min(
        1.0, (middle + spread) / (1 + square / whole)
    )


def coverage(*grain: str) -> Callable[[Known], Answer]:
    def asked(known: Known) -> Answer:
        counts: dict[tuple[Any, ...], Row] = {}
        for month in scope(known, grain):
            for row in known.table(month, "enterprises"):
                code = known.current(row["township_code"])
                if not (known.wants(code) and known.wants_committee(row["committee_id"])):
                    continue
                if not counts_in(row, known.ask.denominator):
                    continue
                key = key_of(grain, month, code, row)
                total = counts.setdefault(key, dict.fromkeys(flags(row), 0))
                for name, flag in flags(row).items():
                    total[name] += flag
        rows = known.keys(grain, counts)
        return [row | _rates(_covered(known, grain, row, counts)) for row in rows]

    return asked


def _covered(known: Known, grain: Sequence[str], row: Row, counts: dict[tuple[Any, ...], Row]) -> Row:
    names = ("enterprises", "sole", "organised", "organised_broad", "worked")
    found = counts.get(values_of(row, grain))
    if found is not None:
        return found
    sent = known.reported(row.get("month", known.ask.month), "enterprises")
    heard = row["township_code"] in sent if "township" in grain else any(known.wants(code) for code in sent)
    return dict.fromkeys(names, 0 if heard else None)


def _rates(counts: Row) -> Row:
    whole = counts["enterprises"]
    low, high = wilson(counts["organised"], whole) if whole else (None, None)
    return counts | {
        "uncovered": None if whole is None else whole - counts["worked"],
        "sole_rate": ratio(counts["sole"], whole),
        "organised_rate": ratio(counts["organised"], whole),
        "worked_rate": ratio(counts["worked"], whole),
        "organised_low": low,
        "organised_high": high,
    }


def enterprises(known: Known) -> Answer:
    grain = ("township", "committee")
    found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in known.table(known.ask.month, "enterprises"):
        code = known.current(row["township_code"])
        if known.wants(code) and known.wants_committee(row["committee_id"]):
            found[key_of(grain, known.ask.month, code, row)].append(row)
    sent = known.reported(known.ask.month, "enterprises")
    answers = []
    for row in known.keys(grain, found):
        here = found.get(values_of(row, grain), [])
        heard = bool(here) or row["township_code"] in sent
        should = [r for r in here if r["is_operating"] and (r["members_full"] or 0) >= 3]
        unknown = [r for r in here if r["members_full"] is None or r["members_probationary"] is None]
        answers.append(
            row
            | {
                "enterprises": len(here) if heard else None,
                "operating": sum(r["is_operating"] for r in here) if heard else None,
                "members_unknown": len(unknown) if heard else None,
                "should_build_open": sum(r["org_form"] != "sole" for r in should) if heard else None,
            }
            | {name: total(here, name) for name in ("workers", "members_full", "members_probationary")}
        )
    return answers


def joint_branch_proposals(known: Known) -> Answer:
    rules = {"sole_branch_members": 3, "joint_branch_units": 5} | known.ask.settings.get("rules", {})
    least, most = rules["sole_branch_members"], rules["joint_branch_units"]
    cells: dict[tuple[str | None, str | None], list[Row]] = defaultdict(list)
    for row in known.table(known.ask.month, "enterprises"):
        code = known.current(row["township_code"])
        wanted = known.wants(code) and known.wants_committee(row["committee_id"])
        if wanted and row["is_operating"] and row["org_form"] not in ("sole", "joint"):
            cells[code, row["committee_id"]].append(row)
    answers = []
    for key in known.keys(("township", "committee"), cells):
        here = cells.get((key["township_code"], key["committee_id"]), [])
        sole = [r for r in here if (r["members_full"] or 0) >= least]
        small = [r for r in here if 1 <= (r["members_full"] or 0) < least and not flags(r)["organised_broad"]]
        if key["committee_id"] is None:
            small = []
        joined, branches = most_joined([r["members_full"] for r in small], least, most)
        counted = sum(counts_in(r, known.ask.denominator) for r in small)
        if sole or branches:
            answers.append(
                key
                | {
                    "sole": len(sole),
                    "sole_gain": sum(counts_in(r, known.ask.denominator) for r in sole),
                    "branches": branches,
                    "joined": joined,
                    "joined_gain": max(0, counted - (len(small) - joined)) if branches else 0,
                }
            )
    return answers


def most_joined(members: list[int], least: int, most: int) -> tuple[int, int]:
    """Most units that can be put into branches of up to `most` with `least` members, and fewest branches."""
    if len(members) <= most and sum(members) >= least:
        return len(members), 1
    best = (0, 0)
    for branches in range(1, len(members) + 1):
        for joined in range(branches, len(members) + 1):
            # as if each unit had one member
            if branches * least <= joined <= branches * most and joined > best[0]:
                best = (joined, branches)
    return best


def total(rows: list[Row], name: str) -> int | None:
    """The sum of what is known; nothing known is unknown."""
    known = [row[name] for row in rows if row[name] is not None]
    return sum(known) if known else None


# ---- figures


def finest(rows: list[Row], by: str) -> list[Row]:
    """The rows of one figure to add up for a split `by` township or committee, nothing twice."""
    if len(rows) == 1:
        return rows
    cells = [r for r in rows if r["township_code"] and r["committee_id"]]
    whole = {
        "township": [r for r in rows if r["township_code"] and not r["committee_id"]],
        "committee": [r for r in rows if r["committee_id"] and not r["township_code"]],
    }
    lone = {
        side: [r for r in whole[side] if not any(c[key] == r[key] for c in cells)]
        for side, key in (("township", "township_code"), ("committee", "committee_id"))
    }
    other = "committee" if by == "township" else "township"
    return cells + lone[by] + (lone[other] if not lone[by] else [])


def picked(known: Known, grain: Sequence[str], indicator: str) -> dict[tuple[Any, ...], list[Row]]:
    """Rows of a figure by key, after the filters."""
    by_committee = "committee" in grain and "township" not in grain
    if by_committee:
        side = "committee" if known.ask.townships is None else "township"
    else:
        side = "township" if known.ask.committees is None else "committee"
    found = defaultdict(list)
    for month in scope(known, grain):
        rows = [r for r in known.table(month, "figures") if r["indicator_id"] == indicator]
        for row in finest(rows, side):
            code = known.current(row["township_code"])
            if known.wants(code) and known.wants_committee(row["committee_id"]):
                found[key_of(grain, month, code, row)].append(row)
    return found


def members(*grain: str) -> Callable[[Known], Answer]:
    names = ("workers", "members_full", "members_probationary", "floating_in", "applicants")

    def asked(known: Known) -> Answer:
        sums = {
            name: {
                key: int(sum(r["value"] for r in rows)) for key, rows in picked(known, grain, name).items()
            }
            for name in names
        }
        rows = known.keys(grain, {key for found in sums.values() for key in found})
        return [
            row | _people({name: sums[name].get(values_of(row, grain)) for name in names}) for row in rows
        ]

    return asked


def _people(sums: Row) -> Row:
    full = sums["members_full"]
    total = None if full is None else full + (sums["members_probationary"] or 0)
    return sums | {"members": total, "member_share": ratio(total, sums["workers"])}


def figures(*grain: str) -> Callable[[Known], Answer]:
    def asked(known: Known) -> Answer:
        found = picked(known, grain, known.ask.indicator)
        return [row | _figure(found.get(values_of(row, grain))) for row in known.keys(grain, found)]

    return asked


def _figure(rows: list[Row] | None) -> Row:
    if not rows:
        return {"value": None, "lower_bound": None, "is_approximate": None}
    said = {row["qualifier"] for row in rows}
    return {
        "value": sum(row["value"] for row in rows),
        "lower_bound": bool(said & {"余", "以上"}),
        "is_approximate": bool(said & {"约", "近"}),
    }


def figures_by_indicator(known: Known) -> Answer:
    answers = []
    for indicator in sorted({row["indicator_id"] for row in known.table(known.ask.month, "figures")}):
        rows = [row for found in picked(known, ["township"], indicator).values() for row in found]
        if rows:
            counts = {
                "rows_added": len(rows),
                "zeros": sum(row["value"] == 0 for row in rows),
                "qualified": sum(row["qualifier"] is not None for row in rows),
            }
            answers.append({"indicator_id": indicator} | _figure(rows) | counts)
    return answers


# ---- stations


def is_open(station: Row, day: date) -> bool:
    opened = station["opened_on"] is None or station["opened_on"] <= day
    return opened and (station["closed_on"] is None or station["closed_on"] > day)


def stations_at(known: Known, month: date) -> dict[str, tuple[str | None, bool]]:
    """Station -> its township of the basis month, and whether it is open; those under the filter."""
    rows = known.table(month, "stations")
    placed = {r["station_id"]: (known.current(r["township_code"]), is_open(r, last_day(month))) for r in rows}
    return {station: found for station, found in placed.items() if known.wants(found[0])}


def uses(known: Known, month: date) -> list[tuple[str | None, Row]]:
    """Services of stations under the filter with their township."""
    homes = {r["station_id"]: known.current(r["township_code"]) for r in known.table(month, "stations")}
    rows = [(homes.get(row["station_id"]), row) for row in known.table(month, "station_services")]
    return [(code, row) for code, row in rows if known.wants(code)]


def services(*grain: str) -> Callable[[Known], Answer]:
    def asked(known: Known) -> Answer:
        opened: dict[tuple[Any, ...], int] = defaultdict(int)
        used: dict[tuple[Any, ...], int] = defaultdict(int)
        for month in scope(known, grain):
            for code, is_now_open in stations_at(known, month).values():
                if is_now_open:
                    opened[key_of(grain, month, code, {})] += 1
            for code, row in uses(known, month):
                used[key_of(grain, month, code, {})] += row["person_times"]
        rows = known.keys(grain, {*opened, *used})
        return [row | _served(known, grain, row, opened, used) for row in rows]

    return asked


def _served(known: Known, grain: Sequence[str], row: Row, opened: Row, used: Row) -> Row:
    key, month = values_of(row, grain), row.get("month", known.ask.month)
    stations = opened.get(key, 0 if known.has(month, "stations") else None)
    sent = known.reported(month, "station_services")
    heard = row["township_code"] in sent if "township" in grain else any(known.wants(code) for code in sent)
    times = used.get(key, 0 if heard else None)
    return {
        "stations_open": stations,
        "person_times": times,
        "person_times_per_station": ratio(times, stations),
    }


def services_by_type(known: Known) -> Answer:
    month = known.ask.month
    types = {row["service_type"] for row in known.table(month, "station_services")}
    stations = None
    if known.has(month, "stations"):
        stations = sum(is_now_open for _, is_now_open in stations_at(known, month).values())
    heard = any(known.wants(code) for code in known.reported(month, "station_services"))
    rows = []
    for kind in types:
        times = [row["person_times"] for _, row in uses(known, month) if row["service_type"] == kind]
        total = sum(times) if times or heard else None
        rows.append(
            {
                "service_type": kind,
                "stations_open": stations,
                "person_times": total,
                "person_times_per_station": ratio(total, stations),
            }
        )
    return sorted(
        rows, key=lambda r: (r["person_times"] is None, -(r["person_times"] or 0), r["service_type"])
    )


def services_by_station(known: Known) -> Answer:
    month = known.ask.month
    names = {row["station_id"]: row["name"] for row in known.table(month, "stations")}
    used: dict[str, int] = defaultdict(int)
    for _, row in uses(known, month):
        used[row["station_id"]] += row["person_times"]
    rows = [
        {"station_id": station, "station": names[station]}
        | known.named(["township"], (code,))
        | {
            "stations_open": int(is_now_open),
            "person_times": used.get(station),
            "person_times_per_station": ratio(used.get(station), int(is_now_open)),
        }
        for station, (code, is_now_open) in stations_at(known, month).items()
        if is_now_open or station in used
    ]
    place = {code: index for index, code in enumerate(known.valid)}
    return sorted(rows, key=lambda r: (place.get(r["township_code"], math.inf), r["station_id"]))


def stations_by_type(known: Known) -> Answer:
    month = known.ask.month
    ledger = {row["station_id"]: row for row in known.table(month, "stations")}
    open_now = {station for station, (_, is_now_open) in stations_at(known, month).items() if is_now_open}
    used = uses(known, month)
    answers = []
    for kind in {ledger[station]["station_type"] for station in stations_at(known, month)}:
        here = [s for s in stations_at(known, month) if ledger[s]["station_type"] == kind]
        full = [s for s in here if s in open_now and all(ledger[s][item] is True for item in KIT)]
        times = [row["person_times"] for _, row in used if row["station_id"] in here]
        opened = len(open_now & set(here))
        answers.append(
            {
                "station_type": kind,
                "stations_listed": len(here),
                "stations_open": opened,
                "full_kit": len(full),
                "kit_rate": ratio(len(full), opened),
                "person_times": sum(times) if times else None,
                "rows_reported": len(times),
            }
        )
    return sorted(answers, key=lambda r: (-r["stations_open"], r["station_type"] is None, r["station_type"]))


def idle_stations(known: Known) -> Answer:
    month, both = known.ask.month, (known.ask.month, before(known.ask.month))
    reports: dict[str, list[int]] = defaultdict(list)
    for at in both:
        monthly: dict[str, int] = defaultdict(int)
        for row in known.table(at, "station_services"):
            monthly[row["station_id"]] += row["person_times"]
        for station, times in monthly.items():
            reports[station].append(times)
    rows = []
    for code in known.shown_townships():
        here = [s for s, (place, is_now) in stations_at(known, month).items() if place == code and is_now]
        heard = all(code in known.reported(at, "station_services") for at in both)
        listed = known.has(month, "stations")
        idle = sum(reports.get(station) == [0, 0] for station in here)
        rows.append(
            known.named(["township"], (code,))
            | {
                "stations_open": len(here) if listed else None,
                "idle_stations": idle if listed and heard else None,
            }
        )
    return rows


# ---- grievances


def midnight(moment: datetime) -> bool:
    return moment.time() == time(0)


def in_time(case: Row) -> bool:
    if midnight(case["closed_at"]) or midnight(case["due_at"]):
        return bool(case["closed_at"].date() <= case["due_at"].date())
    return bool(case["closed_at"] <= case["due_at"])


def cases(known: Known, month: date) -> list[tuple[str | None, Row]]:
    """Valid cases known at the month's end, under the filter, with their township of the basis month."""
    end, found = last_day(month), []
    for row in known.table(month, "grievances"):
        code = known.current(row["township_code"])
        if row["status"] not in {"open", "closed"} or row["received_at"].date() > end:
            continue
        if known.wants(code) and known.wants_committee(row["committee_id"]):
            done = row["status"] == "closed" and row["closed_at"].date() <= end
            found.append((code, row | {"done": done}))
    return found


def counted(rows: list[Row], month: date) -> Row:
    end = last_day(month)
    closed = [r for r in rows if r["done"] and r["closed_at"].date() >= month]
    due = [r for r in rows if r["due_at"] and month <= r["due_at"].date() <= end]
    on_time = [r for r in due if r["done"] and in_time(r)]
    overdue = [r for r in rows if not r["done"] and r["due_at"] and r["due_at"].date() <= end]
    days = sorted((r["closed_at"].date() - r["received_at"].date()).days for r in closed)
    curve = kaplan_meier(lifetimes(rows, month))
    return {
        "received": sum(r["received_at"].date() >= month for r in rows),
        "closed": len(closed),
        "open": sum(not r["done"] for r in rows),
        "closed_median_days": quantile(days, 0.5),
        "closed_p90_days": quantile(days, 0.9),
        "km_median_days": reached(curve, 0.5),
        "km_p90_days": reached(curve, 0.1),
        "due": len(due),
        "on_time": len(on_time),
        "on_time_rate": ratio(len(on_time), len(due)),
        "overdue_open": len(overdue),
    }


def quantile(values: list[int], share: float) -> float | None:
    """Linear interpolation between the two nearest ranks."""
    if not values:
        return None
    place = (len(values) - 1) * share
    low = values[math.floor(place)]
    return low + (values[math.ceil(place)] - low) * (place - math.floor(place))


def lifetimes(rows: list[Row], month: date) -> list[tuple[int, bool]]:
    """(days, closed) of cases received in the twelve months that end with the month."""
    cohort = [row for row in rows if row["received_at"].date() >= before(month, 11)]
    return [lifetime(row, last_day(month)) for row in cohort]


def lifetime(case: Row, end: date) -> tuple[int, bool]:
    """(days, closed) of one case; an open one has lasted until `end`."""
    until = case["closed_at"].date() if case["done"] else end
    return (until - case["received_at"].date()).days, case["done"]


def kaplan_meier(lives: list[tuple[int, bool]]) -> list[Row]:
    """One row per day from 0 to the longest life."""
    rows, survival = [], 1.0
    for day in range(max((days for days, _ in lives), default=-1) + 1):
        at_risk = sum(days >= day for days, _ in lives)
        closed = sum(days == day and done for days, done in lives)
        censored = sum(days == day and not done for days, done in lives)
        survival *= 1 - closed / at_risk
        rows.append(
            {"day": day, "at_risk": at_risk, "closed": closed, "censored": censored, "survival": survival}
        )
    return rows


def reached(curve: list[Row], share: float) -> int | None:
    return next((row["day"] for row in curve if row["survival"] <= share + 1e-9), None)


def closure(grain: str) -> Callable[[Known], Answer]:
    def asked(known: Known) -> Answer:
        found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
        for month in scope(known, [grain]):
            for code, row in cases(known, month):
                if matters(row, month):
                    found[key_of([grain], month, code, row)].append(row)
        answers = []
        for row in known.keys([grain], found):
            month = row.get("month", known.ask.month)
            counts = counted(found.get(values_of(row, [grain]), []), month)
            if not known.has(month, "grievances"):
                counts = dict.fromkeys(counts)
            answers.append(row | counts)
        return answers

    return asked


def matters(case: Row, month: date) -> bool:
    """Whether a case still says something about the month."""
    due = case["due_at"] and month <= case["due_at"].date() <= last_day(month)
    recent = case["received_at"].date() >= before(month, 11)
    return bool(not case["done"] or case["closed_at"].date() >= month or due or recent)


def closure_curve(known: Known) -> Answer:
    rows = [row for _, row in cases(known, known.ask.month)]
    return kaplan_meier(lifetimes(rows, known.ask.month))


def backlog(known: Known) -> Answer:
    listed = known.has(known.ask.month, "grievances")
    waiting = [row for _, row in cases(known, known.ask.month) if not row["done"]]
    answers = []
    for low, high in ((0, 3), (4, 7), (8, 15), (16, None)):
        ages = [(known.end - row["received_at"].date()).days for row in waiting]
        here = [
            row
            for row, age in zip(waiting, ages, strict=True)
            if low <= age <= (math.inf if high is None else high)
        ]
        late = [row for row in here if row["due_at"] and row["due_at"].date() <= known.end]
        answers.append(
            {
                "age": f"{low}+" if high is None else f"{low}-{high}",
                "days_from": low,
                "days_to": high,
                "cases": len(here) if listed else None,
                "overdue": len(late) if listed else None,
            }
        )
    return answers


def cases_by_status(known: Known) -> Answer:
    month, listed = known.ask.month, known.has(known.ask.month, "grievances")
    rows = [
        row
        for row in known.table(month, "grievances")
        if row["received_at"].date() <= known.end
        and known.wants(known.current(row["township_code"]))
        and known.wants_committee(row["committee_id"])
    ]
    answers = []
    for status in ("open", "closed", "withdrawn", "invalid", "duplicate"):
        here = [row for row in rows if row["status"] == status]
        counts = {
            "cases": len(here),
            "received": sum(row["received_at"].date() >= month for row in here),
            "reopened": sum(row["reopened"] is True for row in here),
        }
        answers.append({"status": status} | (counts if listed else dict.fromkeys(counts)))
    return answers


def closure_times(known: Known) -> Answer:
    month, listed = known.ask.month, known.has(known.ask.month, "grievances")
    rows = [row for _, row in cases(known, month)]
    bases = {
        "closed": [row for row in rows if row["done"] and row["closed_at"].date() >= month],
        "received": [row for row in rows if row["received_at"].date() >= month],
        "cohort": [row for row in rows if row["received_at"].date() >= before(month, 11)],
    }
    answers = []
    for basis, here in bases.items():
        lives = [lifetime(row, known.end) for row in here]
        days = sorted(span for span, done in lives if done)
        curve = kaplan_meier(lives)
        counts = {"cases": len(here), "closed": len(days)} if listed else {"cases": None, "closed": None}
        answers.append(
            {"basis": basis}
            | counts
            | {
                "closed_median_days": quantile(days, 0.5),
                "closed_p90_days": quantile(days, 0.9),
                "km_median_days": reached(curve, 0.5),
                "km_p90_days": reached(curve, 0.1),
            }
        )
    return answers


def deadlines(known: Known) -> Answer:
    month, found = known.ask.month, defaultdict(list)
    for code, row in cases(known, month):
        if row["due_at"] and month <= row["due_at"].date() <= known.end:
            found[(code,)].append(row)
    answers = []
    for row in known.keys(["township"], found):
        here = found.get((row["township_code"],), [])
        on_time = sum(case["done"] and in_time(case) for case in here)
        late_open = sum(not case["done"] for case in here)
        counts = {
            "due": len(here),
            "on_time": on_time,
            "late_closed": len(here) - on_time - late_open,
            "late_open": late_open,
            "on_time_rate": ratio(on_time, len(here)),
        }
        answers.append(row | (counts if known.has(month, "grievances") else dict.fromkeys(counts)))
    return answers


# ---- reports, targets, tasks


def reports_by_township(known: Known) -> Answer:
    month = known.ask.month
    return [
        known.named(["township"], (code,))
        | {
            "source": source,
            "is_reported": code in known.reported(month, source)
            if stated(known, month, source, code)
            else None,
        }
        for code in known.shown_townships()
        for source in SOURCES
    ]


def stated(known: Known, month: date, source: str, code: str | None) -> bool:
    """Whether the month says anything of that township and source: rows came, and the township was there."""
    there = {known.current(t["township_code"]) for t in expected(known, month)}
    return bool(known.ledger(month, source)) and code in there


def expected(known: Known, month: date) -> list[Row]:
    profile = known.world.get(month, {}).get("townships", [])
    return [row for row in profile if known.is_valid(row, last_day(month))]


def reports_by_month(known: Known) -> Answer:
    answers = []
    for month in known.months():
        for source in SOURCES:
            due = [
                t["township_code"]
                for t in expected(known, month)
                if known.wants(known.current(t["township_code"]))
            ]
            published = bool(known.ledger(month, source)) and bool(due)
            then = Known(known.world, Ask(month, month, month)) if month in known.world else known
            sent = then.reported(month, source)
            answers.append(
                {
                    "month": month,
                    "source": source,
                    "expected": len(due) if published else None,
                    "reported": sum(code in sent for code in due) if published else None,
                }
            )
    return answers


def targets(*, over_time: bool) -> Callable[[Known], Answer]:
    def asked(known: Known) -> Answer:
        rows = []
        for month in scope(known, ["month"] if over_time else []):
            for row in known.table(month, "targets"):
                code = row["township_code"]
                if code is None or (code in known.valid and known.wants(code)):
                    shown = {"indicator_id": row["indicator_id"]} | known.named(["township"], (code,))
                    rows.append(shown | ({"month": month} if over_time else {}) | {"value": row["value"]})
        place = {code: index for index, code in enumerate(known.valid)}
        return sorted(
            rows,
            key=lambda r: (
                r["indicator_id"],
                place.get(r["township_code"], -1),
                r.get("month", known.ask.month),
            ),
        )

    return asked


def tasks(known: Known) -> Answer:
    names = ("task_id", "list", "title", "department")
    rows = []
    for row in known.table(known.ask.month, "tasks"):
        code = known.current(row["township_code"])
        if known.wants(code):
            due = row["due_on"]
            late = row["status"] in {"未启动", "推进中"} and due is not None and due <= known.end
            rows.append(
                {name: row[name] for name in names}
                | known.named(["township"], (code,))
                | {name: row[name] for name in ("due_on", "status", "closed_on", "progress")}
                | {"is_overdue": row["status"] == "逾期" or late}
            )
    return sorted(rows, key=lambda r: (r["due_on"] or date.max, r["task_id"]))


# ---- where data came from


def sources(known: Known) -> Answer:
    month = known.ask.month
    homes = {row["station_id"]: row["township_code"] for row in known.table(month, "stations")}
    found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for table in ("enterprises", "figures", "grievances", "station_services", "stations", "targets", "tasks"):
        for row in known.table(month, table):
            home = homes.get(row["station_id"]) if table == "station_services" else row["township_code"]
            code, committee = known.current(home), row.get("committee_id")
            if row["file"] is not None and known.wants(code) and known.wants_committee(committee):
                key = (table, row.get("indicator_id"), code, committee, row["file"], row["sheet"])
                found[key].append(row)
    committees = known.shown_committees([None])
    answers = []
    for key, rows in found.items():
        table, indicator, code, committee, file, sheet = key
        lines = [row["row"] for row in rows if row["row"] is not None]
        place = known.valid.index(code) if code in known.valid else math.inf
        order = (table, indicator or "", place, committees.index(committee), file, sheet or "")
        row = {"table_name": table, "indicator_id": indicator, "file": file, "sheet": sheet}
        row |= known.named(["township", "committee"], (code, committee))
        row |= {
            "entries": len(rows),
            "first_row": min(lines, default=None),
            "last_row": max(lines, default=None),
        }
        answers.append((order, row))
    return [row for _, row in sorted(answers, key=lambda one: one[0])]


ANSWERS: dict[str, Callable[[Known], Answer]] = {
    "coverage_by_township": coverage("township"),
    "coverage_by_committee": coverage("committee"),
    "coverage_by_month": coverage("month"),
    "coverage_by_township_committee": coverage("township", "committee"),
    "coverage_by_month_township": coverage("month", "township"),
    "enterprises_by_township_committee": enterprises,
    "joint_branch_proposals": joint_branch_proposals,
    "members_by_township": members("township"),
    "members_by_committee": members("committee"),
    "members_by_month": members("month"),
    "members_by_township_committee": members("township", "committee"),
    "members_by_month_committee": members("month", "committee"),
    "figures_by_township": figures("township"),
    "figures_by_committee": figures("committee"),
    "figures_by_month": figures("month"),
    "figures_by_indicator": figures_by_indicator,
    "services_by_month": services("month"),
    "services_by_township": services("township"),
    "services_by_month_township": services("month", "township"),
    "services_by_type": services_by_type,
    "services_by_station": services_by_station,
    "stations_by_type": stations_by_type,
    "idle_stations_by_township": idle_stations,
    "closure_by_township": closure("township"),
    "closure_by_class": closure("class"),
    "closure_by_committee": closure("committee"),
    "closure_by_month": closure("month"),
    "closure_times_by_basis": closure_times,
    "deadlines_by_township": deadlines,
    "cases_by_status": cases_by_status,
    "closure_curve": closure_curve,
    "backlog_by_age": backlog,
    "reports_by_township": reports_by_township,
    "reports_by_month": reports_by_month,
    "targets_by_township": targets(over_time=False),
    "targets_by_month": targets(over_time=True),
    "tasks_by_due": tasks,
    "ledger_sources": sources,
}
