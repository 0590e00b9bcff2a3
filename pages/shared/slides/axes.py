"""Axes of a slide: the box of the plot, grid lines with their words, months along the bottom."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.shared.charts.labels import px
from pages.shared.slides.canvas import Canvas

TICK = 34
BELOW = 40  # from the base line to the middle of its words


@dataclass(frozen=True)
class Field:
    """The plot: its edges in px and the values at them."""

    left: float
    top: float
    right: float
    bottom: float
    across: tuple[float, float]
    up: tuple[float, float]

    def x(self, value: float) -> float:
        """Where a value lies from left to right."""
        return self.left + (self.right - self.left) * _share(value, self.across)

    def y(self, value: float) -> float:
        """Where a value lies from the bottom up."""
        return self.bottom - (self.bottom - self.top) * _share(value, self.up)


def _share(value: float, ends: tuple[float, float]) -> float:
    low, high = ends
    return min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.5


def draw_values(canvas: Canvas, plot: Field, ticks: Sequence[tuple[float, str]]) -> None:
    """Draw a line and its words at each value; the lowest is the base line."""
    theme = canvas.look.theme
    for value, words in ticks:
        y = plot.y(value)
        color = theme.axis if value == plot.up[0] else theme.grid
        canvas.line((plot.left, y, plot.right, y), color, layer="below")
        canvas.text(words, plot.left - 20, y, size=TICK, color=theme.ink2, anchor=("right", "middle"))


def draw_along(canvas: Canvas, plot: Field, ticks: Sequence[tuple[float, str]]) -> None:
    """Write words under the base line, leaving out from the right what would touch its neighbour."""
    free = -1.0
    for value, words in ticks:
        half = px(words, TICK) / 2
        # Words wider than a tick's must not run under the lowest value at the left.
        middle = min(max(plot.x(value), plot.left + half - 24), canvas.width - half)
        if middle - half < free:
            continue
        free = middle + half + 24
        color = canvas.look.theme.ink2
        canvas.text(words, middle, plot.bottom + BELOW, size=TICK, color=color, anchor=("center", "middle"))
