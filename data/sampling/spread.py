"""Sharing a whole number out, and how figures move from month to month."""

from collections.abc import Hashable, Mapping
from itertools import accumulate
from random import Random
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

# Twelve factors, January first; a figure's own month is 1 only by comparison with the reference month.
SEASONS: dict[str, tuple[float, ...]] = {
    "flat": (1.0,) * 12,
    # People go home for the Spring Festival and come back for the sales of November.
    "workers": (0.97, 0.93, 0.97, 0.98, 0.99, 0.99, 0.99, 0.99, 1.0, 1.0, 1.04, 1.02),
    "services": (0.86, 0.70, 0.84, 0.90, 1.04, 1.12, 1.28, 1.26, 1.06, 1.00, 0.97, 1.02),
    "training": (0.45, 0.30, 0.70, 0.85, 0.90, 0.80, 0.60, 0.62, 0.88, 1.00, 0.90, 0.65),
    "care": (1.20, 1.10, 0.60, 0.60, 0.90, 0.80, 1.10, 1.05, 0.70, 1.00, 0.80, 1.40),
    "joining": (0.45, 0.35, 0.60, 0.70, 0.80, 1.20, 1.25, 0.60, 0.70, 1.00, 0.65, 0.50),
    "grievances": (0.98, 0.72, 0.90, 0.92, 0.95, 0.93, 0.97, 0.95, 0.88, 1.06, 1.02, 1.00),
    # Drives to found organisations run in May and October.
    "campaign": (0.4, 0.3, 0.8, 1.0, 2.0, 1.0, 0.7, 0.7, 1.0, 2.2, 1.0, 0.6),
}


def spread(total: int, weights: Mapping[Key, float], step: int = 1) -> dict[Key, int]:
    """`total` shared out by `weights` in multiples of `step`, by largest remainder; the parts sum to `total`.

    What does not divide by `step` goes to the heaviest key. Ties fall to the earlier key.
    """
    whole = sum(weights.values())
    if not weights or whole <= 0:
        return dict.fromkeys(weights, 0)
    units, odd = divmod(total, step)
    exact = {key: units * weight / whole for key, weight in weights.items()}
    shares = {key: int(value) for key, value in exact.items()}
    behind = sorted(exact, key=lambda key: shares[key] - exact[key])
    for key in behind[: units - sum(shares.values())]:
        shares[key] += 1
    parts = {key: share * step for key, share in shares.items()}
    parts[max(weights, key=lambda key: weights[key])] += odd
    return parts


def season(name: str, index: int, reference: int) -> float:
    """How the month compares with the same figure's reference month, growth aside."""
    factors = SEASONS[name]
    return factors[index % 12] / factors[reference % 12]


def growth(first: int, last: int, start: float, random: Random, *, waves: str = "flat") -> dict[int, float]:
    """Month to a level that climbs unevenly from `start` before the first month to 1 in the last."""
    months = range(first, last + 1)
    steps = [SEASONS[waves][index % 12] * random.uniform(0.4, 1.6) for index in months]
    climbed = list(accumulate(steps))
    return {
        index: start + (1 - start) * level / climbed[-1] for index, level in zip(months, climbed, strict=True)
    }
