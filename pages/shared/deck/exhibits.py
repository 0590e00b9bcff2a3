"""What a slide shows: one exhibit each, with final texts, so that every form prints the same.

Rates are ratios, 0 to 1. A value that is not shown as a number (未报, ≤5, —) is None and lives in its text.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["count", "rate", "decimal"]


@dataclass(frozen=True)
class Value:
    """A number as it is printed. `mark` is 约 or ≥ before a number that is not exact; None = no number."""

    number: float | None
    text: str
    kind: Kind = "count"
    mark: str = ""


Cell = str | Value


@dataclass(frozen=True)
class Headline:
    """One headline figure: 659 名, its change in words with up, down or off, its light in words."""

    indicator: str
    name: str
    value: Value
    unit: str
    change: str = ""
    arrow: Literal["up", "down", "off"] = "off"
    status: str | None = None
    words: str = ""


@dataclass(frozen=True)
class Headlines:
    """One to four headline figures."""

    items: tuple[Headline, ...]


@dataclass(frozen=True)
class Bar:
    """One bar: `length` is what is drawn (None = nothing), `detail` stands under the name (56/62家).

    `status` is the key of a light and `words` its words (未达标 差3家); `is_calm` = needs no action.
    """

    name: str
    length: float | None
    value: Value
    detail: str = ""
    status: str | None = None
    words: str = ""
    target: float | None = None
    is_calm: bool = False
    is_missing: bool = False


@dataclass(frozen=True)
class Bars:
    """Bars from 0 to `top`, in the order they are shown. `target` is one line for all of them."""

    rows: tuple[Bar, ...]
    measure: str
    unit: str
    kind: Kind
    top: float
    target: float | None = None
    target_label: str = ""


@dataclass(frozen=True)
class Line:
    """One line, a value a month (None = a gap), and the words at its end."""

    name: str
    values: tuple[float | None, ...]
    label: str


@dataclass(frozen=True)
class Lines:
    """Lines over the same months on one axis; `target` is a step per month."""

    months: tuple[date, ...]
    lines: tuple[Line, ...]
    measure: str
    unit: str
    kind: Kind
    bottom: float
    top: float
    target: tuple[float | None, ...] = ()
    target_label: str = ""


@dataclass(frozen=True)
class Reached:
    """A point of a curve that is named: 一半 6天; no day = never reached."""

    name: str
    day: float | None
    share: float
    label: str


@dataclass(frozen=True)
class Curve:
    """The share that is closed by each day, a step function from 0."""

    days: tuple[float, ...]
    shares: tuple[float, ...]
    measure: str
    unit: str
    limit: float | None
    limit_label: str
    reached: tuple[Reached, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading with the unit, and whether it holds numbers."""

    name: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A table, a cell per column; `light` is the column of lights, whose keys are in `lights` by row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lights: tuple[str | None, ...] = ()
    light: int | None = None
    has_total: bool = False


@dataclass(frozen=True)
class Statement:
    """A sentence, with the key of its light if it has one and the word of that light."""

    text: str
    status: str | None = None
    word: str = ""


@dataclass(frozen=True)
class Statements:
    """Sentences in their order."""

    items: tuple[Statement, ...]


Exhibit = Headlines | Bars | Lines | Curve | Table | Statements
