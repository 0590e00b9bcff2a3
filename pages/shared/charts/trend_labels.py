"""The words of a trend: its last value, its first, and its targets, none over another or over the line."""

from collections.abc import Sequence

from pages.shared.charts.base import Look, Part, bold, escape, label, span
from pages.shared.charts.labels import Box
from pages.shared.charts.months import first_known, last_known
from pages.shared.charts.plot import END_GAP, Path, Plot, Spot, boxes_at, place, runs
from pages.shared.charts.series import Point, Stretch, target_words, value_words
from pages.shared.formats import month_word
from pages.shared.theme import HEADLINE, SMALL, TICK

# Under the first dot, over it, and higher where the line climbs away from it.
BESIDE = (("top", -8), ("bottom", 8), ("bottom", 22), ("bottom", 36))


def end_lines(points: Sequence[Point], look: Look, unit: str, classifier: str) -> list[tuple[str, int]]:
    """What stands at the line's end, with sizes: the value; when the last month is missing, that too."""
    last = last_known([point.value for point in points])
    if last is None:
        return [(f"○ {look.text('status.none')}", TICK)]
    words = [(value_words(points[last].value, look, unit, classifier), HEADLINE)]
    if last < len(points) - 1:
        words.append((month_word(points[last].month, look.text), SMALL))
        missing = look.text(
            "charts.label_value",
            label=month_word(points[-1].month, look.text),
            value=look.text("status.none"),
        )
        words.append((f"○ {missing}", SMALL))
    return words


def end_label(
    points: Sequence[Point], lines: Sequence[tuple[str, int]], plot: Plot, look: Look
) -> list[Part]:
    """The last value at the end of the line, moved up or down where it would leave the figure."""
    last = last_known([point.value for point in points])
    if last is None:
        middle, color = (plot.y[0] + plot.y[1]) / 2, look.theme.ink2
        words = lines[0][0]
        return [label(look, words, plot.x[0], middle, size=TICK, color=color, shift=(END_GAP, 0), cover=True)]
    value = points[last].value or 0.0
    shown = [span(bold(escape(lines[0][0])), color=look.theme.data, size=HEADLINE)]
    shown += [span(words, color=look.theme.ink2, size=size) for words, size in lines[1:]]
    half = len(shown) * HEADLINE * 0.65
    at = plot.y_px(value)
    inside = min(max(at, half - plot.bottom), plot.tall + plot.top - half)
    return [
        label(
            look, "<br>".join(shown), len(points) - 1, value, size=HEADLINE, shift=(END_GAP + 2, inside - at)
        )
    ]


def inner_labels(
    points: Sequence[Point], steps: Sequence[Stretch], plot: Plot, look: Look, unit: str, classifier: str
) -> list[Part]:
    """The first value and the word of each target, each where neither line nor label is in its way."""
    values = [point.value for point in points]
    paths: list[Path] = [*runs(values), *([(s.first, s.value), (s.last, s.value)] for s in steps)]
    found: list[Part] = []
    first, last = first_known(values), last_known(values)
    taken: list[Sequence[Box]] = (
        [] if last is None else [_end_box(points, last, plot, look, unit, classifier)]
    )
    if first is not None and first != last:
        words = value_words(values[first], look, unit, classifier)
        spots = [
            Spot(first, values[first] or 0, ("left", v), (0, y)) for v, y in (("top", -8), ("bottom", 8))
        ]
        spot, boxes, _ = place(words, TICK, spots, plot, paths, taken)
        taken.append(boxes)
        found.append(_at(look, words, spot, look.theme.data))
    for step in reversed(steps):
        words = look.text("charts.target", value=target_words(step.value, look, unit, classifier))
        spot, boxes, free = place(words, TICK, _beside(step), plot, paths, taken)
        if free or step is steps[-1]:
            taken.append(boxes)
            found.append(_at(look, words, spot, look.theme.ink2))
    return found


def _end_box(
    points: Sequence[Point], last: int, plot: Plot, look: Look, unit: str, classifier: str
) -> Sequence[Box]:
    words = "\n".join(words for words, _ in end_lines(points, look, unit, classifier))
    spot = Spot(len(points) - 1, points[last].value or 0, ("left", "middle"), (END_GAP, 0))
    return boxes_at(words, HEADLINE, spot, plot)


def _beside(step: Stretch) -> list[Spot]:
    """Over or under a target line, from its start or its end."""
    return [
        Spot(x, step.value, (side, edge), (0, shift))
        for edge, shift in (("bottom", 2), ("top", -3))
        for x, side in ((step.first, "left"), (step.last, "right"))
    ]


def _at(look: Look, words: str, spot: Spot, color: str) -> Part:
    return label(
        look, escape(words), spot.x, spot.y, size=TICK, color=color, anchor=spot.anchor, shift=spot.shift
    )
