"""Figures as text: one rounding rule (四舍五入), the right classifier, nothing made to look complete."""

from datetime import date

from queries.masking import ROUNDED
from queries.rounding import (
    Bound,
    Number,
    clean_ratio,
    exact,
    excess_units,
    gap_units,
    is_trace,
    percent_value,
    plain,
    round_half_up,
)
from queries.words.text import Text

__all__ = [
    "Bound",
    "Number",
    "clean_ratio",
    "count_text",
    "counts_text",
    "date_text",
    "day_text",
    "days_text",
    "decimal_text",
    "exact",
    "excess_units",
    "gap_units",
    "marked_text",
    "month_text",
    "month_word",
    "months_text",
    "percent",
    "percent_value",
    "plain",
    "plain_percent",
    "points_text",
    "ratio_text",
    "round_half_up",
    "short_number",
    "year_text",
]

WAN = 10_000  # from here on charts and KPI shorten
# Each language counts large numbers in steps of its own.
_STEPS = {"zh": (10_000, ("万", "亿")), "en": (1_000, ("k", "M"))}
_SIGNS = {"": "", "low": "≥", "high": "≤"}


def percent(numerator: Number | None, denominator: Number | None, text: Text, *, bound: Bound = "") -> str:
    """A rate such as 90.3%; 未报 for a missing part, — for a denominator of 0, <0.1% for a trace."""
    if numerator is None or denominator is None:
        return text("status.none")
    shown = percent_value(numerator, denominator, bound=bound)
    if shown is None:
        return text("formats.undefined")
    if is_trace(numerator, denominator, bound=bound):
        return "<0.1%"
    return f"{_SIGNS[bound]}{shown}%"


def ratio_text(ratio: float | None, text: Text) -> str:
    """A ratio (0.85) as 85.0% where its parts are not at hand; prefer `percent` on the counts."""
    return text("formats.undefined") if ratio is None else percent(ratio, 1, text)


def plain_percent(ratio: Number) -> str:
    """A target or an axis tick: 85%, 85.5%, without a decimal it does not need."""
    return f"{plain(exact(ratio) * 100, 1)}%"


def decimal_text(value: float | None, digits: int, text: Text) -> str:
    """A mean or a load such as 88.6, with all its decimals; 未报 when missing."""
    return text("status.none") if value is None else str(round_half_up(value, digits))


def short_number(value: Number, text: Text, *, bound: Bound = "") -> str:
    """A count for a chart or a KPI: full digits under 10000, then 1.2万 (12.0k in English)."""
    step, words = _STEPS[text.lang]
    shown, limit, unit = round_half_up(value, bound=bound), WAN, ""
    for power, word in enumerate(words, start=1):
        if abs(shown) < limit:
            break
        shown, limit, unit = round_half_up(exact(value) / step**power, 1, bound=bound), step, word
    return f"{shown}{unit}"


def count_text(
    value: Number | None, classifier: str, text: Text, *, lower_bound: bool = False, short: bool = True
) -> str:
    """A count with its classifier and no space between: 169名, 1.2万人次; English has the number only.

    `lower_bound` marks a figure reported as 余: 300余名 after a round number, ≥8345人次 before any other.
    `short=False` keeps all digits, as tables need.
    """
    if value is None:
        return text("status.none")
    unit = text("formats.classified", n="{n}", classifier=classifier)
    bound: Bound = "low" if lower_bound else ""
    shown = short_number(value, text, bound=bound) if short else str(round_half_up(value, bound=bound))
    if not lower_bound:
        return unit.format(n=shown)
    if text.lang == "zh" and _is_round(value):
        return unit.format(n=f"{shown.replace('.0', '')}余")
    return f"≥{unit.format(n=shown)}"


def marked_text(
    value: Number | None,
    mark: str | None,
    classifier: str,
    text: Text,
    *,
    lower_bound: bool = False,
    short: bool = True,
) -> str:
    """A count of persons as its audience may read it: ≤5名, ※, 约15名; without a mark as `count_text`."""
    if mark and mark != ROUNDED:
        bare = text("formats.classified", n=mark, classifier=classifier)
        return bare if mark.startswith("≤") else mark
    shown = count_text(value, classifier, text, lower_bound=lower_bound and not mark, short=short)
    return text("formats.about", n=shown) if mark and value is not None else shown


def _is_round(value: Number) -> bool:
    """Only a round number takes 余: 300余, 8300余, 60余, but ≥8345."""
    number = exact(value)
    step = 10 if number < 100 else 100
    return number > 0 and number % step == 0


def counts_text(numerator: Number | None, denominator: Number | None, classifier: str, text: Text) -> str:
    """The parts of a rate as they stand under a name: 56/62家; 未报 when missing."""
    if numerator is None or denominator is None:
        return text("status.none")
    whole = text("formats.classified", n=round_half_up(denominator), classifier=classifier)
    return f"{round_half_up(numerator)}/{whole}"


def points_text(points: Number, text: Text) -> str:
    """A difference of two percentages, without its sign: 1.3个百分点."""
    shown = round_half_up(abs(exact(points)), 1)
    return text.count("formats.points", float(shown), shown=shown)


def days_text(days: float | None, text: Text, *, unit: str = "天") -> str:
    """A duration in the unit of its query: 6天, 6.5天; None is 未达到 (a quantile never reached)."""
    if days is None:
        return text("formats.not_reached")
    return text.count(f"formats.span.{unit}", days, shown=plain(days, 1))


def date_text(day: date, text: Text) -> str:
    """2026年10月31日."""
    return text("formats.date", year=day.year, month=day.month, day=day.day, name=_month_name(day, text))


def day_text(day: date, text: Text) -> str:
    """10月25日, for tables."""
    return text("formats.day", month=day.month, day=day.day, name=_month_name(day, text))


def month_text(month: date, text: Text) -> str:
    """2026年10月."""
    return text("formats.month", year=month.year, month=month.month, name=_month_name(month, text))


def month_word(month: date, text: Text) -> str:
    """10月, for axes and sentences of the same year."""
    return text("formats.month_word", month=month.month, name=_month_name(month, text))


def year_text(month: date, text: Text) -> str:
    """2026年."""
    return text("formats.year", year=month.year)


def months_text(first: date, last: date, text: Text) -> str:
    """2023年11月—2026年10月; one month stands alone."""
    if first == last:
        return month_text(first, text)
    return text("formats.range", first=month_text(first, text), last=month_text(last, text))


def _month_name(day: date, text: Text) -> str:
    return text(f"formats.month_names.{day.month}")
