"""What findings are told from: a month, what is looked at, and a way to ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from data import cut_off
from queries.indicators import INDICATORS, Indicator
from queries.lights import Lights, lights
from queries.snapshots import ProfileInfo
from queries.words.formats import date_text, month_word
from queries.words.text import Text
from queries.words.wording import LIST_LIMIT, name_list

Ask = Callable[..., pl.DataFrame]
Row = dict[str, Any]
Codes = tuple[str, ...] | None
# Organisation coverage of each denominator.
ORGANISATION = {
    "operating": "org_cov_total",
    "eligible": "org_cov_eligible",
    "above_scale": "org_cov_scale",
    "has_members": "org_cov_members",
}


def is_silent(row: Row) -> bool:
    """Whether nothing was reported; a number that is masked was."""
    return row["numerator"] is None and row.get("numerator_mark") is None


@dataclass(frozen=True)
class Meeting:
    """One month as it is looked at; `ask` answers a query with these filters, `how` overrides them."""

    ask: Ask
    month: date
    townships: Codes
    committees: Codes
    denominator: str
    text: Text
    profile: ProfileInfo
    _courses: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def organisation(self) -> str:
        """The indicator of organisation coverage that the denominator chooses."""
        return ORGANISATION[self.denominator]

    @property
    def mission(self) -> tuple[str, ...]:
        """The figures of the mission, as far as they can be told of what is looked at."""
        all_of_them = (self.organisation, "work_cov_total", "members", "visits_person_times", "on_time")
        return tuple(name for name in all_of_them if self.can_tell(name))

    def can_tell(self, indicator: str, *grains: str) -> bool:
        """Whether an indicator can be split so, and by committee where some are chosen."""
        needed = {*grains, *(("committee",) if self.committees is not None else ())}
        return needed <= set(INDICATORS[indicator].grain)

    def rows(self, query: str, **how: Any) -> list[Row]:
        """The answer of a query, row by row."""
        return self.ask(query, **how).to_dicts()

    def course(self, indicator: str) -> list[Row]:
        """The indicator month by month, of all that is looked at together; the month itself is the last."""
        if indicator not in self._courses:
            self._courses[indicator] = self.rows("indicator_by_month", indicator=indicator)
        return self._courses[indicator]

    def now(self, indicator: str) -> Row:
        """The indicator in the month, with how many townships it is made from."""
        return self.course(indicator)[-1]

    @cached_property
    def _by_township(self) -> Mapping[str, list[Row]]:
        """Every indicator that can be told by township, asked for once."""
        found: dict[str, list[Row]] = {}
        for row in self.rows("indicators_by_township"):
            found.setdefault(row["indicator_id"], []).append(row)
        return found

    def total(self, indicator: str) -> Row | None:
        """The indicator of all that is looked at together, without how many townships it is made from."""
        rows = self._by_township.get(indicator, [])
        return next((row for row in rows if row["township_code"] is None), None)

    def townships_of(self, indicator: str) -> list[Row]:
        """The indicator township by township, those of the profile only."""
        rows = self._by_township.get(indicator, [])
        return [row for row in rows if row["township_code"] in self.township_names]

    def late(self, indicator: str, month: date | None = None) -> frozenset[str]:
        """Codes of the townships that did not report what the indicator is made of, in that month."""
        rows = self.townships_of(indicator)
        if month is not None:
            rows = self.rows("indicator_by_township", indicator=indicator, month=month)
        silent = {row["township_code"] for row in rows if is_silent(row)}
        return frozenset(silent & self.township_names.keys())

    @cached_property
    def township_names(self) -> Mapping[str, str]:
        """Code -> name of what is looked at, in official order."""
        names = self.profile.township_names
        return {
            code: name for code, name in names.items() if self.townships is None or code in self.townships
        }

    def names(self, codes: frozenset[str] | set[str]) -> str:
        """Townships by name in official order: A、B、C."""
        found = [name for code, name in self.township_names.items() if code in codes]
        return name_list(found, self.text, limit=len(found))

    @cached_property
    def area(self) -> str:
        """What is looked at: the place, and the industries where some are chosen."""
        if self.committees is None:
            return self.place
        names = [self.profile.committee_names[code] for code in self.committees]
        told = name_list(names, self.text, limit=len(names))
        return self.text("findings.area.industries", place=self.place, names=told)

    @cached_property
    def place(self) -> str:
        """The whole county as the profile calls it, or the townships chosen, by name where they are few."""
        if self.townships is None:
            own = self.profile.settings.get("county_short") if self.text.lang == "zh" else None
            return str(own or self.text("findings.area.whole"))
        names = list(self.township_names.values())
        if len(names) > LIST_LIMIT:
            return self.text("findings.area.chosen")
        return name_list(names, self.text)

    @cached_property
    def lights(self) -> Lights:
        """The lights of the profile."""
        return lights(self.profile.settings)

    def light(self, status: str) -> str:
        """The word of a light, as the profile's scheme has it."""
        return self.lights.words(self.text.lang).get(status) or self.text(f"status.{status}")

    def is_yearly(self, about: Indicator) -> bool:
        """Whether a target of the indicator is one for the year."""
        return self.lights.is_yearly(about)

    @property
    def cut_off(self) -> str:
        """The day stocks are taken, as it is written."""
        day = int(self.profile.settings.get("cutoff_day", 0))
        return date_text(cut_off(self.month, day), self.text)

    @property
    def month_name(self) -> str:
        """10月."""
        return month_word(self.month, self.text)

    def back(self, months: int) -> date:
        """The month so many before."""
        years, index = divmod(self.month.year * 12 + self.month.month - 1 - months, 12)
        return date(years, index + 1, 1)
