"""The words of a survival curve: half, nine tenths, the limit and what is closed by it, none over another."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pages.shared.charts.base import Look, Part, bold, label
from pages.shared.charts.labels import Box
from pages.shared.charts.plot import Path, Plot, Spot, place
from pages.shared.theme import LABEL, TICK
from queries.words.formats import days_text, percent


@dataclass(frozen=True)
class Curve:
    """What the chart tells: the curve as drawn, the two quantiles and the limit, in days."""

    path: list[tuple[float, float]]
    median: float | None
    p90: float | None
    limit: int | None
    until: int
    unit: str

    def within(self, day: float) -> float:
        """The share closed by a day."""
        return max([share for at, share in self.path if at <= day], default=0.0)


def half_words(curve: Curve, look: Look) -> str:
    """一半 over 6天."""
    return f"{look.text('charts.half')}\n{days_text(curve.median, look.text, unit=curve.unit)}"


def nine_tenths_words(curve: Curve, look: Look) -> str:
    """九成 16天, or 九成 未达到."""
    reached = days_text(curve.p90, look.text, unit=curve.unit)
    if curve.p90 is None:
        return f"{look.text('charts.nine_tenths')}\n{reached}"
    return look.text("charts.label_value", label=look.text("charts.nine_tenths"), value=reached)


def limit_words(curve: Curve, look: Look) -> str:
    """办理时限 over 15天."""
    return f"{look.text('charts.limit')}\n{days_text(curve.limit, look.text, unit=curve.unit)}"


def within_words(curve: Curve, look: Look) -> str:
    """时限内 89.4%."""
    share = percent(curve.within(curve.limit or 0), 1, look.text)
    return look.text("charts.label_value", label=look.text("charts.within"), value=share)


@dataclass(frozen=True)
class Told:
    """A label to place: its words, how it looks and where it may stand, best first."""

    words: str
    spots: tuple[Spot, ...]
    color: str
    strong: bool


def curve_labels(curve: Curve, plot: Plot, look: Look) -> list[Part]:
    """All labels, each at its first place that is free on a phone and on a desk."""
    taken: list[Sequence[Box]] = []
    found: list[Part] = []
    for told in _wanted(curve, look):
        size = LABEL if told.strong else TICK
        spot, boxes, free = place(told.words, size, told.spots, plot, _ink(curve), taken)
        taken.append(boxes)
        shown = told.words.replace("\n", "<br>")
        found.append(
            label(
                look,
                bold(shown) if told.strong else shown,
                spot.x,
                spot.y,
                size=size,
                color=told.color,
                anchor=spot.anchor,
                shift=spot.shift,
                cover=not free,
            )
        )
    return found


def _wanted(curve: Curve, look: Look) -> list[Told]:
    theme = look.theme
    wanted = [Told(half_words(curve, look), _half_spots(curve), theme.data, strong=True)]
    if curve.limit is not None:
        limit, share = float(curve.limit), curve.within(curve.limit)
        wanted.append(Told(within_words(curve, look), _corners(limit, share), theme.data, strong=True))
        wanted.append(Told(limit_words(curve, look), _foot(limit), theme.ink, strong=False))
    wanted.append(Told(nine_tenths_words(curve, look), _nine_tenths_spots(curve), theme.ink2, strong=False))
    return wanted


def _corners(x: float, y: float) -> tuple[Spot, ...]:
    """Beside a point of a rising curve: left above and right below are free of it."""
    return (
        Spot(x, y, ("right", "bottom"), (-10, 4)),
        Spot(x, y, ("left", "top"), (10, -8)),
        Spot(x, y, ("left", "top"), (10, -34)),
        Spot(x, y, ("right", "bottom"), (-10, 20)),
    )


def _half_spots(curve: Curve) -> tuple[Spot, ...]:
    if curve.median is None:
        return tuple(
            Spot(curve.until, 0.5, ("right", edge), (0, y)) for edge, y in (("bottom", 3), ("top", -3))
        )
    above, below, lower, higher = _corners(curve.median, 0.5)
    return below, lower, above, higher


def _foot(x: float) -> tuple[Spot, ...]:
    """At the foot of the limit line, right of it or left."""
    return (
        Spot(x, 0, ("left", "bottom"), (8, 8)),
        Spot(x, 0.2, ("left", "bottom"), (8, 0)),
        Spot(x, 0, ("right", "bottom"), (-8, 8)),
        Spot(x, 0.85, ("left", "top"), (8, 0)),
        Spot(x, 0.85, ("right", "top"), (-8, 0)),
        Spot(x, 0.7, ("left", "top"), (8, 0)),
        Spot(x, 0.7, ("right", "top"), (-8, 0)),
    )


def _nine_tenths_spots(curve: Curve) -> tuple[Spot, ...]:
    return (
        Spot(curve.until, 0.9, ("right", "top"), (0, -4)),
        Spot(0, 0.9, ("left", "bottom"), (2, 2)),
        Spot(curve.until, 0.9, ("right", "bottom"), (0, 2)),
        Spot(0, 0.9, ("left", "top"), (2, -3)),
        Spot(curve.until, 0.9, ("right", "top"), (0, -28)),
        Spot(curve.until, 0.9, ("right", "top"), (0, -52)),
    )


def _ink(curve: Curve) -> list[Path]:
    """The lines no label may cross: the steps of the curve, the guides and the limit."""
    steps: list[tuple[float, float]] = []
    for (x, y), (next_x, _) in pairwise(curve.path):
        steps += [(x, y), (next_x, y)]
    lines: list[Path] = [[*steps, curve.path[-1]], [(0, 0.9), (curve.until, 0.9)]]
    if curve.limit is not None:
        lines.append([(curve.limit, 0), (curve.limit, 1)])
    if curve.median is not None:
        lines += [[(0, 0.5), (curve.median, 0.5)], [(curve.median, 0.5), (curve.median, 0)]]
    return lines
