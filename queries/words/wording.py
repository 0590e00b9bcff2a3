"""Sentences officials write: changes, lists of townships, cut-off and standing against a target."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from queries.words.formats import (
    count_text,
    date_text,
    days_text,
    exact,
    percent_value,
    points_text,
    round_half_up,
)
from queries.words.standing import BEHIND, LIT, Verdict, names_of, total_gap
from queries.words.text import Text

Kind = Literal["stock", "flow", "rate", "days"]
SMALL_BASE = 50  # below this a change is told in units only: a percentage of few says little
LIST_LIMIT = 3


@dataclass(frozen=True)
class Change:
    """A change in words; never told by its sign alone.

    `short` fits a KPI pill (净增6名), `sentence` names the base (比上月末净增6名). `step` is the difference
    as printed (百分点 of a rate), None without a comparison, and `growth` the percentage, where one is said.
    """

    short: str
    sentence: str
    arrow: Literal["up", "down", "off"] = "off"
    tone: Literal["good", "bad", "neutral"] = "neutral"
    step: Decimal | None = field(default=None, compare=False)
    growth: Decimal | None = field(default=None, compare=False)

    @property
    def color(self) -> Literal["green", "red", "gray"]:
        """The colour name for st.metric(delta_color=…)."""
        colours: dict[str, Literal["green", "red", "gray"]] = {"good": "green", "bad": "red"}
        return colours.get(self.tone, "gray")


def change(
    kind: Kind,
    current: float | None,
    previous: float | None,
    text: Text,
    *,
    direction: str = "up",
    classifier: str = "",
    base: Literal["month", "year"] = "month",
    unit: str = "天",
    digits: int = 0,
) -> Change:
    """The change from `previous` to `current`; rates are ratios 0-1 and compared as printed.

    `direction` says which way is better (up, down, info); it sets the tone, the sign never does.
    `digits` are the decimals of a mean such as 66.9人次/处.
    """
    against = text(f"wording.change.base.{base}_{kind}")
    if current is None:
        missing = text("wording.change.not_reported")
        return Change(missing, missing)
    if previous is None:
        then = text(f"wording.change.base.{base}_flow")
        short = text("wording.change.no_base", base=then)
        return Change(short, text("wording.change.no_base_sentence", base=then))
    step = _step(kind, current, previous, digits)
    if step == 0:
        return _unmoved(kind, current, previous, against, text)
    amount = _amount(kind, abs(step), classifier, unit, text, digits)
    way: Literal["up", "down"] = "up" if step > 0 else "down"
    if previous == 0 and kind in ("stock", "flow"):
        short = text("wording.change.from_zero", amount=amount)
        sentence = text("wording.change.from_zero_sentence", base=against, amount=amount)
    else:
        short = text(f"wording.change.{way}.{kind}", amount=amount)
        sentence = text(f"wording.change.sentence.{kind}", base=against, change=short)
        sentence = _with_growth(sentence, _growth(kind, step, previous), text)
    grown = _growth(kind, step, previous)
    return Change(short, sentence, way, _tone(way, direction), step, grown)


def _tone(way: str, direction: str) -> Literal["good", "bad", "neutral"]:
    if direction not in ("up", "down"):
        return "neutral"
    return "good" if way == direction else "bad"


def _step(kind: Kind, current: float, previous: float, digits: int) -> Decimal:
    """The difference as printed, so that the screen adds up: 85.0% and 83.7% differ by 1.3."""
    if kind == "rate":
        return (percent_value(current, 1) or Decimal(0)) - (percent_value(previous, 1) or Decimal(0))
    places = 1 if kind == "days" else digits
    return round_half_up(current, places) - round_half_up(previous, places)


def _unmoved(kind: Kind, current: float, previous: float, against: str, text: Text) -> Change:
    traced = kind == "rate" and (current == 0) != (previous == 0)
    key = "trace" if traced else "same"
    word = text(f"wording.change.{key}")
    sentence = text(f"wording.change.sentence.{key}", base=against, change=word)
    return Change(word, sentence, step=Decimal(0))


def _amount(kind: Kind, step: Decimal, classifier: str, unit: str, text: Text, digits: int) -> str:
    if kind == "rate":
        return points_text(step, text)
    if kind == "days":
        return days_text(float(step), text, unit=unit)
    if digits:
        return text("formats.classified", n=step, classifier=classifier)
    return count_text(step, classifier, text)


def _growth(kind: Kind, step: Decimal, previous: float) -> Decimal | None:
    """The percentage, 8.6; None for what is no count, and for few: a percentage of few says little."""
    if kind not in ("stock", "flow") or previous < SMALL_BASE:
        return None
    # what would be printed as 0.0 % is not said
    return round_half_up(step / exact(previous) * 100, 1) or None


def _with_growth(sentence: str, growth: Decimal | None, text: Text) -> str:
    if growth is None:
        return sentence
    word = text("wording.change.grown" if growth > 0 else "wording.change.shrunk")
    return text("wording.change.with_growth", sentence=sentence, word=word, growth=f"{abs(growth)}%")


def as_of(cutoff: date, text: Text) -> str:
    """截至2026年10月31日."""
    return text("wording.as_of", date=date_text(cutoff, text))


def revision(number: int, text: Text) -> str:
    """第3次修订; the first one is 首次发布."""
    return text("wording.first_revision") if number == 1 else text("wording.revision", n=number)


def name_list(names: Sequence[str], text: Text, *, limit: int = LIST_LIMIT) -> str:
    """A、B、C; more than `limit` names end in 等5个镇街."""
    shown = list(names[:limit])
    if len(names) > limit:
        joined = text("wording.list_separator").join(shown)
        return text.count("wording.and_more", len(names) - limit, names=joined, total=len(names))
    if len(shown) < 2:
        return "".join(shown)
    return text("wording.list_separator").join(shown[:-1]) + text("wording.list_last") + shown[-1]


def reported(done: int, total: int, text: Text) -> str:
    """8个镇街全部已报, or 8个镇街已报7个."""
    key = "wording.all_reported" if done == total else "wording.some_reported"
    return text.count(key, total, reported=done)


def not_reported(names: Sequence[str], text: Text) -> str:
    """石门回族乡未报; empty when all reported."""
    if not names:
        return ""
    return text.count("wording.names_not_reported", len(names), names=name_list(names, text))


def status_word(key: str, text: Text) -> str:
    """The word of a status, as the profile's lights call it where `text` says them."""
    return text(f"status.{key}")


