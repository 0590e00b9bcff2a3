"""A piece of ground as a chart: kilometres instead of degrees, its frame, and words that stay apart on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from pages.shared.charts.base import PHONE
from pages.shared.charts.labels import Box, box_at

KM_A_DEGREE = 111.195
CARD = 560  # px: the narrowest that half a page is wide on a desk
WIDTHS = (PHONE, CARD)
LOW, HIGH = 340, 500  # px: how high a map may be
AIR = 12  # px around the map
FOOT = 34  # px below it, for the scale
Spot = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """A point on the ground, in degrees."""

    longitude: float
    latitude: float


@dataclass(frozen=True)
class Ground:
    """The ground that a map shows: its middle, and how many km it reaches to each side of it."""

    middle: Place
    wide: float
    tall: float

    def km(self, place: Place) -> Spot:
        """Where a place lies from the middle, in km east and north."""
        scale = KM_A_DEGREE * cos(radians(self.middle.latitude))
        return (
            (place.longitude - self.middle.longitude) * scale,
            (place.latitude - self.middle.latitude) * KM_A_DEGREE,
        )

    def shows(self, place: Place, beyond: float = 0) -> bool:
        """Tell whether the map reaches to within so many km of a place."""
        east, north = self.km(place)
        return abs(east) <= self.wide + beyond and abs(north) <= self.tall + beyond

    @property
    def height(self) -> float:
        """The height in px at which the map fills a card on a desk."""
        return min(HIGH, max(LOW, (CARD - 2 * AIR) * self.tall / self.wide + AIR + FOOT))

    def px_a_km(self, width: float) -> float:
        """How many px a km takes in a figure that wide."""
        tall = self.height - AIR - FOOT
        return min((width - 2 * AIR) / (2 * self.wide), tall / (2 * self.tall))


def ground_of(places: Sequence[Place], around: float) -> Ground:
    """The ground that holds all places (at least one) with so many km around them."""
    east = [place.longitude for place in places]
    north = [place.latitude for place in places]
    middle = Place((min(east) + max(east)) / 2, (min(north) + max(north)) / 2)
    corner = Ground(middle, 0, 0).km(Place(max(east), max(north)))
    return Ground(middle, corner[0] + around, corner[1] + around)


class Words:
    """Words on a map: each goes to the first spot that is free on a phone and on a desk."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._taken: list[tuple[Box, ...]] = []

    def keep_free(self, places: Iterable[Place], size: float) -> None:
        """Keep words off marks of that size, in px."""
        for place in places:
            self._taken.append(
                tuple(Box(x - size / 2, y - size / 2, x + size / 2, y + size / 2) for x, y in self._at(place))
            )

    def put(self, words: str, size: int, place: Place, shifts: Sequence[Spot]) -> Spot | None:
        """The shift in px at which the words stand free, centred; None where there is no room for them."""
        for shift in shifts:
            boxes = tuple(box_at(words, size, at, ("center", "middle"), shift) for at in self._at(place))
            if all(self._is_free(*one) for one in enumerate(boxes)):
                self._taken.append(boxes)
                return shift
        return None

    def _is_free(self, which: int, box: Box) -> bool:
        wide, tall = WIDTHS[which] / 2, (self._ground.height - FOOT) / 2
        inside = max(-box.left, box.right) < wide and max(-box.bottom, box.top) < tall
        return inside and not any(box.hits(known[which]) for known in self._taken)

    def _at(self, place: Place) -> list[Spot]:
        east, north = self._ground.km(place)
        scales = [self._ground.px_a_km(width) for width in WIDTHS]
        return [(east * scale, north * scale) for scale in scales]
