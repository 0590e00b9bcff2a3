"""Which lists are looked at, and their tasks added up."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from pages.shared.charts.tasks import STATES
from pages.shared.view import View

THREE = ("职责", "服务", "监督")
DECISIONS = "会议议定"
# What may be chosen, by its name in the URL; the first is shown where none is asked for.
SCOPES: Mapping[str, tuple[str, ...]] = {
    "all": (*THREE, "问题", DECISIONS),
    "three": THREE,
    "duties": ("职责",),
    "services": ("服务",),
    "oversight": ("监督",),
    "problems": ("问题",),
    "decisions": (DECISIONS,),
}
COUNTS = ("listed", *STATES)


def within(frame: pl.DataFrame, lists: Sequence[str]) -> pl.DataFrame:
    """Return the rows of those lists."""
    return frame.filter(pl.col("list").is_in(lists))


def summed(frame: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Return the counts of all lists of a frame added up, a row a key in their order; null = no task list."""
    counts = [name for name in (*COUNTS, "open", "reopened") if name in frame.columns]
    null_or_sum = [pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in counts]
    return frame.group_by(keys, maintain_order=True).agg(null_or_sum)


def first_month(view: View) -> date:
    """Return the first month of the year of lists: the fiscal year that the month shown lies in."""
    month, start = view.filters.month, int(view.profile.settings.get("fiscal_start", 1))
    return date(month.year - (month.month < start), start, 1)


def named_tasks(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with its counts called what they are of, for tables and files."""
    counts = [name for name in (*COUNTS, "open", "reopened") if name in frame.columns]
    return frame.rename({name: f"tasks_{name}" for name in counts})
