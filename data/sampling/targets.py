"""Goals of the county and its townships, which rise from year to year."""

from collections.abc import Callable
from random import Random

from data.contract import RATES
from data.sampling.months import first_day
from data.sampling.shape import Area, Shape, Target
from data.sampling.spread import season, spread

Row = dict[str, object]


def offsets(shape: Shape, random: Random) -> dict[tuple[str, str], float]:
    """How much less is asked of each township than of the county, for targets that make a difference."""
    return {
        (target.id, area.code): round(random.choice((0.0, 0.0, 0.5, 1.0)) * target.slack, 2)
        for target in shape.targets
        for area in shape.areas
    }


def rows(
    shape: Shape, less: dict[tuple[str, str], float], index: int, last: int, code_of: Callable[[str], str]
) -> list[Row]:
    """The month's targets: one row for the county and one for each township valid in it."""
    years = last // 12 - index // 12
    found: list[Row] = []
    for target in shape.targets:
        value = target.value - years * target.step
        if target.id == "training_pt":
            value = round(value * season("training", index, last), -1)
        found.append(_row(target.id, None, value, index))
        for code, goal in _shares(target, value, shape, less, code_of).items():
            found.append(_row(target.id, code, goal, index))
    return found


def _shares(
    target: Target,
    value: float,
    shape: Shape,
    less: dict[tuple[str, str], float],
    code_of: Callable[[str], str],
) -> dict[str, float]:
    """Rates as they are, counts shared out; those of an abolished township go to its successor."""
    if target.id in RATES:
        present = [area for area in shape.areas if code_of(area.code) == area.code]
        return {area.code: round(value - less[target.id, area.code], 4) for area in present}
    goals: dict[str, float] = {}
    for area, goal in spread(round(value), {area: _size(target, area) for area in shape.areas}).items():
        goals[code_of(area.code)] = goals.get(code_of(area.code), 0.0) + goal
    return goals


def _size(target: Target, area: Area) -> float:
    if target.even:
        return 1.0
    return float(area.stations) if target.id == "stations" else area.people


def _row(name: str, code: str | None, value: float, index: int) -> Row:
    return {
        "indicator_id": name,
        "township_code": code,
        "month": first_day(index),
        "value": round(float(value), 4),
    }
