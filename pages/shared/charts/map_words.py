"""The words on a map: what a mark means, the names of townships, how long a kilometre is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pages.shared.charts.base import Look, Part, bold, escape, label, stroke
from pages.shared.charts.ground import CARD, Ground, Place, Words
from pages.shared.charts.labels import px
from pages.shared.theme import SMALL, TICK

# Where a name may go, nearest first (px): at its place, then on rings around it.
RING = ((0, 1), (0, -1), (1, 0), (-1, 0), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7))
SPOTS = [(0.0, 0.0)] + [(36.0 * x * far, 20.0 * y * far) for far in (1, 2, 3) for x, y in RING]
SCALES = (1, 2, 5, 10, 20, 50)
SHORTEST = 18  # px that the scale needs in a card on a desk
BELOW = -0.03  # of the height: where the scale lies


@dataclass(frozen=True)
class Mark:
    """A mark that no name may cover, so many px across; `words` of warning stand beside it."""

    at: Place
    size: float
    words: str = ""


def map_words(marks: Sequence[Mark], names: Mapping[str, Place], ground: Ground, look: Look) -> list[Part]:
    """The words of the marks, then the names; a name for which there is no room stands in the table only."""
    words, found = Words(ground), []
    for mark in marks:
        words.keep_free([mark.at], mark.size)
    for mark in marks:
        if mark.words:
            aside = px(mark.words, SMALL) / 2 + mark.size
            shifts = [(aside, 0.0), (-aside, 0.0), (0.0, 15.0), (0.0, -15.0)]
            shift = words.put(mark.words, SMALL, mark.at, shifts) or shifts[0]
            found.append(
                _word(ground, look, mark.words, mark.at, shift, SMALL, look.theme.status("bad").word)
            )
    for name, place in names.items():
        free = words.put(name, TICK, place, SPOTS)
        if free:
            found.append(_word(ground, look, bold(escape(name)), place, free, TICK, look.theme.ink))
    return found


def _word(
    ground: Ground, look: Look, words: str, place: Place, shift: tuple[float, float], size: int, color: str
) -> Part:
    middle = ("center", "middle")
    part = label(look, words, *ground.km(place), size=size, color=color, anchor=middle, shift=shift)
    # A rim in the colour of the ground keeps the word readable over dots.
    rim = ", ".join(f"{x}px {y}px 2px {look.theme.bg}" for x in (-1, 1) for y in (-1, 1))
    return {**part, "font": {**part["font"], "shadow": rim}}


def scale(ground: Ground, look: Look) -> tuple[Part, Part]:
    """A bar of so many km below the map, and its length in words."""
    per_km = ground.px_a_km(CARD)
    length = next((km for km in SCALES if km * per_km >= SHORTEST), SCALES[-1])
    start, end = -ground.wide, length - ground.wide
    refs = ("x", "paper")
    bar = stroke(look.theme.ink2, (start, BELOW), (end, BELOW), width=3, refs=refs)
    words = look.text("map.scale", km=length)
    return bar, label(
        look,
        words,
        end,
        BELOW,
        size=TICK,
        color=look.theme.ink2,
        anchor=("left", "middle"),
        shift=(8, 0),
        refs=refs,
    )
