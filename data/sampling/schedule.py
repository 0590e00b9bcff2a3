"""When each month is published, who is late, and what is corrected afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.sampling.months import first_day
from data.sampling.shape import Shape

# Months before the last, and which township (by size, smallest first) sends its ledgers a day later.
_LATE = {2: 1, 9: 2, 17: 0}
_NEVER = 7
_RESTATED = 5
_TAGGED = (1, 2, 3)
LATE_TABLES = ("enterprises", "figures", "station_services")
RESTATED_TABLES = ("figures", "station_services")


@dataclass(frozen=True)
class Publication:
    """One act of publishing: all tables of the month, or only those that change what was published."""

    index: int
    published_at: datetime
    reason: str
    missing: str | None = None
    mistaken: bool = False
    tables: tuple[str, ...] = ()


def plan(
    shape: Shape, first: int, last: int, code_of: Callable[[str, int], str], names: Callable[[str], str]
) -> list[Publication]:
    """Every publication in order of time. `missing` is the township code whose ledgers are not in."""
    acts: list[Publication] = []
    for index in range(first, last + 1):
        ago = last - index
        month = _written(index)
        due = datetime.combine(first_day(index + 1), datetime.min.time()) + timedelta(days=2, hours=10)
        small = sorted(shape.areas, key=lambda area: area.people)
        present = [area.code for area in small if code_of(area.code, index) == area.code]
        absent = present[_LATE.get(ago, 0)] if ago in (*_LATE, _NEVER) else None
        reason = f"{month}月报" if absent is None else f"{month}月报，{names(absent)}未报"
        acts.append(Publication(index, due, reason, absent, mistaken=ago == _RESTATED))
        if ago in _LATE and absent:
            late = due + timedelta(days=1, minutes=-30)
            acts.append(Publication(index, late, f"{names(absent)}补报{month}台账", tables=LATE_TABLES))
        if ago == _RESTATED:
            later = due + timedelta(days=47, hours=5)
            reason = f"更正{month}数据：党员重复统计2名，驿站服务人次多计"
            acts.append(Publication(index, later, reason, tables=RESTATED_TABLES))
    return sorted(acts, key=lambda act: act.published_at)


def meetings(first: int, last: int) -> list[tuple[str, datetime]]:
    """Names of the tags of the last joint meetings, and when each was held."""
    held = []
    for ago in sorted(_TAGGED, reverse=True):
        index = last - ago
        if index >= first:
            day = first_day(index + 1) + timedelta(days=7)
            held.append((f"{first_day(index):%Y-%m}-联席会议", datetime.combine(day, datetime.min.time())))
    return held


def _written(index: int) -> str:
    month: date = first_day(index)
    return f"{month.year}年{month.month}月"
