"""Where the sample's stations and enterprises stand: in quarters around the centre of their township."""

from collections.abc import Sequence
from dataclasses import replace
from math import cos, pi, radians, sin, sqrt
from random import Random

from data.sampling.enterprises import Enterprise
from data.sampling.shape import Area, Shape
from data.sampling.stations import Station

_METRES_A_DEGREE = 111195.0
# Of the enterprises: in a quarter that has stations, and with coordinates in the ledger at all.
_SETTLED, _LOCATED = 0.80, 0.95
# Metres: how far a quarter reaches, for stations and for enterprises, and how far a village does.
_STATIONS, _ENTERPRISES, _VILLAGE = 300, 420, 220
_VILLAGES = 3
Place = tuple[float, float]


class Ground:
    """The quarters of one township; everything drawn from one stream, so that all else stays as it was."""

    def __init__(self, area: Area, random: Random) -> None:
        self._area, self._random = area, random
        self._turn = random.uniform(0, 2 * pi)
        count = max(2, round(sqrt(area.stations) * 1.4))
        self._quarters = [self._around(*area.centre, area.radius * 0.55) for _ in range(count)]

    def station(self, number: int) -> Place:
        """A place in one of the quarters, each quarter in turn."""
        quarter = self._quarters[number % len(self._quarters)]
        return _rounded(self._around(*quarter, _STATIONS))

    def enterprise(self) -> Place | None:
        """A place in a quarter or anywhere in the township; None for the few that give no coordinates."""
        located, settled = self._random.random() < _LOCATED, self._random.random() < _SETTLED
        quarter = self._random.choice(self._quarters)
        near = self._around(*quarter, _ENTERPRISES)
        hamlet = self._hamlet()
        return _rounded(near if settled else hamlet) if located else None

    def _hamlet(self) -> Place:
        """Those outside the quarters keep together too: a few villages, the same for all."""
        angle = self._turn + 2 * pi * self._random.randrange(_VILLAGES) / _VILLAGES
        east, north = cos(angle) * self._area.radius, sin(angle) * self._area.radius
        return self._around(*_moved(self._area.centre, east, north), _VILLAGE)

    def _around(self, longitude: float, latitude: float, metres: float) -> Place:
        east, north = (self._random.gauss(0, metres) for _ in range(2))
        return _moved((longitude, latitude), east, north)


def settle(
    enterprises: Sequence[Enterprise], stations: Sequence[Station], shape: Shape, random: Random
) -> list[Station]:
    """Gives each enterprise its place, and returns the stations with theirs."""
    grounds = {area.code: Ground(area, random) for area in shape.areas}
    for each in enterprises:
        each.place = grounds[each.area].enterprise()
    settled = []
    for number, station in enumerate(stations):
        longitude, latitude = grounds[station.area].station(number)
        settled.append(replace(station, row={**station.row, "longitude": longitude, "latitude": latitude}))
    return settled


def _moved(place: Place, east: float, north: float) -> Place:
    longitude, latitude = place
    scale = _METRES_A_DEGREE * cos(radians(latitude))
    return longitude + east / scale, latitude + north / _METRES_A_DEGREE


def _rounded(place: Place) -> Place:
    return round(place[0], 6), round(place[1], 6)
