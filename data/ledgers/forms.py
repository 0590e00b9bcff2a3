"""What a clean template holds: its columns, what may be chosen in them, the rows already there."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from data.ledgers.kinds import Field, Kind, registry
from data.ledgers.paper import width
from data.profile import Profile

_YES_NO = {"是否": ("是", "否"), "有无": ("有", "无")}
_PARTS = re.compile(r"\s*[/、，；]\s*")


@dataclass(frozen=True)
class Item:
    """A column of a template. `choices` stand in the list of that name; if `open`, others may be written."""

    name: str
    label: str
    type: str
    hint: str
    width: float
    required: bool = False
    list: str = ""
    choices: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True)
class Page:
    """A sheet to fill in: its name, title and columns; `filled` are the first cells of rows already there."""

    name: str
    title: str
    items: tuple[Item, ...]
    filled: tuple[tuple[str, ...], ...]
    rows: int


@dataclass(frozen=True)
class Form:
    """A template: one workbook. `units` are offered as reporting unit; empty = any may be written."""

    kind: Kind
    pages: tuple[Page, ...]
    units: tuple[str, ...]
    who: Mapping[str, str]
    row: Mapping[str, str]


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Any]:
    """What templates.toml says."""
    return tomllib.loads(Path(__file__).with_name("templates.toml").read_text("utf-8"))


def forms(profile: Profile, month: date | None, today: date) -> list[Form]:
    """The template of each kind, in the order of the registry, with the names that are valid in the month."""
    county = County.of(profile, month or today.replace(day=1))
    return [_form(kind, county, month) for kind in registry().kinds.values()]


@dataclass(frozen=True)
class County:
    """The names of a profile as lists to choose from."""

    name: str
    whole: str
    townships: tuple[str, ...]
    committees: tuple[str, ...]
    classes: tuple[str, ...]

    @staticmethod
    def of(profile: Profile, month: date) -> "County":
        """Townships that are valid in the month, committees and classes, each in the profile's order."""
        valid = pl.col("valid_from").le(month) & pl.col("valid_to").fill_null(date.max).ge(month)
        towns = profile.frames["townships"].filter(valid).sort("sort_order", maintain_order=True)
        committees = profile.frames["committees"].sort("sort_order", maintain_order=True, nulls_last=True)
        return County(
            str(profile.settings["county"]),
            str(profile.settings.get("county_short") or "全县"),
            tuple(towns["township"]),
            tuple(committees["committee"]),
            tuple(profile.frames["classes"]["class_name"]),
        )

    @property
    def own(self) -> str:
        """The word for figures of the county itself: 市本级 for 全市."""
        return self.whole.removeprefix("全") + "本级"


def _form(kind: Kind, county: County, month: date | None) -> Form:
    text = texts()[kind.name]
    dated = f"{month.year}年{month.month}月" if month else "　　　　年　　月"
    title = f"{county.name}{text['heading']}（{dated}）"
    items = _arranged(
        kind, [*(_item(one, kind, county) for one in kind.fields if one.template), *_numbers(kind)]
    )
    filled = _filled(kind, county)
    rows = len(filled) or int(text["rows"])
    pages = [Page(kind.title, title, _fitted(items, filled), filled, rows)]
    if "county" in text:
        pages.append(_county_page(kind, county, dated))
    units = tuple(f"填报单位：{name}" for name in county.townships) if text.get("by_township") else ()
    who, row = (
        {lang: one.format(whole=county.whole) for lang, one in text[key].items()} for key in ("who", "row")
    )
    return Form(kind, tuple(pages), units, who, row)


def _arranged(kind: Kind, items: Sequence[Item]) -> tuple[Item, ...]:
    """Columns in the registry's order; services have a column each instead of the two of the long form."""
    left_out = {"service_type", "person_times"} if kind.rows == "services" else set()
    return tuple(one for one in items if one.name not in left_out)


