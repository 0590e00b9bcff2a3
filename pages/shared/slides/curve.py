"""A slide of the share that is closed by each day, with the days that matter named."""

from collections.abc import Sequence
from itertools import pairwise

from pages.shared.charts.labels import Box, px
from pages.shared.deck.exhibits import Curve, Reached
from pages.shared.slides.axes import TICK, Field, draw_along, draw_values
from pages.shared.slides.canvas import BODY, SMALL, Canvas
from pages.shared.slides.wrapping import fits, wrapped

VALUES = ((0.0, "0"), (0.5, "50%"), (1.0, "100%"))
LEFT, NEAR = 120, 24
LABEL_WIDE = 330  # px; a wider label breaks


def draw_curve(canvas: Canvas, shown: Curve, top: float, bottom: float) -> None:
    """Draw the curve as steps; what was never reached is told at its end."""
    last = max([*shown.days, shown.limit or 0, 1])
    plot = Field(LEFT, top + 30, canvas.width - 30, bottom - 62, (0.0, last), (0.0, 1.0))
    draw_values(canvas, plot, VALUES)
    draw_along(canvas, plot, [(day, f"{day:g}") for day in _days(last)])
    points = [(plot.x(day), plot.y(share)) for day, share in zip(shown.days, shown.shares, strict=True)]
    canvas.path(points, canvas.look.theme.data, 7, stepped=True)
    taken: list[Box] = []
    if shown.limit is not None:
        taken.append(_limit(canvas, shown, plot, shown.limit))
    for reached in sorted(shown.reached, key=lambda one: one.day is None):
        _reached(canvas, plot, reached, _stepped(points), taken)


def _days(last: float) -> list[float]:
    step = next((step for step in (1, 2, 5, 10, 15, 20, 30, 60, 90) if last / step <= 8), 120)
    return [float(day) for day in range(0, int(last) + 1, step)]


def _stepped(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the points that the stepped line runs through."""
    path = list(points[:1])
    for (_, y0), (x1, y1) in pairwise(points):
        path += [(x1, y0), (x1, y1)]
    return path


def _limit(canvas: Canvas, shown: Curve, plot: Field, limit: float) -> Box:
    """Draw the limit as a line, its words low beside it; return where they stand."""
    x = plot.x(limit)
    canvas.line((x, plot.top, x, plot.bottom), canvas.look.theme.ink, 5)
    lines = shown.limit_label.split(" ") if fits(shown.limit_label, TICK, LABEL_WIDE) else [shown.limit_label]
    lines = lines if len(lines) == 2 else wrapped(shown.limit_label, TICK, LABEL_WIDE)
    wide, tall = px("\n".join(lines), TICK), len(lines) * TICK * 1.3
    left = x + NEAR if x + NEAR + wide < plot.right else x - NEAR - wide
    canvas.text(lines, left, plot.bottom - 24 - tall / 2, size=TICK)
    return Box(left, plot.bottom - 24 - tall, left + wide, plot.bottom - 24)


def _reached(
    canvas: Canvas, plot: Field, one: Reached, path: Sequence[tuple[float, float]], taken: list[Box]
) -> None:
    """Mark a point on the curve and name it where neither the curve nor another label is."""
    theme = canvas.look.theme
    y = plot.y(one.share)
    x = plot.right if one.day is None else plot.x(one.day)
    canvas.line((plot.left, y, x, y), theme.axis, 3, dash="dot", layer="below")
    if one.day is not None:
        canvas.line((x, y, x, plot.bottom), theme.axis, 3, dash="dot", layer="below")
        canvas.dot(x, y, theme.data, radius=13)
    size = BODY if one.day is not None else SMALL + 4
    lines = wrapped(one.label, size, LABEL_WIDE * 1.6)
    wide, tall = px("\n".join(lines), size), len(lines) * size * 1.3
    places = [(x + dx, y + dy) for dx, dy in _offsets(wide, tall)]
    room = Box(plot.left + 4, plot.top - 30, canvas.width, plot.bottom - 8)
    boxes = [Box(left, top, left + wide, top + tall) for left, top in places]
    inside = [box for box in boxes if _within(box, room)]
    free = [box for box in inside if not box.crossed_by(path) and not any(box.hits(other) for other in taken)]
    box = (free or inside or boxes)[0]
    taken.append(box)
    color = theme.data if one.day is not None else theme.ink2
    canvas.text(lines, box.left, (box.bottom + box.top) / 2, size=size, color=color, bold=one.day is not None)


def _offsets(wide: float, tall: float) -> list[tuple[float, float]]:
    """Return from where to try a label: right below the point, left above, then further away."""
    near = [(NEAR, 14.0), (-NEAR - wide, -tall - 14), (-wide - 4, 10.0), (-wide - 4, -tall - 10)]
    far = [(NEAR, 14.0 + step) for step in (60, 120, 180, 240)]
    left = [(-NEAR - wide, -tall - 14.0 - step) for step in (50, 100)]
    return [*near, *far, *left, *((-wide - 40.0, 30.0 + step) for step in (0, 60, 120, 180))]


def _within(box: Box, room: Box) -> bool:
    return (
        box.left >= room.left
        and box.right <= room.right
        and box.bottom >= room.bottom
        and box.top <= room.top
    )
