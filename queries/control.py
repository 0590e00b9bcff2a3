"""XmR control charts: which months of a trend differ from the usual ups and downs.

The rules are those of NHS Making Data Count: beyond a limit; 7 running on one side of the mean; 6 running up
or down; 2 of 3 in the outer third on one side. Outliers stay in the moving range, as in its workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

LEAST = 12
SPREAD = 2.66  # 3 / 1.128: three sigma from a moving range of two
SHIFT, TREND, OUTER = 7, 6, (2, 3)
# Where more of the months break a rule, seasons or growth move the figure, and limits of chance say nothing.
MOST_UNUSUAL = 0.25


@dataclass(frozen=True)
class Limits:
    """The mean of a trend, its natural limits, a third of the way to them, the upper limit of the ranges."""

    mean: float
    low: float
    high: float
    sigma: float
    ranges: float


@dataclass(frozen=True)
class Signal:
    """A rule that a run of months breaks: beyond, shift, trend or outer; `at` are their places, in order."""

    rule: str
    at: tuple[int, ...]
    up: bool


def limits(values: Sequence[float | None], *, bounds: tuple[float, float] | None = None) -> Limits | None:
    """Mean and limits of the known values; None for fewer than 12 of them.

    A moving range needs two months running; `bounds` keep limits where values can be (0 and 1 for a rate).
    """
    known = [value for value in values if value is not None]
    moves = [abs(now - before) for before, now in pairwise(values) if before is not None and now is not None]
    if len(known) < LEAST or not moves:
        return None
    mean, move = fmean(known), fmean(moves)
    low, high = mean - SPREAD * move, mean + SPREAD * move
    if bounds is not None:
        low, high = max(low, bounds[0]), min(high, bounds[1])
    return Limits(mean, low, high, SPREAD * move / 3, 3.268 * move)


def signals(values: Sequence[float | None], found: Limits | None) -> list[Signal]:
    """Every rule broken, in the order of the months; none without limits. An unknown month ends a run."""
    if found is None:
        return []
    broken = [*_beyond(values, found), *_shifts(values, found), *_trends(values), *_outer(values, found)]
    return sorted(broken, key=lambda one: (one.at[-1], one.at[0], one.rule))


def unusual(broken: Sequence[Signal]) -> set[int]:
    """Places of the months that any rule marks."""
    return {place for signal in broken for place in signal.at}


def is_steady(values: Sequence[float | None], **how: tuple[float, float] | None) -> bool:
    """Whether so few months break a rule that limits tell chance from change; `how` as for limits().

    Months beyond a limit are set aside first: one of them draws the mean away, and the others into a shift.
    """
    beyond = {one.at[0] for one in signals(values, limits(values, **how)) if one.rule == "beyond"}
    others = [None if place in beyond else value for place, value in enumerate(values)]
    broken = unusual(signals(others, limits(others, **how)))
    return len(beyond | broken) <= len(values) * MOST_UNUSUAL


def _beyond(values: Sequence[float | None], found: Limits) -> list[Signal]:
    return [
        Signal("beyond", (place,), value > found.high)
        for place, value in enumerate(values)
        if value is not None and not _within(value, found)
    ]


def _within(value: float, found: Limits) -> bool:
    # a value that rounding put a hair beyond its limit is on it
    slack = 1e-12 * max(1.0, abs(found.mean))
    return found.low - slack <= value <= found.high + slack


def _shifts(values: Sequence[float | None], found: Limits) -> list[Signal]:
    sides = [None if v is None or v == found.mean else v > found.mean for v in values]
    return [Signal("shift", run, up) for run, up in _runs(sides) if len(run) >= SHIFT]


def _trends(values: Sequence[float | None]) -> list[Signal]:
    steps: list[bool | None] = [None]
    for before, now in pairwise(values):
        steps.append(None if before is None or now is None or before == now else now > before)
    # a run of five steps joins six months
    return [Signal("trend", (run[0] - 1, *run), up) for run, up in _runs(steps) if len(run) + 1 >= TREND]


def _runs(sides: Sequence[bool | None]) -> list[tuple[tuple[int, ...], bool]]:
    """Runs of equal sides as their places; None belongs to no run."""
    runs: list[tuple[tuple[int, ...], bool]] = []
    for place, side in enumerate(sides):
        if side is None:
            continue
        if runs and runs[-1][1] == side and runs[-1][0][-1] == place - 1:
            runs[-1] = ((*runs[-1][0], place), side)
        else:
            runs.append(((place,), side))
    return runs


def _outer(values: Sequence[float | None], found: Limits) -> list[Signal]:
    """Two of three months running beyond two thirds of the way to the same limit, none beyond the limit."""
    signals = []
    need, span = OUTER
    for up in (True, False):
        edge = found.mean + (2 if up else -2) * found.sigma
        far = [v is not None and (v > edge if up else v < edge) and _within(v, found) for v in values]
        for start in range(len(values) - span + 1):
            window = range(start, start + span)
            if all(values[place] is not None for place in window):
                places = tuple(place for place in window if far[place])
                if len(places) >= need:
                    signals.append(Signal("outer", places, up))
    return list(dict.fromkeys(signals))
