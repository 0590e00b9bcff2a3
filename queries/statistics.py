"""What chance allows: intervals of rates, funnels, limits of a trend, ranks, and survival. Pure functions.

Texts: Wilson 1927; Spiegelhalter 2005 (funnel plots); Wheeler, Understanding Variation, and NHS Making Data
Count (XmR); Kaplan and Meier 1958.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, lgamma, log, log1p, sqrt
from math import exp as power_of_e
from statistics import NormalDist, fmean
from typing import Literal

from queries.rounding import Number, percent_value, round_half_up

FUNNEL = (0.95, 0.998)
# Fewer are too few to rank (a profile may say otherwise).
LEAST_TO_RANK = 10
# Of a few townships one that stands out would make all of them look dispersed: a quarter is drawn in.
TRIMMED = 0.25
Interval = tuple[float, float]


def wilson(part: float, whole: float, level: float = 0.95) -> Interval | None:
    """The Wilson interval of a rate, within 0 and 1; None for a denominator of 0."""
    if whole <= 0:
        return None
    z = _z(level)
    share, square = part / whole, z * z / whole
    middle = share + square / 2
    spread = z * sqrt(share * (1 - share) / whole + square / (4 * whole))
    # at the ends the exact limit is the end itself
    low = 0.0 if part <= 0 else (middle - spread) / (1 + square)
    high = 1.0 if part >= whole else (middle + spread) / (1 + square)
    return low, high


def _z(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


# ---- funnels


def funnel(centre: float, whole: int, level: float = 0.95) -> Interval | None:
    """Limits within which a rate of `whole` cases lies by chance, if it is the county's own `centre`.

    Exact binomial, interpolated as by Spiegelhalter so that limits fall smoothly; None without any case.
    """
    if whole < 1 or not 0 <= centre <= 1:
        return None
    if centre in (0, 1):
        return centre, centre
    tail = (1 - level) / 2
    # the upper one is the lower one of what is not counted: else every 100 % of a few would lie above
    return _binomial_limit(centre, whole, tail), 1 - _binomial_limit(1 - centre, whole, tail)


def _binomial_limit(centre: float, whole: int, share: float) -> float:
    """The rate below which that share of samples lies: (r - alpha) / n, r the first with F(r) >= share."""
    log_odds = log(centre) - log1p(-centre)
    term, total, before = whole * log1p(-centre), 0.0, 0.0
    for count in range(whole + 1):
        if count:
            term = (
                whole * log1p(-centre)
                + count * log_odds
                + lgamma(whole + 1)
                - lgamma(count + 1)
                - lgamma(whole - count + 1)
            )
        before, total = total, total + power_of_e(term)
        if total >= share:
            step = (total - share) / (total - before)
            return min(1.0, max(0.0, (count - step) / whole))
    return 1.0


def beyond(
    part: int, whole: int, centre: float, levels: Sequence[float] = FUNNEL
) -> tuple[Literal["above", "below", "within"], float | None]:
    """Whether a rate lies beyond the funnel of the centre, and the widest limit that it lies beyond."""
    found: tuple[Literal["above", "below", "within"], float | None] = ("within", None)
    for level in sorted(levels):
        limits = funnel(centre, whole, level)
        if limits is None:
            break
        if part / whole > limits[1]:
            found = ("above", level)
        elif part / whole < limits[0]:
            found = ("below", level)
    return found


def overdispersion(parts: Sequence[int], wholes: Sequence[int], trimmed: float = TRIMMED) -> float | None:
    """How much more rates differ than chance alone allows: 1 = as much; None for fewer than two.

    The mean square of z scores on the arcsine scale against the pooled rate, the outer `trimmed` of them at
    each end drawn in. Well above 1 (say 2) funnel limits are too narrow, and a chart must say so.
    """
    rows = [(part, whole) for part, whole in zip(parts, wholes, strict=True) if whole > 0]
    if len(rows) < 2:
        return None
    centre = sum(part for part, _ in rows) / sum(whole for _, whole in rows)
    scores = sorted(2 * sqrt(n) * (asin(sqrt(part / n)) - asin(sqrt(centre))) for part, n in rows)
    cut = int(trimmed * len(scores))
    low, high = scores[cut], scores[len(scores) - 1 - cut]
    return fmean(min(high, max(low, score)) ** 2 for score in scores)


# ---- ranks


@dataclass(frozen=True)
class Rank:
    """A place among others: None where it is not ranked; `tied` when it is shared (并列)."""

    place: int | None
    tied: bool = False


def ranks(
    rows: Sequence[tuple[Number | None, Number | None]], *, up: bool = True, least: int = LEAST_TO_RANK
) -> list[Rank]:
    """Competition ranks (1, 2, 2, 4) of (numerator, denominator), equal as printed being equal.

    What is not reported, and a denominator below `least`, has no place and takes none.
    """
    shown = [
        percent_value(part, whole)
        if part is not None and whole is not None and whole > 0 and whole >= least
        else None
        for part, whole in rows
    ]
    known = [value for value in shown if value is not None]
    return [
        Rank(None)
        if value is None
        else Rank(1 + sum(other > value if up else other < value for other in known), known.count(value) > 1)
        for value in shown
    ]


def ranks_of_counts(values: Sequence[Number | None], *, up: bool = True, digits: int = 0) -> list[Rank]:
    """The same of counts or days, equal as printed with so many digits being equal."""
    shown = [None if value is None else round_half_up(value, digits) for value in values]
    known = [value for value in shown if value is not None]
    return [
        Rank(None)
        if value is None
        else Rank(1 + sum(other > value if up else other < value for other in known), known.count(value) > 1)
        for value in shown
    ]


# ---- survival


@dataclass(frozen=True)
class Step:
    """One day of a Kaplan-Meier curve: how many were at risk, closed, censored, and the share still open."""

    day: int
    at_risk: int
    closed: int
    censored: int
    survival: float


def kaplan_meier(lives: Sequence[tuple[int, bool]]) -> list[Step]:
    """The curve of (days, closed) pairs, a step for each day on which a case closed or was last seen."""
    steps, survival = [], 1.0
    for day in sorted({days for days, _ in lives}):
        at_risk = sum(days >= day for days, _ in lives)
        closed = sum(days == day and done for days, done in lives)
        survival *= 1 - closed / at_risk
        censored = sum(days == day and not done for days, done in lives)
        steps.append(Step(day, at_risk, closed, censored, survival))
    return steps


def first_day(steps: Sequence[Step], share: float) -> int | None:
    """The first day by which that share is closed; None = never reached (未达到)."""
    # a product of fractions may miss an exact share by its last digit
    return next((step.day for step in steps if step.survival <= 1 - share + 1e-9), None)
