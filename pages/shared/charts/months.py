"""What charts over months share: ticks that fit a phone, a value axis that tells where it starts, gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from pages.shared.charts.base import Look, Part, axis
from queries.words.formats import count_text, month_word, plain_percent, year_text

LONG, HALF_YEARS = 18, 30  # months beyond which ticks are years, not quarters; and years only
AXIS_TWO_LINES, AXIS_ONE_LINE = 50, 32  # px under the plot
BELOW = 11  # px from the baseline to the words of the months, which must clear the lowest value tick
STEPS = (1, 2, 5)
FEW = 7  # months that a phone can name one by one
AIR = 0.12  # of the range, kept free under the lowest value


@dataclass(frozen=True)
class Scale:
    """A value axis: its ends, its ticks and how values on it are written."""

    low: float
    high: float
    ticks: tuple[float, ...]
    unit: str
    classifier: str

    def words(self, value: float, look: Look) -> str:
        """A tick or an end of the axis in words: 60%, 20名, 0."""
        if self.unit == "percent":
            return plain_percent(round(value, 6))
        # A long classifier would take a third of a phone; the subtitle names it.
        classifier = self.classifier if len(self.classifier) == 1 else ""
        return "0" if value == 0 else count_text(value, classifier, look.text)


def months_axis(months: Sequence[date], look: Look, *, end: float | None = None) -> Part:
    """The axis of months 0, 1, 2 …; years at each January when long, else every third month with its year."""
    last = len(months) - 1
    ticks = year_ticks(months, look) if len(months) > LONG else quarter_ticks(months, look)
    pad = 0.5 if last < 1 else 0
    return axis(
        look,
        (-pad, (last if end is None else end) + pad),
        tickmode="array",
        tickvals=[at for at, _ in ticks],
        ticktext=[words for _, words in ticks],
        showline=True,
        linecolor=look.theme.axis,
        linewidth=1,
        ticklen=BELOW,
        tickangle=0,
        automargin=False,
    )


def room_below(months: Part) -> float:
    """The px under the plot that the ticks of a month axis need."""
    return AXIS_TWO_LINES if any("<br>" in words for words in months["ticktext"]) else AXIS_ONE_LINE


def year_ticks(months: Sequence[date], look: Look) -> list[tuple[int, str]]:
    """2024年 at every January, 7月 between them while there is room; of many years every second, third …"""
    at = [(i, year_text(month, look.text)) for i, month in enumerate(months) if month.month == 1]
    if len(months) <= HALF_YEARS:
        at += [(i, month_word(month, look.text)) for i, month in enumerate(months) if month.month == 7]
    return sorted(at)[:: ceil(len(at) / 5)]


def quarter_ticks(months: Sequence[date], look: Look) -> list[tuple[int, str]]:
    """Every third month counted back from the last, of few months every one; the year under each first."""
    at = sorted(range(len(months) - 1, -1, -1 if len(months) <= FEW else -3))
    # Two years side by side would touch on a phone; the second tells enough.
    crowded = len(at) > 1 and months[at[0]].year != months[at[1]].year
    words, told = [], months[at[0]].year if crowded else 0
    for i in at:
        year = "" if months[i].year == told else f"<br>{year_text(months[i], look.text)}"
        words.append((i, month_word(months[i], look.text) + year))
        told = months[i].year
    return words


def value_scale(
    values: Sequence[float | None], *, unit: str, classifier: str = "", from_zero: bool = False
) -> Scale:
    """A value axis of two to four even steps around the data, with air below for the first value's label.

    Rates end at 100%, counts step by whole numbers. A count starts at 0 unless that would flatten the line.
    """
    known = [value for value in values if value is not None]
    percent = unit == "percent"
    low, high = (min(known), max(known)) if known else (0.0, 1.0 if percent else 0.0)
    if from_zero or (not percent and low < high / 2):
        low = 0.0
    least = 0.1 if percent else max(high * 0.1, 3)  # a narrower axis would make a drama of noise
    bottom = max(0.0, low - AIR * max(high - low, least)) if low > 0 else low
    top = max(high, bottom + least)
    if percent and high <= 1 < top:
        bottom, top = 1 - least, 1.0
    start, stop, step = _even(bottom, top, smallest=0.01 if percent else 1)
    if percent and high <= 1 < stop * step:
        stop = round(1 / step)
    ticks = tuple(round(i * step, 6) for i in range(start, stop + 1))
    return Scale(ticks[0], ticks[-1], ticks, unit, classifier)


def _even(low: float, high: float, *, smallest: float) -> tuple[int, int, float]:
    """First and last multiple of the smallest step (1, 2, 5 × 10^n) that spans low…high in four steps."""
    power = 10.0 ** floor(log10(max((high - low) / 4, smallest)))
    for step in (power * factor for factor in (*STEPS, 10, 20)):
        start, stop = floor(round(low / step, 9)), ceil(round(high / step, 9))
        if stop - start <= 4 and step >= smallest:
            break
    return start, stop, step


def values_axis(scale: Scale, look: Look) -> Part:
    """The value axis with its ticks written out and a grid line at each."""
    return axis(
        look,
        (scale.low, scale.high),
        tickmode="array",
        tickvals=list(scale.ticks),
        ticktext=[scale.words(tick, look) for tick in scale.ticks],
        showgrid=True,
        gridcolor=look.theme.grid,
        gridwidth=1,
    )


def last_known(values: Sequence[float | None]) -> int | None:
    """The position of the last value that is there; None when there is none."""
    return next((i for i in range(len(values) - 1, -1, -1) if values[i] is not None), None)


def first_known(values: Sequence[float | None]) -> int | None:
    """The position of the first value that is there; None when there is none."""
    return next((i for i, value in enumerate(values) if value is not None), None)


def dots(values: Sequence[float | None]) -> list[int]:
    """Marker sizes of a line: a value between two gaps would vanish without a dot of its own."""
    padded = [None, *values, None]
    return [
        5 if value is not None and padded[i] is None and padded[i + 2] is None else 0
        for i, value in enumerate(values)
    ]
