"""The kinds of ledger, as registered in kinds.toml, and the names by which ledgers call an indicator."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from data.figures import FIGURES, TARGETS
from data.ledgers.labels import label, level
from data.profile import DEFAULTS, Profile, plain

_HERE = Path(__file__).parent
_FRONT = re.compile(r".+?[市县区旗](?=.)")

FieldType = Literal[
    "text", "text_or_none", "code", "credit", "township", "township_or_county", "committee", "class",
    "count", "decimal", "yes_no", "day", "stamp", "deadline", "deadline_day", "rate", "word", "indicator",
    "figure", "target", "skip",
]  # fmt: skip


@dataclass(frozen=True)
class Field:
    """A column of a ledger. `words` are all headers it is known by, its own label among them."""

    name: str
    label: str
    type: FieldType
    words: tuple[str, ...]
    required: bool = False
    vocabulary: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    template: bool = True


@dataclass(frozen=True)
class Kind:
    """A kind of ledger and the table its rows go to; see kinds.toml for the meaning of each entry."""

    name: str
    title: str
    title_en: str
    table: str
    rows: Literal["record", "figures", "services", "targets"]
    county_is_total: bool
    marks: tuple[str, ...]
    fields: tuple[Field, ...]
    indicators: tuple[str, ...] = ()
    required_indicators: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if the kind has none."""
        return {one.name: one for one in self.fields}[name]


@dataclass(frozen=True)
class Registry:
    """All kinds, and the words that are headers in any of them."""

    kinds: Mapping[str, Kind]
    vocabularies: Mapping[str, Mapping[str, str]]
    ignored: frozenset[str]
    groups: frozenset[str]
    indicators: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of a header, without the names of a profile."""
        fields = {part for kind in self.kinds.values() for one in kind.fields for part in parts(one.words)}
        named = {part for name in self.indicators for part in name.split("/")}
        return frozenset(fields | named | self.ignored | self.groups | set(self.services))

    @property
    def services(self) -> Mapping[str, str]:
        """Header of a service column -> service type."""
        return {label(word): meaning for word, meaning in self.vocabularies["service_type"].items()}


def parts(words: tuple[str, ...]) -> set[str]:
    """The levels of headers written as 党员/正式."""
    return {part for word in words for part in word.split("/")}


def compared(word: str) -> str:
    """A word of the registry as headers are compared, level by level."""
    return "/".join(level(part) for part in word.split("/"))


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The registry of this installation."""
    body = tomllib.loads((_HERE / "kinds.toml").read_text("utf-8"))
    names = tomllib.loads((_HERE / "indicators.toml").read_text("utf-8"))
    vocabularies = body.pop("vocabularies")
    ignored, groups = (frozenset(map(label, body.pop(key))) for key in ("ignored", "groups"))
    kinds = {name: _kind(name, entry, vocabularies) for name, entry in body.items()}
    called = {name: tuple(words) for name, words in names.items()}
    indicators = {compared(word): name for name, words in called.items() for word in words}
    return Registry(kinds, vocabularies, ignored, groups, indicators, called)


def _kind(name: str, entry: Mapping[str, Any], vocabularies: Mapping[str, Mapping[str, str]]) -> Kind:
    return Kind(
        name,
        entry["title"],
        entry["title_en"],
        entry["table"],
        entry["rows"],
        entry["county"] == "total",
        tuple(entry["marks"]),
        tuple(_field(one, vocabularies) for one in entry["field"]),
        tuple(entry.get("indicators", ())),
        tuple(entry.get("required_indicators", ())),
    )


def _field(entry: Mapping[str, Any], vocabularies: Mapping[str, Mapping[str, str]]) -> Field:
    words = dict.fromkeys(compared(word) for word in (entry["label"], *entry.get("words", ())))
    return Field(
        entry["name"],
        entry["label"],
        entry["type"],
        tuple(words),
        entry.get("required", False),
        vocabularies.get(entry.get("vocabulary", ""), {}),
        entry.get("hint", ""),
        entry.get("template", True),
    )


def indicator_of(text: str, *, targets: bool = False) -> str | None:
    """The indicator that a ledger calls so; with `targets` also rates and derived ones, 目标 left out.

    累计 in brackets is said of a figure that counts from January, and of no other.
    """
    name = registry().indicators.get(compared(text))
    if name is None and "累计" in text:
        bare = registry().indicators.get(label(text))
        name = bare if FIGURES.get(bare or "") == "C" else None
    if name is None and targets:
        name = registry().indicators.get(compared(text).removesuffix("目标"))
    allowed = TARGETS if targets else FIGURES
    return name if name in allowed else None


@dataclass(frozen=True)
class Names:
    """The names of a profile as ledgers use them, and its own words for headers."""

    townships: Mapping[str, str]
    committees: Mapping[str, str]
    classes: Mapping[str, str]
    county: str
    headers: Mapping[tuple[str, str], str]

    @staticmethod
    def of(profile: Profile) -> "Names":
        """Those of a profile; `headers` maps (kind, header as compared) to a field or `ignore`."""
        return Names(
            profile.townships(),
            profile.committees(),
            profile.classes(),
            _county(profile),
            {(kind, compared(text)): name for kind, text, name in profile.headers},
        )

    def committee(self, text: str) -> str | None:
        """The committee of that name, with or without 行业党委 / 行业 / 党委."""
        name = plain(text)
        for ending in ("", "行业党委", "党委", "行业"):
            bare = name.removesuffix(ending)
            for candidate in (bare, bare + "行业党委", bare + "党委"):
                if candidate in self.committees:
                    return self.committees[candidate]
        return None

    def called(self, township: str | None) -> str:
        """The longest name of a township."""
        spoken = [name for name, code in self.townships.items() if code == township and name != code]
        return max(spoken, key=len, default="")

    def is_header_word(self, word: str) -> bool:
        """Whether a header may say this: a word of the registry, of the profile, or a committee's name."""
        known = registry().words
        if word in known or word.removesuffix("目标") in known:
            return True
        return self.committee(word) is not None or any(word == header for _, header in self.headers)


def _county(profile: Profile) -> str:
    """The county's name; where the settings do not say it, the one that registered names have in front."""
    if profile.settings["county"] != DEFAULTS["county"]:
        return str(profile.settings["county"])
    names = profile.frames["townships"]["township"].to_list()
    fronts = Counter(found.group() for name in names if (found := _FRONT.match(name)))
    front, count = fronts.most_common(1)[0] if fronts else ("", 0)
    return front if count > 1 else ""
