"""How large a county is and what its report publishes: the numbers that a sample has to meet."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHAPES = Path(__file__).parent


@dataclass(frozen=True)
class Area:
    """A township in the sample's last month; of an abolished one, the part that its successor took over.

    `centre` is its longitude and latitude in degrees, `radius` how far it reaches in metres.
    """

    code: str
    enterprises: int
    organised: int
    blank: int
    people: float
    stations: int
    visits: float
    centre: tuple[float, float]
    radius: int
    idle: int = 0


@dataclass(frozen=True)
class Reported:
    """A figure in the last month. `grain` says who reports it, `start` its level before the first month."""

    id: str
    value: int
    grain: str = "county"
    start: float = 0.6
    season: str = "flat"
    qualifier: str | None = None
    step: int = 1


@dataclass(frozen=True)
class People:
    """Workers and members of the last month, and their levels before the first, as parts of it."""

    workers: int
    workers_start: float
    members: int
    members_start: float
    workers_qualifier: str | None = None
    workers_step: int = 1


@dataclass(frozen=True)
class Coverage:
    """County rates before the first month, organisations founded in the last, share of own branches."""

    organised_start: float
    worked_start: float
    founded: int
    sole_share: float


@dataclass(frozen=True)
class Grievances:
    """Cases of a usual month, and the share answered late in one and in the last months, oldest first."""

    monthly: int
    late: float
    late_recently: list[float]


@dataclass(frozen=True)
class Target:
    """A goal for the last month's year and how much lower it was each year before; `even` = alike for all."""

    id: str
    value: float
    step: float
    slack: float = 0.0
    even: bool = False


@dataclass(frozen=True)
class Shape:
    """All that one profile's sample has to look like."""

    people: People
    coverage: Coverage
    grievances: Grievances
    visits: int
    kit_start: float
    kit_last: float
    committees: dict[str, float]
    members_lean: dict[str, float]
    industries: dict[str, list[str]]
    departments: list[str]
    lists: dict[str, int]
    areas: tuple[Area, ...]
    figures: tuple[Reported, ...]
    targets: tuple[Target, ...]


def load_shape(name: str) -> Shape:
    """The shape in `<name>.toml` beside this file."""
    text: dict[str, Any] = tomllib.loads((SHAPES / f"{name}.toml").read_text("utf-8"))
    parts: dict[str, Any] = {
        "people": People(**text.pop("people")),
        "coverage": Coverage(**text.pop("coverage")),
        "grievances": Grievances(**text.pop("grievances")),
        "areas": tuple(Area(**{**each, "centre": tuple(each["centre"])}) for each in text.pop("area")),
        "figures": tuple(Reported(**each) for each in text.pop("figure")),
        "targets": tuple(Target(**each) for each in text.pop("target")),
    }
    return Shape(**parts, **text)
