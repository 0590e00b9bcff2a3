"""What a line over months is made of: its points, its targets as steps, its values in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pages.shared.charts.base import Look
from pages.shared.formats import count_text, plain_percent, ratio_text


@dataclass(frozen=True)
class Point:
    """One month of a trend; None is a month without a report, `restated` draws the end dot hollow."""

    month: date
    value: float | None
    restated: bool = False


@dataclass(frozen=True)
class Stretch:
    """Consecutive months with one target."""

    first: int
    last: int
    value: float


def value_words(value: float | None, look: Look, unit: str, classifier: str) -> str:
    """A value of a line as text, in the unit of its chart."""
    if value is None:
        return look.text("status.none")
    return ratio_text(value, look.text) if unit == "percent" else count_text(value, classifier, look.text)


def stretches(points: Sequence[Point], targets: Mapping[date, float]) -> list[Stretch]:
    """The targets as steps: one stretch for each run of months with the same value."""
    steps: list[Stretch] = []
    for i, point in enumerate(points):
        value = targets.get(point.month)
        if value is None:
            continue
        if steps and steps[-1].last == i - 1 and steps[-1].value == value:
            steps[-1] = Stretch(steps[-1].first, i, value)
        else:
            steps.append(Stretch(i, i, value))
    return steps


def target_words(value: float, look: Look, unit: str, classifier: str) -> str:
    """A target in the unit of its chart: 85%."""
    return plain_percent(value) if unit == "percent" else count_text(value, classifier, look.text)
