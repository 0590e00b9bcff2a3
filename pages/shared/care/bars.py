"""The bars of one indicator: rates against their targets, counts, and what of either is not told exactly."""

from collections.abc import Sequence
from typing import Any

from pages.shared import blocks
from pages.shared.care.quantity import BOUNDS, Row, is_masked
from pages.shared.care.subject import Subject
from pages.shared.care.words import gap_text, status_words
from pages.shared.charts import Count, Figure, count_bars, marked, target_bars
from queries.words.standing import Rate


def bars(subject: Subject, names: Sequence[str], rows: Sequence[dict[str, Any]]) -> Figure:
    """Return rates against their targets, anything else as counts; rounded rates are counts too."""
    view, quantity = subject.view, subject.quantity
    if quantity.shape == "rate" and not any(row.get("value_mark") for row in rows):
        rates = [rate_of(name, row) for name, row in zip(names, rows, strict=True)]
        return target_bars(
            rates,
            blocks.look(view),
            measure=quantity.name,
            target=None,
            **view.rule(subject.about.id),
            classifier=quantity.classifier,
        )
    return count_bars(
        [_count(subject, name, row) for name, row in zip(names, rows, strict=True)],
        blocks.look(view),
        measure=quantity.name,
        classifier=quantity.classifier,
        decimals=0 if quantity.shape == "count" else 1,
    )


def rate_of(name: str, row: Row) -> Rate:
    """Return a row's rate with its own target."""
    at_least = BOUNDS.get(row["qualifier"] or "") == "low"
    return Rate(name, row["numerator"], row["denominator"], target=row["target"], lower_bound=at_least)


def _count(subject: Subject, name: str, row: Row) -> Count:
    """Return a bar with its target under the name and its status at the right, or its change without one."""
    view, quantity, status = subject.view, subject.quantity, row["status"]
    if row.get("value_mark") or quantity.shape == "rate":
        return _marked(subject, name, row)
    at_least = BOUNDS.get(row["qualifier"] or "") == "low"
    if row["target"] is None:
        moved = quantity.change(row["value"], row["previous"]).short if row["previous"] is not None else ""
        return Count(name, row["value"], right=moved, lower_bound=at_least)
    words = status_words(view).get(status, "")
    if row["gap_units"] and status in ("warn", "bad"):
        words = f"{words} {gap_text(subject, row['gap_units'])}"
    return Count(
        name,
        row["value"],
        note=view.t("charts.target", value=quantity.target(row["target"])),
        right=words,
        status=status,
        lower_bound=at_least,
    )


def _marked(subject: Subject, name: str, row: Row) -> Count:
    """Return the bar of a number that is not exact, or stands among such: no change is told of it."""
    quantity = subject.quantity
    target = quantity.target(row["target"]) if row["target"] is not None else ""
    note = subject.view.t("charts.target", value=target) if target else ""
    words = quantity.value(row) if row["value"] is not None or is_masked(row) else ""
    return marked(name, row["value"], row["value_mark"] if words else None, words, note=note)
