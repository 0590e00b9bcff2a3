"""Numbers as slides and files print them, with the marks of what an audience may not read exactly."""

from collections.abc import Collection, Mapping
from typing import Any

from pages.shared.deck.exhibits import Value
from pages.shared.view import View
from queries.masking import ROUNDED, SUPPRESSED
from queries.words.formats import count_text, decimal_text, marked_text, percent

Row = Mapping[str, Any]


def count(
    view: View, row: Row, column: str, unit: str = "", *, at_least: bool = False, short: bool = False
) -> Value:
    """Return a count with its classifier, `unit` being the key of that; ≤5 and ※ are no numbers.

    `short` writes large ones as 1.2万, `at_least` marks one of which part was reported as 余.
    """
    number, mark = row[column], row.get(f"{column}_mark")
    classifier = view.t(unit) if unit else ""
    text = marked_text(number, mark, classifier, view.text, lower_bound=at_least, short=short)
    sign = ROUNDED if mark and number is not None else "≥" if at_least and number is not None else ""
    return Value(number, text, "count", sign)


def total(view: View, number: float | None, unit: str = "") -> Value:
    """Return a count that is nobody's secret: enterprises, stations, cases, tasks."""
    return Value(number, count_text(number, view.t(unit) if unit else "", view.text, short=False))


def rate(view: View, part: float | None, whole: float | None) -> Value:
    """Return a rate; 未报 where a part is missing, — of a denominator of 0."""
    number = part / whole if part is not None and whole else None
    return Value(number, percent(part, whole, view.text), "rate")


def decimal(view: View, number: float | None) -> Value:
    """Return a mean with one decimal."""
    return Value(number, decimal_text(number, 1, view.text), "decimal")


def is_masked(row: Row, column: str) -> bool:
    """Tell whether a count stands as ≤5 or ※, so that nothing may be computed from it."""
    return bool(row.get(f"{column}_mark")) and row[column] is None


def meaning(view: View, marks: Collection[str]) -> str:
    """Return what marks mean; empty where there is none."""
    told = [view.t("deck.masked")] if any(mark.startswith("≤") for mark in marks) else []
    told += [view.t("deck.rounded")] if ROUNDED in marks else []
    told += [view.t("deck.hidden")] if SUPPRESSED in marks else []
    return view.t("charts.semicolon").join(told)


def length(row: Row, column: str) -> float | None:
    """Return how far a count's bar reaches: k of one that stands as ≤k, nothing of a hidden one."""
    mark = str(row.get(f"{column}_mark") or "")
    if row[column] is None and mark.startswith("≤"):
        return float(mark[1:])
    return None if row[column] is None else float(row[column])
