"""The registry of figures: every name, formula and unit is declared once, in indicators.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from data import parse_month, say

REGISTRY = Path(__file__).with_name("indicators.toml")
# Measure words of people.
PERSONS = ("名", "人")
Words = Mapping[str, str]


@dataclass(frozen=True)
class Version:
    """A definition of before: the last month in which it held, and what it said."""

    until: date
    sentences: Words
    formulas: Words


@dataclass(frozen=True)
class Indicator:
    """One figure. Texts come in "zh" and "en"; `query` with `parameters` answers it in `column`.

    It is the sum of the series `parts` by that of `whole`, or the quantile `share` of days on a `basis`.
    """

    id: str
    group: str
    names: Words
    sentences: Words
    formulas: Words
    units: Words
    caveats: Words
    numerator: str
    denominator: str
    classifier: str
    kind: Literal["S", "F", "C"]
    grain: tuple[str, ...]
    direction: Literal["up", "down", "info"]
    source: str
    since: str
    query: str
    column: str
    parameters: Mapping[str, str]
    parts: tuple[str, ...]
    whole: tuple[str, ...]
    basis: str | None = None
    share: float | None = None
    yearly: bool = False
    versions: tuple[Version, ...] = ()

    def name(self, lang: str) -> str:
        """What the figure is called."""
        return self.names[lang]

    def sentence(self, lang: str) -> str:
        """What the figure says, in one sentence."""
        return self.sentences[lang]

    def formula(self, lang: str) -> str:
        """How the figure is made."""
        return self.formulas[lang]

    def unit(self, lang: str) -> str:
        """What is counted; % for a rate, whose value is a ratio."""
        return self.units[lang]

    def caveat(self, lang: str) -> str:
        """What to keep in mind when reading the figure; may be empty."""
        return self.caveats[lang]

    def ledger(self, lang: str) -> str:
        """The table that the figure is made from, by its name."""
        return say(f"table_{self.source}", lang)

    @property
    def is_rate(self) -> bool:
        """Whether the value is a ratio that is shown in percent."""
        return self.units["zh"] == "%"

    @property
    def counts_persons(self) -> bool:
        """Whether it counts people, so that few of them may not be shown to everybody."""
        return self.source == "figures" and self.classifier in PERSONS

    @property
    def is_answered(self) -> bool:
        """Whether it can be computed at all."""
        return bool(self.parts or self.basis)

    def breaks(self, first: date, last: date) -> tuple[date, ...]:
        """Months of a range whose definition differs from that of the month before."""
        return tuple(month for month in (_after(old.until) for old in self.versions) if first < month <= last)

    def in_force(self, month: date, lang: str) -> tuple[str, str]:
        """The sentence and the formula as they were in that month."""
        for old in self.versions:
            if month <= old.until:
                return old.sentences[lang], old.formulas[lang]
        return self.sentence(lang), self.formula(lang)


def load(path: Path = REGISTRY) -> dict[str, Indicator]:
    """id -> Indicator, in the order of the file; KeyError or TypeError names what an entry lacks."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    defaults = entries.pop("defaults")
    return {id: _indicator(id, {**defaults[entry.pop("like")], **entry}) for id, entry in entries.items()}


def _indicator(name: str, entry: dict[str, Any]) -> Indicator:
    own = (name,) if entry["source"] == "figures" and entry["query"] == "figures_by_month" else ()
    texts = {f"{field}s": entry.pop(field) for field in ("name", "sentence", "formula", "unit", "caveat")}
    return Indicator(
        id=name,
        **texts,
        classifier=entry.pop("classifier", texts["units"]["zh"]),
        grain=tuple(entry.pop("grain")),
        parameters=entry.pop("parameters", {}),
        parts=tuple(entry.pop("parts", own)),
        whole=tuple(entry.pop("whole", ())),
        versions=tuple(map(_version, entry.pop("versions", ()))),
        **entry,
    )


def _version(entry: Mapping[str, Any]) -> Version:
    return Version(parse_month(entry["until"]), entry["sentence"], entry["formula"])


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


INDICATORS: Mapping[str, Indicator] = load()
