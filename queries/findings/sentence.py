"""One sentence in the making: its clauses, and every number that they say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from queries.findings.meeting import Meeting
from queries.indicators import Indicator
from queries.words.formats import count_text, percent, plain_percent, points_text

# Qualifiers that stand after a number; the others stand before it.
BEHIND = ("余", "以上")
Number = float | Decimal


@dataclass(frozen=True)
class Finding:
    """A finished sentence; `numbers` and `link` are JSON objects."""

    text: str
    indicator: str | None
    status: str | None
    numbers: str
    page: str
    link: str


@dataclass(frozen=True)
class Unit:
    """What is counted: the Chinese measure word, and the English plural."""

    classifier: str
    plural: str

    @property
    def bare(self) -> Unit:
        """The same where English has said already what is counted."""
        return Unit(self.classifier, "plain")


ENTERPRISES = Unit("家", "enterprises")
CASES = Unit("件", "cases")
TASKS = Unit("项", "tasks")
STATIONS = Unit("处", "stations")
BRANCHES = Unit("个", "branches")
TOWNSHIPS = Unit("个", "townships")


def unit_of(about: Indicator) -> Unit:
    """What an indicator counts; of a rate, what its parts count."""
    if not about.is_rate:
        return Unit(about.classifier, "members" if about.id == "members" else about.unit("en"))
    return {"enterprises": ENTERPRISES, "grievances": CASES, "tasks": TASKS, "stations": STATIONS}.get(
        about.source, Unit("个", "units")
    )


class Sentence:
    """Clauses in order, and each number that they say by name."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.text = meeting.text
        self._clauses: list[str] = []
        self._numbers: dict[str, float | int] = {}

    def note(self, name: str, value: Number) -> None:
        """Keep a number that the sentence says."""
        whole = float(value).is_integer()
        self._numbers[name] = int(value) if whole else float(value)

    def count(self, name: str, value: Number, unit: Unit, qualifier: str | None = None) -> str:
        """Return a count with what is counted: 113家, 113 enterprises, 300余名, 约1.2万人次."""
        self.note(name, value)
        shown = count_text(value, unit.classifier, self.text, lower_bound=qualifier in BEHIND)
        key = f"findings.unit.{unit.plural}"
        if self.text.has(f"{key}.one"):
            shown = self.text.count(key, float(value), shown=shown)
        elif self.text.lang == "en":
            shown = f"{shown} {unit.plural}"
        return self._qualified(shown, qualifier)

    def _qualified(self, shown: str, qualifier: str | None) -> str:
        if qualifier is None or qualifier in BEHIND:
            return shown
        return self.text(f"findings.qualifier.{qualifier}", n=shown)

    def rate(self, name: str, part: Number, whole: Number, qualifier: str | None = None) -> str:
        """Return a rate: 39.0%; of a whole that is not 0."""
        self.note(name, float(part) / float(whole))
        shown = percent(part, whole, self.text, bound="low" if qualifier in BEHIND else "")
        return self._qualified(shown, qualifier)

    def share(self, name: str, ratio: float) -> str:
        """Return a target or a pace, without a decimal it does not need: 85%."""
        self.note(name, ratio)
        return plain_percent(ratio)

    def points(self, name: str, points: Number) -> str:
        """Return a difference in 百分点, without its sign."""
        self.note(name, points)
        return points_text(points, self.text)

    def say(self, key: str, **params: object) -> Sentence:
        """Add the clause findings.KEY, in the form that `n` asks for where it has more than one."""
        whole = f"findings.{key}"
        if self.text.has(f"{whole}.one"):
            self._clauses.append(self.text.count(whole, params.pop("n"), **params))  # type: ignore[arg-type]
        else:
            self._clauses.append(self.text(whole, **params))
        return self

    def add(self, clause: str) -> Sentence:
        """Add a clause that is written already; an empty one is none."""
        if clause:
            self._clauses.append(clause)
        return self

    def listed(self, items: list[str]) -> str:
        """Return A、B、C."""
        last = self.text("wording.list_last").join(items[-2:])
        return self.text("wording.list_separator").join([*items[:-2], last])

    def grouped(self, key: str, items: list[tuple[str, str]]) -> str:
        """Return names with their amounts, those of one amount together: A、B各差3家，C差2家."""
        groups: dict[str, list[str]] = {}
        for name, amount in items:
            groups.setdefault(amount, []).append(name)
        told = [
            self.text(f"findings.{key}", name=names[0], amount=amount)
            if len(names) == 1
            else self.text(f"findings.{key}_each", name=self.listed(names), amount=amount)
            for amount, names in groups.items()
        ]
        several = len(told) < len(items)
        return self.text("wording.clause").join(told) if several else self.listed(told)

    def done(
        self, page: str, *, indicator: str | None = None, status: str | None = None, **link: Any
    ) -> Finding:
        """Return the sentence with its stop; `link` is added to the filters of what is looked at.

        The page care, which shows any indicator, is opened with the one it is about.
        """
        if page == "care" and indicator is not None:
            link["indicator"] = indicator
        text = self.text("wording.clause").join(self._clauses) + self.text("wording.stop")
        return Finding(
            text=text[0].upper() + text[1:],
            indicator=indicator,
            status=status,
            numbers=json.dumps(self._numbers, ensure_ascii=False),
            page=page,
            link=json.dumps(self._filters() | link, ensure_ascii=False),
        )

    def _filters(self) -> dict[str, Any]:
        meeting = self.meeting
        chosen: dict[str, Any] = {}
        if meeting.townships is not None:
            chosen["townships"] = list(meeting.townships)
        if meeting.committees is not None:
            chosen["committees"] = list(meeting.committees)
        if meeting.denominator != "operating":
            chosen["denominator"] = meeting.denominator
        return chosen
