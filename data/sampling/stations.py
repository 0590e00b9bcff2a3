"""Stations (驿站) and what they are used for, month by month."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from data.sampling.months import index_of, last_day, some_day
from data.sampling.shape import Area, Shape
from data.sampling.spread import growth, season, spread

Row = dict[str, object]
KIT = ("kit_cooling", "kit_microwave", "kit_water", "kit_charging", "kit_seating", "kit_medicine")
_TYPES = {
    "融合式驿站": "社区党群服务中心",
    "延展式驿站": "网格红色驿站",
    "暖新微家": "沿街商户",
    "骑手食堂": "餐饮门店",
    "司机之家": "物流园区",
}
_TYPE_WEIGHTS = (34, 30, 20, 9, 7)
# Every station offers the first four; the rest differ. Weights of uses in a usual month.
_COMMON = {"饮水": 30.0, "充电": 24.0, "歇脚": 22.0, "就餐": 14.0}
_OTHERS = {
    "医药": 5.0,
    "如厕": 9.0,
    "维修": 4.0,
    "理发": 3.5,
    "法律": 3.0,
    "心理": 2.0,
    "义诊": 3.0,
    "培训": 4.5,
    "政策": 3.5,
}
_SUMMER = {"饮水": 1.6, "歇脚": 1.3, "充电": 0.95, "就餐": 0.85}


@dataclass(frozen=True)
class Station:
    """One physical point. `kit_from` is the month from which each kind of kit is there."""

    row: Mapping[str, object]
    area: str
    opened: int
    opened_on: date
    closed_on: date | None
    kit_from: tuple[int, ...]
    offers: Mapping[str, float]
    idle: bool

    def is_open(self, index: int) -> bool:
        """Whether it is open at the end of the month; closed on the last day is closed."""
        return self.opened <= index and (self.closed_on is None or self.closed_on > last_day(index))


def place(shape: Shape, names: Mapping[str, str], first: int, last: int, random: Random) -> list[Station]:
    """All stations: `area.stations` of each area are open in the last month, a few more closed on the way."""
    stations: list[Station] = []
    for area in shape.areas:
        gone = 0 if last == first else round(area.stations * 0.07)
        for number in range(area.stations + gone):
            closing = random.randrange(first + 1, last + 1) if number >= area.stations else None
            stations.append(_station(shape, area, names[area.code], number, closing, first, last, random))
    return stations


class StationLedger:
    """Rows of any month for both tables."""

    def __init__(self, stations: list[Station], shape: Shape, first: int, last: int, random: Random) -> None:
        self._stations = stations
        self._shape = shape
        self._last = last
        self._level = growth(first, last, 0.48, random)

    def rows(self, index: int, code_of: Callable[[str], str]) -> list[Row]:
        """Stations opened by the end of the month, with their kit; the closed ones stay for a year."""
        return [
            {
                **each.row,
                "township_code": code_of(each.area),
                "opened_on": each.opened_on,
                "closed_on": closed if (closed := each.closed_on) and closed <= last_day(index) else None,
                **{kit: since <= index for kit, since in zip(KIT, each.kit_from, strict=True)},
            }
            for each in self._stations
            if each.opened <= index and (each.closed_on is None or index_of(each.closed_on) + 12 > index)
        ]

    def services(self, index: int) -> list[tuple[Station, str, int]]:
        """Uses by station and type, in the last month exactly `shape.visits`. Idle stations report zero."""
        total = round(self._shape.visits * self._level[index] * season("services", index, self._last))
        summer = index % 12 in (5, 6, 7, 8)
        weights: dict[tuple[int, str], float] = {}
        for number, each in enumerate(self._stations):
            idle = each.idle and index > self._last - 3
            # Those that have just opened are not known yet; those that close in the month had part of it.
            known = min(1.0, 0.4 + 0.15 * (index - each.opened))
            if each.opened <= index and (each.closed_on is None or index_of(each.closed_on) >= index):
                for kind, weight in each.offers.items():
                    heat = _SUMMER.get(kind, 1.0) if summer else 1.0
                    weights[number, kind] = 0.0 if idle else weight * known * heat
        shares = spread(total, weights)
        return [(self._stations[number], kind, count) for (number, kind), count in shares.items()]


def _station(
    shape: Shape,
    area: Area,
    name: str,
    number: int,
    closing: int | None,
    first: int,
    last: int,
    random: Random,
) -> Station:
    kind = random.choices(list(_TYPES), _TYPE_WEIGHTS)[0]
    opened = _opening(first, closing or last, random)
    opened_on = some_day(opened, random)
    closed_on = some_day(closing, random) if closing else None
    extras = random.sample(list(_OTHERS), random.randrange(2, 6))
    # The rest of an area makes up for its idle stations.
    popular = random.lognormvariate(0, 0.35) * area.visits * area.stations / (area.stations - area.idle)
    offers = {each: weight * popular * random.uniform(0.6, 1.4) for each, weight in _COMMON.items()}
    offers |= {each: _OTHERS[each] * popular * random.uniform(0.5, 1.5) for each in extras}
    row = {
        "station_id": f"YZ-{area.code[-3:]}-{number + 1:02d}",
        "name": f"{name}{_TYPES[kind][-2:]}{kind}{number + 1}号（演示）",
        "station_type": kind,
        "host": f"{name}{_TYPES[kind]}（演示）",
    }
    idle = number < area.idle
    return Station(
        row, area.code, opened, opened_on, closed_on, _kit(shape, opened, first, last, random), offers, idle
    )


def _opening(first: int, before: int, random: Random) -> int:
    """Three in five stood before the first month; the idle question needs none opened in the last two."""
    if random.random() < 0.62 or before - first < 3:
        return first - random.randrange(1, 40)
    return random.randrange(first, before - 1)


def _kit(shape: Shape, opened: int, first: int, last: int, random: Random) -> tuple[int, ...]:
    """The whole kit from the start, or some of it added later; the rest of the stations never complete it."""
    chance = random.random()
    if chance < shape.kit_start:
        return (opened,) * len(KIT)
    missing = random.sample(range(len(KIT)), random.randrange(1, 3))
    added = random.randrange(first, last) + 1 if chance < shape.kit_last and last > first else None
    since = last if shape.kit_last >= 1 else last + 1
    later = added if added is not None and chance < shape.kit_last else since
    return tuple(max(opened, later) if kind in missing else opened for kind in range(len(KIT)))
