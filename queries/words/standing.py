"""How rates stand against a target: met, close, missed, not reported, and by how many units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from queries import lights
from queries.lights import Lights
from queries.words.formats import exact, excess_units, gap_units

# Best first; the other statuses are no lights.
LIT = ("done", "good", "warn", "bad")
BEHIND = ("warn", "bad")
USUAL = lights.lights({})  # where no profile is at hand


@dataclass(frozen=True)
class Rate:
    """One row of a rate chart. A missing numerator or denominator means the row was not reported."""

    name: str
    numerator: float | None
    denominator: float | None
    target: float | None = None
    lower_bound: bool = False

    @property
    def ratio(self) -> float | None:
        """Numerator over denominator, 0-1; None when missing or undefined."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator


@dataclass(frozen=True)
class Verdict:
    """Where a row stands: done, good, warn, bad, none (未报), undefined (denominator 0) or plain (no target).

    `gap` counts the units still missing, or too many where lower is better; 0 when met.
    """

    name: str
    status: str
    gap: int = 0


def judge(
    rate: Rate,
    target: float | None,
    *,
    lights: Lights = USUAL,
    progress: float = 1.0,
    direction: str = "up",
) -> Verdict:
    """The verdict on one row by the profile's lights; its own target wins over the common one.

    `progress` is the share of a target for the year that is due by now, 0-1.
    """
    aim = target if rate.target is None else rate.target
    if rate.numerator is None or rate.denominator is None:
        return Verdict(rate.name, "none")
    if rate.denominator == 0:
        return Verdict(rate.name, "undefined")
    if aim is None:
        return Verdict(rate.name, "plain")
    units = excess_units if direction == "down" else gap_units
    value = exact(rate.numerator) / exact(rate.denominator)
    status = lights.status(value, aim, pace=aim * progress, direction=direction)
    return Verdict(rate.name, status or "plain", units(aim, rate.numerator, rate.denominator))


def judge_all(
    rates: Sequence[Rate],
    target: float | None,
    *,
    lights: Lights = USUAL,
    progress: float = 1.0,
    direction: str = "up",
) -> list[Verdict]:
    """The verdicts of all rows, in their order."""
    return [judge(rate, target, lights=lights, progress=progress, direction=direction) for rate in rates]


def names_of(verdicts: Iterable[Verdict], *statuses: str) -> list[str]:
    """The names that stand at one of these statuses, in their order."""
    return [verdict.name for verdict in verdicts if verdict.status in statuses]


def total_gap(verdicts: Iterable[Verdict], *statuses: str) -> int:
    """The units missing in all; of the given statuses only, where some are given."""
    return sum(v.gap for v in verdicts if not statuses or v.status in statuses)
