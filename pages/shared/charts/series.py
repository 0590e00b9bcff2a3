"""What a line over months is made of: its points, its targets as steps, its values in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pages.shared.charts.base import Look
from pages.shared.charts.marks import Guide, Marks
from pages.shared.charts.plot import Plot
from queries.words.formats import count_text, month_text, plain_percent, ratio_text, round_half_up

STUB = 5  # months; an older target that shows for less has no room for its word


@dataclass(frozen=True)
class Point:
    """One month of a trend; None is a month without a report, `restated` draws the end dot hollow.

    `words` stand for the value where it is more than a number: 1500余人次, or none that is told: ≤5.
    """

    month: date
    value: float | None
    restated: bool = False
    words: str = ""


@dataclass(frozen=True)
class Stretch:
    """Consecutive months with one target."""

    first: int
    last: int
    value: float


@dataclass(frozen=True)
class Voice:
    """How values are written: rates ("percent", 0-1), counts, or means of one decimal ("mean")."""

    look: Look
    unit: str
    classifier: str

    def value(self, value: float | None) -> str:
        """85.0%, 169名; 未报 for a missing one."""
        if value is None:
            return self.look.text("status.none")
        if self.unit == "percent":
            return ratio_text(value, self.look.text)
        if self.unit == "mean":
            mean = round_half_up(value, 1)
            return self.look.text("formats.classified", n=mean, classifier=self.classifier)
        return count_text(value, self.classifier, self.look.text)

    def of(self, point: Point) -> str:
        """A month's value, in the words it brings along where it has some."""
        return point.words or self.value(point.value)

    def target(self, value: float) -> str:
        """目标 85%."""
        shown = plain_percent(value) if self.unit == "percent" else self.value(value)
        return self.look.text("charts.target", value=shown)

    def hover(self, point: Point) -> str:
        """Month over value, for a tooltip."""
        return f"{month_text(point.month, self.look.text)}<br>{self.of(point)}"

    def hovers(self, months: Sequence[date], values: Sequence[float | None]) -> list[str]:
        """Month over value, for tooltips."""
        pairs = zip(months, values, strict=True)
        return [f"{month_text(month, self.look.text)}<br>{self.value(value)}" for month, value in pairs]


@dataclass(frozen=True)
class Trend:
    """A line as it is drawn: its points, targets and marks, the plotting area, and how values are written."""

    points: Sequence[Point]
    steps: Sequence[Stretch]
    plot: Plot
    voice: Voice
    marks: Marks
    guides: Sequence[Guide]

    @property
    def values(self) -> list[float | None]:
        """The values in their order."""
        return [point.value for point in self.points]


def stretches(points: Sequence[Point], targets: Mapping[date, float]) -> list[Stretch]:
    """The targets as steps: one stretch for each run of months with the same value.

    An old target of a few months at the edge is left out.
    """
    steps: list[Stretch] = []
    for i, point in enumerate(points):
        value = targets.get(point.month)
        if value is None:
            continue
        if steps and steps[-1].last == i - 1 and steps[-1].value == value:
            steps[-1] = Stretch(steps[-1].first, i, value)
        else:
            steps.append(Stretch(i, i, value))
    return [step for step in steps if step is steps[-1] or step.last - step.first >= STUB]