def _item(one: Field, kind: Kind, county: County) -> Item:
    named, choices = _choices(one, county)
    suggested = tuple(texts()["suggestions"].get(one.name, ()))
    return Item(
        one.name,
        one.label,
        one.type,
        one.hint,
        _width(one.name, one.type),
        (one.required and one.type != "count") or one.name in texts()[kind.name].get("must", ()),
        named or (one.label if suggested else ""),
        choices or suggested,
        bool(suggested) or one.type == "township_or_county",
    )


def _choices(one: Field, county: County) -> tuple[str, tuple[str, ...]]:
    """The name of a list and what it offers; words in the order in which the hint names them."""
    if one.type == "yes_no":
        named = "有无" if "有 / 无" in one.hint else "是否"
        return named, _YES_NO[named]
    if one.type == "word":
        spoken = _PARTS.split(one.hint)
        return one.label, tuple(word for word in spoken if word in one.vocabulary)
    lists = {
        "township": ("镇街", county.townships),
        "township_or_county": ("镇街和全域", (*county.townships, county.whole)),
        "committee": ("行业党委名称", county.committees),
        "class": ("诉求类别名称", county.classes),
    }
    return lists.get(one.type, ("", ()))


def _width(name: str, type: str) -> float:
    widths = texts()["widths"]
    return float(widths.get(name) or widths.get(type) or 16)


def broken(label: str, room: float) -> str:
    """A header with a line break at a sensible place if it does not fit on one line."""
    if width(label) <= room - 1:
        return label
    breaks = {one.replace("|", ""): one.replace("|", "\n") for one in texts()["breaks"]["headers"].split()}
    return breaks.get(label) or label.replace("（", "\n（", 1)


def _numbers(kind: Kind) -> list[Item]:
    """A column for each indicator or service that the kind reports."""
    if kind.rows == "services":
        services = dict.fromkeys(registry().vocabularies["service_type"].values())
        hint = kind.field("person_times").hint
        return [Item(name, f"{name}（人次）", "count", hint, _width("", "count")) for name in services]
    targets = kind.rows == "targets"
    spoken = texts()["targets_columns" if targets else "figures"]
    type = "target" if targets else "count" if kind.required_indicators else "figure"
    room = "target" if targets else "figure"
    named = [(name, *spoken[name]) for name in kind.indicators]
    return [Item(name, label, type, hint, _width(name, room)) for name, label, hint in named]


def _filled(kind: Kind, county: County) -> tuple[tuple[str, ...], ...]:
    """The first cells of the rows that are already there: townships, with committees where both are asked."""
    columns = texts()[kind.name].get("filled", ())
    if "committee_id" in columns:
        return tuple((town, committee) for town in county.townships for committee in county.committees)
    if not columns:
        return ()
    whole = (county.whole,) if kind.rows == "targets" else ()
    return tuple((name,) for name in (*county.townships, *whole))


def _fitted(items: Sequence[Item], filled: Sequence[Sequence[str]]) -> tuple[Item, ...]:
    """The columns, as wide as what already stands in them."""
    longest = [max(map(width, texts)) + 4 for texts in zip(*filled, strict=True)]
    longest += [0] * (len(items) - len(longest))
    return tuple(replace(one, width=max(one.width, room)) for one, room in zip(items, longest, strict=True))


def _county_page(kind: Kind, county: County, dated: str) -> Page:
    """The second sheet of the monthly report: one row for each figure of the county itself."""
    spoken = texts()["figures"]
    names = [spoken[name][0] for name in texts()[kind.name]["county"]]
    parted = [re.fullmatch(r"(.+?)（(.+)）", name) for name in names]
    filled = tuple((one.group(1), one.group(2).split("，")[-1]) for one in parted if one)
    name, value = kind.field("indicator_id"), kind.field("value")
    items = (
        Item("indicator_id", name.label, "text", name.hint, 34, True),
        Item("unit", "计量单位", "text", "", 16),
        Item("value", value.label, "figure", value.hint, 26),
    )
    return Page(county.own, f"{county.name}本级指标（{dated}）", items, filled, len(filled))
