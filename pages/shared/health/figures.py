"""A figure of any indicator as text in its own unit, and the difference of two of them."""

from decimal import Decimal

import queries
from pages.shared.i18n import Text
from queries.rounding import round_half_up
from queries.words.formats import count_text, days_text, decimal_text, percent, points_text

_SIGNS = {"约": "约", "近": "近", "以下": "≤"}
MINUS, PLUS = "−", "+"


def named(indicator: str, text: Text) -> str:
    """Return 党员（名）; of a figure that is not registered its id."""
    about = queries.INDICATORS.get(indicator)
    if about is None:
        return indicator
    return text("health.with_unit", name=about.name(text.lang), unit=about.unit(text.lang))


def plain_figure(
    indicator: str, value: object, qualifier: object, text: Text, *, is_empty: bool = False
) -> str:
    """Return a value without its unit: 89.4%, 300余, 6天, 88.6; 未报 if there is none, — where of 0."""
    if value is None:
        return text("formats.undefined") if is_empty else text("status.none")
    about, number = queries.INDICATORS.get(indicator), float(str(value))
    if about is not None and about.is_rate:
        return percent(number, 1, text)
    if about is not None and about.basis:
        return days_text(number, text)
    if about is not None and about.whole:
        return decimal_text(number, 1, text)
    if qualifier in ("余", "以上"):
        return count_text(number, "", text, lower_bound=True, short=False)
    return f"{_SIGNS.get(str(qualifier), '')}{count_text(number, '', text, short=False)}"


def difference(indicator: str, before: float | None, after: float | None, text: Text) -> str:
    """Return +2, −0.3个百分点, 0; what one of the two does not know is said in words."""
    if before is None or after is None:
        return text("health.newly_known" if before is None else "health.no_longer_known")
    about = queries.INDICATORS[indicator]
    if about.is_rate:
        step = round_half_up(after * 100, 1) - round_half_up(before * 100, 1)
        if not step:
            return text("health.hardly")
        return f"{_sign(step)}{points_text(abs(step), text)}"
    digits = 1 if about.whole or about.basis else 0
    step = round_half_up(after, digits) - round_half_up(before, digits)
    return (
        f"{_sign(step)}{abs(step)}" if step else text("health.hardly" if before != after else "health.same")
    )


def _sign(step: Decimal) -> str:
    return PLUS if step > 0 else MINUS
