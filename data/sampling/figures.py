"""The figures a county and its townships report each month."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from data.figures import FIGURES
from data.sampling.months import first_day, last_day
from data.sampling.shape import Reported, Shape
from data.sampling.spread import growth, season, spread

Row = dict[str, object]
Cell = tuple[str | None, str | None]


@dataclass(frozen=True)
class Series:
    """A figure with its own course and its own weights for each cell that reports it."""

    reported: Reported
    level: Mapping[int, float]
    weights: Mapping[Cell, float]


class FigureLedger:
    """Rows of any month; those of an abolished township count to its successor afterwards."""

    def __init__(self, shape: Shape, first: int, last: int, random: Random) -> None:
        self._shape = shape
        self._first = first
        self._last = last
        self._members_total = _members_total(shape, first, last, random)
        self._crowd = _cells(shape, random, lean=False)
        self._lean = _cells(shape, random, lean=True)
        self._series = [_series(each, shape, self._crowd, first, last, random) for each in _all(shape)]

    def rows(self, index: int, code_of: Callable[[str], str]) -> list[Row]:
        """One row for each figure and cell of the month."""
        counts: dict[tuple[str, Cell], int] = defaultdict(int)
        qualifiers: dict[tuple[str, Cell], str | None] = {}
        for name, cell, value, qualifier in [*self._reported(index), *self._members(index)]:
            area, committee = cell
            key = (name, (code_of(area) if area else None, committee))
            counts[key] += value
            qualifiers[key] = qualifiers.get(key) or qualifier
        return [
            figure(name, cell, value, qualifiers[name, cell], index) for (name, cell), value in counts.items()
        ]

    def _reported(self, index: int) -> Iterator[tuple[str, Cell, int, str | None]]:
        for series in self._series:
            each = series.reported
            values = self._value(series, index)
            largest = max(values.values())
            for cell, value in values.items():
                # Who reports few counts them; who reports many says 余.
                loose = each.qualifier if value and value * 3 >= largest else None
                yield each.id, cell, value, loose

    def _value(self, series: Series, index: int) -> dict[Cell, int]:
        """The month's values; a cumulative figure sums the months since January, so it never falls."""
        if FIGURES[series.reported.id] != "C":
            return spread(self._total(series, index), series.weights, series.reported.step)
        january = index - index % 12
        values: dict[Cell, int] = dict.fromkeys(series.weights, 0)
        before = 0
        for month in range(january, index + 1):
            total = max(before, self._total(series, month))
            for cell, part in spread(total - before, series.weights, series.reported.step).items():
                values[cell] += part
            before = total
        return values

    def _total(self, series: Series, index: int) -> int:
        each, kind = series.reported, FIGURES[series.reported.id]
        level = series.level.get(index, min(series.level.values()))
        factor = season(each.season, index, self._last)
        if kind == "C":
            # A year's level is that of its last month in the sample; within the year it builds up evenly.
            december = index - index % 12 + 11
            level = series.level.get(min(december, self._last), level)
            factor = (index % 12 + 1) / (self._last % 12 + 1 if december >= self._last else 11)
        if index == self._last:
            return each.value
        return round(each.value * level * factor / each.step) * each.step

    def _members(self, index: int) -> Iterator[tuple[str, Cell, int, str | None]]:
        total = self._members_total[index]
        members = spread(total, self._lean)
        probationary = spread(round(total * 0.07), {cell: float(count) for cell, count in members.items()})
        for cell, count in members.items():
            yield "members_full", cell, count - probationary[cell], None
            yield "members_probationary", cell, probationary[cell], None


def figure(name: str, cell: Cell, value: int, qualifier: str | None, index: int) -> Row:
    """One row of the table, with the period that its kind asks for."""
    starts = {"S": None, "F": first_day(index), "C": first_day(index - index % 12)}
    return {
        "indicator_id": name,
        "township_code": cell[0],
        "committee_id": cell[1],
        "value": float(value),
        "qualifier": qualifier,
        "period_start": starts[FIGURES[name]],
        "period_end": last_day(index),
    }


def _members_total(shape: Shape, first: int, last: int, random: Random) -> dict[int, int]:
    """Members move away as well as in: a few less than the trend in most months, none in the last."""
    trend = growth(first, last, shape.people.members_start, random)
    lost = {
        index: 0 if index == last else random.randrange(round(shape.people.members / 40)) for index in trend
    }
    return {index: round(shape.people.members * level) - lost[index] for index, level in trend.items()}


def _all(shape: Shape) -> list[Reported]:
    people = shape.people
    workers = Reported(
        "workers",
        people.workers,
        "cell",
        people.workers_start,
        "workers",
        people.workers_qualifier,
        people.workers_step,
    )
    return [workers, *shape.figures]


def _cells(shape: Shape, random: Random, *, lean: bool) -> dict[Cell, float]:
    """Weight of each area and committee; small areas report 0 for the smallest committees."""
    weights: dict[Cell, float] = {}
    for area in shape.areas:
        for committee, share in shape.committees.items():
            leaning = shape.members_lean[committee] if lean else 1.0
            weight = area.people * share * leaning * random.uniform(0.75, 1.3)
            weights[area.code, committee] = weight if area.people * share > 0.004 else 0.0
    return weights


def _series(
    each: Reported, shape: Shape, crowd: Mapping[Cell, float], first: int, last: int, random: Random
) -> Series:
    noise = random.uniform
    if each.grain == "county":
        weights: dict[Cell, float] = {(None, None): 1.0}
    elif each.grain == "committee":
        weights = {(None, name): share * noise(0.7, 1.3) for name, share in shape.committees.items()}
    elif each.grain == "township":
        weights = {(area.code, None): area.people * noise(0.6, 1.5) for area in shape.areas}
    else:
        weights = {cell: weight and weight * noise(0.9, 1.1) for cell, weight in crowd.items()}
    waves = each.season if each.season == "campaign" else "flat"
    level = growth(first, last, each.start, random, waves=waves)
    if FIGURES[each.id] == "F":
        level = {
            index: value * (noise(0.86, 1.14) if index < last else 1.0) for index, value in level.items()
        }
    return Series(each, level, weights)
