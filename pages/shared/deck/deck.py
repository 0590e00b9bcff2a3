"""A deck: one month as a meeting sees it, with all that a file must say about where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pages.shared.deck.exhibits import Exhibit, Table

# The blocks of the agenda, in their order.
SECTIONS = ("basics", "changes", "shortfalls", "decisions", "proposals")


@dataclass(frozen=True)
class SourceFile:
    """A ledger that the month was read from: its table, its name, and the hash of the published table."""

    table: str
    file: str
    sheet: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class Stamp:
    """What every page and file states; the texts are in the language of the deck.

    `scope` is what a file's name says of the filters: townships, committees, another denominator.
    """

    lang: str
    county: str
    month: date
    month_text: str
    cutoff: str
    revision: str
    commit: int
    sha8: str
    audience: str
    audience_text: str
    area: str
    filters: str
    denominator: str
    demonstration: str
    published_at: str
    scope: tuple[str, ...] = ()
    files: tuple[SourceFile, ...] = ()

    @property
    def is_demonstration(self) -> bool:
        """Whether the data are made up; then every page says so."""
        return bool(self.demonstration)


@dataclass(frozen=True)
class Definition:
    """How a figure is defined: its name, what it says, how it is made, what to keep in mind."""

    indicator: str
    name: str
    sentence: str
    formula: str
    caveat: str


@dataclass(frozen=True)
class Slide:
    """One message: a conclusion as title, what is shown as subtitle, one exhibit, and its alt text.

    `notes` are the generated sentences to say; `query` with `indicators` is what it was asked from.
    `part` of `parts` numbers a slide that is continued.
    """

    name: str
    section: str
    title: str
    subtitle: str
    exhibit: Exhibit
    alt: str
    notes: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    query: str = ""
    remark: str = ""
    part: int = 1
    parts: int = 1


@dataclass(frozen=True)
class Annex:
    """A full table by township for the brief and the workbook: title, unit in words, source.

    `remark` says what the marks in it mean (≤5, 约, ※).
    """

    name: str
    title: str
    unit: str
    table: Table
    query: str
    indicators: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class Deck:
    """The whole: `told` are the generated sentences by block of the agenda, `blocks` its names."""

    title: str
    lead: str
    stamp: Stamp
    slides: tuple[Slide, ...]
    annexes: tuple[Annex, ...]
    told: Mapping[str, tuple[str, ...]]
    blocks: Mapping[str, str]
    definitions: tuple[Definition, ...]