def standing_title(
    verdicts: Sequence[Verdict], text: Text, *, classifier: str = "家", direction: str = "up"
) -> str:
    """The title of a target chart: 3个镇街未达标，1个临近，合计差9家, counting only those that reported."""
    told = [v for v in verdicts if v.status in LIT]
    if not told:
        return ""
    late, behind = names_of(verdicts, "none"), names_of(told, *BEHIND)
    shown = [status for status in (("bad", "warn") if behind else ("done", "good")) if names_of(told, status)]
    words = {status: status_word(status, text) for status in shown}
    if not behind and len(shown) == 1:
        key = "wording.all_stand_of_reported" if late else "wording.all_stand"
        return text.count(key, len(told), word=words[shown[0]])
    lead = text.count("wording.of_reported", len(verdicts) - len(late)) if late else ""
    parts = [
        text.count(
            f"wording.stand{'_short' if late or at else ''}", len(names_of(told, key)), word=words[key]
        )
        for at, key in enumerate(shown)
    ]
    if behind:
        gap = "wording.total_excess" if direction == "down" else "wording.total_gap"
        parts.append(text.count(gap, total_gap(told, *BEHIND), classifier=classifier))
    return lead + text("wording.clause").join(parts)


def misses(verdicts: Sequence[Verdict], text: Text, *, classifier: str = "家") -> str:
    """Who misses the target, by name: 青石镇、三岔口镇未达标，差6家; empty when nobody does."""
    names = names_of(verdicts, "bad")
    if not names:
        return ""
    gap = total_gap(verdicts, "bad")
    return text.count(
        "wording.misses",
        len(names),
        names=name_list(names, text),
        word=status_word("bad", text),
        gap=gap,
        classifier=classifier,
    )
