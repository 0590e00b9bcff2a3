"""The registry of figures: every name, formula and unit is declared once, in indicators.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from data import say

REGISTRY = Path(__file__).with_name("indicators.toml")
Words = Mapping[str, str]


@dataclass(frozen=True)
class Indicator:
    """One figure. Texts come in "zh" and "en"; `query` with `parameters` answers it in `column`."""

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


def load(path: Path = REGISTRY) -> dict[str, Indicator]:
    """id -> Indicator, in the order of the file; KeyError or TypeError names what an entry lacks."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    defaults = entries.pop("defaults")
    return {id: _indicator(id, {**defaults[entry.pop("like")], **entry}) for id, entry in entries.items()}


def _indicator(name: str, entry: dict[str, Any]) -> Indicator:
    texts = {f"{field}s": entry.pop(field) for field in ("name", "sentence", "formula", "unit", "caveat")}
    return Indicator(
        id=name,
        **texts,
        classifier=entry.pop("classifier", texts["units"]["zh"]),
        grain=tuple(entry.pop("grain")),
        parameters=entry.pop("parameters", {}),
        **entry,
    )


INDICATORS: Mapping[str, Indicator] = load()
