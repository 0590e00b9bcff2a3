"""How a township's figures are written beside the county's: change on last year, place, status, share."""

from decimal import Decimal

import polars as pl

from pages.shared.care.quantity import Row, is_masked
from pages.shared.care.words import status_words
from pages.shared.townships.entries import Entry
from pages.shared.view import View
from queries.words.formats import percent

# What the rows of a table are counted in.
UNITS = {"enterprises": "units.enterprise", "grievances": "units.case", "tasks": "townships.unit_task"}


def change_text(view: View, entry: Entry, code: str) -> str:
    """Return the change on the same month of last year in short: 提高1.3; — where unknown."""
    row = entry.rows[code]
    if row["value"] is None or row["last_year"] is None or row.get("value_mark"):
        return view.t("formats.undefined")
    step = Decimal(str(entry.printed(row["value"]))) - Decimal(str(entry.printed(row["last_year"])))
    if not step:
        return view.t("wording.change.same")
    amount = f"{abs(step):.1f}" if entry.about.whole else f"{abs(step):.0f}"
    return view.t(f"wording.change.{'up' if step > 0 else 'down'}.{entry.quantity.kind}", amount=amount)


def rank_text(view: View, entry: Entry, code: str) -> str:
    """Return the place among those ranked: 3/7, 并列3/7; — where there is none."""
    rank = entry.ranks[code]
    if rank.place is None or entry.ranked < 2:
        return view.t("townships.unranked")
    key = "townships.tied" if rank.tied else "townships.rank"
    return view.t(key, place=rank.place, ranked=entry.ranked)


def status_text(view: View, entry: Entry, code: str) -> tuple[str | None, str]:
    """Return the mark and words of a township's status: 未达标，差3家; nothing without a target or cases."""
    row = entry.rows[code]
    if row["status"] is None or row["denominator"] == 0:
        undecided = entry.about.direction == "info"
        return None, view.t("townships.neutral") if undecided else ""
    word = status_words(view)[row["status"]]
    if row["gap_units"] and row["status"] in ("warn", "bad"):
        key = "charts.excess" if entry.sign < 0 else "charts.gap"
        gap = view.t(key, n=row["gap_units"], classifier=_unit(view, entry))
        word = view.t("wording.clause").join((word, gap))
    return row["status"], word


def mark_text(view: View, entry: Entry, code: str) -> str:
    """Return the status of a count as shape and words, for a table; empty without a target."""
    mark, words = status_text(view, entry, code)
    return f"{view.theme.status(mark).shape} {words}" if mark else ""


def bare_text(entry: Entry, code: str) -> str:
    """Return a value without the unit of a mean, for columns too narrow for 66.9人次/处."""
    shown = entry.quantity.value(entry.rows[code])
    return shown.removesuffix(entry.quantity.classifier) if entry.quantity.shape == "mean" else shown


def is_missing(row: Row) -> bool:
    """Tell a row that was not reported from one whose denominator is 0."""
    return row["value"] is None and row["denominator"] != 0 and not is_masked(row)


def _unit(view: View, entry: Entry) -> str:
    """Return what the parts of an indicator are counted in; a rate of the registry has none of its own."""
    unit = UNITS.get(entry.about.source)
    return entry.quantity.classifier or (view.t(unit) if unit else "")


def share_text(view: View, entry: Entry, code: str) -> str:
    """Return how much of the county's count a township has; — where that says nothing."""
    mine, whole = entry.rows[code]["value"], entry.county["value"]
    if mine is None or not whole or mine < 0 or entry.rows[code].get("value_mark"):
        return view.t("formats.undefined")
    return percent(mine, whole, view.text)


def table_frame(view: View, found: list[Entry], codes: list[str]) -> pl.DataFrame:
    """Return a row an indicator and township, in words as shown and with the numbers behind a rate."""
    rows = [
        {
            "township_code": code,
            "township": view.name("township", code),
            "townships_indicator": entry.quantity.name,
            "townships_value": entry.quantity.value(entry.rows[code]),
            "townships_county": entry.quantity.value(entry.county),
            "townships_change": change_text(view, entry, code),
            "townships_rank": rank_text(view, entry, code),
            "townships_status": status_text(view, entry, code)[1],
            "townships_numerator": entry.rows[code]["numerator"],
            "townships_denominator": entry.rows[code]["denominator"],
            **{
                f"townships_{name}_mark": entry.rows[code][f"{name}_mark"]
                for name in ("value", "numerator", "denominator")
                if f"{name}_mark" in entry.rows[code]
            },
        }
        for entry in found
        for code in codes
    ]
    return pl.DataFrame(rows, infer_schema_length=None)
