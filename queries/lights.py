"""How a figure stands against its target: the scheme of the profile, the pace of the year, one rule."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from data import cut_off
from queries.indicators import Indicator
from queries.rounding import Number, clean_ratio, exact, plain

WORDS = Path(__file__).with_name("lights.toml")
DEFAULT = "red_yellow_green"
NEAR = 0.02
Settings = Mapping[str, Any]


@dataclass(frozen=True)
class State:
    """One light: the status it stands for, its colour by name, and its word by language."""

    status: str
    colour: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class Lights:
    """The lights of a profile, best first, and how far behind a pace still counts as near."""

    scheme: str
    states: tuple[State, ...]
    near: float
    yearly: frozenset[str] = frozenset()

    @property
    def has_done(self) -> bool:
        """Whether reaching the whole target has a light of its own."""
        return any(state.status == "done" for state in self.states)

    def status(
        self, value: Number | None, target: Number | None, *, pace: Number | None = None, **how: Any
    ) -> str | None:
        """Where a value stands: done, good, warn, bad, none (not reported), or None without a target.

        `pace` is what should be reached by now, the target unless given. `how`: `direction`, and
        `is_near_a_share` where near is a share of the pace and not of one, as for counts.
        """
        if target is None or value is None:
            return None if target is None else "none"
        sign = -1 if how.get("direction") == "down" else 1
        aim, due = exact(clean_ratio(target)), exact(clean_ratio(target if pace is None else pace))
        behind = sign * (due - exact(value))
        if self.has_done and sign * (exact(value) - aim) >= 0:
            return "done"
        if behind <= 0:
            return "good"
        near = exact(self.near) * (abs(due) if how.get("is_near_a_share") else 1)
        return "warn" if behind <= near else "bad"

    def words(self, lang: str) -> dict[str, str]:
        """Status -> its word."""
        return {state.status: state.words[lang] for state in self.states}

    @property
    def colours(self) -> dict[str, str]:
        """Status -> its colour by name: green, blue, yellow, red."""
        return {state.status: state.colour for state in self.states}

    def is_yearly(self, about: Indicator) -> bool:
        """Whether a target of the indicator is one for the year, and so held against its pace."""
        return about.kind == "C" or about.yearly or about.id in self.yearly

    def legend(self, lang: str) -> str:
        """The rule in words, light by light, in one sentence."""
        text, colours = _words()["rules"][lang], _words()["colours"][lang]
        rules = self.rules(lang)
        lines = [
            text["line"].format(
                colour=colours[state.colour], word=state.words[lang], rule=rules[state.status]
            )
            for state in self.states
        ]
        return str(text["join"].join([*lines, text["pace"]]))

    def rules(self, lang: str) -> dict[str, str]:
        """Status -> when its light burns."""
        text = _words()["rules"][lang]
        near = text["near"].format(points=plain(self.near * 100, 1))
        after = {"good": "good_after_done"} if self.has_done else {}
        return {s.status: str(text[after.get(s.status, s.status)]).format(near=near) for s in self.states}

    @staticmethod
    def pace_rule(lang: str) -> str:
        """What a target for the year is held against."""
        return str(_words()["rules"][lang]["pace"])


def schemes() -> tuple[str, ...]:
    """The names that a profile may choose among."""
    return tuple(name for name, entry in _words().items() if "states" in entry)


def lights(settings: Settings) -> Lights:
    """The lights that a profile's settings choose; an unknown scheme is the default one."""
    chosen = settings.get("lights", {})
    scheme = chosen.get("scheme", DEFAULT)
    scheme = scheme if scheme in schemes() else DEFAULT
    states = tuple(_state(entry, chosen) for entry in _words()[scheme]["states"])
    near = float(settings.get("near_margin", NEAR))
    return Lights(scheme, states, near, frozenset(chosen.get("yearly", ())))


def _state(entry: Mapping[str, Any], chosen: Mapping[str, Any]) -> State:
    own = chosen.get(entry["status"])
    return State(entry["status"], entry["colour"], {**entry["word"], **({"zh": own} if own else {})})


def progress(month: date, settings: Settings) -> float:
    """序时进度: the share of the year, from its fiscal start, that is gone by the month's cut-off day."""
    first = year_start(month, settings)
    following = date(first.year + 1, first.month, 1)
    end = cut_off(month, int(settings.get("cutoff_day", 0)))
    return (end + timedelta(days=1) - first).days / (following - first).days


def year_start(month: date, settings: Settings) -> date:
    """The first day of the year that the month belongs to, by the profile's fiscal start."""
    start = int(settings.get("fiscal_start", 1))
    return date(month.year - (month.month < start), start, 1)


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))
