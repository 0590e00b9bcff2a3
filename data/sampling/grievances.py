"""Grievances (诉求): received, answered in time or late, or still open, as each month's ledger shows them."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from data.deadlines import Calendar, deadline
from data.sampling.months import index_of, last_day, office_time, some_day
from data.sampling.shape import Grievances, Shape
from data.sampling.spread import season

Row = dict[str, object]
_KINDS = ("咨询", "求助", "投诉", "举报", "建议")
_KIND_WEIGHTS = (22, 30, 27, 5, 16)
_CHANNELS = ("12345热线", "驿站反映", "行业党委走访", "网格上报", "小程序")
_CHANNEL_WEIGHTS = (34, 20, 14, 18, 14)
_EXCLUDED = ("withdrawn", "invalid", "duplicate")
_SATISFACTION = ("满意", "基本满意", "不满意", None)
_SATISFACTION_WEIGHTS = (56, 24, 7, 13)
# A ledger holds what was received in 13 months, or was open at any time of the month.
_KEPT = 13


@dataclass(frozen=True)
class Case:
    """One case with its whole future; `closed_at` may lie after the ledger's month."""

    row: Mapping[str, object]
    area: str | None
    received_at: datetime
    due_at: datetime
    closed_at: datetime
    status: str


def receive(
    shape: Shape,
    classes: Sequence[Mapping[str, Any]],
    calendar: Calendar,
    first: int,
    last: int,
    random: Random,
) -> list[Case]:
    """All cases from a year before the first month to the last, closed as the shape says."""
    cases: list[Case] = []
    for index in range(first - _KEPT, last + 1):
        growing = 1 - 0.006 * (last - index)
        count = round(
            shape.grievances.monthly * growing * season("grievances", index, last) * random.uniform(0.9, 1.1)
        )
        days = sorted(some_day(index, random) for _ in range(count))
        for number, day in enumerate(days):
            case_id = f"SQ-{day.year}{day.month:02d}-{number + 1:03d}"
            cases.append(_case(case_id, office_time(day, random), shape, classes, calendar, random))
    return _closed(cases, shape.grievances, last, random)


def rows(cases: list[Case], index: int, code_on: Callable[[str, date], str]) -> list[Row]:
    """The ledger as it stood at the month's end. A case keeps the township in which it was received."""
    end = last_day(index)
    return [
        _row(each, end, code_on)
        for each in cases
        if each.received_at.date() <= end
        and (index_of(each.received_at.date()) > index - _KEPT or index_of(each.closed_at.date()) >= index)
    ]


def _row(case: Case, end: date, code_on: Callable[[str, date], str]) -> Row:
    done = case.status == "closed" and case.closed_at.date() <= end
    answers = ("is_resolved", "satisfaction", "judged_by", "reopened")
    hidden = dict.fromkeys(answers) | {"reopened": False}
    status = case.status if case.status in _EXCLUDED else "closed" if done else "open"
    return {
        **case.row,
        **({} if done else hidden),
        "township_code": code_on(case.area, case.received_at.date()) if case.area else None,
        "received_at": case.received_at,
        "due_at": case.due_at,
        "closed_at": case.closed_at if done else None,
        "status": status,
    }


def _case(
    case_id: str,
    received_at: datetime,
    shape: Shape,
    classes: Sequence[Mapping[str, Any]],
    calendar: Calendar,
    random: Random,
) -> Case:
    kind = random.choices(classes, [3.0 if number < 4 else 1.0 for number in range(len(classes))])[0]
    area = random.choices(shape.areas, [each.people for each in shape.areas])[0].code
    committee = random.choices(list(shape.committees), list(shape.committees.values()))[0]
    satisfaction = random.choices(_SATISFACTION, _SATISFACTION_WEIGHTS)[0]
    # A few arrive by the county's hotline without a place or a trade.
    row = {
        "case_id": case_id,
        "committee_id": None if random.random() < 0.05 else committee,
        "class_id": kind["class_id"],
        "kind": random.choices(_KINDS, _KIND_WEIGHTS)[0],
        "channel": random.choices(_CHANNELS, _CHANNEL_WEIGHTS)[0],
        "department": random.choice(shape.departments),
        "is_resolved": satisfaction != "不满意" and random.random() < 0.94,
        "satisfaction": satisfaction,
        "judged_by": "petitioner" if satisfaction and random.random() < 0.7 else "department",
        "reopened": random.random() < 0.03,
    }
    due = deadline(received_at, kind["limit"], kind["unit"], kind["start"], calendar)
    if random.random() < 0.02:
        due += timedelta(days=random.randrange(5, 11))
    status = random.choice(_EXCLUDED) if random.random() < 0.07 else "closed"
    lost = random.random() < 0.025
    return Case(row, None if lost else area, received_at, due, received_at, status)


def _closed(cases: list[Case], shape: Grievances, last: int, random: Random) -> list[Case]:
    """Each month's share of the cases due in it is late, to the nearest whole case."""
    due: dict[int, list[int]] = defaultdict(list)
    for place, case in enumerate(cases):
        if case.status == "closed":
            due[index_of(case.due_at.date())].append(place)
    closed = list(cases)
    for index, places in sorted(due.items()):
        late = set(random.sample(places, round(len(places) * _lateness(shape, index, last))))
        for place in places:
            answer = _late if place in late else _in_time
            tired = index > last - len(shape.late_recently)
            closed[place] = replace(cases[place], closed_at=answer(cases[place], tired, random))
    return closed


def _lateness(shape: Grievances, index: int, last: int) -> float:
    months_ago = min(max(last - index, 0), len(shape.late_recently))
    if months_ago < len(shape.late_recently):
        return shape.late_recently[-1 - months_ago]
    return shape.late + (0.012 if index % 2 else -0.012)


def _in_time(case: Case, tired: bool, random: Random) -> datetime:
    """Within the limit, and nearer to its end when the county falls behind."""
    received = case.received_at
    days = (case.due_at.date() - received.date()).days
    if days <= 1:
        return received + (case.due_at - received) * random.uniform(0.1, 0.9) if days else received
    share = random.betavariate(4.0, 1.4) if tired else random.betavariate(2.6, 1.6)
    day = received.date() + timedelta(days=min(days, round(days * share)))
    return max(office_time(day, random), received + timedelta(hours=1))


def _late(case: Case, tired: bool, random: Random) -> datetime:
    """Mostly within a fortnight of the deadline; one in four drags on for months."""
    usual = 40 if tired else 9
    days = random.randrange(60, 400) if random.random() < 0.25 else 1 + round(random.expovariate(1 / usual))
    return office_time(case.due_at.date() + timedelta(days=days), random)
