"""The words of a trend: its last value, its first, and its targets, none over another or over the line."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.shared.charts.base import LINE_HEIGHT, Look, Part, bold, escape, label, span
from pages.shared.charts.labels import Box, push_apart
from pages.shared.charts.marks import Marks, strip_boxes
from pages.shared.charts.months import first_known, last_known
from pages.shared.charts.plot import END_GAP, Path, Spot, boxes_at, place, runs
from pages.shared.charts.series import Point, Stretch, Trend, Voice
from pages.shared.theme import HEADLINE, SMALL, TICK
from queries.words.formats import month_word

# Under the first dot, over it, and further away where the line is in between.
BESIDE_DOT = (("top", -8), ("bottom", 8), ("bottom", 22), ("top", -24), ("bottom", 36), ("top", -40))
Sized = tuple[str, int]


def end_lines(points: Sequence[Point], voice: Voice) -> list[Sized]:
    """What stands at the line's end, with sizes: the value; when the last month is missing, that too."""
    text = voice.look.text
    last = last_known([point.value for point in points])
    untold = points[-1].words if points else ""
    missing = untold or text("status.none")
    if last is None:
        return [(untold or f"○ {missing}", TICK)]
    words = [(voice.of(points[last]), HEADLINE)]
    if last < len(points) - 1:
        words.append((month_word(points[last].month, text), SMALL))
        late = text("charts.label_value", label=month_word(points[-1].month, text), value=missing)
        words.append((late if untold else f"○ {late}", SMALL))
    return words


def limit_words(marks: Marks, look: Look) -> list[Sized]:
    """What stands at the ends of the limits, upper first; nothing without limits."""
    return [
        (look.text(f"charts.limit_{name}"), SMALL) for name in (marks.usual.limits if marks.usual else ())
    ]


@dataclass(frozen=True)
class Ending:
    """A label at the line's end: its words with and without markup, and how far it is moved, px upwards."""

    value: float
    words: str
    shown: str
    size: int
    shift: float


def ends_of(trend: Trend, lines: Sequence[Sized]) -> list[Ending]:
    """The last value at the end of the line, and the limits' names, moved apart and inside the figure."""
    theme, plot = trend.voice.look.theme, trend.plot
    last = last_known(trend.values)
    if last is None:
        return []
    shown = [span(bold(escape(lines[0][0])), color=theme.data, size=HEADLINE)]
    shown += [span(words, color=theme.ink2, size=size) for words, size in lines[1:]]
    plain = "\n".join(words for words, _ in lines)
    wanted = [(trend.points[last].value or 0.0, plain, "<br>".join(shown), HEADLINE, len(shown) * HEADLINE)]
    if trend.marks.usual:
        named = zip(
            trend.marks.usual.limits.values(), limit_words(trend.marks, trend.voice.look), strict=True
        )
        wanted += [(at, words, span(words, color=theme.ink2), size, size) for at, (words, size) in named]
    tall = [lines_px * LINE_HEIGHT for *_, lines_px in wanted]
    at = [plot.y_px(value) for value, *_ in wanted]
    moved = push_apart(at, tall, -plot.bottom, plot.tall + plot.top)
    return [
        Ending(value, words, markup, size, to - was)
        for (value, words, markup, size, _), was, to in zip(wanted, at, moved, strict=True)
    ]


def end_labels(trend: Trend, lines: Sequence[Sized], ends: Sequence[Ending]) -> list[Part]:
    """The labels at the line's end; in the middle of an empty chart that nothing is known."""
    look, plot = trend.voice.look, trend.plot
    if not ends:
        middle, grey = (plot.y[0] + plot.y[1]) / 2, look.theme.ink2
        aside = (END_GAP, 0)
        return [label(look, lines[0][0], plot.x[0], middle, size=TICK, color=grey, shift=aside, cover=True)]
    x = len(trend.points) - 1
    return [
        label(look, end.shown, x, end.value, size=end.size, shift=(END_GAP + 2, end.shift)) for end in ends
    ]


def inner_labels(trend: Trend, ends: Sequence[Ending]) -> list[Part]:
    """The first value and the word of each target, each where neither line nor label is in its way."""
    values, voice = trend.values, trend.voice
    first, last = first_known(values), last_known(values)
    taken: list[Sequence[Box]] = [_end_box(trend, end) for end in ends]
    taken += [strip_boxes(trend.plot)] if trend.guides else []
    wanted: list[tuple[str, list[Spot], str]] = []
    if first is not None and first != last:
        spots = [Spot(first, values[first] or 0, ("left", edge), (0, away)) for edge, away in BESIDE_DOT]
        wanted.append((voice.of(trend.points[first]), spots, voice.look.theme.data))
    wanted += [
        (voice.target(step.value), _beside(step), voice.look.theme.ink2) for step in reversed(trend.steps)
    ]
    steps: list[Path] = [[(step.first, step.value), (step.last, step.value)] for step in trend.steps]
    # A word stands on neither a limit nor a guide where it has another place.
    steps += [[(guide.x, trend.plot.y[0]), (guide.x, trend.plot.y[1])] for guide in trend.guides]
    if trend.marks.usual:
        steps += [[(trend.plot.x[0], at), (trend.plot.x[1], at)] for at in trend.marks.usual.limits.values()]
    found = []
    for words, spots, color in wanted:
        spot, boxes, free = place(words, TICK, spots, trend.plot, [*runs(values), *steps], taken)
        taken.append(boxes)
        found.append(_at(voice.look, words, spot, color, cover=not free))
    return found


def _end_box(trend: Trend, end: Ending) -> Sequence[Box]:
    """The room an end label takes, so that no other label goes there."""
    spot = Spot(len(trend.points) - 1, end.value, ("left", "middle"), (END_GAP, end.shift))
    return boxes_at(end.words, end.size, spot, trend.plot)


def _beside(step: Stretch) -> list[Spot]:
    """Over or under a target line, from its start, its end or its middle; else a little further away."""
    middle = (step.first + step.last) / 2
    return [
        Spot(x, step.value, (side, edge), (0, away))
        for edge, away in (("bottom", 2), ("top", -3), ("bottom", 14), ("top", -15))
        for x, side in ((step.first, "left"), (step.last, "right"), (middle, "center"))
    ]


def _at(look: Look, words: str, spot: Spot, color: str, *, cover: bool) -> Part:
    shown = escape(words)
    return label(
        look, shown, spot.x, spot.y, size=TICK, color=color, anchor=spot.anchor, shift=spot.shift, cover=cover
    )
