"""The area of a line chart in px: where a value lands at a given width, and labels that stay clear of ink."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pages.shared.charts.base import DESK, LINE_HEIGHT, PHONE, Look, Part, bold, label, span
from pages.shared.charts.labels import Box, box_at, push_apart
from pages.shared.theme import LABEL

Path = Sequence[tuple[float, float]]
END_GAP = 8  # px between the end of a line and its name
APART = 22  # px between the names of neighbouring lines


@dataclass(frozen=True)
class Plot:
    """The plotting area: margins and height in px, both axes from…to in data."""

    height: float
    left: float
    right: float
    top: float
    bottom: float
    x: tuple[float, float]
    y: tuple[float, float]

    @property
    def tall(self) -> float:
        """The px between the axes' ends."""
        return self.height - self.top - self.bottom

    def y_px(self, value: float) -> float:
        """The height of a value above the baseline in px."""
        return (value - self.y[0]) / ((self.y[1] - self.y[0]) or 1) * self.tall

    def at(self, x: float, value: float, width: float) -> tuple[float, float]:
        """A point in px, from the lower left of the plotting area, in a chart this wide."""
        wide = width - self.left - self.right
        return (x - self.x[0]) / ((self.x[1] - self.x[0]) or 1) * wide, self.y_px(value)


@dataclass(frozen=True)
class Spot:
    """A place a label may take: a point, an anchor and a shift in px."""

    x: float
    y: float
    anchor: tuple[str, str]
    shift: tuple[float, float]


def place(
    words: str,
    size: int,
    spots: Sequence[Spot],
    plot: Plot,
    paths: Iterable[Path],
    taken: Iterable[Sequence[Box]],
) -> tuple[Spot, tuple[Box, ...], bool]:
    """The first spot free of lines and of other labels on a phone and on a desk; else one over a line only.

    Returns the spot, its boxes at both widths (to be `taken` by the next label) and whether it is free.
    """
    lines, others = [list(path) for path in paths], [list(boxes) for boxes in taken]
    choices = [(spot, boxes_at(words, size, spot, plot)) for spot in spots]
    for known in (lines, []):
        for spot, boxes in choices:
            if all(_free(box, i, known, others, plot) for i, box in enumerate(boxes)):
                return spot, boxes, known is lines
    return *choices[0], False


def boxes_at(words: str, size: int, spot: Spot, plot: Plot) -> tuple[Box, ...]:
    """The room a label takes at a spot, on a phone and on a desk."""
    return tuple(
        box_at(words, size, plot.at(spot.x, spot.y, width), spot.anchor, spot.shift)
        for width in (PHONE, DESK)
    )


def _free(
    box: Box, i: int, lines: list[list[tuple[float, float]]], others: list[list[Box]], plot: Plot
) -> bool:
    width = (PHONE, DESK)[i]
    wide = width - plot.left - plot.right
    if box.left < -2 or box.right > wide + plot.right or box.bottom < 1 or box.top > plot.tall + plot.top:
        return False
    if any(box.hits(boxes[i]) for boxes in others):
        return False
    return not any(box.crossed_by([plot.at(x, y, width) for x, y in line]) for line in lines)


def runs(values: Sequence[float | None]) -> list[list[tuple[float, float]]]:
    """The unbroken stretches of a line, as points (position, value)."""
    found: list[list[tuple[float, float]]] = [[]]
    for i, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            found[-1].append((float(i), value))
    return [run for run in found if run]


@dataclass(frozen=True)
class End:
    """What stands at the end of a line: its name in lines, its value, the colour of its words."""

    name: tuple[str, ...]
    value: str
    at: float
    color: str


def end_labels(ends: Sequence[End], x: float, plot: Plot, look: Look) -> list[Part]:
    """Names and values at the line ends, pushed apart so that none touches another, all inside the figure."""
    tall = [max(APART, len(end.name) * LABEL * LINE_HEIGHT + 2) for end in ends]
    wanted = [plot.y_px(end.at) for end in ends]
    moved = push_apart(wanted, tall, -plot.bottom, plot.tall + plot.top)
    return [
        label(
            look,
            span("<br>".join((*end.name[:-1], f"{end.name[-1]} {bold(end.value)}")), color=end.color),
            x,
            end.at,
            shift=(END_GAP, to - was),
        )
        for end, was, to in zip(ends, wanted, moved, strict=True)
    ]
