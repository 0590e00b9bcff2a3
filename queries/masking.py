"""One count of persons by itself: masked, rounded, or not shown, and what that gives away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# How a number is shown: exact, masked or rounded, the same twice as coarse, not at all.
EXACT, STANDARD, COARSE, HIDDEN = range(4)
ROUNDED, SUPPRESSED = "约", "※"
ENOUGH = float("inf")


@dataclass(frozen=True)
class Rules:
    """The profile's: counts of 1 to `k` are masked, larger ones rounded to `base`."""

    k: int
    base: int

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Rules:
        """The rules of a profile; k and base are 5 unless it says otherwise."""
        return cls(int(settings.get("k", 5)), int(settings.get("rounding_base", 5)))


@dataclass(frozen=True)
class Shown:
    """A count as it is shown: the number if any, the mark beside it, and all that both give away."""

    value: int | None
    mark: str | None
    low: float
    high: float


def shown(value: int, level: int, rules: Rules, floor: int = 1) -> Shown:
    """A count in one of the four ways; a zero is always shown.

    `floor` is how many there are at least, as is known from elsewhere; more than there are is known wrongly.
    """
    least = max(1, floor) if floor <= value else 1
    if value == 0 or level == EXACT:
        return Shown(value, None, value, value)
    if level == HIDDEN:
        return Shown(None, SUPPRESSED, least, ENOUGH)
    times = 2 if level == COARSE else 1
    k, base = rules.k * times, rules.base * times
    if value <= k:
        return Shown(None, f"≤{k}", least, k)
    # half up; what would be rounded down to a masked one goes up
    smallest = (k // base + 1) * base
    rounded = max((2 * value + base) // (2 * base) * base, smallest)
    low = k + 1 if rounded == smallest else rounded - base // 2
    return Shown(rounded, ROUNDED, max(low, least), rounded + (base - 1) // 2)
