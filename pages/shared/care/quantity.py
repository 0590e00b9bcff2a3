"""How one indicator's values are written: rate, days, mean or count, with what was reported as 余 or 约."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pages.shared.i18n import Text
from queries import INDICATORS, Indicator
from queries.masking import ROUNDED
from queries.rounding import Bound
from queries.words.formats import count_text, days_text, percent, plain_percent, round_half_up
from queries.words.wording import Change, Kind, change

Row = Mapping[str, Any]
# What a figure reported with these words is at least, and at most.
BOUNDS: dict[str, Bound] = {"余": "low", "以上": "low", "以下": "high"}
VAGUE = ("约", "近")
# What the parts of a rate count that are no indicators themselves.
PARTS = {"enterprises": "家", "grievances": "件", "tasks": "项", "stations": "处", "station_services": "处"}


def is_masked(row: Row) -> bool:
    """Tell whether a value was reported and is not told: ≤5 or ※ stands in its place."""
    return row["value"] is None and row.get("value_mark") not in (None, ROUNDED)


@dataclass(frozen=True)
class Quantity:
    """The values of an indicator in words. A row has value, qualifier, numerator and denominator."""

    about: Indicator
    text: Text

    @property
    def shape(self) -> Literal["rate", "days", "mean", "count"]:
        """What kind of number it is; a mean divides counts of different things."""
        if self.about.is_rate:
            return "rate"
        if self.about.basis:
            return "days"
        return "mean" if self.about.whole else "count"

    @property
    def unit(self) -> str:
        """How charts write it: percent, mean (one decimal) or count."""
        return {"rate": "percent", "days": "mean", "mean": "mean", "count": "count"}[self.shape]

    @property
    def name(self) -> str:
        """What the indicator is called in the viewer's language."""
        return self.about.name(self.text.lang)

    @property
    def classifier(self) -> str:
        """What stands after a number: 人次; of a rate what its parts count."""
        if self.shape == "rate":
            part = self.about.parts[0]
            return INDICATORS[part].classifier if part in INDICATORS else PARTS.get(self.about.source, "")
        return self.about.classifier if self.shape == "count" else self.about.units["zh"]

    @property
    def kind(self) -> Kind:
        """How a change is worded: of a stock, a flow, a rate or days."""
        if self.shape in ("rate", "days"):
            return "rate" if self.shape == "rate" else "days"
        return "stock" if self.about.kind == "S" and self.shape == "count" else "flow"

    @property
    def heading(self) -> str:
        """The name where it stands first or alone."""
        return self.name[:1].upper() + self.name[1:]

    def number(self, value: float) -> str:
        """A value that is known, without its qualifier: 85.0%, 6.5天, 66.9人次/处, 1500人次."""
        if self.shape == "rate":
            return percent(value, 1, self.text)
        if self.shape == "days":
            return days_text(value, self.text)
        if self.shape == "mean":
            return self.text("formats.classified", n=round_half_up(value, 1), classifier=self.classifier)
        return count_text(value, self.classifier, self.text)

    def value(self, row: Row) -> str:
        """A row's value as it may be printed: 1500余人次, ≥84.0%, 约80名, ≤5, 未报, — for a division by 0."""
        value, qualifier = row["value"], row["qualifier"]
        if is_masked(row):
            return str(row["value_mark"])
        if value is None:
            undefined = row["denominator"] == 0
            return self.text("formats.undefined" if undefined else "status.none")
        bound = BOUNDS.get(qualifier or "", "")
        if self.shape == "rate":
            shown = percent(row["numerator"], row["denominator"], self.text, bound=bound)
        elif self.shape == "count":
            shown = count_text(value, self.classifier, self.text, lower_bound=bound == "low")
            shown = f"≤{shown}" if bound == "high" else shown
        else:
            shown = {"low": "≥", "high": "≤"}.get(bound, "") + self.number(value)
        return self.text("care.vague", value=shown) if qualifier in VAGUE else shown

    def headline(self, row: Row) -> str:
        """A row's value for a headline figure, its unit in small type where a phone has room for it."""
        shown, unit = self.value(row), self.about.unit(self.text.lang)
        if row["value"] is None or self.shape == "rate":
            return shown
        if row["qualifier"] and len(unit) > 1:
            return shown.removesuffix(unit)
        if self.text.lang != "zh":
            return shown if self.shape == "days" else f"{shown}:small[ {unit}]"
        return f"{shown.removesuffix(unit)}:small[{unit}]" if shown.endswith(unit) else shown

    def target(self, target: float) -> str:
        """A target, without decimals it does not need: 85%, 1500人次."""
        return plain_percent(target) if self.shape == "rate" else self.number(target)

    def change(
        self, now: float | None, before: float | None, *, base: Literal["month", "year"] = "month"
    ) -> Change:
        """The change between two values in words."""
        return change(
            self.kind,
            now,
            before,
            self.text,
            direction=self.about.direction,
            classifier=self.classifier,
            base=base,
            digits=1 if self.shape == "mean" else 0,
        )
