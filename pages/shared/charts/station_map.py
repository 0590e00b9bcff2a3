"""Where stations stand and who reaches one: a map without tiles, in kilometres alike in both directions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pages.shared.charts.base import Figure, Look, Part, bold, escape, figure, hidden_axis, layout, tell
from pages.shared.charts.ground import AIR, FOOT, Ground, Place, ground_of
from pages.shared.charts.map_words import Mark, map_words, scale
from pages.shared.theme import FONT, SMALL

STATION, IDLE, SITE = 7, 11, 24  # px across
AROUND = 0.3  # km beyond the outermost circle


@dataclass(frozen=True)
class Stop:
    """A station: where it stands, what its tooltip says, whether nobody uses it."""

    at: Place
    words: Sequence[str]
    is_idle: bool = False


@dataclass(frozen=True)
class Firm:
    """An enterprise, nameless; `is_within` None = it is not known what is within reach."""

    at: Place
    is_within: bool | None


@dataclass(frozen=True)
class Site:
    """A place where a station would help, in the order in which they are proposed."""

    at: Place
    words: Sequence[str]


@dataclass(frozen=True)
class Atlas:
    """All that a map shows: `names` of townships at their middles; circles are `metres` around stations.

    `neighbours` are stations of other townships, drawn where the map reaches.
    """

    stops: Sequence[Stop]
    firms: Sequence[Firm]
    sites: Sequence[Site]
    names: Mapping[str, Place]
    metres: float
    neighbours: Sequence[Stop] = ()


def station_map(atlas: Atlas, look: Look, *, measure: str, told: Sequence[str], idle: str) -> Figure:
    """Circles below, then enterprises, stations, proposed places and names; `told` are rows of the alt text.

    `idle` is the word beside a station that nobody uses. At least one station or enterprise is needed.
    """
    places = [stop.at for stop in atlas.stops]
    places += [firm.at for firm in atlas.firms] + [site.at for site in atlas.sites]
    ground = ground_of(places, atlas.metres / 1000 + AROUND)
    near = [stop for stop in atlas.neighbours if ground.shows(stop.at)]
    atlas = replace(atlas, stops=[*atlas.stops, *near])
    parts = layout(look, ground.height, left=AIR, right=AIR, top=AIR, bottom=FOOT)
    parts["xaxis"] = hidden_axis(look, (-ground.wide, ground.wide), constrain="domain")
    parts["yaxis"] = hidden_axis(
        look, (-ground.tall, ground.tall), constrain="domain", scaleanchor="x", scaleratio=1
    )
    bar, length = scale(ground, look)
    parts["shapes"] = [*_circles(atlas, ground, look), bar]
    parts["annotations"] = [*_words(atlas, ground, look, idle), length]
    data = [*_firms(atlas, ground, look), *_stops(atlas, ground, look), *_sites(atlas, ground, look)]
    return figure(data, parts, tell(look, [measure], told))


def _circles(atlas: Atlas, ground: Ground, look: Look) -> list[Part]:
    radius, found = atlas.metres / 1000, []
    for stop in atlas.stops:
        east, north = ground.km(stop.at)
        found.append(
            {
                "type": "circle",
                "xref": "x",
                "yref": "y",
                "x0": east - radius,
                "x1": east + radius,
                "y0": north - radius,
                "y1": north + radius,
                "fillcolor": look.theme.sequential[0],
                "line": {"color": look.theme.sequential[1], "width": 2},
                "layer": "below",
            }
        )
    # Filled ones above, so that where circles overlap only the outline of all of them stays.
    return found + [{**circle, "line": {"width": 0}} for circle in found]


def _points(ground: Ground, places: Sequence[Place], **marker: object) -> Part:
    spots = [ground.km(place) for place in places]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(x, 3) for x, _ in spots],
        "y": [round(y, 3) for _, y in spots],
        "hoverinfo": "skip",
        "marker": marker,
    }


def _firms(atlas: Atlas, ground: Ground, look: Look) -> list[Part]:
    """Those out of reach are dark, all others pale."""
    near = [firm.at for firm in atlas.firms if firm.is_within is not False]
    far = [firm.at for firm in atlas.firms if firm.is_within is False]
    return [
        _points(ground, near, size=4, color=look.theme.calm),
        _points(ground, far, size=5, color=look.theme.data),
    ]


def _stops(atlas: Atlas, ground: Ground, look: Look) -> list[Part]:
    used = [stop for stop in atlas.stops if not stop.is_idle]
    idle = [stop for stop in atlas.stops if stop.is_idle]
    edge = {"color": look.theme.bg, "width": 1}
    return [
        _points(ground, [stop.at for stop in used], size=STATION, color=look.theme.ink2, line=edge)
        | _hover([stop.words for stop in used]),
        _points(
            ground,
            [stop.at for stop in idle],
            size=IDLE,
            symbol="diamond",
            color=look.theme.status("bad").glyph,
            line=edge,
        )
        | _hover([stop.words for stop in idle]),
    ]


def _sites(atlas: Atlas, ground: Ground, look: Look) -> list[Part]:
    ring = {"color": look.theme.ink, "width": 2}
    marks = _points(
        ground, [site.at for site in atlas.sites], size=SITE, symbol="diamond", color=look.theme.bg, line=ring
    )
    numbers = {
        "mode": "markers+text",
        "text": [bold(str(number)) for number, _ in enumerate(atlas.sites, 1)],
        "textposition": "middle center",
        "textfont": {"family": FONT, "size": SMALL, "color": look.theme.ink},
    }
    return [marks | numbers | _hover([site.words for site in atlas.sites])]


def _hover(words: Sequence[Sequence[str]]) -> Part:
    texts = ["<br>".join(escape(line) for line in lines) for lines in words]
    return {"hoverinfo": "text", "hovertext": texts, "hovertemplate": "%{hovertext}<extra></extra>"}


def _words(atlas: Atlas, ground: Ground, look: Look, idle: str) -> list[Part]:
    still = [stop.at for stop in atlas.stops if stop.is_idle]
    marks = [Mark(site.at, SITE) for site in atlas.sites]
    marks += [Mark(place, IDLE, idle) for place in still]
    return map_words(marks, atlas.names, ground, look)
