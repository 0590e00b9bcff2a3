"""Who differs beyond chance: the rates of townships with what chance leaves them, and the words for it."""

from collections.abc import Sequence

from pages.shared import blocks
from pages.shared.cards import Card
from pages.shared.charts.differences import Difference, difference_dots
from pages.shared.view import Source, View
from queries.statistics import beyond, overdispersion, wilson
from queries.words.standing import Rate
from queries.words.wording import name_list

# Fewer townships are compared by eye. Rates that differ more than this by far differ for reasons of their
# own, so that a funnel would mark nearly all; the outer quarters are drawn in, or one would hide itself.
LEAST_ROWS, MOST_DISPERSED = 3, 2


def differences_card(
    view: View, rates: Sequence[Rate], name: str, source: Source, *, classifier: str
) -> Card | None:
    """Return the dots of all townships' rates; None where there are too few to compare, or no counts."""
    parts = [(rate.numerator, rate.denominator) for rate in rates if rate.ratio is not None]
    counts = [(int(part), int(whole)) for part, whole in parts if part is not None and whole]
    fair = all(part % 1 == 0 and part <= whole for part, whole in parts if part is not None and whole)
    if len(counts) < LEAST_ROWS or not fair or any(rate.lower_bound for rate in rates):
        return None
    county = sum(part for part, _ in counts) / sum(whole for _, whole in counts)
    spread = overdispersion([part for part, _ in counts], [whole for _, whole in counts])
    wide = spread is not None and spread > MOST_DISPERSED
    sides = [_side(rate, county) if not wide else "" for rate in rates]
    rows = [_difference(rate, side) for rate, side in zip(rates, sides, strict=True)]
    figure = difference_dots(
        rows, blocks.look(view), measure=name, county=county, area=view.area, classifier=classifier
    )
    return Card(
        source,
        figure,
        view.t("differences.wide") if wide else _title(view, rates, sides),
        view.t("differences.subtitle", name=name, area=view.area),
        view.t("differences.wide_remark" if wide else "differences.remark", area=view.area),
    )


def _side(rate: Rate, county: float) -> str:
    """Return above or below where a rate lies beyond the 95 % funnel of the county's, else nothing."""
    if rate.numerator is None or not rate.denominator:
        return ""
    side, _ = beyond(int(rate.numerator), int(rate.denominator), county)
    return "" if side == "within" else side


def _difference(rate: Rate, side: str) -> Difference:
    if rate.numerator is None or rate.denominator is None:
        return Difference(rate, None)
    return Difference(rate, wilson(rate.numerator, rate.denominator), bool(side))


def _title(view: View, rates: Sequence[Rate], sides: Sequence[str]) -> str:
    """Return who lies beyond chance, on which side of the county."""
    named = {
        side: [rate.name for rate, found in zip(rates, sides, strict=True) if found == side]
        for side in ("below", "above")
    }
    low, high = (name_list(named[side], view.text) for side in ("below", "above"))
    if low and high:
        return view.t("differences.both", low=low, high=high, area=view.area)
    if not low and not high:
        return view.text.count("differences.none", sum(rate.ratio is not None for rate in rates))
    side = "below" if low else "above"
    return view.text.count(f"differences.{side}", len(named[side]), names=low or high, area=view.area)
