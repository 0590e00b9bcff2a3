"""What stands beside a trend: events, changes of definition, the usual range, in the strip over the plot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from pages.shared.charts.base import DESK, PHONE, Look, Part, escape, label, stroke
from pages.shared.charts.labels import Box, push_apart, px
from pages.shared.charts.plot import Plot
from pages.shared.theme import SMALL
from queries.words.formats import month_text

STRIP = 20  # px over the plot in which the words of marks stand
AIR, TIGHT = 8, 3  # px between two words in the strip, and beside a single sign
BREAK = "※"  # stands for the words of a break where they have no room
NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True)
class Event:
    """Something to remember beside a trend: the month it began in, and what it is called."""

    month: date
    title: str


@dataclass(frozen=True)
class Usual:
    """The range in which a trend usually moves, and the places of months that are out of the usual.

    A limit is None where no value can be beyond it, such as below 0.
    """

    low: float | None
    high: float | None
    unusual: frozenset[int]

    @property
    def limits(self) -> dict[str, float]:
        """The limits that are drawn, by their names, upper first."""
        named = {"high": self.high, "low": self.low}
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True)
class Marks:
    """All that is marked on a trend; `breaks` are first months of a new definition."""

    events: Sequence[Event] = ()
    breaks: Sequence[date] = ()
    usual: Usual | None = None


@dataclass(frozen=True)
class Guide:
    """A vertical line through the plot, and the words over it."""

    x: float
    words: str
    is_break: bool


def guides(marks: Marks, months: Sequence[date], look: Look, wide: float) -> list[Guide]:
    """The guides of a trend in their order; titles are numbered where their words have no room on a phone.

    `wide` is the width of the plot on a phone, px. Where even signs have no room, the oldest events give way.
    """
    places = {month: float(at) for at, month in enumerate(months)}
    events = sorted((event for event in marks.events if event.month in places), key=lambda e: e.month)
    breaks = [places[month] - 0.5 for month in marks.breaks if month in places]
    axis = (0.0, max(len(months) - 1.0, 1.0))
    for word in (look.text("charts.break"), BREAK):
        stated = [Guide(x, word, True) for x in breaks]
        for numbered in (False, True):
            found = _in_order([*stated, *_joined(events, places, numbered=numbered)])
            if _fits(found, axis, wide, tight=numbered):
                return found
    signs = _joined(events, places, numbered=True)
    while signs and not _fits(_in_order([*stated, *signs]), axis, wide, tight=True):
        signs = signs[1:]
    return _in_order([*stated, *signs])


def _in_order(found: Sequence[Guide]) -> list[Guide]:
    return sorted(found, key=lambda guide: guide.x)


def _joined(events: Sequence[Event], places: dict[date, float], *, numbered: bool) -> list[Guide]:
    """One guide a month: the titles of its events, or their numbers; a title keeps its number."""
    titles = list(dict.fromkeys(event.title for event in events))
    by_month: dict[float, list[str]] = {}
    for event in events:
        title = NUMBERS[titles.index(event.title) % len(NUMBERS)] if numbered else event.title
        by_month.setdefault(places[event.month], []).append(title)
    return [Guide(x, "".join(dict.fromkeys(words)), False) for x, words in by_month.items()]


def is_numbered(found: Sequence[Guide]) -> bool:
    """Whether the guides bear numbers, whose words must then stand below the chart."""
    return any(not guide.is_break and guide.words[0] in NUMBERS for guide in found)


def event_words(marks: Marks, months: Sequence[date], look: Look, found: Sequence[Guide]) -> list[str]:
    """The events that have a guide, in words: ①爱骑月（2025年5月、2026年5月）; without numbers on demand."""
    drawn = {months[int(guide.x)] for guide in found if not guide.is_break}
    events = sorted((event for event in marks.events if event.month in months), key=lambda e: e.month)
    told: dict[str, list[str]] = {event.title: [] for event in events}
    for event in events:
        if event.month in drawn:
            told[event.title].append(month_text(event.month, look.text))
    separator, numbered = look.text("wording.list_separator"), is_numbered(found)
    return [
        look.text("charts.event", mark=mark if numbered else "", title=title, months=separator.join(when))
        for mark, (title, when) in zip(cycle(NUMBERS), told.items(), strict=False)
        if when
    ]


def _fits(found: Sequence[Guide], axis: tuple[float, float], wide: float, *, tight: bool) -> bool:
    """Whether all words fit over the plot, none pushed off its guide; `tight` lets signs move aside."""
    if sum(_room(guide) for guide in found) > wide:
        return False
    at = _places(found, axis, wide)
    moved = zip(found, at, _moved(found, at, wide), strict=True)
    return tight or all(abs(to - was) <= px(guide.words, SMALL) / 2 for guide, was, to in moved)


def _room(guide: Guide) -> float:
    """The px of a guide's words and the air beside them, of which signs need less."""
    return px(guide.words, SMALL) + (TIGHT if len(guide.words) == 1 else AIR)


def _places(found: Sequence[Guide], x: tuple[float, float], wide: float) -> list[float]:
    return [(guide.x - x[0]) / ((x[1] - x[0]) or 1) * wide for guide in found]


def _moved(found: Sequence[Guide], at: Sequence[float], wide: float) -> list[float]:
    return push_apart(at, [_room(guide) for guide in found], 0, wide)


def guide_parts(found: Sequence[Guide], plot: Plot, look: Look) -> tuple[list[Part], list[Part]]:
    """The vertical lines and the words over them, pushed apart on the narrowest screen.

    A wider screen only spreads the guides, so that what stands apart on a phone does so everywhere.
    """
    wide = PHONE - plot.left - plot.right
    at = _places(found, plot.x, wide)
    moved = _moved(found, at, wide)
    words = [
        label(
            look,
            escape(guide.words),
            guide.x,
            1,
            size=SMALL,
            color=look.theme.ink2,
            anchor=("center", "bottom"),
            shift=(to - was, 3),
            refs=("x", "paper"),
        )
        for guide, was, to in zip(found, at, moved, strict=True)
    ]
    return guide_lines(found, look), words


def guide_lines(found: Sequence[Guide], look: Look) -> list[Part]:
    """The vertical lines alone: dotted at an event, solid where a definition changed."""
    return [
        stroke(
            look.theme.axis,
            (guide.x, 0),
            (guide.x, 1),
            width=1,
            dash="solid" if guide.is_break else "2px,3px",
            refs=("x", "paper"),
            layer="below",
        )
        for guide in found
    ]


def strip_boxes(plot: Plot) -> tuple[Box, Box]:
    """The strip on a phone and on a desk, kept free of all other labels."""
    phone, desk = (
        Box(-plot.left, plot.tall + 1, width - plot.left, plot.tall + plot.top) for width in (PHONE, DESK)
    )
    return phone, desk


def cut(values: Sequence[float | None], breaks: Sequence[float]) -> list[tuple[float, int | None]]:
    """The places of a line's points, with an empty one (None) at each break, where the line has a gap."""
    points: list[tuple[float, int | None]] = [(float(at), at) for at in range(len(values))]
    return sorted([*points, *((at, None) for at in breaks)], key=lambda point: point[0])
