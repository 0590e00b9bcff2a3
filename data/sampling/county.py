"""A whole invented county: from a shape, a profile and a seed to the contract's tables of any month."""

from collections.abc import Callable, Mapping
from datetime import date
from random import Random
from typing import Any

import polars as pl

from data.contract import TABLES
from data.profile import Profile
from data.sampling import enterprises, grievances, organisations, places, staffing, stations, targets, tasks
from data.sampling.enterprise_rows import EnterpriseLedger
from data.sampling.figures import FigureLedger, figure
from data.sampling.months import last_day
from data.sampling.shape import Shape
from data.sampling.stations import StationLedger

Row = Mapping[str, object]
_STEM_ENDINGS = ("回族乡", "街道", "镇", "乡")
# What every row says instead of a ledger's name.
SOURCE = "演示数据"


class County:
    """All ledgers of the months from `first` to `last`; the same arguments always give the same rows."""

    def __init__(self, shape: Shape, profile: Profile, first: int, last: int, seed: int) -> None:
        self.shape = shape
        self._last = last
        self._townships: dict[str, dict[str, Any]] = {
            row["township_code"]: row for row in profile.frames["townships"].iter_rows(named=True)
        }
        names = {code: row["short_name"] or row["township"] for code, row in self._townships.items()}
        self.names: dict[str, str] = names | dict(
            profile.frames["committees"].select("committee_id", "short_name").iter_rows()
        )

        def random(topic: str) -> Random:
            return Random(f"{seed}/{profile.name}/{topic}")

        everyone = self._enterprises(first, profile.name, random)
        points = stations.place(shape, names, first, last, random("stations"))
        points = places.settle(everyone, points, shape, random("places"))
        self._stations = StationLedger(points, shape, first, last, random("services"))
        self._figures = FigureLedger(shape, first, last, random("figures"))
        classes = profile.frames["classes"].to_dicts()
        self._cases = grievances.receive(
            shape, classes, profile.calendar(), first, last, random("grievances")
        )
        self._tasks = tasks.assign(shape, self._name_on, first, last, random("tasks"))
        self._less = targets.offsets(shape, random("targets"))

    def code_on(self, code: str, day: date) -> str:
        """The township that the area belongs to on that day: itself, or who took it over."""
        ended = self._townships[code]["valid_to"]
        while ended and ended < day and self._townships[code]["successor"]:
            code = self._townships[code]["successor"]
            ended = self._townships[code]["valid_to"]
        return code

    def _name_on(self, code: str, day: date) -> str:
        return self.names[self.code_on(code, day)]

    def frames(self, index: int) -> dict[str, pl.DataFrame]:
        """Every ledger table of the month, complete and correct, in the contract's columns and types."""
        end = last_day(index)
        codes = {area.code: self.code_on(area.code, end) for area in self.shape.areas}
        code_of = codes.__getitem__
        services = self._stations.services(index)
        tables: dict[str, list[dict[str, object]]] = {
            "enterprises": self._ledger.rows(index, code_of),
            "figures": [*self._figures.rows(index, code_of), *self._counted(index, code_of, services)],
            "stations": self._stations.rows(index, code_of),
            "station_services": [
                {"station_id": station.row["station_id"], "service_type": kind, "person_times": count}
                for station, kind, count in services
            ],
            "grievances": grievances.rows(self._cases, index, self.code_on),
            "tasks": tasks.rows(self._tasks, index, code_of),
            "targets": targets.rows(self.shape, self._less, index, self._last, code_of),
        }
        return {name: _frame(name, rows) for name, rows in tables.items()}

    def _enterprises(
        self, first: int, prefix: str, random: Callable[[str], Random]
    ) -> list[enterprises.Enterprise]:
        last, shape = self._last, self.shape
        stems = {area.code: _stem(self.names[area.code]) for area in shape.areas}
        everyone = enterprises.found(shape, stems, first, last, prefix, random("enterprises"))
        enterprises.reach(everyone, shape, first, last, random("coverage"))
        self._branches = organisations.organise(
            everyone, shape, self.names, first, last, random("organisations")
        )
        staffing.staff(everyone, self._branches, shape, last, random("staff"))
        self._ledger = EnterpriseLedger(everyone, self._branches, self.names, first, last, random("ledgers"))
        return everyone

    def _counted(
        self, index: int, code_of: Callable[[str], str], services: list[tuple[stations.Station, str, int]]
    ) -> list[dict[str, object]]:
        """Figures that follow from other ledgers: branches founded, and uses of stations in hundreds."""
        founded = self._branches.founded(index)
        counts = {code_of(area.code): 0 for area in self.shape.areas}
        for area, count in founded.items():
            counts[code_of(area)] += count
        uses = sum(count for _, _, count in services) // 100 * 100
        return [
            *(figure("orgs_new", (code, None), count, None, index) for code, count in counts.items()),
            figure("visits_person_times", (None, None), uses, "余", index),
        ]


def _frame(table: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=TABLES[table].schema).with_columns(file=pl.lit(SOURCE))


def _stem(name: str) -> str:
    return next((name.removesuffix(ending) for ending in _STEM_ENDINGS if name.endswith(ending)), name)
