"""What the page care shows: one indicator with its months, townships and committees."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import polars as pl

from pages.shared import blocks
from pages.shared.care.quantity import Quantity, Row
from pages.shared.view import View
from queries import Indicator
from queries.words.wording import Change


@dataclass(frozen=True)
class Subject:
    """One indicator under the viewer's filters, asked for split by split as it is drawn."""

    view: View
    about: Indicator

    def ask(self, by: str, **filters: Any) -> pl.DataFrame | None:
        """Return the answer of one split; None where the grain does not allow it."""
        if by not in self.about.grain:
            return None
        # What belongs to no committee is shown whatever committee is chosen.
        whole = {} if "committee" in self.about.grain else {"committees": None}
        return self.view.ask(f"indicator_by_{by}", indicator=self.about.id, **whole, **filters)

    @cached_property
    def months(self) -> pl.DataFrame | None:
        """A row a month."""
        return self.ask("month")

    @cached_property
    def townships(self) -> pl.DataFrame | None:
        """A row a township."""
        return self.ask("township")

    @cached_property
    def committees(self) -> pl.DataFrame | None:
        """A row a committee."""
        return self.ask("committee")

    @property
    def quantity(self) -> Quantity:
        """How its values are written."""
        return Quantity(self.about, self.view.text)

    @property
    def now(self) -> Row | None:
        """The month shown; None where the figure is not of months."""
        return None if self.months is None else self.months.row(-1, named=True)

    @cached_property
    def is_split(self) -> bool:
        """Whether townships have figures of their own, beside the county's."""
        return _has_named(self.townships, "township_code")

    @cached_property
    def is_by_committee(self) -> bool:
        """Whether committees have figures of their own."""
        return _has_named(self.committees, "committee_id")

    @property
    def is_partial(self) -> bool:
        """Whether townships that should have sent the figure are not in this month's count."""
        now = self.now
        return bool(now and now["reported"] and now["reported"] < now["expected"])

    def moved(self) -> Change | None:
        """The change on the month before; None where there is none to compare with."""
        now = self.now
        if now is None or self.months is None or self.months.height < 2 or now["value"] is None:
            return None
        starts = int(self.view.profile.settings.get("fiscal_start", 1)) == self.view.filters.month.month
        if self.about.kind == "C" and starts:
            return None
        return self._compared(now, "previous")

    def moved_in_a_year(self) -> Change | None:
        """The change on the same month of last year, where that was reported."""
        now = self.now
        if now is None or now["value"] is None or now["last_year"] is None:
            return None
        return self._compared(now, "last_year")

    def _compared(self, now: Row, column: str) -> Change:
        if not self._alike(column):
            return blocks.unlike(self.view)
        base: Literal["month", "year"] = "month" if column == "previous" else "year"
        return self.quantity.change(now["value"], now[column], base=base)

    def _alike(self, column: str) -> bool:
        """Whether the same townships reported then; totals of different ones are not compared."""
        now = self.now
        if now is None or now["expected"] is None or self.townships is None or self.quantity.shape != "count":
            return True
        known, then = (set(_codes(self.townships, name)) for name in ("value", column))
        return known == then or not then


def _has_named(frame: pl.DataFrame | None, key: str) -> bool:
    return (
        frame is not None
        and not frame.filter(pl.col(key).is_not_null() & pl.col("value").is_not_null()).is_empty()
    )


def _codes(frame: pl.DataFrame, column: str) -> list[str]:
    return frame.filter(pl.col(column).is_not_null())["township_code"].drop_nulls().to_list()
