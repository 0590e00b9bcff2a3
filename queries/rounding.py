"""Numbers as they may be shown: one rounding rule (四舍五入), nothing made to look complete or empty."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from math import ceil, floor
from typing import Literal

Number = int | float | Decimal
Bound = Literal["", "low", "high"]

_MODES = {"": ROUND_HALF_UP, "low": ROUND_FLOOR, "high": ROUND_CEILING}


def exact(value: Number) -> Decimal:
    """The number a person would read: 0.85 is 0.85, not its nearest binary float.

    28 digits decide every half: a ratio of counts that is not a finite decimal is never that close to one.
    """
    return Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)


def round_half_up(value: Number, digits: int = 0, *, bound: Bound = "") -> Decimal:
    """四舍五入, half away from zero; a lower bound rounds down and an upper bound up, so it stays true."""
    return exact(value).quantize(Decimal(1).scaleb(-digits), rounding=_MODES[bound])


def percent_value(numerator: Number, denominator: Number, *, bound: Bound = "") -> Decimal | None:
    """The percentage as it will be printed, one decimal; None when the denominator is 0.

    Capped at 99.9 while anything is missing: 254567 of 254592 is 99.9, never 100.0.
    """
    if exact(denominator) == 0:
        return None
    share = exact(numerator) * 100 / exact(denominator)
    shown = round_half_up(share, 1, bound=bound)
    return Decimal("99.9") if share < 100 <= shown else shown


def is_trace(numerator: Number, denominator: Number, *, bound: Bound = "") -> bool:
    """Whether a share that is not 0 would be printed as 0.0 %: say <0.1 % instead."""
    return exact(numerator) > 0 and percent_value(numerator, denominator, bound=bound) == 0


def plain(value: Number, digits: int = 0) -> str:
    """A number with at most `digits` decimals, trailing zeros left off: 6.50 -> 6.5, 6.0 -> 6."""
    shown = round_half_up(value, digits)
    return format(shown.normalize(), "f") if shown % 1 else str(int(shown))


def gap_units(target: Number, numerator: Number, denominator: Number) -> int:
    """How many more units would meet the target; 0 when met."""
    wanted = ceil(exact(clean_ratio(target)) * exact(denominator))
    return max(0, wanted - floor(exact(numerator)))


def excess_units(target: Number, numerator: Number, denominator: Number) -> int:
    """How many units are too many where lower is better; 0 when met."""
    return max(0, ceil(exact(numerator)) - floor(exact(clean_ratio(target)) * exact(denominator)))


def clean_ratio(target: Number) -> Number:
    """A target that was computed (0.8500000000000001) means its short form (0.85)."""
    return round(target, 9) if isinstance(target, float) else target


def shares_of(values: Sequence[Number], digits: int, total: Number | None = None) -> list[Decimal]:
    """The values rounded so that they add up to their total as it is shown (largest remainder).

    `total` is the total to reach, their rounded sum unless given; ties go to the first. Each value moves by
    less than one last digit as long as the total is that of the values.
    """
    step = Decimal(1).scaleb(-digits)
    scaled = [round(exact(value) / step, 9) for value in values]
    floors = [number.to_integral_value(ROUND_FLOOR) for number in scaled]
    wanted = round_half_up(sum(map(exact, values), Decimal(0)) if total is None else total, digits) / step
    missing = int(wanted - sum(floors, Decimal(0)))
    order = sorted(range(len(values)), key=lambda at: (floors[at] - scaled[at], at))
    for turn in range(abs(missing) if values else 0):
        # more than one each is needed only where another total was asked for
        at = order[turn % len(order)] if missing > 0 else order[-1 - turn % len(order)]
        floors[at] += 1 if missing > 0 else -1
    return [number * step for number in floors]
