"""What the slides of one month are told from, and how one is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import ceil
from typing import TypeVar

import queries
from pages.shared.deck.alt import alt_of
from pages.shared.deck.deck import Slide
from pages.shared.deck.exhibits import Bars, Exhibit, Statement, Statements
from pages.shared.meeting.findings import Finding, findings
from pages.shared.mission import Figure, mission
from pages.shared.view import View

Row = TypeVar("Row")
# More rows than these are continued on another slide.
MOST = 10


@dataclass(frozen=True)
class Brief:
    """One view with what several slides need; asked for once."""

    view: View

    @cached_property
    def figures(self) -> Sequence[Figure]:
        """The figures of the mission."""
        return mission(self.view)

    @cached_property
    def told(self) -> Mapping[str, Sequence[Finding]]:
        """The generated sentences by block of the agenda."""
        return findings(self.view)

    @cached_property
    def ledgers(self) -> frozenset[str]:
        """Every ledger that the county has ever published."""
        known = queries.snapshots(self.view.store, self.view.commit.number)
        return frozenset(name for snapshot in known for name in snapshot.tables)

    def notes(self, section: str, indicators: Sequence[str]) -> tuple[str, ...]:
        """Return the sentences about the indicators: those of the block, else those of any block."""
        about = [one.text for one in self.told[section] if one.indicator in indicators]
        every = [one.text for told in self.told.values() for one in told if one.indicator in indicators]
        return tuple(about or every)

    def slide(
        self,
        name: str,
        section: str,
        *,
        title: str,
        subtitle: str,
        exhibit: Exhibit,
        indicators: Sequence[str] = (),
        query: str = "",
        remark: str = "",
        notes: Sequence[str] | None = None,
    ) -> Slide:
        """Return a slide; its conclusion begins with a capital and has no stop."""
        text = self.view.text
        said = title.rstrip("。.")
        return Slide(
            name=name,
            section=section,
            title=said[:1].upper() + said[1:],
            subtitle=subtitle,
            exhibit=exhibit,
            alt=alt_of(subtitle or said, exhibit, text),
            notes=self.notes(section, indicators) if notes is None else tuple(notes),
            indicators=tuple(indicators),
            query=query,
            remark=remark,
        )

    def continued(self, slide: Slide) -> list[Slide]:
        """Return a slide of bars, in even parts of at most ten rows."""
        bars = slide.exhibit
        if not isinstance(bars, Bars) or len(bars.rows) <= MOST:
            return [slide]
        parts = _parts(bars.rows, MOST)
        return [
            self._part(slide, replace(bars, rows=rows), at, len(parts))
            for at, rows in enumerate(parts, start=1)
        ]

    def _part(self, slide: Slide, exhibit: Exhibit, part: int, parts: int) -> Slide:
        alt = alt_of(slide.subtitle, exhibit, self.view.text)
        return replace(slide, exhibit=exhibit, alt=alt, part=part, parts=parts)

    def statements(self, slide: Slide, items: Sequence[Statement], most: int) -> list[Slide]:
        """Return a slide of sentences, in even parts of at most `most`."""
        parts = _parts(tuple(items), most)
        return [self._part(slide, Statements(some), at, len(parts)) for at, some in enumerate(parts, start=1)]

    def unreported(
        self,
        name: str,
        section: str,
        table: str,
        *,
        title: str,
        body: str,
        indicators: Sequence[str] = (),
        is_missing: bool = True,
    ) -> list[Slide]:
        """Return the slide that says what was not reported; none in a county that has no such ledger.

        `is_missing` is False where there is nothing to count, which is no missing report.
        """
        if table not in self.ledgers:
            return []
        light = ("none", self.view.t("status.none")) if is_missing else (None, "")
        shown = Statements((Statement(body, *light),))
        return [
            self.slide(name, section, title=title, subtitle=self.area, exhibit=shown, indicators=indicators)
        ]

    @property
    def area(self) -> str:
        """What is shown, and the month."""
        view = self.view
        return view.t("deck.area", area=view.area, month=view.month)


def _parts(rows: Sequence[Row], most: int) -> list[tuple[Row, ...]]:
    """Return the rows in as few parts as `most` allows, of sizes that differ by one at most."""
    number = ceil(len(rows) / most) or 1
    size, longer = divmod(len(rows), number)
    cuts = [at * size + min(at, longer) for at in range(number + 1)]
    return [tuple(rows[a:b]) for a, b in pairwise(cuts)]
